"""A worker: somebody who runs one task at a time, and what is known of it."""

from msgspec import Struct, field


class Worker(Struct):
    """A worker, changed by `step` alone.

    Workers of one `node` come and go together; those of one `host` share its memory. `gpu` and `memory` are the
    graphics card that it has for itself (0: none). `warm` are the models it has loaded, the latest last, at most
    `keeps` of them (0: as many as its card's memory holds), with the memory each takes. `running` is the key it works
    on (empty: none). `sick` says of which operations ("*": of all) it gets nothing before what time, `spells` how
    often that came; `failures` counts failures in a row, by operation.
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
    sick: dict[str, float] = field(default_factory=dict)
    spells: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
