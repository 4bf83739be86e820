"""A worker: somebody who runs one task at a time, and what is known of it."""

from msgspec import Struct, field


class Sick(Struct, frozen=True, gc=False, array_like=True):
    """A worker gets no task of an operation before the time `until`; `times` counts how often that came so far."""

    until: float
    times: int


class Worker(Struct):
    """A worker, changed by `step` alone.

    Workers of one `node` come and go together; those of one `host` share its memory. `gpu` and `memory` are the
    graphics card that it has for itself (0: none). `warm` are the models it has loaded, the latest last, at most
    `keeps` of them (0: as many as its card's memory holds). `running` is the key it works on (empty: none). `sick`
    says what it gets nothing of, by operation ("*": of any); `failures` counts failures in a row, by operation.
    """

    name: str
    number: int
    node: str
    host: str
    labels: tuple[str, ...] = ()
    gpu: float = 0.0
    memory: int = 0
    keeps: int = 0
    warm: dict[str, int] = field(default_factory=dict)
    running: str = ""
    stopping: bool = False
    sick: dict[str, Sick] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
