"""The roster: every host that farmd knows of, what was heard of it, and what should be said to it. Pure.

It has no clock, socket or process: times come in, orders and events come out. That a host is dead is decided by
silence on the monotonic clock while the cluster itself answers, never by how long a task takes.
"""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from msgspec import structs

from duocast.farm.assignment import Assignment
from duocast.farm.cluster.letters import Answer, Ask, Contract, keeper
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
)
from duocast.farm.cluster.placement import (
    Bundle,
    Node,
    Slots,
    card_memory,
    labels,
    vacancies,
)
from duocast.farm.core.events import Event, WorkerDied, WorkerJoined


@dataclass(frozen=True, slots=True)
class Rules:
    """How patient farmd is, in seconds.

    A host takes `wait` to answer when it has no news, is dead after `silence`, and must have begun within `birth`. A
    node whose hosts break is left alone for `rest`, doubled each time up to `longest_rest`. A host that gave no answer
    is asked again after `again`.
    """

    wait: float = 5.0
    silence: float = 30.0
    birth: float = 120.0
    rest: float = 2.0
    longest_rest: float = 300.0
    again: float = 0.5


@dataclass(slots=True)
class _Host:
    """A host as farmd sees it. `asked` is the number of the ask that is on its way, 0 for none.

    Of its reports, those up to `seen` were read, up to `told` given to farmd, up to `after` kept safe by farmd. `work`
    and `stops` have the number of the ask that carried them first, 0 before; `fresh`: some have not been carried yet.
    """

    name: str
    node_id: str
    since: float
    heard: float
    greeted: bool = False
    worker: str = ""
    running: tuple[str, int] | None = None
    number: int = 0
    asked: int = 0
    after: int = 0
    told: int = 0
    seen: int = 0
    not_before: float = 0.0
    work: list[tuple[str, Assignment, int]] = field(default_factory=list)
    stops: list[tuple[str, int]] = field(default_factory=list)
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What all hosts of a farm are hired with: the contract but for the host's own lines."""

    contract: Contract
    epoch: int
    slots: Slots = field(default_factory=Slots)
    rules: Rules = field(default_factory=Rules)


