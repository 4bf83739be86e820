"""`duocast render`: make the film."""

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from duocast.cli.delivery import Delivered
from duocast.cli.findings import findings_data
from duocast.cli.moderating import Refused, moderate, tell_refused
from duocast.cli.options import (
    farm_options,
    jobs_option,
    lenient_option,
    out_option,
    result_option,
    script_argument,
)
from duocast.cli.paying import amount
from duocast.cli.planfile import SUFFIX, check_text, read_plan, script_of
from duocast.cli.prepared import Prepared, Wishes, compile_project, prepare
from duocast.cli.project import Project, open_project
from duocast.cli.report import as_json, print_failures, print_likenesses, print_report
from duocast.cli.shoot import Planned, Shoot
from duocast.compiler.film import Compiled
from duocast.farm.outcome import Outcome
from duocast.runtime.engine import EngineError

if TYPE_CHECKING:
    from duocast.cli.farm.filming import RemoteShoot

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130


@click.command()
@script_argument
@out_option("film")
@click.option(
    "--quality",
    type=click.Choice(("draft", "standard", "cinema")),
    help="Default: the title page's, else standard. draft: half the size and a quick voice, "
    "in less time than the film lasts. cinema: given pictures and clips are made larger and smoother.",
)
@jobs_option
@click.option(
    "--select",
    "selectors",
    multiple=True,
    metavar="SELECTOR",
    help="Only a part: scene:2-4 is a film of its own; shot:2B, character:NAME, place:NAME, work:speak "
    "and modified make those pieces; + before or behind adds what they are made from, or what is made of them.",
)
@click.option(
    "--budget",
    metavar="DOLLARS",
    callback=amount,
    help="What clouds may take for it, as 5.00: nothing is begun that may cost more.",
)
@lenient_option
@farm_options
@result_option
def command(
    script: Path,
    out: Path | None,
    quality: str | None,
    jobs: int | None,
    selectors: tuple[str, ...],
    budget: int | None,
    lenient: bool,
    url: str | None,
    token: str | None,
    as_data: bool,
) -> None:
    """Make the film of SCRIPT: sound, picture, captions, poster and contact sheet.

    SCRIPT may be a plan (`duocast plan -o film.plan`): then exactly that is made, or nothing if the script moved.

    What was made before is kept in .duocast beside the script and used again; only what a change touches is made
    anew. Ctrl-C stops at once and loses nothing that is finished.

    With --farm, a farm makes it (`duocast submit` does, if nobody is to wait), and the same files come home.
    """
    began = time.monotonic()
    wishes = Wishes(quality, selectors, lenient)
    project, compiled, wishes, planned = _opened(script, wishes, url, as_data=as_data)
    prepared = prepare(project, compiled, wishes)
    folder = out or project.folder / "out" / project.script.stem
    console = Console(stderr=True)
    try:
        compiled = moderate(compiled, prepared.graph, project.folder, quiet=as_data)
        shoot: Shoot | RemoteShoot
        if url is None:
            workers = jobs or os.cpu_count() or 1
            shoot = Shoot(prepared, workers, console, planned, budget=budget)
        elif budget is not None:
            raise click.UsageError("a farm has budgets of its own: duocast submit --budget")
        else:
            shoot = _remote(prepared, url, token, console)
        outcome, delivered, also = shoot.run(folder)
    except Refused as problem:
        tell_refused(problem, as_data=as_data)
        raise SystemExit(EXIT_FAILED) from None
    except EngineError as problem:
        _tell(problem, compiled, as_data=as_data)
        raise SystemExit(EXIT_FAILED) from None
    except KeyboardInterrupt:
        click.echo(
            "stopped; what is finished is kept, and the next render goes on from there", err=True
        )
        raise SystemExit(EXIT_INTERRUPTED) from None
    seconds = time.monotonic() - began
    if as_data:
        found = as_json(outcome, delivered, seconds, shoot.likenesses)
        found |= {"findings": findings_data(compiled)}
        found |= {"also": [str(film) for film in also]} if also else {}
        found |= {"ok": outcome.ok} if shoot.partial else {}
        click.echo(json.dumps(found, indent=2))
    if not outcome.ok or (delivered is None and not shoot.partial):
        print_failures(outcome, console)
        raise SystemExit(EXIT_FAILED)
    if not as_data:
        _report(outcome, delivered, also, seconds, console)
        print_likenesses(shoot.likenesses, console)


def _opened(
    script: Path, wishes: Wishes, url: str | None, *, as_data: bool
) -> tuple[Project, Compiled, Wishes, Planned | None]:
    """The script, or the one that a plan is of: compiled, with what is wished of it."""
    planned = None
    if script.suffix == SUFFIX:
        if url is not None:
            raise click.UsageError("a plan is for this machine: give --farm the script itself")
        planned = Planned(script, read_plan(script))
        script, wishes = script_of(script, planned.content), planned.content.wishes
    project = open_project(script)
    compiled = compile_project(project, lenient=wishes.lenient, quiet=as_data)
    if planned is not None:
        check_text(planned.path, planned.content, compiled)
    if compiled.screenplay is None and as_data:
        found = {"ok": False, "findings": findings_data(compiled), "errors": []}
        click.echo(json.dumps(found, indent=2))
    return project, compiled, wishes, planned


def _report(
    outcome: Outcome,
    delivered: Delivered | None,
    also: list[Path],
    seconds: float,
    console: Console,
) -> None:
    """What a render that went well has made."""
    if delivered is None:
        click.echo(f"{outcome.run} tasks run, {outcome.reused} reused; no film is joined", err=True)
        return
    print_report(outcome, delivered, seconds, console)
    for film in also:
        console.print(f"  also as {film}", highlight=False, markup=False)


def _remote(prepared: Prepared, url: str, token: str | None, console: Console) -> "RemoteShoot":
    """A shoot on a farm; who renders here need not load what speaks with one."""
    from duocast.cli.farm.filming import RemoteShoot

    return RemoteShoot(prepared, url, token, console)


def _tell(problem: EngineError, compiled: Compiled, *, as_data: bool) -> None:
    """What kept the whole render from being done."""
    click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
    if as_data:
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        found = {"ok": False, "findings": findings_data(compiled), "errors": [error]}
        click.echo(json.dumps(found, indent=2))
