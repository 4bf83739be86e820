"""Routes of jobs: submit, list, look, and act on them."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from duocast.farm.core import events
from duocast.farm.core.events import Event
from duocast.farm.core.state import State
from duocast.farm.daemon import blobs, views
from duocast.farm.daemon.api.answers import (
    BlobView,
    ErrorBody,
    JobAnswer,
    JobsAnswer,
    JobView,
    LogAnswer,
    LogLine,
    MissingAnswer,
    OutputsAnswer,
    ShotsAnswer,
)
from duocast.farm.daemon.api.door import Caller, Submitter
from duocast.farm.daemon.api.showing import (
    COLUMNS,
    JobId,
    named,
    numbers_after,
    row_of,
    shown,
    view,
)
from duocast.farm.daemon.api.wanted import PriorityWanted
from duocast.farm.daemon.errand import Decision, Errand, question
from duocast.farm.daemon.holdings import ROOT
from duocast.farm.daemon.journal import Database, Deed
from duocast.farm.daemon.results import numbers, outputs
from duocast.farm.daemon.submission import Submission, job_id, read

router = APIRouter(tags=["jobs"])


@router.post(
    "/jobs",
    status_code=201,
    response_model=JobAnswer,
    responses={200: {"model": JobAnswer}, 409: {"model": MissingAnswer}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Submission"}}
            },
        }
    },
)
async def submit(request: Request, caller: Submitter) -> Response:
    """Have a film made. 409 names the contents that have to be uploaded first."""
    body = await request.body()
    return await run_in_threadpool(_submit, caller, body)


def _submit(caller: Caller, body: bytes) -> Response:
    farm = caller.farm
    wanted = read(body, farm.settings.limits, farm.versions)
    job = job_id(caller.user, wanted.submission)
    known = _known(caller, job)
    if known is not None:
        return _answer(200, JobAnswer(job=known))
    if farm.settings.moderator is not None:
        farm.settings.moderator.check(wanted.specs)
    store, root = farm.store_here(), ROOT + job
    digests = wanted.digests
    store.keep(root, digests)
    missing = blobs.missing(store, digests)
    if missing:
        store.keep(root, ())
        error = ErrorBody(
            code="missing-blobs",
            message=f"the farm does not have {len(missing)} of the contents",
            hint="upload them, and submit again",
        )
        return _answer(409, MissingAnswer(missing=missing, error=error))
    for digest in digests:
        store.keep(blobs.UPLOADED + digest, ())
    return _answer(201, JobAnswer(job=farm.do(_submission(caller, job, wanted))))


def _submission(caller: Caller, job: str, wanted: Submission) -> Errand:
    farm = caller.farm

    def plan(state: State, now: float) -> Decision:
        if job in state.jobs:
            return Decision(lambda then: view(caller, then, job))
        event = events.Submitted(
            specs=wanted.specs,
            at=now,
            job=job,
            user=caller.user,
            name=wanted.name,
            priority=wanted.priority,
            budget=wanted.millionths,
        )
        row = {"submitted": farm.clock.wall(), "ended": None, "targets": wanted.targets}
        deeds = (
            _enter(caller, job, wanted, row),
            caller.noted("submit", job, name=wanted.name, tasks=len(wanted.specs)),
        )
        return Decision(lambda then: shown(caller, then, job, row), (event,), deeds)

    return Errand(plan, admits=True, mark=f"submit {job}")


def _enter(caller: Caller, job: str, wanted: Submission, row: Mapping[str, Any]) -> Deed:
    fixed = (caller.user, wanted.name, wanted.submission, row["submitted"], len(wanted.specs))
    targets = json.dumps(wanted.targets)

    def write(db: Database) -> None:
        db.execute(
            "INSERT OR IGNORE INTO job SELECT ?, max(seq), ?, ?, ?, ?, ?, ?, 'running', NULL, '{}'"
            " FROM event",
            (job, *fixed, targets),
        )

    return write


@router.get("/jobs")
def list_jobs(
    caller: Submitter,
    mine: bool = False,
    prefix: Annotated[str, Query(max_length=100)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(ge=0, le=1 << 53)] = None,
) -> JobsAnswer:
    """Jobs that the token may see, newest first."""
    which, given = ["1 = 1"], []
    if mine or not caller.operates:
        which.append("user = ?")
        given.append(caller.user)
    if prefix:
        which.append("substr(id, 1, ?) = ?")
        given += [str(len(prefix)), prefix]
    if state:
        which.append("state = ?")
        given.append(state)
    if before is not None:
        which.append("seq < ?")
        given.append(str(before))
    sql = f"SELECT {COLUMNS} FROM job WHERE {' AND '.join(which)} ORDER BY seq DESC LIMIT ?"
    rows = caller.farm.ask(sql, (*given, limit))

    def look(now: State) -> list[JobView]:
        known = [row for row in rows if row[0] in now.jobs]
        return [shown(caller, now, row[0], named(row)) for row in known]

    found: list[JobView] = caller.farm.do(question(look))
    return JobsAnswer(jobs=found, next=rows[-1][1] if len(rows) == limit else None)


@router.get("/jobs/{job}")
def show_job(caller: Submitter, job: JobId) -> JobView:
    """A job: its state, how far it is, how long it takes."""
    found: JobView = caller.farm.do(question(lambda state: view(caller, state, job)))
    return found


@router.post("/jobs/{job}/cancel")
def cancel(caller: Submitter, job: JobId) -> JobView:
    """Stop a job. What is finished stays in the store."""
    return _act(caller, job, "cancel", lambda now: events.Cancelled(at=now, job=job))


@router.post("/jobs/{job}/pause")
def pause(caller: Submitter, job: JobId) -> JobView:
    """Start nothing new of a job."""
    return _act(caller, job, "pause", lambda now: events.Paused(job, now))


@router.post("/jobs/{job}/resume")
def resume(caller: Submitter, job: JobId) -> JobView:
    """Go on with a paused job."""
    return _act(caller, job, "resume", lambda now: events.Resumed(job, now))


@router.post("/jobs/{job}/priority")
def prioritise(caller: Submitter, job: JobId, wanted: PriorityWanted) -> JobView:
    """Give a job another priority among its user's jobs."""
    made = lambda now: events.Prioritised(job, wanted.priority, now)  # noqa: E731 -- one expression
    return _act(caller, job, "priority", made, priority=wanted.priority)


