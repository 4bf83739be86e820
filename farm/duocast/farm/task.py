"""A task: one node of a graph on its way to its outputs, and every state it can be in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.contents import Blob


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed: an `EngineError` as plain data. `detail` is for the log (a traceback, last words)."""

    kind: FailureClass
    code: str
    message: str
    hint: str = ""
    detail: str = ""

    @classmethod
    def of(cls, error: EngineError, detail: str = "") -> "Failure":
        """The failure that an engine or the store raised."""
        return cls(error.failure, error.code, error.message, error.hint, detail)


@dataclass(frozen=True, slots=True)
class Given:
    """An input whose content is known: its SHA-256."""

    digest: str


@dataclass(frozen=True, slots=True)
class From:
    """An input that another task makes: that task's id and the name among its outputs."""

    task: str
    output: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that can't be had; the task fails with this."""

    failure: Failure


Source = Given | From | Refused


@dataclass(frozen=True, slots=True)
class Spec:
    """What never changes about a task.

    `inline` tasks are cheap pure functions and run beside the scheduler, not on a worker. `expects` are outputs that
    others need. Tasks of a smaller `order` go first (story order); `weight` is the expected seconds.
    """

    id: str
    operation: Operation
    engine: str
    version: str
    params: Mapping[str, Any]
    inputs: Mapping[str, Source]
    expects: tuple[str, ...] = ()
    inline: bool = False
    order: int = 0
    weight: float = 1.0


class Status(StrEnum):
    """The states as people see them."""

    WAITING = "waiting"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    REUSED = "reused"
    FAILED = "failed"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Tries:
    """What a task went through: assignments so far, retries used, workers that died on it, inputs found damaged.

    `alone`: it is tried again with no other task beside it. `last` says what went wrong last.
    """

    attempts: int = 0
    retries: int = 0
    deaths: int = 0
    losses: int = 0
    alone: bool = False
    last: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`missing` of the tasks it needs have not succeeded yet."""

    missing: int
    tries: Tries = Tries()


@dataclass(frozen=True, slots=True)
class Sought:
    """Its key is known and the store was asked."""

    key: str
    tries: Tries = Tries()


@dataclass(frozen=True, slots=True)
class Twin:
    """Task number `leader` is doing exactly this work already."""

    key: str
    leader: int
    tries: Tries = Tries()


@dataclass(frozen=True, slots=True)
class Ready:
    """It can start as soon as a worker is free."""

    key: str
    tries: Tries = Tries()


@dataclass(frozen=True, slots=True)
class Resting:
    """It failed and is tried again at the time `until`."""

    key: str
    until: float
    tries: Tries = Tries()


@dataclass(frozen=True, slots=True)
class Running:
    """It runs on `worker` (None: beside the scheduler) since the time `since`; `fraction` of it is done."""

    key: str
    worker: str | None
    since: float
    fraction: float = 0.0
    tries: Tries = Tries()


@dataclass(frozen=True, slots=True)
class Done:
    """It was made in this run, in `seconds`."""

    key: str
    outputs: Mapping[str, Blob]
    seconds: float


@dataclass(frozen=True, slots=True)
class Reused:
    """Its outputs were there already, or a twin made them."""

    key: str
    outputs: Mapping[str, Blob]


@dataclass(frozen=True, slots=True)
class Failed:
    """It failed for good."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Blocked:
    """It can't run, because task number `by` failed or was cancelled."""

    by: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Somebody did not want it any more."""


Pending = Waiting | Sought | Twin | Ready | Resting | Running
Succeeded = Done | Reused
Settled = Done | Reused | Failed | Blocked | Cancelled
Row = Pending | Settled

_STATUS: Mapping[type, Status] = {
    Waiting: Status.WAITING,
    Sought: Status.WAITING,
    Twin: Status.WAITING,
    Ready: Status.READY,
    Resting: Status.WAITING,
    Running: Status.RUNNING,
    Done: Status.DONE,
    Reused: Status.REUSED,
    Failed: Status.FAILED,
    Blocked: Status.BLOCKED,
    Cancelled: Status.CANCELLED,
}


def status(row: Row) -> Status:
    """The state of a row as people see it."""
    return _STATUS[type(row)]


__all__ = [
    "Blocked",
    "Cancelled",
    "Done",
    "Failed",
    "Failure",
    "From",
    "Given",
    "Pending",
    "Ready",
    "Refused",
    "Resting",
    "Reused",
    "Row",
    "Running",
    "Settled",
    "Sought",
    "Source",
    "Spec",
    "Status",
    "Succeeded",
    "Tries",
    "Twin",
    "Waiting",
    "status",
]
