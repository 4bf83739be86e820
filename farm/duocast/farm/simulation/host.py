"""A simulated host: answers as `cluster.host.EngineHost` does, with its outbox, on virtual time."""

from collections.abc import Callable
from random import Random

from duocast.farm.assignment import Assignment
from duocast.farm.cluster.letters import Answer, Ask, Contract
from duocast.farm.cluster.outbox import Outbox
from duocast.farm.core import events
from duocast.farm.core.events import Event
from duocast.farm.core.task import Failure
from duocast.farm.simulation.agenda import Agenda
from duocast.farm.simulation.disk import Killed
from duocast.farm.simulation.lab import Death, Lab
from duocast.runtime.engine import EngineError
from duocast.runtime.store.faults import DamagedObject, is_full, no_room

Reply = Callable[[Answer], None]
_RISE = 0.4
"""Seconds until a worker that died is replaced."""


class SimHost:
    """One worker at a time on one card. `alive` is False once the host is gone, with all that it had to tell."""

    def __init__(
        self, contract: Contract, node: str, agenda: Agenda, lab: Lab, random: Random
    ) -> None:
        self.contract = contract
        self.node = node
        self.alive = True
        self._agenda = agenda
        self._lab = lab
        self._random = random
        self._outbox = Outbox()
        self._given: set[tuple[str, int]] = set()
        self._epoch = 0
        self._turn = 0
        self._life = 0
        self._worker = ""
        self._running: Assignment | None = None
        self._parked: tuple[Ask, Reply, int] | None = None

    @property
    def busy(self) -> bool:
        """Whether it works."""
        return self._running is not None

    def exchange(self, ask: Ask, reply: Reply) -> None:
        """Take an ask; the answer comes at once if there is news, and else when there is, or the wait is over."""
        if ask.epoch < self._epoch:
            return reply(self._answer(ask, told=False))
        self._take(ask)
        self._park(ask, reply)
        return None

    def kill_worker(self, reason: str = "it was killed by SIGKILL") -> None:
        """The worker's process ends, and whatever it did with it."""
        if not self._worker:
            return
        gone, self._worker, self._running = self._worker, "", None
        self._life += 1
        self._tell(events.WorkerDied(gone, reason, self._agenda.now))
        self._agenda.after(_RISE, self.rise)

    def rise(self) -> None:
        """The worker has started."""
        if self.alive and not self._worker:
            self._life += 1
            self._worker = f"{self.contract.name}.{self._life}"
            self._tell(events.WorkerJoined(self._worker, "", self._agenda.now))

    def _take(self, ask: Ask) -> None:
        self._epoch = ask.epoch
        self._turn += 1
        self._outbox.acknowledge(ask.after)
        if self._parked is not None:
            asked, reply, _ = self._parked
            self._parked = None
            reply(self._answer(asked, told=False))
        for worker in ask.stop:
            if worker == self._worker:
                self.kill_worker("it was stopped")
        for worker, work in ask.work:
            at = (work.task, work.attempt)
            if at not in self._given:
                self._given.add(at)
                if worker == self._worker:
                    self._begin(work)

    def _park(self, ask: Ask, reply: Reply) -> None:
        turn = self._turn
        self._parked = (ask, reply, turn)
        self._agenda.after(ask.wait, lambda: self._unpark(turn))
        self._look()

    def _look(self) -> None:
        """Answer if something is waited for; else come back when what lingers is due."""
        if self._parked is None:
            return
        turn = self._parked[2]
        patience = self._outbox.patience(self._agenda.now)
        if patience == 0.0:
            self._unpark(turn)
        elif patience is not None:
            self._agenda.after(patience, lambda: self._unpark(turn))

    def _unpark(self, turn: int) -> None:
        if self.alive and self._parked is not None and self._parked[2] == turn:
            ask, reply, _ = self._parked
            self._parked = None
            reply(self._answer(ask, told=True))

    def _answer(self, ask: Ask, *, told: bool) -> Answer:
        running = None if self._running is None else (self._running.task, self._running.attempt)
        return Answer(
            number=ask.number,
            epoch=self._epoch,
            contract=self.contract if ask.greet else None,
            reports=self._outbox.letter() if told else (),
            worker=self._worker,
            running=running,
            memory=self.contract.memory,
        )

    def _tell(self, event: Event) -> None:
        self._outbox.add(event, self._agenda.now)
        self._look()

    def _begin(self, work: Assignment) -> None:
        self._running = work
        life, began = self._life, self._agenda.now
        self._tell(events.Started(self._worker, work.task, work.attempt, work.key, began))
        seconds = float(work.params.get("seconds", 1.0)) * self._random.uniform(0.7, 1.4)
        done = self._lab.begin(work)
        if done is not None:
            return self._end(
                work,
                events.Finished(self._worker, work.task, work.attempt, work.key, done, 0.0, began),
            )
        self._agenda.after(seconds, lambda: self._finish(work, life, seconds))
        return None

    def _finish(self, work: Assignment, life: int, seconds: float) -> None:
        if not self.alive or self._life != life:
            return
        try:
            self._end(work, self._made(work, seconds))
        except (Death, Killed):
            self.kill_worker("it was killed by SIGSEGV")

    def _made(self, work: Assignment, seconds: float) -> Event:
        now, worker = self._agenda.now, self._worker
        try:
            outputs = self._lab.make(work, seconds)
        except DamagedObject as problem:
            return events.Lost(worker, work.task, work.attempt, work.key, problem.digest, now)
        except EngineError as problem:
            return events.Failed(
                worker, work.task, work.attempt, work.key, Failure.of(problem), now
            )
        except OSError as problem:
            if not is_full(problem):
                raise
            failure = Failure.of(no_room("the store's folder"))
            return events.Failed(worker, work.task, work.attempt, work.key, failure, now)
        return events.Finished(worker, work.task, work.attempt, work.key, outputs, seconds, now)

    def _end(self, work: Assignment, event: Event) -> None:
        if self._running is work:
            self._running = None
        self._tell(event)
