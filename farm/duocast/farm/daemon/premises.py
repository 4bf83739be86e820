"""The premises: everything of a running farm that the doors need, built from the settings and taken down again."""

import asyncio
import contextlib
import gc
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from duocast.farm.core import events, snapshot
from duocast.farm.core.coding import event as decoded
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.daemon.blobs import Uploads
from duocast.farm.daemon.books import Standing, standing
from duocast.farm.daemon.broadcast import Broadcast, Subject
from duocast.farm.daemon.clearing import tidy
from duocast.farm.daemon.clock import FarmClock
from duocast.farm.daemon.crew import Crew
from duocast.farm.daemon.errand import Errand, question
from duocast.farm.daemon.faults import Refusal
from duocast.farm.daemon.holdings import keep, made
from duocast.farm.daemon.inspection import Inspection
from duocast.farm.daemon.journal import Answer, Disk, Journal, Reader, Snapshot
from duocast.farm.daemon.librarian import Librarian
from duocast.farm.daemon.lock import FolderLock, Holder
from duocast.farm.daemon.notices import Frame, wire
from duocast.farm.daemon.retention import Retention
from duocast.farm.daemon.settings import Settings
from duocast.farm.daemon.shop import Shop
from duocast.farm.daemon.submission import Versions
from duocast.farm.daemon.telling import Told, tell, utc
from duocast.farm.daemon.tokens import Doorkeeper
from duocast.farm.daemon.webhooks import Courier
from duocast.farm.workshop import Workshop
from duocast.runtime.store.disk import DiskStore

_PATIENCE = 30.0
"""Seconds that a request waits for the loop."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal says: the state, the last time in it, and what may not stand in the books yet: notices and how
    jobs stand."""

    state: State
    at: float
    told: tuple[Told, ...]
    standings: tuple[Standing, ...]


def recover(journal: Journal) -> Recovered:
    """The state that the journal's events come to: the latest sound snapshot, and what came after it."""
    collecting = gc.isenabled()
    gc.disable()  # everything that is made here stays
    try:
        return _recover(journal)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _recover(journal: Journal) -> Recovered:
    state, seq = _latest(journal)
    told: list[Told] = []
    standings: list[Standing] = []
    at = state.now
    written = journal.ask("SELECT max(seq) FROM notice")[0][0] or 0
    for entry in journal.tail(seq):
        event = decoded(entry.body)
        followed = step(state, event)
        if entry.seq > written:  # notices are written in order, all of a transaction's together
            told += tell(entry.seq, utc(entry.wall), event, followed, state.jobs)
            standings += standing(entry.seq, entry.wall, followed, state)
        at = entry.at
    return Recovered(state, at, tuple(told), tuple(standings))


def _latest(journal: Journal) -> tuple[State, int]:
    """The state of the latest snapshot and its event; the beginning, if none can be read by this duocast."""
    kept = journal.snapshot()
    if kept is not None:
        with contextlib.suppress(snapshot.Unreadable):
            return snapshot.decode(kept.body), kept.seq
    return State(Options(farm=True)), 0


