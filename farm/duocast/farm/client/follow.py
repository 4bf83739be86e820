"""Following a job: the farm's events become telemetry, without a gap, until the job has ended.

A stream that breaks is taken up again behind the last number that was heard; the farm keeps what was told meanwhile.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from duocast.compiler.graph import Operation
from duocast.farm.client.connection import Connection, part
from duocast.farm.client.faults import UNREACHABLE, FarmError
from duocast.farm.client.messages import Message, messages
from duocast.farm.core.job import FINAL
from duocast.farm.core.task import Failure, Status
from duocast.farm.telemetry import Telemetry
from duocast.runtime.engine import FailureClass

QUIET = 45.0
"""Seconds without a sound, three of the farm's heartbeats, after which a stream counts as broken."""
_LOOK = 1.0
"""Seconds between two looks at how far the job is."""
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a farm that is away is waited for, seconds, and the pause between two tries."""

    longest: float = 300.0
    pause: float = 1.0


class Change(msgspec.Struct, frozen=True):
    """A task has another status."""

    task: str
    status: str


class Notice(msgspec.Struct, frozen=True):
    """What the farm tells of one event: `state` is the job's, where it changed; `many`: more changed than is named."""

    seq: int = 0
    kind: str = ""
    tasks: tuple[Change, ...] = ()
    state: str = ""
    many: bool = False
    message: str = ""


class Fraction(msgspec.Struct, frozen=True):
    """So much of a task is done, 0 to 1."""

    task: str
    fraction: float


class Progress(msgspec.Struct, frozen=True):
    """How far running tasks are."""

    tasks: tuple[Fraction, ...] = ()


def follow(
    connection: Connection,
    job: str,
    telemetry: Telemetry,
    *,
    waiting: Waiting | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Mapping[str, Any]:
    """Tell what happens in a job until it has ended; gives the job as the farm shows it then.

    Raises `FarmError` when there is no such job, or the farm stays away.
    """
    return _Follower(connection, job, telemetry, waiting or Waiting(), pause).until_ended()


def tasks(connection: Connection, job: str, **query: object) -> Iterator[Mapping[str, Any]]:
    """All tasks of a job, in the film's order."""
    return pages(connection, f"/jobs/{part(job)}/tasks", "tasks", **query)


def pages(
    connection: Connection, path: str, what: str, **query: object
) -> Iterator[Mapping[str, Any]]:
    """All rows of a long list, page by page."""
    after: object = None
    while True:
        page = connection.get(path, limit=_PAGE, after=after, **query)
        yield from page[what]
        after = page.get("next")
        if after is None:
            return


class _Follower:
    def __init__(
        self,
        connection: Connection,
        job: str,
        telemetry: Telemetry,
        waiting: Waiting,
        pause: Callable[[float], None],
    ) -> None:
        self._connection = connection
        self._job = job
        self._path = f"/jobs/{part(job)}"
        self._telemetry = telemetry
        self._waiting = waiting
        self._pause = pause
        self._heard = ""
        self._looked = 0.0
        self._operations: dict[str, Operation] = {}

    def until_ended(self) -> Mapping[str, Any]:
        view = self._look()
        self._heard = str(view["seq"])
        for row in tasks(self._connection, self._job):
            self._operations[row["task"]] = Operation(row["operation"])
            if row["status"] == Status.RUNNING:
                self._telemetry.started(row["task"], Operation(row["operation"]))
        away = 0.0
        while view["state"] not in FINAL:
            before = self._heard
            try:
                self._listen()
                if before == self._heard:
                    self._pause(self._waiting.pause)
                view, away = self._look(), 0.0
            except FarmError as problem:
                away = away + self._waiting.pause if before == self._heard else 0.0
                self._wait(problem, away)
        return view

    def _listen(self) -> None:
        """Hear the stream to its end, or until the job has ended."""
        headers = {"Last-Event-ID": self._heard, "Accept": "text/event-stream"}
        with self._connection.stream(
            f"{self._path}/events", quiet=QUIET, headers=headers, params={"after": self._heard}
        ) as response:
            for message in messages(response.iter_lines()):
                if self._hear(message) in FINAL:
                    return
                if time.monotonic() - self._looked >= _LOOK:
                    self._look()

    def _hear(self, message: Message) -> str:
        """Tell what a message says; gives the job's new state, or nothing."""
        if message.event == "progress":
            for each in msgspec.json.decode(message.data, type=Progress).tasks:
                self._telemetry.progressed(each.task, each.fraction)
            return ""
        notice = msgspec.json.decode(message.data, type=Notice)
        for change in notice.tasks:
            self._tell(change)
        if notice.message:
            self._telemetry.message(notice.message)
        self._heard = message.id or self._heard
        return notice.state

    def _tell(self, change: Change) -> None:
        task = change.task
        match change.status:
            case Status.RUNNING:
                self._telemetry.started(task, self._operations.get(task, Operation.TIME))
            case Status.DONE:
                self._telemetry.finished(task, 0.0)
            case Status.FAILED:
                self._telemetry.failed(task, self._failure(task))
            case Status.REUSED | Status.BLOCKED | Status.CANCELLED | Status.SKIPPED:
                self._telemetry.reused(task)
            case _:
                self._telemetry.progressed(task, 0.0)

    def _failure(self, task: str) -> Failure:
        view = self._connection.get(f"{self._path}/tasks/{part(task)}")
        return failure(view.get("failure")) or Failure(FailureClass.INVALID, "", view["reason"])

    def _look(self) -> Mapping[str, Any]:
        """How far the job is, and how long the rest takes."""
        view: Mapping[str, Any] = self._connection.get(self._path)
        self._looked = time.monotonic()
        counts = view["counts"]
        ended = sum(counts.get(str(status), 0) for status in _ENDED)
        self._telemetry.forecast(ended, sum(counts.values()), view.get("eta") or 0.0)
        return view

    def _wait(self, problem: FarmError, away: float) -> None:
        if problem.code != UNREACHABLE or away > self._waiting.longest:
            raise problem
        if away <= self._waiting.pause:
            self._telemetry.message("the farm is away; the film is kept there, and this goes on")
        self._pause(self._waiting.pause)


_ENDED = (
    Status.DONE,
    Status.REUSED,
    Status.FAILED,
    Status.BLOCKED,
    Status.CANCELLED,
    Status.SKIPPED,
)


def failure(said: Mapping[str, Any] | None) -> Failure | None:
    """A task's failure as the farm shows it."""
    if not said:
        return None
    kind = said.get("kind") or FailureClass.INVALID
    words = said.get("code", ""), said.get("message", ""), said.get("hint", "")
    return Failure(FailureClass(kind), *words)
