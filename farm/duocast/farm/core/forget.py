"""Forget: a job that has ended leaves the state, so that a farm does not grow for ever."""

from duocast.farm.core.job import Job
from duocast.farm.core.state import State
from duocast.farm.core.work import Running


def forget(state: State, name: str) -> None:
    """Take an ended job and its tasks out of every table. Nothing happens while anything else stands on it.

    A work that others want goes on in the name of a task of a cancelled job, and its price may be reserved from it.
    """
    job = state.jobs.get(name)
    if job is None or job.ended is None or _is_in_use(state, job):
        return
    prefix = f"{name}/" if name else ""
    for task in job.tasks:
        del state.number[prefix + state.specs[task].id]
        state.tries.pop(task, None)
        state.specs.forget(task)
        del state.owners[task], state.needs[task], state.dependents[task]
        del state.way[task], state.rows[task], state.shown[task]
    del state.jobs[name], state.left[name], state.remaining[name], state.ways[name]
    state.closing.pop(name, None)
    state.queues.forget(job)


def _is_in_use(state: State, job: Job) -> bool:
    runs = (work.phase for work in state.works.values())
    named = any(type(run) is Running and run.task in job.tasks for run in runs)
    return named or any(kept.job == job.id for kept in state.reservations.values())
