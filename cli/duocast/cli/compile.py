"""`duocast compile`: findings, the graph and a storyboard of stills, before any take is final."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from rich.console import Console

from duocast.cli.animatic import Render, make_animatic
from duocast.cli.board import Board, Plain
from duocast.cli.boardpage import page
from duocast.cli.boardpdf import pdf
from duocast.cli.drawing import draw
from duocast.cli.engines import INSTALLED
from duocast.cli.findings import findings_data, show, verdict
from duocast.cli.graph import as_text
from duocast.cli.moderating import Refused, moderate, tell_refused
from duocast.cli.options import (
    jobs_option,
    lenient_option,
    out_option,
    result_option,
    script_argument,
)
from duocast.cli.project import EXIT_FINDINGS, Project, open_project, write_file
from duocast.cli.remembered import Memory, named
from duocast.cli.report import print_failures
from duocast.cli.storyboard import Frame, frames
from duocast.cli.studio import crew, factory, inlines, registry
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.graph import Operation, ShotGraph
from duocast.compiler.lower import lower
from duocast.compiler.screenplay import Screenplay
from duocast.farm.outcome import Outcome
from duocast.farm.render import render
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore

if TYPE_CHECKING:
    from duocast.cli.watch.session import Mode


@dataclass(slots=True)
class Result:
    """What a compile has made, for people and for programs."""

    nodes: int = 0
    shots: int = 0
    seconds: float = 0.0
    files: list[Path] = field(default_factory=list)
    problems: list[EngineError] = field(default_factory=list)
    outcome: Outcome | None = None

    @property
    def ok(self) -> bool:
        """Whether everything that was wanted is there."""
        return bool(self.nodes) and not self.problems and (self.outcome is None or self.outcome.ok)


@click.command()
@script_argument
@out_option("storyboard")
@jobs_option
@click.option("--no-stills", is_flag=True, help="Only the findings and the graph.")
@click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Go on: a verdict on every save, and a page that shows what has changed. "
    "--out is then the file that each new cut is written to.",
)
@click.option(
    "--on-change",
    type=click.Choice(("check", "draft", "render")),
    default="draft",
    show_default=True,
    help="With --watch: only check, make drafts, or make it in full quality.",
)
@click.option("--no-page", is_flag=True, help="With --watch: only the terminal.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="With --watch: the page's.")
@lenient_option
@result_option
def command(
    script: Path,
    out: Path | None,
    jobs: int | None,
    no_stills: bool,
    watching: bool,
    on_change: str,
    no_page: bool,
    port: int,
    lenient: bool,
    as_data: bool,
) -> None:
    """Compile SCRIPT: what is wrong with it, its shot graph, and a storyboard page with a still of every shot."""
    if watching:
        if as_data or no_stills:
            raise click.UsageError("--watch goes with neither --json nor --no-stills")
        from duocast.cli.watch.command import Options, watch

        mode = cast("Mode", on_change)
        watch(script, Options(mode, out, not no_page, port, jobs, lenient))
        return
    project = open_project(script)
    compiled = compile_film(project.source, project.reader, lenient=lenient, engines=INSTALLED)
    console = Console(stderr=True)
    if not as_data:
        show(compiled, "full")
    result = Result()
    if compiled.screenplay is not None:
        folder = out or project.folder / "out" / script.stem
        screenplay = _named(project, compiled.screenplay, keep=not no_stills)
        graph = _graph(screenplay, folder, result)
        if not no_stills:
            compiled = _allowed(project, compiled, graph, as_data=as_data)
            wanted = jobs or os.cpu_count() or 1
            _storyboard(project, screenplay, graph, folder, wanted, console, result)
    if as_data:
        click.echo(json.dumps(_as_json(compiled, result), indent=2))
    else:
        _tell(compiled, result, console)
    if not result.ok:
        raise SystemExit(EXIT_FINDINGS)


def _allowed(project: Project, compiled: Compiled, graph: ShotGraph, *, as_data: bool) -> Compiled:
    """The compile with what moderation says; a film that is refused ends the program."""
    try:
        return moderate(compiled, graph, project.folder, quiet=as_data)
    except Refused as problem:
        tell_refused(problem, as_data=as_data)
    except EngineError as problem:
        click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
    raise SystemExit(EXIT_FINDINGS)


def _named(project: Project, screenplay: Screenplay, *, keep: bool) -> Screenplay:
    """The film with the names and seeds that its folder remembers; `keep` if something is to be made of it."""
    if not keep:
        return named(project.build, project.script.name, screenplay)
    memory = Memory(project.build, project.script.name)
    settled = memory.settled(screenplay)
    memory.keep_identity(settled.identity)
    return settled.screenplay


def _graph(screenplay: Screenplay, folder: Path, result: Result) -> ShotGraph:
    graph = lower(screenplay, crew("standard", registry()))
    result.nodes = len(graph.nodes)
    result.shots = sum(len(scene.shots) for scene in screenplay.scenes)
    _write(folder / "graph.json", as_text(graph), result)
    _write(folder / "graph.svg", draw(graph, screenplay.title), result)
    return graph


def _write(path: Path, content: str | bytes, result: Result) -> None:
    write_file(path, content)
    result.files.append(path)


def _storyboard(
    project: Project,
    screenplay: Screenplay,
    graph: ShotGraph,
    folder: Path,
    jobs: int,
    console: Console,
    result: Result,
) -> None:
    try:
        with DiskStore(project.build / "store") as store:
            run = _runner(project, store, jobs, console)
            stills = [node.address for node in graph.nodes if node.operation is Operation.COMPOSE]
            result.outcome = run(graph, stills)
            shots = frames(screenplay, result.outcome, store, project.folder)
            _write(folder / "storyboard.html", page(screenplay, shots), result)
            _write(folder / "storyboard.pdf", pdf(screenplay, shots), result)
            _animatic(screenplay, shots, store, folder / "animatic.mp4", run, result)
    except EngineError as problem:
        result.problems.append(problem)
        return
    result.problems += [frame.problem for frame in shots if frame.problem is not None]
    result.seconds = _length(shots)


def _length(shots: list[Frame]) -> float:
    return round(shots[-1].at + shots[-1].seconds, 2) if shots else 0.0


def _runner(project: Project, store: DiskStore, jobs: int, console: Console) -> Render:
    def run(graph: ShotGraph, addresses: Sequence[str]) -> Outcome:
        with Board(console) if sys.stderr.isatty() else Plain(console) as board:
            return render(
                graph,
                store=store,
                factory=factory(),
                project=project.folder,
                inline=inlines(),
                jobs=jobs,
                telemetry=board,
                select=addresses,
            )

    return run


def _animatic(
    screenplay: Screenplay,
    shots: list[Frame],
    store: DiskStore,
    path: Path,
    run: Render,
    result: Result,
) -> None:
    """The animatic, if the stills are there; what fails in its sound is one more failure of the result."""
    if result.outcome is None or not result.outcome.ok:
        return
    draft = lower(screenplay, crew("draft", registry()))
    heard = make_animatic(path, draft, shots, store, run)
    if heard.ok:
        result.files.append(path)
    else:
        result.outcome = heard


def _tell(compiled: Compiled, result: Result, console: Console) -> None:
    if compiled.screenplay is None:
        click.echo(f"{verdict(compiled)}: there is nothing to show", err=True)
        return
    made = {
        "graph.svg": f"{result.nodes} nodes",
        "storyboard.html": f"{result.shots} shots",
        "storyboard.pdf": "the same on paper",
        "animatic.mp4": f"about {result.seconds:.0f} s, with draft voices",
    }
    for file in result.files:
        if file.name in made:
            click.echo(f"wrote {file}: {made[file.name]}", err=True)
    for problem in result.problems:
        click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
    if result.outcome is not None and not result.outcome.ok:
        print_failures(result.outcome, console)


def _as_json(compiled: Compiled, result: Result) -> dict[str, Any]:
    failed = result.outcome.failures if result.outcome is not None else ()
    errors = [(p.code, p.message, p.hint) for p in result.problems]
    errors += [(f.code, f.message, f.hint) for row in failed if (f := row.failure) is not None]
    return {
        "ok": result.ok,
        "findings": findings_data(compiled),
        "nodes": result.nodes,
        "shots": result.shots,
        "seconds_about": result.seconds,
        "files": [str(file) for file in result.files],
        "errors": [{"code": code, "message": said, "hint": hint} for code, said, hint in errors],
    }
