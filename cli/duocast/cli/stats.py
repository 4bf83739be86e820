"""`duocast stats`: who speaks how much, and how long everything will be."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duocast.cli.board import clock
from duocast.cli.engines import INSTALLED
from duocast.cli.findings import show
from duocast.cli.project import EXIT_FINDINGS, open_project
from duocast.cli.rehearsing import rehearsed
from duocast.compiler.film import compile_film
from duocast.compiler.statistics import Share, Statistics, statistics


@click.command()
@click.argument("script", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["all", "character", "scene", "place"]),
    default="all",
    help="Only one of the tables.",
)
@click.option("--json", "as_data", is_flag=True, help="Print one JSON object; times in seconds.")
@click.option(
    "--lenient", is_flag=True, help="Give every unknown name a default, as for a .fountain file."
)
def command(script: Path, by: str, as_data: bool, lenient: bool) -> None:
    """Count SCRIPT by character, scene and place: lines, words, and minutes as they will probably be."""
    project = open_project(script)
    compiled = compile_film(project.source, project.reader, lenient=lenient, engines=INSTALLED)
    if compiled.screenplay is None:
        show(compiled, "json" if as_data else "full")
        raise SystemExit(EXIT_FINDINGS)
    found = statistics(compiled.screenplay, rehearsed(compiled.screenplay))
    if as_data:
        click.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False))
        return
    console = Console()
    _tell(found, by, console)


def _tell(found: Statistics, by: str, console: Console) -> None:
    console.print(
        f"[bold]{escape(found.title or 'Untitled')}[/]: about {clock(found.seconds)}, "
        f"{_count(found.lines, 'line')}, {_count(found.words, 'word')}, {_count(found.shots, 'shot')}",
        highlight=False,
    )
    tables = {"character": found.characters, "scene": found.scenes, "place": found.places}
    for name, shares in tables.items():
        if by in ("all", name):
            console.print()
            console.print(_table(name, shares, spoken=name == "character"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _brief(seconds: float) -> str:
    """As `clock`, with tenths where a second is much."""
    return f"{seconds:.1f} s" if seconds < 9.95 else clock(seconds)


def _table(name: str, shares: Sequence[Share], *, spoken: bool = False) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(name, overflow="fold")
    for column in ("lines", "words", "speaks" if spoken else "lasts"):
        table.add_column(column, justify="right")
    if spoken:
        table.add_column("in shot", justify="right")
    if name != "scene":
        table.add_column("scenes", justify="right")
    table.add_column("shots", justify="right")
    for share in shares:
        row = [escape(share.name), str(share.lines), str(share.words), _brief(share.seconds)]
        row += [_brief(share.seen)] if spoken else []
        row += [str(share.scenes)] if name != "scene" else []
        table.add_row(*row, str(share.shots))
    return table
