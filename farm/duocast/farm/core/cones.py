"""Cones: a task and all that is made from it, when it fails, is cancelled or is skipped."""

from collections.abc import Callable

from duocast.farm.core import works
from duocast.farm.core.state import State
from duocast.farm.core.task import (
    SETTLED,
    SUCCEEDED,
    Blocked,
    Cancelled,
    Doing,
    Failed,
    Failure,
    Row,
    Skipped,
)
from duocast.farm.core.work import Running


def fail(state: State, task: int, failure: Failure) -> None:
    """A task that has no work failed for good."""
    state.move(task, Failed(failure))
    block(state, task)


def block(state: State, task: int) -> None:
    """What is made from a task that failed or was cancelled can't run, unless it runs already."""
    spread(state, task, lambda row: not isinstance(row, SETTLED), Blocked(task))


def spread(state: State, task: int, affected: Callable[[Row], bool], row: Row) -> None:
    """Put everything that is made from a task, as far as it is affected and does not run, into a state."""
    reached = [task]
    while reached:
        for dependent in state.dependents[reached.pop()]:
            if affected(state.rows[dependent]) and not runs(state, dependent):
                _let_go(state, dependent)
                state.move(dependent, row)
                reached.append(dependent)


def runs(state: State, task: int) -> bool:
    """Whether somebody works on a task at this moment."""
    row = state.rows[task]
    return type(row) is Doing and type(state.works[row.key].phase) is Running


def _let_go(state: State, task: int) -> None:
    row = state.rows[task]
    if type(row) is Doing:
        works.leave(state, task, state.works[row.key])
    state.tries.pop(task, None)


def cancel(state: State, task: int) -> None:
    """A task is not wanted: whoever needs it is blocked; its work goes on if others want it."""
    if isinstance(state.rows[task], SETTLED):
        return
    _let_go(state, task)
    state.move(task, Cancelled())
    block(state, task)


def skip(state: State, task: int) -> None:
    """The job goes on without a task that has not succeeded, and without what is made from it."""
    if isinstance(state.rows[task], SUCCEEDED):
        return
    _let_go(state, task)
    state.move(task, Skipped())
    spread(state, task, lambda row: not isinstance(row, (*SUCCEEDED, Skipped)), Skipped())


def end_all(state: State, task: int) -> None:
    """A local render ends: nothing that does not run already can be done, because of what this task met."""
    for other, row in state.rows.items():
        if not isinstance(row, SETTLED) and not runs(state, other):
            _let_go(state, other)
            state.move(other, Blocked(task))
