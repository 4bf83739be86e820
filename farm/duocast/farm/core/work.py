"""A work: the doing of one key, shared by all tasks of all jobs that need exactly it."""

from msgspec import Struct

from duocast.farm.core.task import Status


class Tries(Struct, frozen=True, gc=False, omit_defaults=True):
    """What a work went through.

    Runs so far, retries used, workers that died on it, inputs found damaged, times it waited for something that was
    short. `alone`: it is tried again with no other task beside it. `memory`: it needs at least so many bytes of a
    card's memory, because less was too little. `avoid`: the worker that it is not given to again. `last` says what
    went wrong last.
    """

    runs: int = 0
    retries: int = 0
    deaths: int = 0
    losses: int = 0
    waits: int = 0
    alone: bool = False
    memory: int = 0
    avoid: str = ""
    last: str = ""


class Sought(Struct, frozen=True, gc=False, array_like=True, tag="sought"):
    """The store was asked for it."""


class Ready(Struct, frozen=True, gc=False, array_like=True, tag="ready"):
    """It can start as soon as a worker may take it; since the time `since`."""

    since: float


class Running(Struct, frozen=True, gc=False, array_like=True, tag="running"):
    """Attempt number `attempt` is on `worker` (empty: beside the scheduler) since `since`, `fraction` of it done.

    `user` is charged for it, and it was given out in the name of task number `task`.
    """

    worker: str
    attempt: int
    since: float
    task: int
    user: str
    fraction: float = 0.0


class Resting(Struct, frozen=True, gc=False, array_like=True, tag="resting"):
    """It failed, or something was short, and it is tried again at the time `until`."""

    until: float


Phase = Sought | Ready | Running | Resting

PHASE_STATUS = {
    Sought: Status.WAITING,
    Ready: Status.READY,
    Running: Status.RUNNING,
    Resting: Status.WAITING,
}


class Work(Struct):
    """The doing of one key. `wanters` are the numbers of the tasks that want it, the first of them its leader."""

    key: str
    wanters: list[int]
    phase: Phase
    tries: Tries = Tries()
