"""`duocast render`: make the film."""

import json
import os
import sys
import time
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.board import Board, Plain
from duocast.cli.delivery import Delivered, deliver
from duocast.cli.ending import terminated
from duocast.cli.findings import findings_data, show, verdict
from duocast.cli.options import (
    jobs_option,
    lenient_option,
    out_option,
    result_option,
    script_argument,
)
from duocast.cli.project import EXIT_FINDINGS, Project, open_project
from duocast.cli.report import as_json, print_failures, print_report
from duocast.cli.studio import crew, factory, inlines, registry
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.formats import in_each_format
from duocast.compiler.graph import ShotGraph
from duocast.compiler.lower import lower
from duocast.compiler.screenplay import Screenplay
from duocast.compiler.select import UnknownSelector, select
from duocast.farm.outcome import Outcome
from duocast.farm.render import render
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130


@click.command()
@script_argument
@out_option("film")
@click.option(
    "--quality",
    type=click.Choice(("draft", "standard")),
    help="Default: the title page's, else standard. draft: half the size and a quick voice, "
    "in less time than the film lasts.",
)
@jobs_option
@click.option(
    "--select",
    "selectors",
    multiple=True,
    metavar="scene:N",
    help="Only some scenes: scene:2, scene:2-4, scene:NAME.",
)
@lenient_option
@result_option
def command(
    script: Path,
    out: Path | None,
    quality: str | None,
    jobs: int | None,
    selectors: tuple[str, ...],
    lenient: bool,
    as_data: bool,
) -> None:
    """Make the film of SCRIPT: sound, picture, captions, poster and contact sheet.

    What was made before is kept in .duocast beside the script and used again; only what a change touches is made
    anew. Ctrl-C stops at once and loses nothing that is finished.
    """
    began = time.monotonic()
    project = open_project(script)
    compiled = compile_film(project.source, project.reader, lenient=lenient)
    if not as_data:
        show(compiled, "full")
    screenplay = _chosen(compiled, selectors, as_data=as_data)
    hands = crew(quality or _quality(screenplay), registry())
    folder = out or project.folder / "out" / project.script.stem
    console = Console(stderr=True)
    also: list[Path] = []
    try:
        formats = in_each_format(screenplay)
        wanted = jobs or os.cpu_count() or 1
        outcome, delivered = _make(project, lower(formats[0][1], hands), wanted, folder, console)
        for name, further in formats[1:]:
            if not outcome.ok:
                break
            graph = lower(further, hands)
            outcome, other = _make(project, graph, wanted, folder / name, console, name)
            also += [other.film] if other is not None else []
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
        found = as_json(outcome, delivered, seconds) | {"findings": findings_data(compiled)}
        found |= {"also": [str(film) for film in also]} if also else {}
        click.echo(json.dumps(found, indent=2))
    if not outcome.ok or delivered is None:
        print_failures(outcome, console)
        raise SystemExit(EXIT_FAILED)
    if not as_data:
        print_report(outcome, delivered, seconds, console)
        for film in also:
            console.print(f"  also as {film}", highlight=False)


def _tell(problem: EngineError, compiled: Compiled, *, as_data: bool) -> None:
    """What kept the whole render from being done."""
    click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
    if as_data:
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        found = {"ok": False, "findings": findings_data(compiled), "errors": [error]}
        click.echo(json.dumps(found, indent=2))


def _quality(screenplay: Screenplay) -> str:
    """The title page's quality; the finest there is here stands for cinema."""
    return "draft" if screenplay.delivery.quality == "draft" else "standard"


def _chosen(compiled: Compiled, selectors: tuple[str, ...], *, as_data: bool) -> Screenplay:
    if compiled.screenplay is None:
        if as_data:
            found = {"ok": False, "findings": findings_data(compiled), "errors": []}
            click.echo(json.dumps(found, indent=2))
        click.echo(f"{verdict(compiled)}: no film is made", err=True)
        raise SystemExit(EXIT_FINDINGS)
    if not selectors:
        return compiled.screenplay
    try:
        return select(compiled.screenplay, selectors)
    except UnknownSelector as problem:
        raise click.UsageError(str(problem)) from None


def _make(
    project: Project,
    graph: ShotGraph,
    jobs: int,
    folder: Path,
    console: Console,
    form: str = "",
) -> tuple[Outcome, Delivered | None]:
    """Make one format of the film; `form` is its name, if it is a further one."""
    with DiskStore(project.build / "store") as store, terminated():
        with Board(console) if sys.stderr.isatty() else Plain(console) as board:
            outcome = render(
                graph,
                store=store,
                factory=factory(),
                project=project.folder,
                inline=inlines(),
                jobs=jobs,
                telemetry=board,
            )
        if not outcome.ok:
            return outcome, None
        blobs = (blob for result in outcome.results.values() for blob in result.outputs.values())
        store.keep(
            f"film:{project.script.name}{form and '@'}{form}", {blob.digest for blob in blobs}
        )
        return outcome, deliver(outcome, store, folder, project.script.stem)
