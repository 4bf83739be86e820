"""Events and commands: everything the scheduler hears, and everything it says. Plain data, fit for a journal.

Every event carries the time `at` in seconds on any clock that does not run backwards; the core has no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from duocast.farm.task import Failure, Spec, Status
from duocast.runtime.store.contents import Blob


@dataclass(frozen=True, slots=True)
class Submitted:
    """Work is wanted. Every task stands after those it needs; ids are new."""

    specs: tuple[Spec, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Found:
    """The store has this work."""

    task: str
    key: str
    outputs: Mapping[str, Blob]
    at: float


@dataclass(frozen=True, slots=True)
class Missed:
    """The store does not have this work."""

    task: str
    key: str
    at: float


@dataclass(frozen=True, slots=True)
class Started:
    """A worker began an attempt."""

    task: str
    attempt: int
    at: float


@dataclass(frozen=True, slots=True)
class Progressed:
    """`fraction` of an attempt is done."""

    task: str
    attempt: int
    fraction: float
    at: float


@dataclass(frozen=True, slots=True)
class Finished:
    """An attempt succeeded; its outputs are in the store."""

    task: str
    attempt: int
    outputs: Mapping[str, Blob]
    seconds: float
    at: float


@dataclass(frozen=True, slots=True)
class Failed:
    """An attempt failed."""

    task: str
    attempt: int
    failure: Failure
    at: float


@dataclass(frozen=True, slots=True)
class Lost:
    """An attempt could not start: the stored object of one of its inputs is gone or damaged."""

    task: str
    attempt: int
    digest: str
    at: float


@dataclass(frozen=True, slots=True)
class WorkerJoined:
    """A worker can take tasks, one at a time. Workers of one `host` share its memory."""

    worker: str
    host: str
    at: float


@dataclass(frozen=True, slots=True)
class WorkerDied:
    """A worker is gone, and whatever it was doing with it."""

    worker: str
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class Cancelled:
    """These tasks are not wanted any more."""

    tasks: tuple[str, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""

    at: float


Event = (
    Submitted
    | Found
    | Missed
    | Started
    | Progressed
    | Finished
    | Failed
    | Lost
    | WorkerJoined
    | WorkerDied
    | Cancelled
    | Tick
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Ask the store for this work; answer with `Found` or `Missed`."""

    task: str
    key: str
    expects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Give the task to a worker. `alone`: nothing else runs on its host meanwhile."""

    task: str
    attempt: int
    key: str
    worker: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Run an inline task beside the scheduler."""

    task: str
    attempt: int
    key: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Kill what this worker is doing; answer with `WorkerDied`."""

    worker: str


@dataclass(frozen=True, slots=True)
class Tell:
    """A task's status has changed."""

    task: str
    status: Status


Command = Lookup | Run | Evaluate | Stop | Tell