class Roster:
    """Take news with `hear`, and calls of the scheduler; then `orders` says what to do, and `events` what happened."""

    def __init__(self, terms: Terms, names: Iterable[str]) -> None:
        self._terms = terms
        self._rules = terms.rules
        self._names = iter(names)
        self._hosts: dict[str, _Host] = {}
        self._nodes: dict[str, Node] = {}
        self._events: deque[Event] = deque()
        self._orders: deque[Order] = deque()
        self._expected: dict[str, list[Assignment]] = {}
        self._unwanted: set[str] = set()
        self._adopting: set[str] | None = None
        self.settled = False
        """Who lives on the cluster is known."""
        self.buried = 0
        """Hosts that were given up so far."""
        self._looked = False
        self._now = 0.0
        self._connected: float | None = None
        self._closed: set[str] = set()
        self._resting: dict[str, tuple[float, int]] = {}
        self.superseded = False
        """A newer farmd runs this farm: nothing is done any more."""

    @property
    def hosts(self) -> dict[str, str]:
        """The node of every host."""
        return {host.name: self._label(host.node_id) for host in self._hosts.values()}

    @property
    def starting(self) -> bool:
        """Whether nobody can work yet, but hosts have been hired, or the nodes are not known yet."""
        waiting = bool(self._hosts) or not self._looked
        return waiting and not any(host.greeted for host in self._hosts.values())

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that live."""
        return tuple(sorted(self._nodes.values(), key=lambda node: node.label))

    def running(self) -> dict[str, tuple[str, int]]:
        """The task and the attempt that each busy worker has on its hands."""
        return {h.worker: h.running for h in self._hosts.values() if h.worker and h.running}

    def expect(self, workers: Iterable[str]) -> None:
        """The scheduler remembers these from before: whoever is not found on the cluster is told dead."""
        for worker in workers:
            self._expected.setdefault(worker, [])

    def run(self, worker: str, work: Assignment) -> None:
        """Give a worker its assignment, now or as soon as its host is found."""
        host = self._hosts.get(keeper(worker))
        if host is not None and host.greeted:
            host.work.append((worker, work, 0))
            host.running = (work.task, work.attempt)
            host.fresh = True
        elif host is None and self.settled:
            self._events.append(WorkerDied(worker, "its host is gone", self._now, False))
        else:
            self._expected.setdefault(worker, []).append(work)

    def stop(self, worker: str) -> None:
        """Have a worker killed, now or as soon as its host is found."""
        host = self._hosts.get(keeper(worker))
        if host is not None and host.greeted:
            host.stops.append((worker, 0))
            host.fresh = True
        elif host is not None or not self.settled:
            self._unwanted.add(worker)

    def close(self, node: str) -> None:
        """The node (by its label) is drained: its hosts end when they are idle, and nobody is hired on it."""
        self._closed.add(node)

    def reopen(self, node: str) -> None:
        """The node is used again."""
        self._closed.discard(node)

    def disconnected(self) -> None:
        """The cluster can't be asked: nothing is known of anybody, and no silence counts, until it can again."""
        self._connected = None
        self._looked = False
        for host in self._hosts.values():
            host.asked = 0
            host.not_before = 0.0

    def hear(self, news: News, now: float) -> None:
        """What the bridge tells."""
        self._now = now
        match news:
            case Connected(_, hosts):
                self._reached(hosts, now)
            case Nodes(nodes):
                self._look(nodes, now)
            case Answered(host, answer) if host in self._hosts:
                self._answered(self._hosts[host], answer, now)
            case Unanswered(host, number, reason, dead) if host in self._hosts:
                self._unanswered(self._hosts[host], number, reason, dead, now)

    def acknowledge(self) -> None:
        """Everything that `events` has given so far is kept safe: hosts may forget it."""
        for host in self._hosts.values():
            host.after = host.told

    def events(self) -> list[Event]:
        """What happened since this was last asked."""
        for host in self._hosts.values():
            host.told = host.seen
        told = list(self._events)
        self._events.clear()
        return told

    def orders(self, now: float) -> list[Order]:
        """What to do now."""
        self._now = now
        if self._connected is None or not self._looked or self.superseded:
            return []
        self._bury_silent(now)
        self._dismiss_drained(now)
        self._hire(now)
        for host in self._hosts.values():
            if self._may_ask(host, now):
                self._orders.append(Deliver(host.name, self._ask(host)))
        told = list(self._orders)
        self._orders.clear()
        return told

    def _reached(self, hosts: Collection[str], now: float) -> None:
        self._connected = now
        for host in list(self._hosts.values()):
            if host.name not in hosts and host.greeted:
                self._bury(host, "its host is gone", now)
        for name in hosts:
            if name not in self._hosts:
                self._hosts[name] = _Host(name, "", now, now)
        self._adopting = set(hosts)
        self._settle_adoption(now)

    def _look(self, nodes: Collection[Node], now: float) -> None:
        self._looked = True
        self._nodes = {node.id: node for node in nodes}
        for host in list(self._hosts.values()):
            if host.node_id and host.node_id not in self._nodes:
                self._bury(host, "its node is gone", now)

    def _answered(self, host: _Host, answer: Answer, now: float) -> None:
        host.heard = now
        if answer.number != host.asked:
            return None
        host.asked = 0
        if answer.epoch != self._terms.epoch:
            self.superseded = True
            return None
        if answer.broken:
            self._rest(host.node_id, now)
            return self._bury(host, f"it can't work: {answer.broken}", now)
        host.work = [each for each in host.work if not 0 < each[2] <= answer.number]
        host.stops = [each for each in host.stops if not 0 < each[1] <= answer.number]
        self._greet(host, answer, now)
        for report in answer.reports:
            if report.number > host.seen or report.number == 0:
                self._events.append(self._told(host, report.event, answer, now))
                host.seen = max(host.seen, report.number)
        self._know(host, answer, now)
        return None

    def _greet(self, host: _Host, answer: Answer, now: float) -> None:
        """The first answer of a host: where it is, and what was meant for it."""
        if answer.contract is not None:
            host.node_id = host.node_id or self._node_id(answer.contract.node)
        if host.greeted or not answer.worker:
            return
        host.greeted = True
        self._resting.pop(host.node_id, None)
        for worker in [worker for worker in self._expected if keeper(worker) == host.name]:
            host.work += [(worker, work, 0) for work in self._expected.pop(worker)]
            died = any(
                isinstance(r.event, WorkerDied) and r.event.worker == worker for r in answer.reports
            )
            if worker != answer.worker and not died:
                self._events.append(WorkerDied(worker, "its host has another worker", now, False))
        host.stops += [(worker, 0) for worker in self._unwanted if keeper(worker) == host.name]
        self._unwanted = {worker for worker in self._unwanted if keeper(worker) != host.name}
        host.fresh = bool(host.work or host.stops)
        self._settle_adoption(now)

    def _know(self, host: _Host, answer: Answer, now: float) -> None:
        """The host's worker and what it does; one that was not told yet joins."""
        told = any(
            isinstance(r.event, WorkerJoined) and r.event.worker == answer.worker
            for r in answer.reports
        )
        if answer.worker and answer.worker != host.worker and not told:
            joined = WorkerJoined(worker=answer.worker, host="", at=now)
            self._events.append(self._told(host, joined, answer, now))
        host.worker = answer.worker
        if not host.work:
            host.running = answer.running

    def _told(self, host: _Host, event: Event, answer: Answer, now: float) -> Event:
        """A host's report as farmd's scheduler hears it: by farmd's clock, and with what is known of the node."""
        if not isinstance(event, WorkerJoined):
            return structs.replace(event, at=now)
        node = self._nodes.get(host.node_id)
        return WorkerJoined(
            worker=event.worker,
            host=node.machine if node else host.name,
            at=now,
            node=self._label(host.node_id),
            labels=labels(node) if node else (),
            gpu=1.0 if node and node.resources.get(self._terms.slots.accelerator) else 0.0,
            memory=answer.memory or (card_memory(node) if node else 0),
        )

    def _unanswered(self, host: _Host, number: int, reason: str, dead: bool, now: float) -> None:
        if number != host.asked:
            return
        host.asked = 0
        host.not_before = now + self._rules.again
        if dead:
            if not host.greeted:
                self._rest(host.node_id, now)
            self._bury(host, reason, now)

    def _bury(self, host: _Host, reason: str, now: float) -> None:
        """A host is gone, or has to go: its worker is dead, and so is whoever was expected of it."""
        del self._hosts[host.name]
        self.buried += 1
        self._orders.append(Dismiss(host.name))
        workers = {w for w in self._expected if keeper(w) == host.name} | ({host.worker} - {""})
        for worker in sorted(workers):
            self._expected.pop(worker, None)
            self._events.append(WorkerDied(worker, reason, now, False))
        self._settle_adoption(now)

    def _settle_adoption(self, now: float) -> None:
        """Once every host that was found has answered or died, those whose host was not found are dead."""
        if self._adopting is None:
            return
        self._adopting = {
            n for n in self._adopting if n in self._hosts and not self._hosts[n].greeted
        }
        if self._adopting:
            return
        self._adopting = None
        self.settled = True
        for worker in [w for w in self._expected if keeper(w) not in self._hosts]:
            del self._expected[worker]
            self._events.append(WorkerDied(worker, "its host is gone", now, False))

    def _bury_silent(self, now: float) -> None:
        reached = self._connected if self._connected is not None else now
        for host in list(self._hosts.values()):
            patience = self._rules.silence if host.greeted else self._rules.birth
            if now - max(host.heard, reached) > patience:
                self._rest(host.node_id, now)
                self._bury(host, f"nothing was heard of it for {patience:.0f} s", now)

    def _dismiss_drained(self, now: float) -> None:
        if not self._closed:
            return
        for host in list(self._hosts.values()):
            idle = host.greeted and host.running is None and not host.work
            if idle and self._label(host.node_id) in self._closed:
                self._bury(host, "its node is drained", now)

    def _hire(self, now: float) -> None:
        if self._adopting is not None:
            return
        counts: dict[str, int] = {}
        for host in self._hosts.values():
            counts[host.node_id] = counts.get(host.node_id, 0) + 1
        closed = {node.id for node in self._nodes.values() if node.label in self._closed}
        closed |= {node for node, (until, _) in self._resting.items() if now < until}
        for node, bundle in vacancies(
            list(self._nodes.values()), counts, self._terms.slots, closed
        ):
            self._hire_on(node, bundle, now)

    def _hire_on(self, node: Node, bundle: Bundle, now: float) -> None:
        name = next(self._names)
        contract = replace(
            self._terms.contract,
            name=name,
            node=node.label,
            labels=labels(node),
            gpu=bundle.get(self._terms.slots.accelerator, 0.0),
            memory=card_memory(node),
        )
        self._hosts[name] = _Host(name, node.id, now, now)
        self._orders.append(Hire(contract, node.id, bundle))

    def _may_ask(self, host: _Host, now: float) -> bool:
        if now < host.not_before:
            return False
        return host.fresh or (host.asked == 0 and host.after == host.seen)

    def _ask(self, host: _Host) -> Ask:
        host.number += 1
        host.asked = host.number
        host.fresh = False
        host.work = [(to, work, sent or host.number) for to, work, sent in host.work]
        host.stops = [(worker, sent or host.number) for worker, sent in host.stops]
        return Ask(
            epoch=self._terms.epoch,
            number=host.number,
            after=host.after,
            work=tuple((to, work) for to, work, _ in host.work),
            stop=tuple(worker for worker, _ in host.stops),
            wait=self._rules.wait if host.greeted else 0.5,
            greet=not host.greeted,
        )

    def _rest(self, node_id: str, now: float) -> None:
        _, times = self._resting.get(node_id, (0.0, 0))
        rest = min(self._rules.rest * 2 ** min(times, 20), self._rules.longest_rest)
        self._resting[node_id] = (now + rest, times + 1)

    def _node_id(self, label: str) -> str:
        return next((node.id for node in self._nodes.values() if node.label == label), "")

    def _label(self, node_id: str) -> str:
        node = self._nodes.get(node_id)
        return node.label if node else ""
