"""Tables for people: columns that line up, as wide as they must be, in colour on a terminal."""

from collections.abc import Sequence
from typing import Literal

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

Side = Literal["left", "right"]
_WIDE = 400
"""Characters of a line where nobody looks: a pipe gets every word."""
STYLES = {
    "running": "cyan",
    "done": "green",
    "finished": "green",
    "reused": "green",
    "failed": "bold red",
    "blocked": "yellow",
    "paused": "yellow",
    "cancelled": "dim",
    "skipped": "dim",
    "waiting": "dim",
    "ready": "",
    "sick": "bold red",
    "drained": "yellow",
    "draining": "yellow",
    "gone": "bold red",
}
"""How the words for states look."""


def out(*, err: bool = False) -> Console:
    """Standard output, or standard error."""
    console = Console(stderr=err, highlight=False)
    return console if console.is_terminal else Console(stderr=err, highlight=False, width=_WIDE)


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> None:
    """Print rows under their headings; a heading that begins with `>` has its column at the right side."""
    if not rows:
        out().print(note or "there is nothing to show")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, name in enumerate(columns):
        side: Side = "right" if name.startswith(">") else "left"
        last = number == len(columns) - 1
        table.add_column(name.lstrip(">"), justify=side, no_wrap=not last, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    console = out()
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as printed:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in printed.get().splitlines()))
