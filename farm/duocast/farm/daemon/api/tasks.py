"""Routes of tasks: list, look, and act on some of a job's."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query

from duocast.farm.core import events
from duocast.farm.core.coding import event as decoded
from duocast.farm.core.events import Event
from duocast.farm.core.state import State
from duocast.farm.core.task import Status
from duocast.farm.daemon import views
from duocast.farm.daemon.api.answers import JobView, LogLine, TaskAnswer, TasksAnswer, TaskView
from duocast.farm.daemon.api.door import Caller, Submitter
from duocast.farm.daemon.api.showing import JobId, numbers_after, view
from duocast.farm.daemon.api.wanted import TasksWanted
from duocast.farm.daemon.errand import Decision, Errand, question
from duocast.farm.daemon.faults import not_found
from duocast.farm.daemon.results import numbers
from duocast.farm.daemon.telling import utc

router = APIRouter(tags=["tasks"])
_LOG = 200


@router.get("/jobs/{job}/tasks")
def list_tasks(
    caller: Submitter,
    job: JobId,
    status: Status | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    after: Annotated[str | None, Query(max_length=500)] = None,
) -> TasksAnswer:
    """Tasks in the film's order, of one status or of all."""

    def look(state: State) -> TasksAnswer:
        found: list[TaskView] = []
        for number in numbers_after(state, numbers(caller.job(state, job)), after, job):
            if status is None or state.shown[number] is status:
                if len(found) >= limit:
                    return TasksAnswer(tasks=found, next=found[-1].task)
                found.append(views.task_view(state, number))
        return TasksAnswer(tasks=found)

    answer: TasksAnswer = caller.farm.do(question(look))
    return answer


@router.get("/jobs/{job}/tasks/{task:path}")
def show_task(
    caller: Submitter, job: JobId, task: Annotated[str, Path(max_length=500)]
) -> TaskAnswer:
    """A task: why it is where it is, what it went through, and what its engine said."""

    def look(state: State) -> TaskAnswer:
        number = _number(caller, state, job, task)
        view = views.task_view(state, number)
        return TaskAnswer(
            **view.model_dump(),
            expects=list(state.specs[number].expects),
            needs=views.needed(state.specs[number]),
            tries=views.tries_view(state, number),
        )

    answer: TaskAnswer = caller.farm.do(question(look))
    return answer.model_copy(update={"log": _log(caller, f"{job}/{task}", answer.key)})


@router.post("/jobs/{job}/tasks/retry")
def retry(caller: Submitter, job: JobId, wanted: TasksWanted) -> JobView:
    """Try tasks once more that have not succeeded, with what could not run because of them."""
    return _act(caller, job, wanted, "retry", lambda tasks, now: events.Retried(tasks, now))


@router.post("/jobs/{job}/tasks/skip")
def skip(caller: Submitter, job: JobId, wanted: TasksWanted) -> JobView:
    """Go on without tasks and without what is made from them."""
    return _act(caller, job, wanted, "skip", lambda tasks, now: events.Skipped(tasks, now))


@router.post("/jobs/{job}/tasks/cancel")
def cancel(caller: Submitter, job: JobId, wanted: TasksWanted) -> JobView:
    """Stop tasks. A worker that another job's task needs, too, goes on."""
    return _act(
        caller, job, wanted, "cancel", lambda tasks, now: events.Cancelled(at=now, tasks=tasks)
    )


def _act(
    caller: Caller,
    job: str,
    wanted: TasksWanted,
    action: str,
    made: Callable[[tuple[str, ...], float], Event],
) -> JobView:
    def plan(state: State, now: float) -> Decision:
        numbers = [_number(caller, state, job, task) for task in wanted.tasks]
        names = tuple(dict.fromkeys(state.name(number) for number in numbers))
        deed = caller.noted(f"{action} tasks", job, tasks=wanted.tasks[:100])
        return Decision(lambda then: view(caller, then, job), (made(names, now),), (deed,))

    answer: JobView = caller.farm.do(Errand(plan))
    return answer


def _number(caller: Caller, state: State, job: str, task: str) -> int:
    caller.job(state, job)
    number = state.number.get(f"{job}/{task}")
    if number is None:
        raise not_found("task", task)
    return number


def _log(caller: Caller, task: str, key: str) -> list[LogLine]:
    """What happened to a task and to the work that it shares with others, oldest first."""
    rows = caller.farm.ask(
        "SELECT wall, kind, body FROM event WHERE work != '' AND work IN"
        " (SELECT work FROM event WHERE task = ? AND task != '' UNION SELECT ?)"
        " ORDER BY seq DESC LIMIT ?",
        (task, key, _LOG),
    )
    lines = [_line(utc(wall), kind, decoded(body)) for wall, kind, body in reversed(rows)]
    return [line for line in lines if line.text]


def _line(at: str, kind: str, event: Event) -> LogLine:
    match event:
        case events.Started(worker=worker, attempt=attempt):
            return LogLine(at=at, kind=kind, text=f"attempt {attempt} began on {worker or 'farmd'}")
        case events.Finished(seconds=seconds):
            return LogLine(at=at, kind=kind, text=f"it was made in {seconds:.1f} s")
        case events.Failed(attempt=attempt, failure=failure):
            said = f"attempt {attempt} failed: {failure.message} ({failure.code})"
            return LogLine(at=at, kind=kind, text=said, detail=failure.detail[-20_000:])
        case events.Lost(digest=digest):
            return LogLine(at=at, kind=kind, text=f"its input {digest[:12]} is made again")
        case events.WorkerDied(worker=worker, reason=reason):
            return LogLine(at=at, kind=kind, text=f"{worker} died: {reason}")
        case events.Found():
            return LogLine(at=at, kind=kind, text="the same work was done before")
        case _:
            return LogLine(at=at, kind=kind, text="")
