"""Showing a job: what the state and the books say of one, for those who may see it."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path

from duocast.farm.core.state import State
from duocast.farm.daemon import views
from duocast.farm.daemon.api.answers import JobView
from duocast.farm.daemon.api.door import Caller
from duocast.farm.daemon.faults import not_found

JobId = Annotated[str, Path(max_length=100, description="A job's id.")]
COLUMNS = "id, seq, submitted, ended, targets, summary"
"""What `named` takes of the books."""


def view(caller: Caller, state: State, job: str) -> JobView:
    """A job that the caller may see. Raises `Refusal`."""
    caller.job(state, job)
    return shown(caller, state, job, row_of(caller, job))


def shown(caller: Caller, state: State, job: str, row: Mapping[str, Any]) -> JobView:
    """The same, with what the books have of it."""
    found, clock = caller.job(state, job), caller.farm.clock
    if found.ended is not None and row["ended"] is None:  # the books hear of it in a moment
        row = {**row, "ended": clock.wall() - (clock.now() - found.ended)}
    return views.job_view(state, found, row, caller.farm.shop.seq)


def row_of(caller: Caller, job: str) -> Mapping[str, Any]:
    """What the books have of a job. Raises `Refusal`."""
    rows = caller.farm.ask(f"SELECT {COLUMNS} FROM job WHERE id = ?", (job,))
    if not rows:
        raise not_found("job", job)
    return named(rows[0])


def named(row: tuple[Any, ...]) -> Mapping[str, Any]:
    """A row of `COLUMNS` by names."""
    names = ("submitted", "ended", "targets", "summary")
    return dict(zip(names, (*row[2:4], json.loads(row[4]), json.loads(row[5])), strict=True))


def numbers_after(state: State, numbers: range, after: str | None, job: str) -> range:
    """The numbers behind a task's."""
    if after is None:
        return numbers
    at = state.number.get(f"{job}/{after}")
    if at is None:
        raise not_found("task", after)
    return range(at + 1, numbers.stop)
