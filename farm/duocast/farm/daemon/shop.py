"""The shop: the one loop of a farm. It gathers what happened, keeps it, steps the core, and does what the core says.

    errands, reports, answers of the store, time
      -> one transaction  -> step  -> commands  -> notices

Nothing is acted on before it is durable. While nothing can be kept, nothing new is taken and nothing is started; what
was reported waits and is written as soon as there is room.
"""

import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import msgspec

from duocast.farm.core import commands, events
from duocast.farm.core.coding import to_bytes
from duocast.farm.core.events import FLEETING, Event
from duocast.farm.core.state import State
from duocast.farm.core.step import step
from duocast.farm.daemon.books import Books, Standing, standing
from duocast.farm.daemon.broadcast import Broadcast
from duocast.farm.daemon.clock import FarmClock
from duocast.farm.daemon.crew import Crew
from duocast.farm.daemon.errand import Decision, Errand
from duocast.farm.daemon.faults import Damaged, Fenced, JournalTrouble, Refusal, damaged, no_room
from duocast.farm.daemon.hints import Hints
from duocast.farm.daemon.journal import Deed, Entry, Journal
from duocast.farm.daemon.notices import progress
from duocast.farm.daemon.telling import Told, split, tell, utc

_PATIENCE = 0.25
"""Seconds that the backend is listened to before anything else is looked at, unless it is interrupted."""
_AGAIN = 0.2
"""Seconds until a transaction that failed is tried again."""
_LOOK = 1.0
"""Seconds between two looks at the disk's room."""
_SNAPSHOT_BYTES = 8 << 20
"""Bytes of events that a restart would have to read, at which the state is written down."""
_QUIET_EVENTS = 1000
"""Events after which the state is written down as soon as nothing happens."""
_LEISURE = 20.0
"""How many times as long as the last snapshot took must have passed before one is made for leisure."""
_LATER = frozenset({commands.Tell, commands.TellJob, commands.Note, commands.Lookup})
"""Commands that are only told, and those that can wait until who asked has an answer."""
_BATCH = 500
"""Events of one transaction, about: who asks something waits for as many."""


@dataclass(slots=True)
class Figures:
    """What the loop has done since it started; for `/metrics`."""

    transactions: int = 0
    events: int = 0
    journal_seconds: float = 0.0
    core_seconds: float = 0.0
    snapshots: int = 0
    snapshot_seconds: float = 0.0
    troubles: int = 0


