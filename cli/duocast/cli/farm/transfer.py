"""A transfer on the screen: a bar with sizes, speed and the time that is left; in pipes, a line now and then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from duocast.cli.board import PLAIN_EVERY, clock

Moved = Callable[[int, int], None]


@contextmanager
def shown(what: str, console: Console) -> Iterator[Moved]:
    """Hears how many bytes of how many have been moved, and shows it."""
    if console.is_terminal:
        yield from _bar(what, console)
    else:
        yield _Lines(what, console).moved


def _bar(what: str, console: Console) -> Iterator[Moved]:
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=28), DownloadColumn())
    with Progress(
        *columns, TransferSpeedColumn(), TimeRemainingColumn(), console=console, transient=True
    ) as progress:
        row = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(row, completed=done, total=total)


class _Lines:
    def __init__(self, what: str, console: Console) -> None:
        self._what, self._console = what, console
        self._began = self._said = time.monotonic()

    def moved(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said >= PLAIN_EVERY and done:
            self._said = now
            left = clock((now - self._began) / done * (total - done))
            share = f"{done / 1e6:.1f} of {total / 1e6:.1f} MB"
            self._console.print(f"{self._what}: {share}, about {left} left", highlight=False)
