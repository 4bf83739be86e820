"""Reasons: one sentence for the state of any task."""

from duocast.farm.state import State
from duocast.farm.task import (
    Blocked,
    Cancelled,
    Done,
    Failed,
    From,
    Ready,
    Resting,
    Reused,
    Running,
    Sought,
    Tries,
    Twin,
    Waiting,
)


def reason(state: State, task: str) -> str:
    """Why a task is where it is."""
    number = state.number[task]
    match state.rows[number]:
        case Waiting():
            return _waits(state, number)
        case Sought():
            return "the store is asked whether this was made before"
        case Twin(leader=leader):
            return f"{state.specs[leader].id} is the same work and is under way"
        case Ready(tries=tries):
            return _is_ready(state, number, tries)
        case Resting(until=until, tries=tries):
            return f"it is tried again in {max(0.0, until - state.now):.0f} s, because {tries.last}"
        case Running(worker=worker, since=since, tries=tries):
            where = worker or "the scheduler"
            again = f", attempt {tries.attempts}, because {tries.last}" if tries.last else ""
            return f"it runs on {where} since {max(0.0, state.now - since):.0f} s{again}"
        case Done(seconds=seconds):
            return f"it was made in {seconds:.1f} s"
        case Reused():
            return "the same work was done before"
        case Failed(failure):
            return failure.message
        case Blocked(by=by):
            return f"it needs {state.specs[by].id}, which {_ended(state, by)}"
        case Cancelled():
            return "it was not wanted any more"


def _waits(state: State, number: int) -> str:
    sources = state.specs[number].inputs.values()
    names = sorted({source.task for source in sources if isinstance(source, From)})
    open_ = [name for name in names if not isinstance(state.row(name), Done | Reused)]
    more = f" and {len(open_) - 1} more" if len(open_) > 1 else ""
    return f"it needs {open_[0]}{more}" if open_ else "it is about to be looked up"


def _is_ready(state: State, number: int, tries: Tries) -> str:
    if not state.workers:
        return "it can start as soon as there is a worker"
    if tries.alone:
        return f"it runs as soon as nothing else does, because {tries.last}"
    queue = state.solo if tries.alone else state.ready
    before = queue.index(state.urgency[number])
    return f"all workers are busy, and {before} tasks go before it"


def _ended(state: State, number: int) -> str:
    if state.halted is not None and isinstance(state.rows[number], Failed):
        return f"ended the run: {state.halted.message}"
    return "was cancelled" if isinstance(state.rows[number], Cancelled) else "failed"
