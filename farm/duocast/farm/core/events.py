"""Events: everything the scheduler hears. Plain data, fit for a journal.

Every event carries the time `at` in seconds on a clock that does not run backwards; the core has no other. Tasks are
named `JOB/ADDRESS`, or just by their address where the job's id is empty (a local render). A message that comes late or
twice changes nothing: attempts have numbers that are never given again.
"""

from collections.abc import Mapping

from msgspec import Struct

from duocast.farm.core.task import Failure, Spec
from duocast.runtime.store.contents import Blob


class Plain(Struct, frozen=True, gc=False, omit_defaults=True, tag=True, tag_field="kind"):
    """What all events have in common: their form."""


class Submitted(Plain, frozen=True):
    """Work is wanted. Every task stands after those it needs; the job's id and the tasks' ids are new."""

    specs: tuple[Spec, ...]
    at: float
    job: str = ""
    user: str = ""
    name: str = ""
    priority: int = 0
    budget: int | None = None


class Found(Plain, frozen=True):
    """The store has this work."""

    task: str
    key: str
    outputs: Mapping[str, Blob]
    at: float


class Missed(Plain, frozen=True):
    """The store does not have this work."""

    task: str
    key: str
    at: float


class Started(Plain, frozen=True):
    """A worker began an attempt."""

    worker: str
    task: str
    attempt: int
    key: str
    at: float


class Progressed(Plain, frozen=True):
    """`fraction` of an attempt is done. It is never kept in a journal."""

    worker: str
    task: str
    attempt: int
    key: str
    fraction: float
    at: float


class Finished(Plain, frozen=True):
    """An attempt succeeded; its outputs are in the store."""

    worker: str
    task: str
    attempt: int
    key: str
    outputs: Mapping[str, Blob]
    seconds: float
    at: float


class Failed(Plain, frozen=True):
    """An attempt failed."""

    worker: str
    task: str
    attempt: int
    key: str
    failure: Failure
    at: float


class Lost(Plain, frozen=True):
    """An attempt could not start: the stored object of one of its inputs is gone or damaged."""

    worker: str
    task: str
    attempt: int
    key: str
    digest: str
    at: float


class Paid(Plain, frozen=True):
    """What clouds have taken for a work in all its attempts, or may still take, in millionths of a credit."""

    worker: str
    task: str
    attempt: int
    key: str
    amount: int
    at: float


class WorkerJoined(Plain, frozen=True):
    """A worker can take tasks, one at a time.

    Workers of one `host` share its memory; `node` (empty: the host) is what is drained as one. `keeps` is how many
    models it keeps loaded (0: as many as its card's memory holds). A known worker that joins again changes nothing.
    """

    worker: str
    host: str
    at: float
    node: str = ""
    labels: tuple[str, ...] = ()
    gpu: float = 0.0
    memory: int = 0
    keeps: int = 0


class WorkerDied(Plain, frozen=True):
    """A worker is gone, and whatever it was doing with it.

    `blame`: the task that it ran may be the cause. False where its whole node or its keeper went.
    """

    worker: str
    reason: str
    at: float
    blame: bool = True


class Cancelled(Plain, frozen=True):
    """A job is not wanted any more, or these tasks of any jobs."""

    at: float
    job: str | None = None
    tasks: tuple[str, ...] = ()


class Paused(Plain, frozen=True):
    """Nothing new is started for a job; what runs may end."""

    job: str
    at: float


class Resumed(Plain, frozen=True):
    """A paused job goes on."""

    job: str
    at: float


class Prioritised(Plain, frozen=True):
    """A job has another priority among its user's jobs."""

    job: str
    priority: int
    at: float


class Retried(Plain, frozen=True):
    """Tasks that have not succeeded are tried once more, with what could not run because of them.

    A blocked task stands for the one that blocks it.
    """

    tasks: tuple[str, ...]
    at: float


class Skipped(Plain, frozen=True):
    """The jobs go on without these tasks and without what is made from them."""

    tasks: tuple[str, ...]
    at: float


class Forgotten(Plain, frozen=True):
    """A job that has ended need not be known any more. While work goes on in its name, nothing is forgotten."""

    job: str
    at: float


class Drained(Plain, frozen=True):
    """The workers of a node start nothing new, those that join later neither."""

    node: str
    at: float


class Undrained(Plain, frozen=True):
    """The workers of a node may take tasks again."""

    node: str
    at: float


class Forgiven(Plain, frozen=True):
    """What made a worker sick was mended."""

    worker: str
    at: float


class LimitSet(Plain, frozen=True):
    """So many of a licence may be held at the same time (None: any number)."""

    licence: str
    count: int | None
    at: float


class UserSet(Plain, frozen=True):
    """A user's share and credits (millionths that are left to spend; None: no limit)."""

    user: str
    at: float
    weight: float = 1.0
    credits: int | None = None


class Halted(Plain, frozen=True):
    """Nothing can be kept at the moment (the store or the journal is full): nothing new is started."""

    failure: Failure
    at: float


class Unhalted(Plain, frozen=True):
    """There is room again."""

    at: float


class Tick(Plain, frozen=True):
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
    | Paid
    | WorkerJoined
    | WorkerDied
    | Cancelled
    | Paused
    | Resumed
    | Prioritised
    | Retried
    | Skipped
    | Forgotten
    | Drained
    | Undrained
    | Forgiven
    | LimitSet
    | UserSet
    | Halted
    | Unhalted
    | Tick
)
FLEETING = (Progressed,)
"""Kinds that are never kept in a journal; `Tick` need be kept only when it gave commands or woke somebody."""
