"""A simulated cluster: nodes, hosts, and a network that delays, loses, doubles and reorders what they say."""

from collections.abc import Callable
from random import Random

from duocast.farm.cluster.letters import Answer, Ask
from duocast.farm.cluster.orders import (
    Answered,
    Connected,
    Deliver,
    Dismiss,
    Hire,
    News,
    Nodes,
    Order,
    Unanswered,
    Unreachable,
)
from duocast.farm.cluster.placement import Node
from duocast.farm.simulation.agenda import Agenda
from duocast.farm.simulation.host import SimHost
from duocast.farm.simulation.lab import Lab

Listener = Callable[[News], None]


class Network:
    """How bad messages have it: the longest usual delay in seconds, and how likely one is lost or comes twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.delay = 0.02
        self.lost = 0.0
        self.twice = 0.0

    def copies(self) -> list[float]:
        """When a message arrives: never, once or twice, after so many seconds."""
        if self.random.random() < self.lost:
            return []
        count = 2 if self.random.random() < self.twice else 1
        return [self.random.uniform(0.001, self.delay) for _ in range(count)]


class SimCluster:
    """Nodes with hosts. One bridge at a time listens; it hears nothing while the head is down."""

    def __init__(self, nodes: int, agenda: Agenda, lab: Lab, random: Random) -> None:
        self.agenda = agenda
        self.network = Network(random)
        self.random = random
        self.hosts: dict[str, SimHost] = {}
        self.cut_off: set[str] = set()
        self.up = True
        self._lab = lab
        self._listener: Listener | None = None
        self._nodes: dict[str, Node] = {}
        self._count = 0
        for number in range(nodes):
            self.add_node(f"node-{number}")

    @property
    def nodes(self) -> list[Node]:
        """The nodes that live."""
        return list(self._nodes.values())

    def add_node(self, name: str) -> None:
        """A node joins, with two cards."""
        self._count += 1
        identity = f"{self._count:06x}"
        resources = {"GPU": 2.0, "CPU": 8.0}
        labels = {"card-memory": str(24 * 2**30)}
        self._nodes[identity] = Node(identity, name, f"machine-{name}", resources, labels)

    def kill_node(self, node: Node) -> None:
        """A node is gone with its hosts; another of its name comes after a while."""
        self._nodes.pop(node.id, None)
        for name, host in list(self.hosts.items()):
            if host.node == node.id:
                self.kill_host(name)
        self.agenda.after(self.random.uniform(5.0, 40.0), lambda: self.add_node(node.name))

    def kill_host(self, name: str) -> None:
        """A host is gone, with its worker and its outbox."""
        host = self.hosts.pop(name, None)
        if host is not None:
            host.alive = False

    def fall(self, seconds: float) -> None:
        """The head is down for a while; hosts go on meanwhile."""
        self.up = False
        self.agenda.after(seconds, self._stand_up)

    def connect(self, listener: Listener) -> None:
        """A bridge: it is told of what lives, then of the nodes every second. The one before it is gone."""
        self._listener = listener
        self.agenda.after(self.random.uniform(0.2, 1.0), lambda: self._connected(listener))

    def hang_up(self) -> None:
        """Nobody listens any more."""
        self._listener = None

    def order(self, order: Order) -> None:
        """What a bridge is told to do."""
        match order:
            case Hire() as hire:
                self._hire(hire)
            case Deliver(host, ask):
                self._deliver(host, ask)
            case Dismiss(host):
                self.agenda.after(0.01, lambda: self.kill_host(host))
            case _:
                pass

    def _stand_up(self) -> None:
        self.up = True

    def _connected(self, listener: Listener) -> None:
        if listener is not self._listener:
            return
        if not self.up:
            self.agenda.after(
                0.5, lambda: self._tell(listener, Unreachable("the head is down"), sure=True)
            )
            return
        listener(Connected("sim", tuple(sorted(self.hosts))))
        self._pulse(listener)

    def _pulse(self, listener: Listener) -> None:
        if listener is not self._listener:
            return None
        if not self.up:
            return listener(Unreachable("the head is down"))
        listener(Nodes(tuple(self.nodes)))
        self.agenda.after(1.0, lambda: self._pulse(listener))
        return None

    def _hire(self, hire: Hire) -> None:
        if self.up and hire.node_id in self._nodes and hire.contract.name not in self.hosts:
            host = SimHost(hire.contract, hire.node_id, self.agenda, self._lab, self.random)
            self.hosts[hire.contract.name] = host
            self.agenda.after(self.random.uniform(0.5, 3.0), host.rise)

    def _deliver(self, name: str, ask: Ask) -> None:
        listener = self._listener
        if listener is None:
            return
        copies = self.network.copies()
        if not copies:
            self._fail(listener, name, ask, dead=False)
        for delay in copies:
            self.agenda.after(delay, lambda: self._arrive(listener, name, ask))

    def _arrive(self, listener: Listener, name: str, ask: Ask) -> None:
        host = self.hosts.get(name)
        if host is None:
            self._fail(listener, name, ask, dead=True)
        elif host.node in self.cut_off or not self.up:
            self._fail(listener, name, ask, dead=False)
        else:
            host.exchange(ask, lambda answer: self._back(listener, name, answer))

    def _back(self, listener: Listener, name: str, answer: Answer) -> None:
        host = self.hosts.get(name)
        cut = host is not None and host.node in self.cut_off
        copies = [] if cut else self.network.copies()
        for delay in copies:
            self.agenda.after(delay, lambda: self._tell(listener, Answered(name, answer)))
        if not copies:
            self.agenda.after(
                2.0,
                lambda: self._tell(
                    listener, Unanswered(name, answer.number, "it is silent", False)
                ),
            )

    def _fail(self, listener: Listener, name: str, ask: Ask, *, dead: bool) -> None:
        reason = "its host is gone" if dead else "it is silent"
        delay = self.random.uniform(0.1, 2.0)
        self.agenda.after(
            delay, lambda: self._tell(listener, Unanswered(name, ask.number, reason, dead))
        )

    def _tell(self, listener: Listener, news: News, *, sure: bool = False) -> None:
        if listener is self._listener and (self.up or sure):
            listener(news)
