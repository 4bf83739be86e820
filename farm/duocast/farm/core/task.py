"""A task: one node of one job on its way to its outputs, and every state it can be in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.contents import Blob


class Failure(Struct, frozen=True, gc=False, omit_defaults=True):
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


class Given(Struct, frozen=True, gc=False, omit_defaults=True, tag="given", tag_field="is"):
    """An input whose content is known: its SHA-256.

    `suffix` is what files with this content are called (`.png`), and `called` the name that the writer knows it by:
    it stands in messages, and never in a key.
    """

    digest: str
    suffix: str = ""
    called: str = ""


class From(Struct, frozen=True, gc=False, tag="from", tag_field="is"):
    """An input that another task of the same job makes: its node's address and the name among its outputs."""

    task: str
    output: str


class Refused(Struct, frozen=True, gc=False, tag="refused", tag_field="is"):
    """An input that can't be had; the task fails with this."""

    failure: Failure


Source = Given | From | Refused


class Needs(Struct, frozen=True, gc=False, omit_defaults=True):
    """What a worker must have to run a task.

    `pool`: labels that it must carry. `gpu`: how much of a graphics card (0: none). `memory`: bytes of that card's
    memory. `licences`: one of each is held while it runs. `model`: what stays loaded between tasks (empty: the
    operation's engine), and `load` the seconds that loading takes. `price`: what one run costs, in millionths of a
    credit.
    """

    pool: tuple[str, ...] = ()
    gpu: float = 0.0
    memory: int = 0
    licences: tuple[str, ...] = ()
    model: str = ""
    load: float = 0.0
    price: int = 0


NOTHING = Needs()


class Spec(Struct, frozen=True, gc=False, omit_defaults=True):
    """What never changes about a task. `id` is the node's address within its job.

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
    needs: Needs = NOTHING


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
    SKIPPED = "skipped"


class Waiting(Struct, frozen=True, gc=False, array_like=True, tag="waiting"):
    """`missing` of the tasks it needs have not succeeded yet."""

    missing: int


class Doing(Struct, frozen=True, gc=False, array_like=True, tag="doing"):
    """Its inputs are there, so its work has a name: `key`. How far that is, the work says."""

    key: str


class Done(Struct, frozen=True, gc=False, array_like=True, tag="done"):
    """It was made for this task, in `seconds`."""

    key: str
    outputs: Mapping[str, Blob]
    seconds: float


class Reused(Struct, frozen=True, gc=False, array_like=True, tag="reused"):
    """Its outputs were there already, or were made for another task that wanted the same."""

    key: str
    outputs: Mapping[str, Blob]


class Failed(Struct, frozen=True, gc=False, array_like=True, tag="failed"):
    """It failed for good."""

    failure: Failure


class Blocked(Struct, frozen=True, gc=False, array_like=True, tag="blocked"):
    """It can't run, because task number `by` failed or was cancelled."""

    by: int


class Cancelled(Struct, frozen=True, gc=False, array_like=True, tag="cancelled"):
    """Somebody did not want it any more."""


class Skipped(Struct, frozen=True, gc=False, array_like=True, tag="skipped"):
    """Somebody decided that the job goes on without it, or without what it is made from."""


Pending = Waiting | Doing
Succeeded = Done | Reused
Settled = Done | Reused | Failed | Blocked | Cancelled | Skipped
Row = Pending | Settled

PENDING = (Waiting, Doing)
SUCCEEDED = (Done, Reused)
DEAD = (Failed, Blocked, Cancelled, Skipped)
SETTLED = (*SUCCEEDED, *DEAD)

STATUS: Mapping[type, Status] = {
    Waiting: Status.WAITING,
    Doing: Status.WAITING,
    Done: Status.DONE,
    Reused: Status.REUSED,
    Failed: Status.FAILED,
    Blocked: Status.BLOCKED,
    Cancelled: Status.CANCELLED,
    Skipped: Status.SKIPPED,
}
"""A row's status, where the row alone says it; that of `Doing` depends on its work."""
