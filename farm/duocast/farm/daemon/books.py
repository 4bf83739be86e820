"""The books: what is derived from events and kept in SQL, written with the next transaction that comes.

Nothing here is lost by a crash before that: after a restart the events are followed again, and say the same.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from duocast.farm.core.commands import Command, TellJob
from duocast.farm.core.job import FINAL, JobStatus
from duocast.farm.core.state import State
from duocast.farm.daemon.journal import Database, Deed
from duocast.farm.daemon.results import summary_of
from duocast.farm.daemon.telling import Told


class Standing(NamedTuple):
    """A job has another state since the event `seq`; of one that has ended, a summary is kept."""

    seq: int
    wall: float
    job: str
    user: str
    status: JobStatus
    summary: Mapping[str, Any]


def standing(seq: int, wall: float, followed: Iterable[Command], state: State) -> list[Standing]:
    """How jobs stand after an event, by the commands that followed from it."""
    told = [each for each in followed if type(each) is TellJob]
    jobs = [(state.jobs[each.job], each.status) for each in told]
    return [
        Standing(
            seq, wall, job.id, job.user, status, summary_of(state, job) if status in FINAL else {}
        )
        for job, status in jobs
    ]


class Books:
    """Rows that wait to be written. Only for the loop's thread."""

    def __init__(self) -> None:
        self._notices: list[tuple[int, str, str, int, bytes]] = []
        self._jobs: dict[str, tuple[str, float | None, str]] = {}
        self._ends: list[tuple[int, str, str, str, float]] = []
        self._last = 0

    def __len__(self) -> int:
        return len(self._notices) + len(self._jobs) + len(self._ends)

    @property
    def urgent(self) -> bool:
        """Whether something waits that should not wait for the next event: a job's state."""
        return bool(self._jobs)

    def enter(self, told: Iterable[Told]) -> None:
        """Keep what watchers were told."""
        for frame in told:
            self._notices.append((frame.seq, frame.job, frame.user, int(frame.last), frame.body))
            self._last = frame.seq

    def stand(self, standings: Iterable[Standing]) -> None:
        """Jobs have another state; an end is told to webhooks."""
        for seq, wall, job, user, status, summary in standings:
            ended = wall if status in FINAL else None
            self._jobs[job] = (str(status), ended, json.dumps(summary))
            if status in FINAL:
                self._ends.append((seq, job, user, str(status), wall))

    def take(self) -> tuple[list[Deed], int]:
        """The deeds that write all of it, and the last event's number among them. They are not kept here any more."""
        deeds = [deed for deed in (self._notice_deed(), *self._job_deeds()) if deed is not None]
        last, self._last = self._last, 0
        self._notices, self._jobs, self._ends = [], {}, []
        return deeds, last

    def _notice_deed(self) -> Deed | None:
        rows = self._notices
        if not rows:
            return None

        def write(db: Database) -> None:
            db.executemany("INSERT OR IGNORE INTO notice VALUES (?, ?, ?, ?, ?)", rows)

        return write

    def _job_deeds(self) -> Sequence[Deed]:
        jobs = [(state, ended, summary, job) for job, (state, ended, summary) in self._jobs.items()]
        ends = self._ends

        def write(db: Database) -> None:
            db.executemany("UPDATE job SET state = ?, ended = ?, summary = ? WHERE id = ?", jobs)
            for seq, job, user, state, wall in ends:
                body = {"job": job, "state": state, "seq": seq, "user": user}
                db.execute(
                    "INSERT OR IGNORE INTO delivery (hook, seq, kind, body, due)"
                    " SELECT id, ?, ?, ?, ? FROM webhook"
                    " WHERE user = ? AND instr(events, ?) > 0",
                    (seq, state, json.dumps(body).encode(), wall, user, state),
                )

        return [write] if jobs or ends else []


def audited(wall: float, user: str, token: str, action: str, about: str, detail: object) -> Deed:
    """The deed that writes down who changed what."""
    row = (wall, user, token, action, about, json.dumps(detail, sort_keys=True))

    def write(db: Database) -> None:
        db.execute(
            "INSERT INTO audit (wall, user, token, action, object, detail) VALUES (?, ?, ?, ?, ?, ?)",
            row,
        )

    return write
