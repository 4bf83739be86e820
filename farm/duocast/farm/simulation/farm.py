"""One life of farmd in a simulation: the real loop, crew, journal and core; the clock, the store's thread and the
cluster are simulated."""

from collections.abc import Callable
from pathlib import Path

from duocast.farm.cluster.letters import Contract
from duocast.farm.cluster.roster import Rules, Terms
from duocast.farm.core import events, snapshot
from duocast.farm.core.events import Event
from duocast.farm.core.state import State
from duocast.farm.daemon.broadcast import Broadcast
from duocast.farm.daemon.clock import FarmClock
from duocast.farm.daemon.crew import Crew
from duocast.farm.daemon.errand import Errand
from duocast.farm.daemon.journal import Journal, Snapshot
from duocast.farm.daemon.librarian import Question
from duocast.farm.daemon.premises import recover
from duocast.farm.daemon.shop import Shop
from duocast.farm.simulation.agenda import Agenda
from duocast.farm.simulation.backend import SimBackend
from duocast.farm.simulation.cluster import SimCluster
from duocast.farm.simulation.disk import SimDisk, Trouble
from duocast.farm.simulation.smallfilm import INLINE
from duocast.farm.workshop import Factory
from duocast.runtime.store.disk import DiskStore

SNAPSHOT_EVENTS = 60
"""Events between two snapshots: few, so that restarts use them."""
_RULES = Rules(wait=5.0, silence=30.0, birth=20.0, rest=1.0, longest_rest=20.0)


class SimLibrarian:
    """Asks the store beside the loop, a moment later."""

    def __init__(
        self, agenda: Agenda, store: DiskStore, tell: Callable[[list[Event]], None]
    ) -> None:
        self._agenda = agenda
        self._store = store
        self._tell = tell
        self.gone = False

    def ask(self, question: Question) -> None:
        """Have something asked."""
        self._agenda.after(0.002, lambda: self._answer(question))

    def _answer(self, question: Question) -> None:
        answer = None if self.gone else question(self._store)
        if answer is not None:
            self._tell([answer])


class SimPause:
    """What the loop waits with: virtual time goes on."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda

    def is_set(self) -> bool:
        """It never ends by itself."""
        return False

    def wait(self, seconds: float) -> bool:
        """Let time pass."""
        until = self._agenda.now + seconds
        while self._agenda.go_on(until):
            pass
        return False


class SimShop(Shop):
    """The loop, a turn at a time, in the simulation's own thread."""

    free: Callable[[], bool]

    @property
    def state(self) -> State:
        """The core's state."""
        return self._state

    def begin(self, agenda: Agenda, free: Callable[[], bool]) -> None:
        """Repeat what may not have been heard, as the loop does first."""
        self.free = free
        self._ending = SimPause(agenda)  # type: ignore[assignment]  # the part of an Event that the loop uses
        self._crew.repeat(self._state)

    def wakes_in(self) -> float:
        """Seconds until the core wants a tick."""
        return max(0.0, self._due(self._clock.now()))

    def turn(self) -> None:
        """One turn of the loop."""
        self._turn(self._gather())

    def _save_when_quiet(self) -> None:
        """Never: how long a snapshot took is no simulated time."""

    def _look_at_disk(self, now: float) -> list[Event]:
        if not self.free():
            self._problem = "the simulated disk is full"
            return [] if self._state.halted else [events.Halted(self._crew.full(self.trouble), now)]
        if self._problem and not self._held:
            self._problem = ""
        return [events.Unhalted(now)] if self._state.halted else []


class SimFarm:
    """A daemon from its start until it is killed. May raise `Killed` and `JournalTrouble` at any step."""

    def __init__(
        self,
        folder: Path,
        cluster: SimCluster,
        store: DiskStore,
        trouble: Trouble,
        wall: Callable[[], float],
    ) -> None:
        agenda = cluster.agenda
        self.journal = Journal(folder, SimDisk(trouble))
        recovered = recover(self.journal)
        epoch = self.journal.begin()
        self._librarian = SimLibrarian(agenda, store, self._answer)
        contract = Contract("", "", Factory("sim:sim"), store.root, "1")
        self._backend = SimBackend(
            cluster, Terms(contract, epoch, rules=_RULES), lambda: self.shop.wakes_in()
        )
        inlines = {(INLINE.operation, INLINE.name): INLINE}
        crew = Crew(lambda: self._backend, self._librarian, inlines, (folder,))  # type: ignore[arg-type]
        self.shop = SimShop(
            recovered.state,
            self.journal,
            FarmClock(recovered.at, lambda: agenda.now, wall),
            crew,
            Broadcast(lambda *_: [], self.journal.last()),
            reserve=0,
            save=lambda state, seq: self.journal.save(Snapshot(seq, snapshot.encode(state))),
            snapshot_events=SNAPSHOT_EVENTS,
        )
        first = [*crew.open(recovered.state), events.Tick(recovered.at)]
        self.shop.adopt(first, recovered.told, recovered.standings)
        self.shop.begin(agenda, lambda: not trouble.full)

    def ask(self, errand: Errand) -> None:
        """Somebody asks something; the answer is in the errand's future."""
        self.shop.ask(errand)

    def end(self) -> None:
        """The process is gone: nobody hears its answers, its files are closed."""
        self._librarian.gone = True
        self._backend.close()
        self.journal.close()

    def _answer(self, heard: list[Event]) -> None:
        self.shop.answer(heard)
