"""Letters: what farmd's side and a host say to each other, and what a host is told when it is hired."""

from dataclasses import dataclass
from pathlib import Path

from duocast.farm.assignment import Assignment
from duocast.farm.cluster.outbox import Report
from duocast.farm.workshop import Factory


@dataclass(frozen=True, slots=True)
class Contract:
    """How a host is hired.

    `name` is its actor's, `farm` whose host it is. `memory` is in bytes of its graphics card (0: it has none, or finds
    out itself). `path` is where Python finds the factory's module. A host that nobody asks anything for `patience`
    seconds ends itself.
    """

    name: str
    node: str
    factory: Factory
    store: Path
    version: str
    labels: tuple[str, ...] = ()
    gpu: float = 0.0
    memory: int = 0
    path: tuple[str, ...] = ()
    patience: float = 3600.0
    farm: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a host is asked: to forget the reports up to `after`, to take work, to stop workers, and for news.

    Asks are numbered; the answer to an older one is worth nothing, and with `greet` it has the contract. The host takes
    up to `wait` seconds to answer if it has no news. Work and stops that were given before change nothing.
    """

    epoch: int
    number: int
    after: int = 0
    work: tuple[tuple[str, Assignment], ...] = ()
    stop: tuple[str, ...] = ()
    wait: float = 0.0
    greet: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answers: its news, its worker of this moment (empty: none yet), and what that one does.

    `broken` says why the host can never work; `epoch` is the highest that it has heard of: if that is not the asker's,
    the asker is an old farmd and was not obeyed. `memory` is in bytes of its graphics card.
    """

    number: int
    epoch: int
    contract: Contract | None = None
    reports: tuple[Report, ...] = ()
    worker: str = ""
    running: tuple[str, int] | None = None
    broken: str = ""
    memory: int = 0


def keeper(worker: str) -> str:
    """The host of a worker: `host-1f.3` is the third worker of `host-1f`."""
    return worker.rpartition(".")[0]
