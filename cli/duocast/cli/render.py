"""`duocast render`: make the film."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from duocast.cli.board import Board, Plain
from duocast.cli.delivery import Delivered, deliver
from duocast.cli.findings import show, verdict
from duocast.cli.project import EXIT_FINDINGS, Project, open_project
from duocast.cli.report import as_json, print_failures, print_report
from duocast.cli.studio import crew, factory, inlines, registry
from duocast.compiler.film import Compiled, compile_film
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
@click.argument("script", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help="Folder for the film; default: out/NAME beside the script.",
)
@click.option(
    "--quality",
    type=click.Choice(("draft", "standard")),
    default="standard",
    help="draft: half the size and a quick voice, in less time than the film lasts.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 256),
    help="Tasks at once; default: one for each processor.",
)
@click.option(
    "--select",
    "selectors",
    multiple=True,
    metavar="scene:N",
    help="Only some scenes: scene:2, scene:2-4, scene:NAME.",
)
@click.option(
    "--lenient", is_flag=True, help="Give every unknown name a default, as for a .fountain file."
)
@click.option("--json", "as_data", is_flag=True, help="Print one JSON object about the result.")
def command(
    script: Path,
    out: Path | None,
    quality: str,
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
    show(compiled, "full")
    screenplay = _chosen(compiled, selectors)
    graph = lower(screenplay, crew(quality, registry()))
    console = Console(stderr=True)
    try:
        outcome, delivered = _make(project, graph, jobs or os.cpu_count() or 1, out, console)
    except EngineError as problem:
        click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
        raise SystemExit(EXIT_FAILED) from None
    except KeyboardInterrupt:
        click.echo(
            "stopped; what is finished is kept, and the next render goes on from there", err=True
        )
        raise SystemExit(EXIT_INTERRUPTED) from None
    seconds = time.monotonic() - began
    if as_data:
        click.echo(json.dumps(as_json(outcome, delivered, seconds), indent=2))
    if not outcome.ok or delivered is None:
        print_failures(outcome, console)
        raise SystemExit(EXIT_FAILED)
    if not as_data:
        print_report(outcome, delivered, seconds, console)


def _chosen(compiled: Compiled, selectors: tuple[str, ...]) -> Screenplay:
    if compiled.screenplay is None:
        click.echo(f"{verdict(compiled)}: no film is made", err=True)
        raise SystemExit(EXIT_FINDINGS)
    if not selectors:
        return compiled.screenplay
    try:
        return select(compiled.screenplay, selectors)
    except UnknownSelector as problem:
        raise click.UsageError(str(problem)) from None


def _make(
    project: Project, graph: ShotGraph, jobs: int, out: Path | None, console: Console
) -> tuple[Outcome, Delivered | None]:
    folder = out or project.folder / "out" / project.script.stem
    with DiskStore(project.build / "store") as store, _terminated():
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
        store.keep(f"film:{project.script.name}", {blob.digest for blob in blobs})
        return outcome, deliver(outcome, store, folder, project.script.stem)


@contextmanager
def _terminated() -> Iterator[None]:
    """Being told to end (SIGTERM, a closed terminal) is as good as Ctrl-C."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    kinds = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(kind, stop) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