@router.get("/jobs/{job}/outputs")
def show_outputs(
    caller: Submitter,
    job: JobId,
    targets: bool = False,
    limit: Annotated[int, Query(ge=1, le=200_000)] = 200_000,
    after: Annotated[str | None, Query(max_length=500)] = None,
) -> OutputsAnswer:
    """What a job has made so far, by task and name; with `targets`, only what was asked for."""

    def look(state: State) -> OutputsAnswer:
        found = caller.job(state, job)
        wanted = set(row_of(caller, job)["targets"]) if targets else None
        made: dict[str, dict[str, BlobView]] = {}
        for number in numbers_after(state, numbers(found), after, job):
            task = state.specs[number].id
            if (wanted is None or task in wanted) and (there := outputs(state, number)):
                if len(made) >= limit:
                    return OutputsAnswer(outputs=made, next=max(made, key=list(made).index))
                made[task] = views.blob_views(there)
        return OutputsAnswer(outputs=made)

    answer: OutputsAnswer = caller.farm.do(question(look))
    return answer


@router.get("/jobs/{job}/shots")
def show_shots(caller: Submitter, job: JobId) -> ShotsAnswer:
    """The shots in story order, each with its state, its clip, and its latest picture."""

    def look(state: State) -> ShotsAnswer:
        found = caller.job(state, job)
        film = views.film(state, found)
        whole = views.blob_view(film) if film else None
        return ShotsAnswer(shots=views.shots(state, found), film=whole)

    answer: ShotsAnswer = caller.farm.do(question(look))
    return answer


@router.get("/jobs/{job}/log")
def show_log(
    caller: Submitter,
    job: JobId,
    after: Annotated[int, Query(ge=0, le=1 << 53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> LogAnswer:
    """What happened in a job, oldest first."""
    caller.farm.do(question(lambda state: caller.job(state, job).id))
    rows = caller.farm.ask(
        "SELECT seq, body FROM notice WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?",
        (job, after, limit),
    )
    lines = [line for _, body in rows for line in _lines(json.loads(body))]
    return LogAnswer(lines=lines, next=rows[-1][0] if len(rows) == limit else None)


def _lines(notice: Mapping[str, Any]) -> list[LogLine]:
    kind, at = notice.get("kind", ""), notice.get("at", "")
    said = [notice["message"]] if notice.get("message") else []
    named = [f"{each['task']}: {each['status']}" for each in notice.get("tasks", ())]
    more = ["many tasks changed"] if notice.get("many") else []
    ended = [f"the job is {notice['state']}"] if notice.get("state") else []
    return [LogLine(at=at, kind=kind, text=text) for text in (*said, *named, *more, *ended)]


def _act(
    caller: Caller, job: str, action: str, made: Callable[[float], Event], **detail: object
) -> JobView:
    def plan(state: State, now: float) -> Decision:
        caller.job(state, job)
        deed = caller.noted(action, job, **detail)
        return Decision(lambda then: view(caller, then, job), (made(now),), (deed,))

    answer: JobView = caller.farm.do(Errand(plan))
    return answer


def _known(caller: Caller, job: str) -> JobView | None:
    def look(state: State) -> JobView | None:
        return view(caller, state, job) if job in state.jobs else None

    found: JobView | None = caller.farm.do(question(look))
    return found


def _answer(status: int, content: JobAnswer | MissingAnswer) -> Response:
    return JSONResponse(content.model_dump(mode="json"), status)
