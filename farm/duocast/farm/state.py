"""The scheduler's whole state: a value. What it was told, in what state every task is, who is doing what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from duocast.compiler.graph import Operation
from duocast.farm.rows import Rows
from duocast.farm.task import Failure, Row, Spec, Status, status

Urgency = tuple[int, float, int]
"""Story order, minus the seconds from here to the end of the film (critical path), number. Smallest first."""

Skill = tuple[Operation, str]
"""An engine by its operation and name."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who can run a task: where, which engines it has warm, and whether it is being stopped."""

    host: str
    warm: frozenset[Skill] = frozenset()
    stopping: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Tasks are numbered in the order they were submitted; `number` gives the number of an id.

    `ready` is sorted by urgency, and so is `solo` (ready to run with nothing beside them); `resting` is sorted by
    time. `running` says which task each busy worker has. `flight` says which task is doing the work of a key, `twins`
    who waits for it. `unsettled` counts tasks that have not ended.
    """

    specs: tuple[Spec, ...] = ()
    number: Mapping[str, int] = field(default_factory=dict)
    dependents: tuple[tuple[int, ...], ...] = ()
    urgency: tuple[Urgency, ...] = ()
    rows: Rows[Row] = field(default_factory=Rows)
    ready: tuple[Urgency, ...] = ()
    solo: tuple[Urgency, ...] = ()
    resting: tuple[tuple[float, int], ...] = ()
    workers: Mapping[str, Worker] = field(default_factory=dict)
    running: Mapping[str, int] = field(default_factory=dict)
    flight: Mapping[str, int] = field(default_factory=dict)
    twins: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    unsettled: int = 0
    halted: Failure | None = None
    now: float = 0.0

    @property
    def ended(self) -> bool:
        """Whether every task has ended, one way or another."""
        return self.unsettled == 0

    @property
    def wake_at(self) -> float | None:
        """When the next resting task wants a `Tick`."""
        return self.resting[0][0] if self.resting else None

    def row(self, task: str) -> Row:
        """The state of a task by its id."""
        return self.rows[self.number[task]]

    def status(self, task: str) -> Status:
        """The status of a task by its id."""
        return status(self.row(task))
