"""A draft of the next state: the core's working copy within one step, and the commands that the step gives."""

from bisect import insort
from dataclasses import replace

from duocast.farm.events import Command, Tell
from duocast.farm.state import State
from duocast.farm.task import (
    Blocked,
    Cancelled,
    Done,
    Failed,
    Ready,
    Resting,
    Reused,
    Row,
    Running,
    Sought,
    Twin,
    status,
)

SETTLED = (Done, Reused, Failed, Blocked, Cancelled)
SUCCEEDED = (Done, Reused)
DEAD = (Failed, Blocked, Cancelled)


class Draft:
    """Copies of what a step may change. `move` keeps every queue in agreement with the rows."""

    def __init__(self, state: State) -> None:
        self.base = state
        self.specs = state.specs
        self.number = state.number
        self.dependents = state.dependents
        self.urgency = state.urgency
        self.rows = state.rows
        self.ready = list(state.ready)
        self.solo = list(state.solo)
        self.resting = list(state.resting)
        self.workers = dict(state.workers)
        self.running = dict(state.running)
        self.flight = dict(state.flight)
        self.twins = dict(state.twins)
        self.unsettled = state.unsettled
        self.halted = state.halted
        self.now = state.now
        self.commands: list[Command] = []

    def freeze(self) -> State:
        """The state that the draft has become."""
        return replace(
            self.base,
            specs=self.specs,
            number=self.number,
            dependents=self.dependents,
            urgency=self.urgency,
            rows=self.rows,
            ready=tuple(self.ready),
            solo=tuple(self.solo),
            resting=tuple(self.resting),
            workers=self.workers,
            running=self.running,
            flight=self.flight,
            twins=self.twins,
            unsettled=self.unsettled,
            halted=self.halted,
            now=self.now,
        )

    def move(self, task: int, row: Row) -> None:
        """Put a task into another state, out of the queues of the old one and into those of the new one."""
        old = self.rows[task]
        self._leave(task, old)
        self.rows = self.rows.set(task, row)
        self._enter(task, row)
        self.unsettled += isinstance(old, SETTLED) - isinstance(row, SETTLED)
        if status(old) is not status(row):
            self.commands.append(Tell(self.specs[task].id, status(row)))

    def _leave(self, task: int, old: Row) -> None:
        match old:
            case Ready(tries=tries):
                (self.solo if tries.alone else self.ready).remove(self.urgency[task])
            case Resting(until=until):
                self.resting.remove((until, task))
            case Running(worker=str(worker)):
                if self.running.get(worker) == task:
                    del self.running[worker]
            case Twin(leader=leader):
                left = tuple(twin for twin in self.twins[leader] if twin != task)
                self._set_twins(leader, left)
        if isinstance(old, Sought | Ready | Resting | Running) and self.flight.get(old.key) == task:
            del self.flight[old.key]

    def _enter(self, task: int, row: Row) -> None:
        match row:
            case Ready(tries=tries):
                insort(self.solo if tries.alone else self.ready, self.urgency[task])
            case Resting(until=until):
                insort(self.resting, (until, task))
            case Running(worker=str(worker)):
                self.running[worker] = task
            case Twin(leader=leader):
                self._set_twins(leader, (*self.twins.get(leader, ()), task))
        if isinstance(row, Sought | Ready | Resting | Running):
            self.flight[row.key] = task

    def _set_twins(self, leader: int, twins: tuple[int, ...]) -> None:
        if twins:
            self.twins[leader] = twins
        else:
            self.twins.pop(leader, None)
