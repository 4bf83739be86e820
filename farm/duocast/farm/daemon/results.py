"""Results: which tasks a job has, what they have made, and what is kept of a job that has ended."""

from collections.abc import Mapping
from typing import Any

from duocast.farm.core import reasons
from duocast.farm.core.bound import bound
from duocast.farm.core.job import Job
from duocast.farm.core.state import State
from duocast.farm.core.task import Done, Failed, Reused, Status
from duocast.runtime.store.contents import Blob


def numbers(job: Job) -> range:
    """The numbers of a job's tasks."""
    return range(job.first, job.first + job.count)


def outputs(state: State, number: int) -> Mapping[str, Blob]:
    """What a task has made, nothing if it has not."""
    row = state.rows[number]
    return row.outputs if isinstance(row, Done | Reused) else {}


def summary_of(state: State, job: Job) -> dict[str, Any]:
    """What is kept of a job that has ended: its lower bound in seconds, the ratio to it, why it ended so."""
    found = bound(state, job.id, len(state.workers))
    return {
        "bound": round(found.seconds, 3),
        "ratio": round(found.ratio, 4),
        "reason": _why_ended(state, job),
    }


def _why_ended(state: State, job: Job) -> str:
    for number in numbers(job) if job.counts.get(Status.FAILED) else ():
        if isinstance(state.rows[number], Failed):
            return f"{state.specs[number].id}: {reasons.reason(state, state.name(number))}"
    return ""
