"""Hurry: near the end of a job what has the longest way to go is done first, so that no card waits for the last shot.

Story order starts long chains late: with 1,000 cards a film of 20,000 shots took 8 % longer by it, because a few cards
worked on the last long shots while all others had nothing to do.
"""

from duocast.farm.core.job import Job
from duocast.farm.core.queues import Urgency
from duocast.farm.core.shares import part
from duocast.farm.core.state import State

_ROUNDS = 2.0
"""How many longest chains each of a user's workers could still do when the end of a job begins."""
_AGAIN = 2.0
"""How many times as much must be left for the end to be far again, so that it does not begin each minute."""


def urgency(state: State, task: int) -> Urgency:
    """A task's place in its job's queues, smallest first: by story order, and near the end by the way that is left."""
    order = 0 if state.owners[task].hurried else state.specs[task].order
    return (order, -state.way[task], task)


def turns(state: State, job: Job) -> bool:
    """Whether a job's end begins now, or is far again because its user got fewer of the workers.

    A job that is small for its user's workers is near its end from the first task that it has done.
    """
    if not state.options.farm or job.unsettled == job.count:
        return False
    workers = part(state, job.user) * len(state.workers)
    near = _ROUNDS * 1000.0 * workers * state.longest(job.id)
    if job.hurried:
        return state.remaining[job.id] > _AGAIN * near
    return state.remaining[job.id] <= near