class Premises:
    """A farm that runs. Use it as a context; `open` raises `Occupied`, `JournalTrouble` or `EngineError`."""

    def __init__(
        self,
        settings: Settings,
        disk: Disk | None = None,
        clock: Callable[[float], FarmClock] = FarmClock,
    ) -> None:
        settings.check()
        self.settings = settings
        self.started = time.time()
        self.lock = FolderLock(settings.folder)
        try:
            self._build(disk, clock)
        except BaseException:
            self.lock.release()
            raise

    def __enter__(self) -> "Premises":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _build(self, disk: Disk | None, clock: Callable[[float], FarmClock]) -> None:
        settings = self.settings
        self.journal = Journal(settings.folder, disk)
        recovered = recover(self.journal)
        self.epoch = self.journal.begin()
        self.clock = clock(recovered.at)
        self.store = DiskStore(settings.store_folder)
        self.workshop: Workshop = settings.factory.build()
        self.inlines = {(each.operation, each.name): each for each in settings.inline}
        self.doorkeeper = Doorkeeper(self.journal)
        self.uploads = Uploads(self.store, settings.limits.blob)
        self._local = threading.local()
        self._readers: list[Reader] = []
        self._guard = threading.Lock()
        self.broadcast = Broadcast(self._history, self.journal.last())
        librarian = Librarian(self._open_store, lambda heard: self.shop.answer(heard))
        self.librarian = librarian
        self.crew = Crew(
            lambda: settings.backend(self.store, self.epoch),
            librarian,
            self.inlines,
            (settings.folder, settings.store_folder),
        )
        self.shop = Shop(
            recovered.state,
            self.journal,
            self.clock,
            self.crew,
            self.broadcast,
            reserve=settings.reserve,
            save=self._save,
            snapshot_events=settings.snapshot_events,
        )
        self.courier = Courier(
            self.ask, self.do, self.clock.wall, private=settings.private_webhooks
        )
        self.inspection = Inspection(self.journal.file, self._damaged)
        self.retention = Retention(lambda: tidy(self), self.clock.now)
        now = self.clock.now()
        first = [*self.crew.open(recovered.state), events.Tick(now)]
        self.shop.adopt(first, recovered.told, recovered.standings)
        self.shop.ask(question(self._hold_living))

    @property
    def versions(self) -> Versions:
        """What this farm runs: versions, and whether they are inline, by operation and engine."""
        engines = {(e.operation, e.name): (e.version, False) for e in self.workshop.engines}
        return engines | {at: (each.version, True) for at, each in self.inlines.items()}

    def reload_tokens(self) -> None:
        """Read the tokens anew, after one was made or revoked."""
        with self._guard:
            reader = Reader(self.journal.file)
            self.doorkeeper.reload(reader)
            reader.close()

    def start(self, loop: asyncio.AbstractEventLoop, ended: Callable[[], None]) -> None:
        """Begin to work; notices are delivered in `loop`, and `ended` is called if the farm ends by itself."""
        self.broadcast.attach(loop)
        self.librarian.start()
        self.shop.start(ended)
        self.courier.start()
        self.inspection.start()
        self.retention.start()

    def _hold_living(self, state: State) -> None:
        """What living jobs have made stays in the store, though the session that made it is over."""
        held = made(state)
        self.librarian.ask(lambda store: keep(store, held))

    def _damaged(self, problem: str) -> None:
        self.shop.damage = f"the journal is damaged: {problem}" if problem else ""

    def close(self) -> None:
        """End everything in order; nothing is left behind."""
        self.broadcast.close()
        self.inspection.close()
        self.retention.close()
        self.courier.close()
        self.shop.stop()
        self.librarian.close()
        self.crew.close()
        for reader in self._readers:
            reader.close()
        self.store.close()
        self.journal.close()
        self.lock.release()

    def do(self, errand: Errand) -> Any:  # noqa: ANN401 -- whatever the errand answers
        """Have an errand done by the loop, and wait for it. Raises `Refusal`."""
        future = self.shop.ask(errand)
        try:
            return future.result(_PATIENCE)
        except TimeoutError:
            raise Refusal(503, "slow", "the farm takes too long to answer", "ask again") from None

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Answer]:
        """Ask the journal, from any thread."""
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = Reader(self.journal.file)
            with self._guard:
                self._readers.append(reader)
        return reader.ask(sql, parameters)

    def store_here(self) -> DiskStore:
        """The store, for this thread."""
        store: DiskStore | None = getattr(self._local, "store", None)
        if store is None:
            store = self._local.store = self._open_store()
        return store

    def answers_at(self, url: str) -> None:
        """The doors are open: say where."""
        self.lock.tell(Holder(os.getpid(), url, self.epoch))

    def _open_store(self) -> DiskStore:
        return DiskStore(self.settings.store_folder, within=self.store.epoch)

    def _save(self, state: State, seq: int) -> None:
        self.journal.save(Snapshot(seq, snapshot.encode(state)))

    def _history(self, subject: Subject, after: int, upto: int, most: int) -> list[Frame]:
        """Frames of the past; all of the last event's, however many are asked for."""
        which, named = ["seq > ?", "seq <= ?"], [after, upto]
        rows = self._notices(subject, which, named, most)
        if len(rows) == most:
            cut = rows[-1].seq
            rest = self._notices(subject, ["seq = ?"], [cut], 1 << 30)
            rows = [*(row for row in rows if row.seq < cut), *rest]
        return rows

    def _notices(
        self, subject: Subject, which: list[str], named: Sequence[object], most: int
    ) -> list[Frame]:
        conditions, given = list(which), list(named)
        if subject.job is not None:
            conditions.append("job = ?")
            given.append(subject.job)
        if subject.user is not None:
            conditions.append("user = ?")
            given.append(subject.user)
        sql = (
            "SELECT seq, job, user, last, body FROM notice WHERE "
            + " AND ".join(conditions)
            + " ORDER BY seq, job LIMIT ?"
        )
        rows = self.ask(sql, (*given, most))
        return [Frame(s, job, user, wire(s, body, bool(last))) for s, job, user, last, body in rows]
