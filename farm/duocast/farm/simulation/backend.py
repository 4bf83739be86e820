"""The simulated backend: the roster of the Ray backend over a simulated cluster. Listening is where time passes."""

from collections.abc import Callable, Iterable, Iterator

from duocast.farm.assignment import Assignment
from duocast.farm.cluster.orders import News, Unreachable
from duocast.farm.cluster.roster import Roster, Terms
from duocast.farm.core.events import Event
from duocast.farm.simulation.cluster import SimCluster


class SimBackend:
    """Workers of a simulated cluster, for one life of farmd."""

    def __init__(
        self, cluster: SimCluster, terms: Terms, due: Callable[[], float] = lambda: float("inf")
    ) -> None:
        self._due = due
        self._cluster = cluster
        self._agenda = cluster.agenda
        self._roster = Roster(terms, _names(terms.epoch))
        self._news: list[News] = []
        self._connected = False
        self._next = 0.0
        self._rung = False

    def open(self) -> list[Event]:
        """Begin to reach the cluster."""
        return []

    def adopt(self, workers: Iterable[str]) -> None:
        """What a restarted farmd remembers."""
        self._roster.expect(workers)

    def run(self, worker: str, work: Assignment) -> None:
        """Give a worker its assignment."""
        self._roster.run(worker, work)

    def stop(self, worker: str) -> None:
        """Kill a worker."""
        self._roster.stop(worker)

    def drain(self, node: str) -> None:
        """Hire nobody on a node any more."""
        self._roster.close(node)

    def undrain(self, node: str) -> None:
        """Use the node again."""
        self._roster.reopen(node)

    def poll(self, seconds: float | None) -> list[Event]:
        """The world goes on until something has happened in it; of waiting, only what the loop is woken for counts."""
        self._roster.acknowledge()
        until = self._agenda.now + (
            min(1.0, max(1e-6, self._due())) if seconds is None or seconds > 0.0 else 0.0
        )
        while True:
            if not self._connected and self._agenda.now >= self._next:
                self._connected = True
                self._cluster.connect(self._news.append)
            for order in self._roster.orders(self._agenda.now):
                self._cluster.order(order)
            more = self._agenda.go_on(until)
            self._hear()
            told = self._roster.events()
            if told or not more or self._rung:
                self._rung = False
                return told

    def interrupt(self) -> None:
        """Let `poll` return."""
        self._rung = True

    def close(self) -> None:
        """Go without ending anything: the next farmd finds the hosts at work."""
        self._cluster.hang_up()

    def _hear(self) -> None:
        news, self._news[:] = list(self._news), []
        for each in news:
            if isinstance(each, Unreachable):
                self._connected, self._next = False, self._agenda.now + 1.0
                self._roster.disconnected()
            else:
                self._roster.hear(each, self._agenda.now)


def _names(epoch: int) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"host-{epoch}-{number}"
