"""A host: keeps one worker with warm engines on its node, and tells what happens until it has been heard.

On a cluster it is a detached actor, one for each graphics card or processor slot. Nothing restarts it: what it had in
its outbox and on its card is gone with it, so a new host is hired under a new name, and farmd alone decides what is
tried again. The worker is a child of its own (LocalPool): an engine that crashes, hangs or eats memory takes the worker
and not the host, and whatever ends the host, kill -9 too, ends the worker and all that it started.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from importlib.metadata import version

from msgspec import structs

from duocast.farm.assignment import Assignment
from duocast.farm.cluster import card
from duocast.farm.cluster.desks import desk
from duocast.farm.cluster.letters import Answer, Ask, Contract
from duocast.farm.cluster.outbox import Outbox
from duocast.farm.core.events import Event, Failed, Finished, Lost, WorkerDied, WorkerJoined
from duocast.farm.local import LocalPool
from duocast.runtime.engine import EngineError
from duocast.runtime.store.outpost import Outpost

_LOOK_UP = 5.0
"""Seconds after which the host looks whether anybody still asks."""


class EngineHost:
    """Answers `exchange`; everything else happens in a thread of its own, which `ended` is called in at the end."""

    def __init__(self, contract: Contract, ended: Callable[[], None] = lambda: None) -> None:
        self._contract = contract
        self._ended = ended
        self._change = threading.Condition()
        self._outbox = Outbox()
        self._given: dict[tuple[str, int], str] = {}
        self._work: deque[tuple[str, Assignment]] = deque()
        self._stops: deque[str] = deque()
        self._pool: LocalPool | None = None
        self._worker = ""
        self._running: tuple[str, int] | None = None
        self._broken = ""
        self._closing = False
        self._epoch = self._number = 0
        self._turn = 0
        self._asked = time.monotonic()
        self._memory = contract.memory
        self._thread = threading.Thread(target=self._live, name="host", daemon=True)
        self._thread.start()

    def exchange(self, ask: Ask) -> Answer:
        """Do what is asked, and give the news; waits for some as long as the ask allows."""
        with self._change:
            if (ask.epoch, ask.number) <= (self._epoch, self._number):
                return self._answer(ask)
            self._take(ask)
            turn, deadline = self._turn, time.monotonic() + ask.wait
            while turn == self._turn and not self._broken and not self._closing:
                now = time.monotonic()
                patience = self._outbox.patience(now)
                if patience == 0.0 or now >= deadline:
                    break
                self._change.wait(min(deadline - now, patience or deadline - now))
            self._asked = time.monotonic()
            return self._answer(ask, self._outbox if turn == self._turn else None)

    def close(self) -> None:
        """End the worker, and the thread."""
        self._closing = True
        self._wake()
        self._thread.join()

    def _take(self, ask: Ask) -> None:
        self._epoch, self._number = ask.epoch, ask.number
        self._turn += 1
        self._asked = time.monotonic()
        for event in self._outbox.acknowledge(ask.after):
            self._forget(event)
        for worker, work in ask.work:
            at = (work.task, work.attempt)
            if at not in self._given:
                self._given[at] = worker
                self._work.append((worker, work))
        self._stops.extend(ask.stop)
        self._change.notify_all()
        if ask.work or ask.stop:
            self._wake()

    def _forget(self, event: Event) -> None:
        """Attempts whose end farmd has kept are not given again; until then they are known when they come twice."""
        match event:
            case Finished() | Failed() | Lost():
                self._given.pop((event.task, event.attempt), None)
            case WorkerDied(worker=dead):
                self._given = {at: to for at, to in self._given.items() if to != dead}

    def _answer(self, ask: Ask, outbox: Outbox | None = None) -> Answer:
        return Answer(
            number=ask.number,
            epoch=self._epoch,
            contract=self._contract if ask.greet else None,
            reports=() if outbox is None else outbox.letter(),
            worker=self._worker,
            running=self._running,
            broken=self._broken,
            memory=self._memory,
        )

    def _wake(self) -> None:
        if self._pool is not None:
            self._pool.interrupt()

    def _live(self) -> None:
        """The thread: owns the store and the pool, until nobody asks any more."""
        try:
            self._serve()
        except Exception as problem:
            words = problem.message if isinstance(problem, EngineError) else str(problem)
            with self._change:
                self._broken = words or type(problem).__name__
                self._change.notify_all()
            self._stay_broken()
        self._ended()

    def _serve(self) -> None:
        sys.path.extend(each for each in self._contract.path if each not in sys.path)
        if self._contract.gpu and not self._memory:
            self._memory = card.memory()
        here = version("duocast")
        if here != self._contract.version:
            raise RuntimeError(
                f"duocast {here} is installed here, the farm has {self._contract.version}"
            )
        if not (self._contract.store / "store.sqlite").is_file():
            raise FileNotFoundError(f"the farm's store is not at {self._contract.store} here")
        called = desk(self._contract.farm, self._contract.name)
        with (
            Outpost(self._contract.store) as store,
            LocalPool(store, self._contract.factory, 1, called=called) as pool,
        ):
            self._pool = pool
            self._hear(pool.open())
            while not self._closing and not self._deserted():
                self._order(pool)
                self._hear(pool.poll(_LOOK_UP))
            self._pool = None

    def _stay_broken(self) -> None:
        """Wait for somebody to hear of it."""
        while not self._closing and not self._deserted():
            time.sleep(0.05)

    def _deserted(self) -> bool:
        return time.monotonic() - self._asked > self._contract.patience

    def _order(self, pool: LocalPool) -> None:
        with self._change:
            work, stops = list(self._work), list(self._stops)
            self._work.clear()
            self._stops.clear()
        for worker in stops:
            if worker == self._worker:
                pool.stop(_inside(worker))
        for worker, each in work:
            # A worker that has died meanwhile is in the outbox: who gave it work will hear so.
            if worker == self._worker and worker not in stops:
                self._running = (each.task, each.attempt)
                pool.run(_inside(worker), each)

    def _hear(self, events: list[Event]) -> None:
        if not events:
            return
        now = time.monotonic()
        with self._change:
            for event in events:
                self._note(event, now)
            self._change.notify_all()

    def _note(self, event: Event, now: float) -> None:
        """Keep an event for the outbox under the name that the worker has outside."""
        name = self._worker
        match event:
            case WorkerJoined(worker=inside):
                name = self._worker = f"{self._contract.name}.{inside.rpartition('-')[2]}"
            case WorkerDied():
                self._worker, self._running = "", None
            case Finished() | Failed() | Lost():
                self._running = None
        self._outbox.add(structs.replace(event, worker=name), now)


def _inside(worker: str) -> str:
    """What the pool calls a worker."""
    return f"worker-{worker.rpartition('.')[2]}"
