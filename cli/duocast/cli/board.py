"""The progress board: what is being made, how far it is, and how long the rest takes."""

import time
from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from duocast.compiler.graph import Operation
from duocast.farm.core.task import Failure

VERBS = {
    Operation.SPEAK: "speaking",
    Operation.PORTRAIT: "drawing",
    Operation.PLATE: "building",
    Operation.COMPOSE: "framing",
    Operation.ANIMATE: "acting",
    Operation.INTERPOLATE: "smoothing",
    Operation.UPSCALE: "enlarging",
    Operation.RESTORE: "restoring",
    Operation.ENCODE: "shooting",
    Operation.SCORE: "composing",
    Operation.EFFECT: "recording",
    Operation.MIX: "mixing",
    Operation.CAPTION: "captioning",
    Operation.MASTER: "mastering",
    Operation.SIGN: "signing",
}
PLAIN_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""


class Board:
    """Telemetry on a terminal: one bar for the film and a line for each task at work."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=28),
            TextColumn("{task.fields[note]}", markup=False),
        )
        self._progress = Progress(*columns, TimeElapsedColumn(), console=console, transient=True)
        self._film: TaskID = self._progress.add_task("film", total=1, note="")
        self._rows: dict[str, TaskID] = {}
        self._started: dict[str, str] = {}

    def __enter__(self) -> "Board":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def started(self, task: str, operation: Operation) -> None:
        """A row for the task."""
        if operation in VERBS:
            name = f"{VERBS[operation]} {task.rsplit('/', 1)[0]}"
            self._drop(task)
            self._rows[task] = self._progress.add_task(f"  {name[:44]:44}", total=1, note="")

    def progressed(self, task: str, fraction: float) -> None:
        """Move the task's bar."""
        if task in self._rows:
            self._progress.update(self._rows[task], completed=fraction)

    def finished(self, task: str, seconds: float) -> None:
        """Take the task's row away."""
        del seconds
        self._drop(task)

    def reused(self, task: str) -> None:
        """Nothing was to be done."""
        self._drop(task)

    def failed(self, task: str, failure: Failure) -> None:
        """Say at once what went wrong; the rest of the film goes on."""
        self._drop(task)
        words = f"{escape(task)}: {escape(failure.message)}"
        self._progress.console.print(f"[red]failed[/] {words}", highlight=False)

    def forecast(self, done: int, total: int, seconds: float) -> None:
        """Move the film's bar."""
        note = f"{done}/{total}, about {clock(seconds)} left"
        self._progress.update(self._film, completed=done, total=max(1, total), note=note)

    def message(self, text: str) -> None:
        """A sentence above the bars."""
        self._progress.console.print(text, highlight=False, markup=False)

    def _drop(self, task: str) -> None:
        row = self._rows.pop(task, None)
        if row is not None:
            self._progress.remove_task(row)


class Plain:
    """Telemetry for logs and pipes: a line now and then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._said = 0.0
        self._made: Counter[Operation] = Counter()

    def __enter__(self) -> "Plain":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def started(self, task: str, operation: Operation) -> None:
        """Count."""
        del task
        self._made[operation] += 1

    def progressed(self, task: str, fraction: float) -> None:
        """Say nothing."""

    def finished(self, task: str, seconds: float) -> None:
        """Say nothing."""

    def reused(self, task: str) -> None:
        """Say nothing."""

    def failed(self, task: str, failure: Failure) -> None:
        """Say what went wrong."""
        self._console.print(f"failed {task}: {failure.message}", highlight=False, markup=False)

    def forecast(self, done: int, total: int, seconds: float) -> None:
        """A line every few seconds."""
        now = time.monotonic()
        if now - self._said >= PLAIN_EVERY:
            self._said = now
            self._console.print(
                f"{done}/{total} done, about {clock(seconds)} left", highlight=False
            )

    def message(self, text: str) -> None:
        """A sentence."""
        self._console.print(text, highlight=False, markup=False)


def clock(seconds: float) -> str:
    """`7 s`, `2 min 05 s`, `1 h 03 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