@dataclass(slots=True)
class _Batch:
    """What goes into one transaction."""

    events: list[tuple[Event, bytes]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    errands: list[tuple[Errand, Decision]] = field(default_factory=list)
    reports: list[Event] = field(default_factory=list)
    """Those of `events` that nobody would tell again."""

    def add(self, heard: Iterable[Event]) -> None:
        """Take events in, each with its bytes for the journal; what is fleeting has none."""
        self.events += [(e, b"" if isinstance(e, FLEETING) else to_bytes(e)) for e in heard]


class Shop:
    """The loop. `ask` may be called from any thread; the state belongs to the loop's own."""

    def __init__(
        self,
        state: State,
        journal: Journal,
        clock: FarmClock,
        crew: Crew,
        broadcast: Broadcast,
        *,
        reserve: int,
        save: Callable[[State, int], None],
        snapshot_events: int,
    ) -> None:
        self.figures = Figures()
        self.damage = ""
        """What the last check of the journal found wrong; it stays until a check finds nothing."""
        self.failure: BaseException | None = None
        self._problem = ""
        self._state = state
        self._journal = journal
        self._clock = clock
        self._crew = crew
        self._broadcast = broadcast
        self._reserve = reserve
        self._save = save
        self._snapshot_events = snapshot_events
        self._saved = 0
        self._saved_at = 0.0
        self._saving = 0.0
        self._unsaved_bytes = 0
        self._seq = journal.last()
        self._books = Books()
        self._unwritten: list[Deed] = []
        self._inbox: deque[Errand] = deque()
        self._answers: deque[Sequence[Event]] = deque()
        self._held: list[Event] = []
        self._fractions: dict[tuple[str, str], float] = {}
        self._looked = 0.0
        self._hints = Hints()
        self._ending = threading.Event()
        self._ended: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._live, name="farm-loop", daemon=True)

    # What others may do, from any thread.

    def ask(self, errand: Errand) -> "Future[Any]":
        """Have an errand done."""
        if self._ending.is_set() or self.failure is not None:
            errand.future.set_exception(Refusal(503, "ending", "the farm is about to end"))
        else:
            self._inbox.append(errand)
            self._crew.interrupt()
        return errand.future

    def answer(self, heard: Sequence[Event]) -> None:
        """What the librarian says."""
        self._answers.append(heard)
        self._crew.interrupt()

    def start(self, ended: Callable[[], None]) -> None:
        """Begin; `ended` is called when the loop ends by itself."""
        self._ended = ended
        self._thread.start()

    def stop(self) -> None:
        """End after what is under way, with everything written that can be."""
        self._ending.set()
        self._crew.interrupt()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def trouble(self) -> str:
        """Why nothing new is taken, if it is not."""
        return self._problem or self.damage

    def refusal(self) -> Refusal:
        """What who brings something new is told while there is trouble."""
        return damaged(self.damage) if self.damage else no_room(self.trouble)

    @property
    def queued(self) -> int:
        """Errands that wait."""
        return len(self._inbox)

    @property
    def seq(self) -> int:
        """The number of the last event."""
        return self._seq

    # The loop.

    def adopt(
        self, heard: Sequence[Event], told: Iterable[Told], standings: Iterable[Standing]
    ) -> None:
        """Before the loop starts: what the backend says at first, and what may not stand in the books yet."""
        self._books.enter(told)
        self._books.stand(standings)
        now = self._clock.now()
        self._held = [msgspec.structs.replace(event, at=now) for event in heard]

    def _live(self) -> None:
        try:
            self._crew.repeat(self._state)
            while not self._ending.is_set():
                self._turn(self._gather())
            self._leave()
        except BaseException as problem:
            self.failure = problem
        finally:
            self._refuse_all()
            self._ended()

    def _gather(self) -> list[Event]:
        """What was reported, and the time if something is due."""
        busy = self._crew.ask_again(self._state)
        busy = busy or bool(self._inbox or self._answers or self._held or self._books.urgent)
        heard = [event for batch in self._drain_answers() for event in batch]
        now = self._clock.now()
        patience = 0.0 if busy else max(0.0, min(_PATIENCE, self._due(now)))
        # Asking again would say that what is held is safe.
        reported = [] if self._held else self._crew.poll(patience)
        now = self._clock.now()
        told = [msgspec.structs.replace(event, at=now) for event in (*heard, *reported)]
        told += self._look_at_disk(now)
        if (ready := self._hints.due(self._state, now)) is not None:
            self._crew.want(ready)
        if not (busy or told):
            self._save_when_quiet()
        if self._due(now) <= 0.0:
            told.append(events.Tick(now))
        return told

    def _due(self, now: float) -> float:
        wake_at = self._state.wake_at
        return float("inf") if wake_at is None else wake_at - now

    def _drain_answers(self) -> Iterable[Sequence[Event]]:
        taken = 0
        while self._answers and taken < _BATCH:
            batch = self._answers.popleft()
            taken += len(batch)
            yield batch

    def _turn(self, reports: list[Event]) -> None:
        held, self._held = self._held, []
        batch = _Batch(reports=[*held, *reports])
        batch.add(batch.reports)
        self._plan(batch)
        if not (batch.events or batch.deeds or self._books.urgent):
            return
        try:
            if self._keep(batch):
                lookups = self._step(batch)
                self._reply(
                    batch
                )  # who asked need not wait until the store is asked for everything
                self._obey(lookups)
                self._save_now_and_then()
        except BaseException:
            self._inbox.extend(errand for errand, _ in batch.errands)  # they are refused at the end
            raise

    def _plan(self, batch: _Batch) -> None:
        """Look at the errands that wait. What only looks is answered at once: all that the state has is durable."""
        marks: set[str] = set()
        for _ in range(len(self._inbox)):
            errand = self._inbox.popleft()
            if errand.mark and errand.mark in marks:
                self._inbox.append(errand)
                continue
            marks.add(errand.mark)
            try:
                if errand.admits and self.trouble:
                    raise self.refusal()
                decision = errand.plan(self._state, self._clock.now())
                batch.add(decision.events)
            except Exception as problem:
                errand.future.set_exception(problem)
                continue
            if not (decision.events or decision.deeds):
                self._finish(errand, decision)
                continue
            batch.deeds += decision.deeds
            batch.errands.append((errand, decision))
            if len(batch.events) >= _BATCH:
                return

    def _keep(self, batch: _Batch) -> bool:
        """Make the batch durable. Without that nothing of it counts, and only what was reported is tried again."""
        entries = self._entries(batch.events)
        if not entries and not batch.deeds and not self._books.urgent:
            return True
        deeds, last = self._books.take()
        self._unwritten += deeds
        began = time.perf_counter()
        try:
            self._journal.append(entries, [*self._unwritten, *batch.deeds])
        except Fenced:
            raise
        except JournalTrouble as problem:
            if not self._was_written(problem):
                self._put_back(batch, problem)
                return False
        self._problem = ""
        self._unwritten = []
        self._seq += len(entries)
        self._unsaved_bytes += sum(len(entry.body) for entry in entries)
        self.figures.transactions += 1
        self.figures.events += len(entries)
        self.figures.journal_seconds += time.perf_counter() - began
        if last:
            self._broadcast.flushed(last)
        return True

    def _entries(self, heard: Sequence[tuple[Event, bytes]]) -> list[Entry]:
        wall, epoch = self._clock.wall(), self._journal.epoch
        entries: list[Entry] = []
        for event, body in heard:
            if not body:
                continue
            task = getattr(event, "task", "")
            job = split(task)[0] if task else getattr(event, "job", None) or ""
            entries.append(
                Entry(
                    self._seq + len(entries) + 1,
                    event.at,
                    wall,
                    job,
                    task,
                    getattr(event, "attempt", 0),
                    epoch,
                    type(event).__name__,
                    self._work_of(event),
                    body,
                )
            )
        return entries

    def _work_of(self, event: Event) -> str:
        if isinstance(event, events.WorkerDied):
            worker = self._state.workers.get(event.worker)
            return worker.running if worker is not None else ""
        return getattr(event, "key", "")

    def _was_written(self, problem: JournalTrouble) -> bool:
        """Whether a transaction counts whose commit failed. It is asked until that is known."""
        self.figures.troubles += 1
        self._problem = str(problem)
        while not isinstance(problem, Damaged):
            try:
                return self._journal.settled()
            except Fenced:
                raise
            except JournalTrouble as again:
                problem = again
                self._refuse_all()
                if self._ending.wait(_AGAIN):
                    break
        raise problem

    def _put_back(self, batch: _Batch, problem: JournalTrouble) -> None:
        self._held = [event for event in batch.reports if not isinstance(event, FLEETING)]
        for errand, _ in batch.errands:
            errand.future.set_exception(no_room(str(problem)))
        self._ending.wait(_AGAIN)

    def _step(self, batch: _Batch) -> list[commands.Command]:
        """Take the events to the core, do what it says, and tell what changed.

        Gives the questions for the store: they alone can be asked later, since they say all that they need.
        """
        began = time.perf_counter()
        wall = self._clock.wall()
        seq = self._seq - sum(bool(body) for _, body in batch.events)
        at = utc(wall)
        told: list[Told] = []
        lookups: list[commands.Command] = []
        for event, _ in batch.events:
            if isinstance(event, events.Progressed):
                self._fractions[split(event.task)] = event.fraction
                step(self._state, event)
                continue
            seq += 1
            followed = step(self._state, event)
            self._crew.heed(event)
            told += tell(seq, at, event, followed, self._state.jobs)
            self._books.stand(standing(seq, wall, followed, self._state))
            self._obey(each for each in followed if type(each) not in _LATER)
            lookups += [each for each in followed if type(each) is commands.Lookup]
        self.figures.core_seconds += time.perf_counter() - began
        self._books.enter(told)
        if told or self._fractions:
            self._broadcast.publish(told, self._passing())
        return lookups

    def _passing(self) -> dict[tuple[str, str], bytes]:
        fractions, self._fractions = self._fractions, {}
        jobs = self._state.jobs
        told = progress(fractions)
        return {(job, jobs[job].user): wire for job, wire in told.items() if job in jobs}

    def _obey(self, said: Iterable[commands.Command]) -> None:
        for command in said:
            self._crew.obey(command, self._state)

    def _reply(self, batch: _Batch) -> None:
        for errand, decision in batch.errands:
            self._finish(errand, decision)

    def _finish(self, errand: Errand, decision: Decision) -> None:
        try:
            errand.future.set_result(decision.answer(self._state))
        except Exception as problem:
            errand.future.set_exception(problem)

    def _look_at_disk(self, now: float) -> list[Event]:
        """Whether there is room, once a second: too little halts the core before the disk does.

        A farm whose journal another one has taken over ends here, even if it has nothing to write.
        """
        if now - self._looked < _LOOK:
            return []
        self._looked = now
        self._journal.holds()
        free = min(shutil.disk_usage(folder).free for folder in self._crew.folders)
        if free < self._reserve:
            self._problem = f"{free >> 20} MiB are free, {self._reserve >> 20} MiB must be"
            halted = self._crew.full(self._problem)
            return [] if self._state.halted else [events.Halted(halted, now)]
        if self._problem and not self._held:
            self._problem = ""
        return [events.Unhalted(now)] if self._state.halted else []

    def _save_now_and_then(self) -> None:
        many = self.figures.events - self._saved >= self._snapshot_events
        if many or self._unsaved_bytes >= _SNAPSHOT_BYTES:
            self.snapshot()

    def _save_when_quiet(self) -> None:
        """While nothing happens is the time to shorten the next start."""
        rested = time.monotonic() - self._saved_at > _LEISURE * self._saving
        if rested and self.figures.events - self._saved >= _QUIET_EVENTS:
            self.snapshot()

    def snapshot(self) -> None:
        """Keep the state as it is, so that a restart need not follow all events. Only for the loop's thread."""
        began = time.perf_counter()
        self._saved, self._unsaved_bytes = self.figures.events, 0
        try:
            deeds, last = self._books.take()
            self._unwritten += deeds
            if self._unwritten:
                self._journal.append((), self._unwritten)
                self._unwritten = []
                self._broadcast.flushed(last or self._seq)
            self._save(self._state, self._seq)
        except Fenced:
            raise
        except JournalTrouble as problem:
            self._problem = str(problem)
            self._journal.settled()
            return
        self._saved_at, self._saving = time.monotonic(), time.perf_counter() - began
        self.figures.snapshots += 1
        self.figures.snapshot_seconds += self._saving

    def _leave(self) -> None:
        """Write what is still to be written; what was asked meanwhile is refused."""
        self._refuse_all()
        if self.figures.events > self._saved or self._held or len(self._books):
            self._turn([])
            self.snapshot()

    def _refuse_all(self) -> None:
        while self._inbox:
            errand = self._inbox.popleft()
            if not errand.future.done():
                ending = self._ending.is_set() or self.failure is not None
                refusal = Refusal(503, "ending", "the farm is about to end", "ask again soon")
                errand.future.set_exception(refusal if ending else no_room(self.trouble))


__all__ = ["Figures", "Shop"]
