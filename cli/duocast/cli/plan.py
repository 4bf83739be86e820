"""`duocast plan`: what a render would do, why, how long it takes and what is used again, before anything is made."""

import json
import os
import re
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.board import clock
from duocast.cli.options import jobs_option, lenient_option, result_option, script_argument
from duocast.cli.planfile import SUFFIX, write_plan
from duocast.cli.planpage import show_plan
from duocast.cli.prepared import Prepared, Wishes, compile_project, prepare
from duocast.cli.project import open_project
from duocast.compiler.graph import ShotGraph
from duocast.compiler.plan import Ledger, Plan, Survey, decide
from duocast.compiler.plan.budget import Chosen, best
from duocast.compiler.plan.places import with_places
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import gather
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore

EXIT_FAILED = 1
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|seconds?|min|minutes?|h|hours?)", re.IGNORECASE)
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
DEAR = 60.0
"""Seconds from which a cheaper subset is offered."""


def _time(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """The seconds of `90s`, `5min` or `1h`."""
    del ctx, param
    if value is None:
        return None
    found = _SECONDS.fullmatch(value.strip())
    seconds = float(found[1]) * _UNITS[found[2][0].lower()] if found else 0.0
    if not seconds:
        raise click.BadParameter(
            f"{value} is no time; write 90s, 5min or 1h (dollars go to duocast render --budget)"
        )
    return seconds


@click.command()
@script_argument
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help=f"Write the plan to this file ({SUFFIX}); duocast render carries out exactly it.",
)
@click.option(
    "--quality", type=click.Choice(("draft", "standard", "cinema")), help="As for duocast render."
)
@click.option(
    "--select",
    "selectors",
    multiple=True,
    metavar="SELECTOR",
    help="Only a part: scene:3+, +shot:2B, character:MARA, place:KITCHEN, work:speak, modified+.",
)
@click.option(
    "--budget",
    callback=_time,
    metavar="TIME",
    help="The shots that show most of the film in this time, as 5min.",
)
@click.option("--all", "everything", is_flag=True, help="Name every step.")
@jobs_option
@lenient_option
@result_option
def command(
    script: Path,
    out: Path | None,
    quality: str | None,
    selectors: tuple[str, ...],
    budget: float | None,
    everything: bool,
    jobs: int | None,
    lenient: bool,
    as_data: bool,
) -> None:
    """Say what a render of SCRIPT would do, and make nothing.

    Every piece of work that will run is named with its reason: what is new, which field moved and from what to what,
    which engine or file is another one, what is made again because of it. `maybe` marks what is not made again if
    its inputs come out as they were. Times come from this film's own history.

    Exits with 0 whether or not there is work; 1 when something that is needed can't be had.
    """
    if out is not None and out.suffix != SUFFIX:
        raise click.UsageError(f"name the file with the ending {SUFFIX}, as in film{SUFFIX}")
    project = open_project(script)
    compiled = compile_project(project, lenient=lenient, quiet=as_data)
    prepared = prepare(project, compiled, Wishes(quality, selectors, lenient))
    try:
        with DiskStore(project.build / "store") as store:
            graph, ledger = prepared.graph, prepared.memory.ledger()
            known = prepared.survey(store, jobs or os.cpu_count() or 1, graph)
            only = prepared.only(graph, known, ledger)
            plan = decide(graph, known, ledger, only=only)
            chosen = _budgeted(graph, plan, budget)
            if budget is not None and chosen is not None:
                only = chosen.work
                plan = decide(graph, known, ledger, only=only)
    except EngineError as problem:
        raise click.UsageError(f"{problem.message}: {problem.hint}") from None
    plan = placed(prepared, plan)
    if out is not None:
        write_plan(out, prepared, plan, known, only)
    if as_data:
        click.echo(json.dumps(_as_json(plan, chosen if budget is not None else None), indent=2))
    else:
        console = Console()
        show_plan(plan, console, everything=everything)
        _hint(chosen, budget, console)
        if out is not None:
            click.echo(f"wrote {out}; duocast render {out} does exactly this", err=True)
    if plan.of("refused"):
        raise SystemExit(EXIT_FAILED)


def placed(prepared: Prepared, plan: Plan) -> Plan:
    """The plan with places in the script; an unchanged film needs none."""
    if plan.current:
        return plan
    project = prepared.project
    sources = gather(project.source, project.reader, Findings(), lenient=prepared.wishes.lenient)
    return with_places(plan, sources, prepared.settled)


def _budgeted(graph: ShotGraph, plan: Plan, budget: float | None) -> Chosen | None:
    """The shots for a budget, or those for half of the time where the whole takes long."""
    if budget is not None:
        return best(graph, plan, budget)
    return best(graph, plan, plan.total.p50 / 2) if plan.total.p50 >= DEAR else None


def _hint(chosen: Chosen | None, budget: float | None, console: Console) -> None:
    if chosen is None:
        return
    shown = (
        f"{len(chosen.shots)} of {chosen.all_shots} shots, {clock(chosen.seconds)} of "
        f"{clock(chosen.all_seconds)} of film"
    )
    if budget is not None:
        console.print(f"in {clock(budget)}: {shown}", highlight=False)
    elif chosen.shots:
        half = max(1, round(chosen.cost))
        console.print(
            f"[dim]in half of the time: --budget {half}s makes {shown}[/]", highlight=False
        )


def _as_json(plan: Plan, chosen: Chosen | None) -> dict[str, object]:
    found: dict[str, object] = {"current": plan.current, **plan.plain()}
    if chosen is not None:
        found["budget"] = {
            "shots": list(chosen.shots),
            "film_seconds": round(chosen.seconds, 3),
            "work_seconds": round(chosen.cost, 3),
        }
    return found


def known_plan(
    prepared: Prepared, store: DiskStore, jobs: int
) -> tuple[ShotGraph, Survey, Ledger, Plan]:
    """The plan of the whole film with everything that it was decided from."""
    graph, ledger = prepared.graph, prepared.memory.ledger()
    known = prepared.survey(store, jobs, graph)
    return graph, known, ledger, decide(graph, known, ledger)
