"""Cones: a task and all that is made from it, when it fails, is cancelled, skipped, tried again or lost."""

from collections.abc import Callable

from duocast.farm.core import works
from duocast.farm.core.admission import waiting
from duocast.farm.core.state import State
from duocast.farm.core.task import (
    DEAD,
    SETTLED,
    SUCCEEDED,
    Blocked,
    Cancelled,
    Doing,
    Done,
    Failed,
    Failure,
    Reused,
    Row,
    Skipped,
    Waiting,
)
from duocast.farm.core.work import Running


def fail(state: State, task: int, failure: Failure) -> None:
    """A task that has no work failed for good."""
    state.move(task, Failed(failure))
    block(state, task)


def block(state: State, task: int) -> None:
    """What is made from a task that failed or was cancelled can't run, unless it runs already."""
    _spread(state, task, lambda row: not isinstance(row, SETTLED), Blocked(task))


def _spread(state: State, task: int, affected: Callable[[Row], bool], row: Row) -> None:
    """Put everything that is made from a task, as far as it is affected and does not run, into a state."""
    reached = [task]
    while reached:
        for dependent in state.dependents[reached.pop()]:
            if affected(state.rows[dependent]) and not _runs(state, dependent):
                _let_go(state, dependent)
                state.move(dependent, row)
                reached.append(dependent)


def _runs(state: State, task: int) -> bool:
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
    _spread(state, task, lambda row: not isinstance(row, (*SUCCEEDED, Skipped)), Skipped())


def retry(state: State, tasks: list[int]) -> None:
    """Tasks that have not succeeded are tried once more, with what could not run because of them."""
    roots = {_root(state, task) for task in tasks}
    revived = sorted(task for task in roots if isinstance(state.rows[task], DEAD))
    reached = list(revived)
    seen = set(revived)
    while reached:
        for dependent in state.dependents[reached.pop()]:
            if isinstance(state.rows[dependent], Blocked | Skipped) and dependent not in seen:
                seen.add(dependent)
                reached.append(dependent)
    for task in sorted(seen):
        state.move(task, waiting(0))
    for task in sorted(seen):
        restart(state, task)


def _root(state: State, task: int) -> int:
    row = state.rows[task]
    return row.by if isinstance(row, Blocked) else task


def end_all(state: State, task: int) -> None:
    """A local render ends: nothing that does not run already can be done, because of what this task met."""
    for other, row in state.rows.items():
        if not isinstance(row, SETTLED) and not _runs(state, other):
            _let_go(state, other)
            state.move(other, Blocked(task))


def restart(state: State, task: int) -> None:
    """Back to the start: wait for what is missing, or look the work up again."""
    _leave_keeping_tries(state, task)
    producers = state.needs[task]
    dead = [p for p in producers if isinstance(state.rows[p], DEAD)]
    if dead:
        _follow(state, task, dead[0])
        return
    missing = sum(not isinstance(state.rows[p], SUCCEEDED) for p in producers)
    state.move(task, waiting(missing))
    if not missing:
        works.seek(state, task)


def _follow(state: State, task: int, dead: int) -> None:
    """A task ends as the one that it can't be made without."""
    cause = state.rows[dead]
    if isinstance(cause, Skipped):
        skip(state, task)
        return
    by = cause.by if isinstance(cause, Blocked) else dead
    state.move(task, Blocked(by))
    _spread(state, task, lambda row: not isinstance(row, SETTLED), Blocked(by))


def _leave_keeping_tries(state: State, task: int) -> None:
    row = state.rows[task]
    work = state.works.get(row.key) if type(row) is Doing else None
    if work is not None and task in work.wanters:
        if work.tries != works.FRESH:
            state.tries[task] = work.tries
        works.leave(state, task, work)


def lost(state: State, tasks: list[int], digest: str) -> None:
    """An input's bytes are gone: who made it for these tasks makes it again, and only they do."""
    makers = {
        producer
        for task in tasks
        for producer in state.needs[task]
        if _holds(state.rows[producer], digest)
    }
    for producer in sorted(makers):
        _revert(state, producer)


def _holds(row: Row, digest: str) -> bool:
    return isinstance(row, Done | Reused) and any(
        blob.digest == digest for blob in row.outputs.values()
    )


def _revert(state: State, producer: int) -> None:
    """A success is taken back; tasks that have not started yet wait for it again."""
    state.move(producer, waiting(0))
    for dependent in state.dependents[producer]:
        row = state.rows[dependent]
        if isinstance(row, Waiting | Doing) and not _runs(state, dependent):
            restart(state, dependent)
    restart(state, producer)
