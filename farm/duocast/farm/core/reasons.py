"""Reasons: one sentence for the state of any task."""

from duocast.farm.core import credits, limits
from duocast.farm.core.state import State
from duocast.farm.core.task import (
    SUCCEEDED,
    Blocked,
    Cancelled,
    Doing,
    Done,
    Failed,
    Reused,
    Skipped,
    Waiting,
)
from duocast.farm.core.work import Ready, Resting, Running, Sought, Work


def reason(state: State, task: str) -> str:
    """Why a task is where it is."""
    number = state.number[task]
    match state.rows[number]:
        case Waiting():
            return _waits(state, number)
        case Doing(key=key):
            return _is_done(state, number, state.works[key])
        case Done(seconds=seconds):
            return f"it was made in {seconds:.1f} s"
        case Reused():
            return "the same work was done before"
        case Failed(failure=failure):
            return failure.message
        case Blocked(by=by):
            return f"it needs {state.specs[by].id}, which {_ended(state, by)}"
        case Cancelled():
            return "it was not wanted any more"
        case Skipped():
            return "the job goes on without it"


def _waits(state: State, number: int) -> str:
    open_ = sorted(
        state.specs[p].id for p in state.needs[number] if not isinstance(state.rows[p], SUCCEEDED)
    )
    more = f" and {len(open_) - 1} more" if len(open_) > 1 else ""
    return f"it needs {open_[0]}{more}" if open_ else "it is about to be looked up"


def _is_done(state: State, number: int, work: Work) -> str:
    """What becomes of a work right now, for one of those that want it."""
    other = work.wanters[0]
    if other != number and not isinstance(work.phase, Ready):
        return f"{_called(state, other, number)} is the same work and is under way"
    match work.phase:
        case Sought():
            return "the store is asked whether this was made before"
        case Ready():
            return _is_ready(state, number, work)
        case Resting(until=until):
            return f"it is tried again in {max(0.0, until - state.now):.0f} s, because {work.tries.last}"
        case Running(worker=worker, since=since):
            tries = work.tries
            where = worker or "the scheduler"
            again = f", attempt {tries.runs}, because {tries.last}" if tries.last else ""
            return f"it runs on {where} since {max(0.0, state.now - since):.0f} s{again}"


def _called(state: State, other: int, number: int) -> str:
    """Another task, by its address if it is of the same job; of other people's jobs nothing is said."""
    same = state.owners[other] is state.owners[number]
    return state.specs[other].id if same else "a task of another job"


def _is_ready(state: State, number: int, work: Work) -> str:
    job, spec = state.owners[number], state.specs[number]
    if job.paused:
        return "its job is paused"
    if state.halted is not None:
        return f"nothing new is started: {state.halted.message}"
    if not state.workers:
        return "it can start as soon as there is a worker"
    licence = limits.short(state, spec.needs.licences)
    if licence:
        return f"all {state.limits[licence]} licences of {licence} are in use"
    if not credits.affordable(state, job, spec.needs.price, work.key):
        return _is_too_dear(state, number)
    if not any(state.pool.fitting(state.demands.of(spec, work.tries))):
        return _has_no_worker(state, number, work)
    if work.tries.alone:
        return f"it runs as soon as nothing else does, because {work.tries.last}"
    if state.pool.idlers:
        return "a worker that has its model loaded will take it soon"
    return "all workers that can do it are busy"


def _is_too_dear(state: State, number: int) -> str:
    job, price = state.owners[number], state.specs[number].needs.price
    if job.budget is not None and job.spent + job.reserved + price > job.budget:
        return "what is left of the job's budget does not pay for it"
    return f"{job.user or 'the user'} has not enough credits for it"


def _has_no_worker(state: State, number: int, work: Work) -> str:
    needs = state.specs[number].needs
    memory = max(needs.memory, work.tries.memory)
    wanted = [
        *([f"{memory / 2**30:.0f} GiB of a card's memory"] if memory else []),
        *([f"the label {label}" for label in needs.pool]),
    ]
    if not wanted:
        return "no worker may take it at the moment: they are drained, or fail at this operation"
    return f"there is no worker with {' and '.join(wanted)} that may take it at the moment"


def _ended(state: State, number: int) -> str:
    row = state.rows[number]
    if state.halted is not None and isinstance(row, Failed):
        return f"ended the run: {state.halted.message}"
    return "was cancelled" if isinstance(row, Cancelled) else "failed"
