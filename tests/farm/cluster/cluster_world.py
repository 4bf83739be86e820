"""A cluster for the roster, without processes: nodes, hosts that answer, a clock."""

from dataclasses import replace
from itertools import count
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.farm.assignment import Assignment
from duocast.farm.cluster.letters import Answer, Contract
from duocast.farm.cluster.orders import Answered, Connected, Deliver, Dismiss, Hire, Nodes
from duocast.farm.cluster.outbox import Report
from duocast.farm.cluster.placement import Node, Slots
from duocast.farm.cluster.roster import Roster, Terms
from duocast.farm.core.events import Finished, WorkerDied, WorkerJoined
from duocast.farm.workshop import Factory

CONTRACT = Contract("", "", Factory("engines:workshop"), Path("store"), "0")


def node(number: int, cpus: float = 2, gpus: float = 0, **labels: str) -> Node:
    resources = {"CPU": cpus, **({"GPU": gpus} if gpus else {})}
    return Node(f"{number:06d}ff", "n", f"10.0.0.{number}", resources, labels)


def work(task: str = "t", attempt: int = 1) -> Assignment:
    return Assignment(task, attempt, "k" * 64, Operation.SPEAK, "hashing", {}, 2, {}, ("out",))


def joined(worker: str) -> WorkerJoined:
    return WorkerJoined(worker=worker, host="", at=0.0)


def finished(worker: str, task: str = "t") -> Finished:
    return Finished(worker=worker, task=task, attempt=1, key="k", outputs={}, seconds=1.0, at=0.0)


class World:
    """Plays the bridge: what was hired, what is asked, and answers to it."""

    def __init__(self, nodes=None, epoch: int = 1, slots: Slots | None = None) -> None:
        numbers = count(1)
        terms = Terms(CONTRACT, epoch, slots or Slots(cpus=1))
        self.roster = Roster(terms, (f"host-{n}" for n in numbers))
        self.nodes = tuple(nodes or (node(1),))
        self.now = 100.0
        self.contracts: dict[str, Contract] = {}
        self.asked: dict[str, Deliver] = {}
        self.dismissed: list[str] = []

    def connect(self, *hosts: str) -> None:
        self.roster.hear(Connected("a:1", hosts), self.now)
        self.look(*self.nodes)

    def look(self, *nodes: Node) -> None:
        self.nodes = nodes
        self.roster.hear(Nodes(nodes), self.now)

    def turn(self) -> list[object]:
        """What `poll` does: acknowledge, give orders, and hear what happened."""
        self.roster.acknowledge()
        self.order()
        return self.roster.events()

    def order(self) -> None:
        for order in self.roster.orders(self.now):
            match order:
                case Hire(contract):
                    self.contracts[contract.name] = contract
                case Deliver(host):
                    self.asked[host] = order
                case Dismiss(host):
                    self.dismissed.append(host)

    def answer(self, host: str, *events: object, worker: str | None = None, **more) -> None:
        ask = self.asked.pop(host).ask
        first = more.pop("first", ask.after + 1)
        reports = tuple(Report(n, 0.0, event) for n, event in enumerate(events, first))
        contract = self.contracts.get(host, replace(CONTRACT, name=host, node=self.nodes[0].label))
        said = f"{host}.1" if worker is None else worker
        given = {"epoch": ask.epoch, "contract": contract if ask.greet else None, **more}
        self.roster.hear(
            Answered(host, Answer(number=ask.number, reports=reports, worker=said, **given)),
            self.now,
        )

    def staffed(self) -> "World":
        """With every host hired and greeted, its worker joined."""
        self.connect()
        self.turn()
        for host in list(self.contracts):
            self.answer(host, joined(f"{host}.1"))
        self.turn()
        self.turn()
        return self


def deaths(events) -> dict[str, str]:
    return {event.worker: event.reason for event in events if isinstance(event, WorkerDied)}
