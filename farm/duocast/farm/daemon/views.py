"""Views: the state as the API shows it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from duocast.compiler.graph import Operation
from duocast.farm.core import forecast, reasons
from duocast.farm.core.job import FINAL, Job
from duocast.farm.core.state import State
from duocast.farm.core.task import Done, Failed, From, Spec, Status
from duocast.farm.core.work import Running
from duocast.farm.core.worker import Worker
from duocast.farm.daemon.api.answers import (
    BlobView,
    FailureView,
    JobView,
    NodeView,
    ShotView,
    TaskView,
    Tries,
    UserView,
    WorkerView,
)
from duocast.farm.daemon.results import numbers, outputs, summary_of
from duocast.farm.daemon.telling import split, utc
from duocast.runtime.store.contents import Blob

MILLION = 1_000_000
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")


def job_view(state: State, job: Job, row: Mapping[str, Any], seq: int) -> JobView:
    """A job; `row` is what the books have of it: submitted, ended (seconds of UTC), targets, summary."""
    ended = job.status in FINAL
    summary = (row.get("summary") or summary_of(state, job)) if ended else {}
    return JobView(
        id=job.id,
        name=job.name,
        user=job.user,
        state=str(job.status),
        seq=seq,
        priority=job.priority,
        submitted=utc(row["submitted"]),
        ended=utc(row["ended"]) if ended and row["ended"] is not None else None,
        tasks=job.count,
        counts={str(status): count for status, count in sorted(job.counts.items()) if count},
        targets=list(row["targets"]),
        eta=None if ended else round(forecast.eta(state, state.now, job.id), 3),
        bound=summary.get("bound"),
        ratio=summary.get("ratio"),
        seconds=round((job.ended if job.ended is not None else state.now) - job.submitted, 3),
        spent=job.spent / MILLION,
        reserved=job.reserved / MILLION,
        budget=None if job.budget is None else job.budget / MILLION,
        reason=summary.get("reason", "") if ended else _why_waiting(state, job),
    )


def _why_waiting(state: State, job: Job) -> str:
    if job.paused:
        return "it is paused"
    if state.halted is not None:
        return f"nothing new is started: {state.halted.message}"
    return "" if state.workers else "there is no worker yet"


def task_view(state: State, number: int) -> TaskView:
    """A task by its number."""
    spec, row = state.specs[number], state.rows[number]
    name = state.name(number)
    work = state.work(name)
    running = work.phase if work is not None and isinstance(work.phase, Running) else None
    return TaskView(
        task=spec.id,
        operation=str(spec.operation),
        engine=spec.engine,
        version=spec.version,
        status=str(state.shown[number]),
        reason=reasons.reason(state, name),
        order=spec.order,
        key=getattr(row, "key", ""),
        seconds=row.seconds if isinstance(row, Done) else None,
        fraction=running.fraction if running else None,
        worker=running.worker if running else "",
        failure=failure_view(row) if isinstance(row, Failed) else None,
    )


def failure_view(row: Failed) -> FailureView:
    """Why a task failed."""
    failure = row.failure
    words = {"code": failure.code, "message": failure.message, "hint": failure.hint}
    return FailureView(kind=str(failure.kind), detail=failure.detail[-20_000:], **words)


def tries_view(state: State, number: int) -> Tries:
    """What a task went through."""
    work = state.work(state.name(number))
    tries = work.tries if work is not None else state.tries.get(number)
    if tries is None:
        return Tries()
    return Tries(
        runs=tries.runs,
        retries=tries.retries,
        deaths=tries.deaths,
        losses=tries.losses,
        waits=tries.waits,
        last=tries.last,
    )


def needed(spec: Spec) -> list[str]:
    """The tasks that one is made from."""
    return sorted({each.task for each in spec.inputs.values() if isinstance(each, From)})


def blob_view(blob: Blob) -> BlobView:
    """A blob."""
    return BlobView(digest=blob.digest, suffix=blob.suffix, size=blob.size)


def blob_views(blobs: Mapping[str, Blob]) -> dict[str, BlobView]:
    """Blobs by name."""
    return {name: blob_view(blob) for name, blob in sorted(blobs.items())}


def shots(state: State, job: Job) -> list[ShotView]:
    """The shots of a film in story order: a shot is an `encode` task."""
    found = [n for n in numbers(job) if state.specs[n].operation is Operation.ENCODE]
    at_work = {
        state.specs[n].id.rpartition("/")[0]
        for n in numbers(job)
        if state.shown[n] is Status.RUNNING
    }
    in_order = sorted(found, key=lambda n: state.specs[n].order)
    return [_shot(state, number, at_work) for number in in_order]


def _shot(state: State, number: int, at_work: Collection[str]) -> ShotView:
    """A shot; one whose picture is being made is running, not waiting."""
    spec = state.specs[number]
    clip = outputs(state, number).get("clip")
    thumb = _picture(state, number)
    shot = spec.id.rpartition("/")[0] or spec.id
    shown = state.shown[number]
    if shown is Status.WAITING and shot in at_work:
        shown = Status.RUNNING
    return ShotView(
        shot=shot,
        task=spec.id,
        state=str(shown),
        reason=reasons.reason(state, state.name(number)),
        clip=blob_view(clip) if clip else None,
        thumb=blob_view(thumb) if thumb else None,
    )


def _upstream(state: State, number: int) -> Iterable[int]:
    """What a task is made from, nearest first."""
    front, seen = [number], {number}
    while front:
        layer = [needed for each in front for needed in state.needs[each]]
        front = [each for each in dict.fromkeys(layer) if each not in seen]
        seen.update(front)
        yield from front


def _picture(state: State, number: int) -> Blob | None:
    """The latest picture of a shot: of its clip, or the still that it is made from."""
    own = [blob for _, blob in sorted(outputs(state, number).items()) if blob.suffix in _PICTURES]
    if own:
        return own[0]
    for each in _upstream(state, number):
        if state.specs[each].operation is Operation.COMPOSE:
            still = outputs(state, each).get("still")
            return still if still and still.suffix in _PICTURES else None
    return None


def film(state: State, job: Job) -> Blob | None:
    """The whole film, if it is made: signed rather than not."""
    for wanted in (Operation.SIGN, Operation.MASTER):
        for number in numbers(job):
            if state.specs[number].operation is wanted and (made := outputs(state, number)):
                return made.get("film")
    return None


def nodes(state: State) -> list[NodeView]:
    """All nodes with their workers, and those that are drained with none."""
    names: dict[str, list[Worker]] = {name: [] for name in state.drained}
    for worker in state.workers.values():
        names.setdefault(worker.node or worker.host, []).append(worker)
    return [
        NodeView(
            name=name,
            drained=name in state.drained,
            workers=[_worker(state, each) for each in sorted(them, key=lambda w: w.number)],
        )
        for name, them in sorted(names.items())
    ]


def _worker(state: State, worker: Worker) -> WorkerView:
    work = state.works.get(worker.running)
    phase = work.phase if work is not None and isinstance(work.phase, Running) else None
    job, task = split(state.name(phase.task)) if phase else ("", "")
    return WorkerView(
        name=worker.name,
        host=worker.host,
        labels=list(worker.labels),
        gpu=worker.gpu,
        memory=worker.memory,
        warm=list(worker.warm),
        job=job,
        task=task,
        since=round(state.now - phase.since, 3) if phase else None,
        stopping=worker.stopping,
        sick=[name for name, until in sorted(worker.sick.items()) if until > state.now],
    )


def users(state: State) -> list[UserView]:
    """All users that the core knows."""
    jobs: dict[str, int] = {}
    for job in state.jobs.values():
        jobs[job.user] = jobs.get(job.user, 0) + 1
    return [
        UserView(
            user=user.name,
            weight=user.weight,
            credits=None if user.credits is None else user.credits / MILLION,
            reserved=user.reserved / MILLION,
            spent=user.spent / MILLION,
            seconds=round(user.seconds, 3),
            jobs=jobs.get(user.name, 0),
        )
        for user in sorted(state.users.values(), key=lambda each: each.name)
    ]
