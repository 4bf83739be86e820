"""Notices: what a watcher hears of an event, encoded once."""

from typing import Any

import msgspec

MANY = 500
"""Changes that one notice names; beyond that it says `many`, and the watcher reads the job again."""


class Change(msgspec.Struct, frozen=True):
    """A task of the job has another status."""

    task: str
    status: str


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one event has changed in one job, or in the farm (`job` empty).

    `seq` is the event's number in the journal, `at` the time in UTC, `kind` the event's kind. `state` is the job's
    state where it changed. `many`: more tasks changed than are named.
    """

    seq: int
    at: str
    kind: str
    job: str = ""
    tasks: tuple[Change, ...] = ()
    state: str = ""
    many: bool = False
    message: str = ""


class Frame(msgspec.Struct, frozen=True):
    """A notice as it goes over the wire, and for whom: `user` is the job's, empty for what is the farm's."""

    seq: int
    job: str
    user: str
    wire: bytes


_encoder = msgspec.json.Encoder()


def body(notice: Notice) -> bytes:
    """A notice as JSON."""
    return _encoder.encode(notice)


def wire(seq: int, content: bytes, last: bool = True) -> bytes:
    """A server-sent event with a number that a client may come back with.

    An event that concerns several jobs gives a notice for each. Only the `last` of them carries the event's own
    number: who comes back with the number before it hears all of them again, rather than miss one.
    """
    return b"id: %d\nevent: change\ndata: %b\n\n" % (seq if last else seq - 1, content)


def progress(fractions: dict[tuple[str, str], float]) -> dict[str, bytes]:
    """Progress by job, as server-sent events without a number: it is never kept."""
    by_job: dict[str, list[dict[str, Any]]] = {}
    for (job, task), fraction in fractions.items():
        by_job.setdefault(job, []).append({"task": task, "fraction": round(fraction, 4)})
    return {
        job: b"event: progress\ndata: %b\n\n" % _encoder.encode({"job": job, "tasks": tasks})
        for job, tasks in by_job.items()
    }


HEARTBEAT = b": here\n\n"
"""A comment that keeps a quiet stream open."""
