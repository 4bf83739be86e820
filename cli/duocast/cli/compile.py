"""`duocast compile`: findings, the graph and a storyboard of stills, before any take is final."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.board import Board, Plain
from duocast.cli.drawing import draw
from duocast.cli.findings import show, verdict
from duocast.cli.graph import as_text
from duocast.cli.project import EXIT_FINDINGS, Project, open_project
from duocast.cli.report import print_failures
from duocast.cli.storyboard import frames, page
from duocast.cli.studio import crew, factory, inlines, registry
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Operation, ShotGraph
from duocast.compiler.lower import lower
from duocast.compiler.screenplay import Screenplay
from duocast.farm.outcome import Outcome
from duocast.farm.render import render
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore


@click.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help="Folder for the storyboard; default: out/NAME beside the script.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 256),
    help="Tasks at once; default: one for each processor.",
)
@click.option("--no-stills", is_flag=True, help="Only the findings and the graph.")
@click.option(
    "--lenient", is_flag=True, help="Give every unknown name a default, as for a .fountain file."
)
def command(
    script: Path, out: Path | None, jobs: int | None, no_stills: bool, lenient: bool
) -> None:
    """Compile SCRIPT: what is wrong with it, its shot graph, and a storyboard page with a still of every shot."""
    project = open_project(script)
    compiled = compile_film(project.source, project.reader, lenient=lenient)
    show(compiled, "full")
    if compiled.screenplay is None:
        click.echo(f"{verdict(compiled)}: there is nothing to show", err=True)
        raise SystemExit(EXIT_FINDINGS)
    folder = out or project.folder / "out" / script.stem
    graph = lower(compiled.screenplay, crew("standard", registry()))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "graph.json").write_text(as_text(graph), encoding="utf-8")
    (folder / "graph.svg").write_text(draw(graph, compiled.screenplay.title), encoding="utf-8")
    click.echo(f"wrote {folder / 'graph.svg'}: {len(graph.nodes)} nodes", err=True)
    if not no_stills:
        _storyboard(project, compiled.screenplay, graph, folder, jobs or os.cpu_count() or 1)


def _storyboard(
    project: Project, screenplay: Screenplay, graph: ShotGraph, folder: Path, jobs: int
) -> None:
    console = Console(stderr=True)
    try:
        with DiskStore(project.build / "store") as store:
            outcome = _stills(project, graph, store, jobs, console)
            shots = frames(screenplay, outcome, store)
            target = folder / "storyboard.html"
            target.write_text(page(screenplay, shots), encoding="utf-8")
    except EngineError as problem:
        click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
        raise SystemExit(EXIT_FINDINGS) from None
    click.echo(f"wrote {target}: {len(shots)} shots", err=True)
    if not outcome.ok:
        print_failures(outcome, console)
        raise SystemExit(EXIT_FINDINGS)


def _stills(
    project: Project, graph: ShotGraph, store: DiskStore, jobs: int, console: Console
) -> Outcome:
    stills = [node.address for node in graph.nodes if node.operation is Operation.COMPOSE]
    with Board(console) if sys.stderr.isatty() else Plain(console) as board:
        return render(
            graph,
            store=store,
            factory=factory(),
            project=project.folder,
            inline=inlines(),
            jobs=jobs,
            telemetry=board,
            select=stills,
        )
