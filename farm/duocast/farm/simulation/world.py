"""A world: a farm on a simulated cluster, users who want films, and a seeded life of faults. Told by its number."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from msgspec.structs import replace

from duocast.compiler.graph import Operation
from duocast.farm.core import events
from duocast.farm.core.events import Event
from duocast.farm.core.job import FINAL, JobStatus
from duocast.farm.core.state import State
from duocast.farm.core.task import Status
from duocast.farm.daemon.errand import Decision, Errand
from duocast.farm.daemon.faults import JournalTrouble
from duocast.farm.simulation.agenda import Agenda
from duocast.farm.simulation.cluster import SimCluster
from duocast.farm.simulation.disk import Killed, SimDisk, Trouble
from duocast.farm.simulation.farm import SimFarm
from duocast.farm.simulation.lab import Lab
from duocast.farm.simulation.smallfilm import SmallFilm
from duocast.runtime.store.contents import Made
from duocast.runtime.store.disk import DiskStore

_MADE = Made(Operation.PLATE, "sim", "1", 0.0, 0)

_RETRIES = 5
LONGEST = 4 * 3600.0
"""Virtual seconds in which everything must have ended."""


@dataclass(slots=True)
class Order:
    """A film that a user wants, and what has been heard about it."""

    job: str
    user: str
    film: SmallFilm
    taken: bool = False
    cancelled: bool = False
    forgotten: bool = False
    errand: Errand | None = None


@dataclass(slots=True)
class Tally:
    """What happened in a world."""

    restarts: int = 0
    retries: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    events: int = 0


class World:
    """Build one, `run` it, and ask `laws` about it. Use it as a context: its folder goes at the end."""

    def __init__(self, seed: int, *, films: int = 3, shots: int = 3, nodes: int = 3) -> None:
        self.random = Random(seed)
        self.agenda = Agenda()
        self.folder = Path(tempfile.mkdtemp(prefix="world-", dir=_quick()))
        self.trouble = Trouble()
        self.wall = 1.7e9
        self.storage = Trouble()
        self.store = DiskStore(self.folder / "store", SimDisk(self.storage))
        self.damaged: set[str] = set()
        self.lab = Lab(self.store)
        self.cluster = SimCluster(nodes, self.agenda, self.lab, self.random)
        self.tally = Tally()
        self.farm: SimFarm | None = None
        content = b"a face"
        asset = self.store.commit_bytes("0" * 64, {"out": (".bin", content)}, _MADE).outputs["out"]
        self.asset = asset.digest
        self.store.keep("uploaded", [asset.digest])
        self.orders = [
            Order(
                f"job{n}",
                f"user{n % 2}",
                SmallFilm(shots, asset, content, self.random, f"{n // 2}"),
            )
            for n in range(films)
        ]

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, and remove its folder."""
        if self.farm is not None:
            self.farm.end()
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self) -> State:
        """Live until all films have ended; gives the last state. Raises `AssertionError` if that takes too long."""
        for order in self.orders:
            self._soon(self.random.uniform(0.0, 20.0), self._submitter(order))
        while True:
            farm = self.farm = self._started()
            try:
                while not self._over(farm.shop.state) or self._try_again(farm.shop.state):
                    farm.shop.turn()
                    if self.agenda.now > LONGEST:
                        raise AssertionError(
                            f"not ended after {LONGEST:.0f} s: {self._open(farm.shop.state)}"
                        )
            except (Killed, JournalTrouble):
                farm.end()
                self._rest()
                continue
            self.tally.seconds = self.agenda.now
            self.tally.events = farm.shop.seq
            return farm.shop.state

    def kill_farm(self) -> None:
        """farmd dies at this moment."""
        raise Killed

    def tell(self, *told: Event) -> None:
        """Somebody with a token does something to the farm."""
        if self.farm is not None:
            self.farm.ask(
                Errand(
                    lambda _state, now: Decision(
                        lambda _: None, tuple(replace(e, at=now) for e in told)
                    )
                )
            )

    def _started(self) -> SimFarm:
        while True:
            try:
                return SimFarm(
                    self.folder,
                    self.cluster,
                    self.store,
                    self.trouble,
                    lambda: self.wall + self.agenda.now,
                )
            except (Killed, JournalTrouble):
                self._rest()

    def _rest(self) -> None:
        """The time until farmd is back; the world goes on meanwhile."""
        self.tally.restarts += 1
        self.trouble.kill_at = 0
        until = self.agenda.now + self.random.uniform(0.5, 2.0)
        while True:
            try:
                if not self.agenda.go_on(until):
                    return
            except Killed:
                continue

    def _submitter(self, order: Order) -> Callable[[], None]:
        def submit() -> None:
            if order.taken and self.random.random() < 0.9:
                return
            if (
                order.errand is not None
                and order.errand.future.done()
                and not order.errand.future.exception()
            ):
                order.taken = True
            if self.farm is not None:
                order.errand = Errand(
                    lambda state, now: _submission(order, state, now), admits=True
                )
                self.farm.ask(order.errand)
            # A client that hears nothing asks again; one that was heard may do so, too.
            self._soon(self.random.uniform(1.0, 4.0), submit)

        return submit

    def _soon(self, seconds: float, deed: Callable[[], None]) -> None:
        self.agenda.after(seconds, deed)

    def _over(self, state: State) -> bool:
        return all(
            state.jobs[order.job].status in FINAL
            if order.job in state.jobs
            else order.forgotten and order.taken
            for order in self.orders
        ) and not any(worker.stopping for worker in state.workers.values())

    def _try_again(self, state: State) -> bool:
        """What can be made but was not, because of bad luck (two workers killed on one task), is tried again."""
        unlucky = [
            f"{order.job}/{spec.id}"
            for order in self.orders
            if order.job in state.jobs and state.jobs[order.job].status is JobStatus.FAILED
            for spec in order.film.specs
            if order.film.digest(spec.id) is not None
            and state.status(f"{order.job}/{spec.id}") is Status.FAILED
        ]
        if not unlucky or self.tally.retries >= _RETRIES:
            return False
        self.tally.retries += 1
        self.tell(events.Retried(tuple(unlucky), 0.0))
        return True

    def _open(self, state: State) -> list[str]:
        return [
            f"{state.name(task)} {state.shown[task]}"
            for task in state.rows
            if state.shown[task] in ("waiting", "ready", "running")
        ]


def _submission(order: Order, state: State, now: float) -> Decision:
    if order.job in state.jobs:
        return Decision(lambda _: order.job)
    submitted = events.Submitted(
        tuple(order.film.specs), now, job=order.job, user=order.user, name=order.job
    )
    return Decision(lambda _: order.job, (submitted,))


def _quick() -> Path | None:
    """A folder in memory, where the system has one."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None
