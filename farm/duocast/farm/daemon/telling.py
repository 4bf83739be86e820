"""Telling: the commands that follow from an event become notices, a frame for each job that it concerns."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from duocast.farm.core import commands as said
from duocast.farm.core import events
from duocast.farm.core.job import Job
from duocast.farm.daemon.notices import MANY, Change, Frame, Notice, body, wire

FARM = frozenset(
    {
        "WorkerJoined",
        "WorkerDied",
        "Drained",
        "Undrained",
        "Forgiven",
        "LimitSet",
        "UserSet",
        "Halted",
        "Unhalted",
    }
)
"""Kinds that are told even where they change no job."""


class Told(Frame, frozen=True):
    """A frame with the notice's JSON, for the journal."""

    body: bytes
    last: bool


def utc(seconds: float) -> str:
    """A time as people and programs read it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def split(task: str) -> tuple[str, str]:
    """The job and the address of a task's id."""
    job, _, address = task.partition("/")
    return job, address


def tell(
    seq: int, at: str, event: events.Event, commands: Iterable[object], jobs: Mapping[str, Job]
) -> list[Told]:
    """The frames of an event that was heard at a time in UTC, sorted by job; the farm's own comes first."""
    kind = type(event).__name__
    changes: dict[str, list[Change]] = {"": []} if kind in FARM else {}
    states: dict[str, str] = {}
    notes: dict[str, list[str]] = {}
    for command in commands:
        match command:
            case said.Tell(task=task, status=status):
                job, address = split(task)
                changes.setdefault(job, []).append(Change(address, str(status)))
            case said.TellJob(job=job, status=status):
                changes.setdefault(job, [])
                states[job] = str(status)
            case said.Note(task=task, text=text):
                job, address = split(task)
                changes.setdefault(job, [])
                notes.setdefault(job, []).append(f"{address}: {text}")
    if isinstance(event, events.Submitted):
        changes.setdefault(event.job, [])
    if not changes:
        return []
    general = message(event)
    told = []
    latest = max(changes)
    for job in sorted(changes):
        words = "; ".join([*filter(None, [general]), *notes.get(job, ())])
        named = changes[job]
        notice = Notice(
            seq=seq,
            at=at,
            kind=kind,
            job=job,
            tasks=tuple(named) if len(named) <= MANY else (),
            state=states.get(job, ""),
            many=len(named) > MANY,
            message=words,
        )
        last = job == latest
        content = body(notice)
        user = jobs[job].user if job in jobs else ""
        told.append(Told(seq, job, user, wire(seq, content, last), content, last))
    return told


def message(event: events.Event) -> str:
    """What people should read of an event, or nothing."""
    match event:
        case events.Failed(task=task, failure=failure):
            return f"{split(task)[1]}: {failure.message}"
        case events.Lost(task=task, digest=digest):
            return f"{split(task)[1]}: its input {digest[:12]} is made again"
        case events.WorkerDied(worker=worker, reason=reason):
            return f"{worker} died: {reason}"
        case events.WorkerJoined(worker=worker):
            return f"{worker} joined"
        case events.Halted(failure=failure):
            return failure.message
        case _:
            return ""
