"""A simulated farm: a store that is a dict, workers that are a list of due events, and a clock that jumps."""

import hashlib
import heapq
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from duocast.compiler.graph import Operation
from duocast.farm.core import commands as said
from duocast.farm.core import events, invariants
from duocast.farm.core.events import Event
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import Done, Failure, From, Given, Reused, Spec
from duocast.runtime.engine import FailureClass
from duocast.runtime.store.contents import Blob


@dataclass(frozen=True)
class Faults:
    """How likely each thing is, for each attempt (or each message)."""

    transient: float = 0.0
    resource: float = 0.0
    invalid: float = 0.0
    death: float = 0.0
    death_after_commit: float = 0.0
    damage: float = 0.0
    duplicate: float = 0.0
    full: float = 0.0
    short: float = 0.0


def blob(*content: object) -> Blob:
    return Blob(hashlib.sha256(repr(content).encode()).hexdigest(), ".bin", 1)


def spec(id_: str, after: Sequence[str] = (), **changes) -> Spec:
    inputs = {f"in.{n}": From(n, "out") for n in after} | changes.pop("inputs", {})
    defaults = {
        "operation": Operation.SPEAK,
        "engine": "e",
        "version": "1",
        "params": {"text": id_},
    }
    return Spec(id=id_, inputs=inputs, expects=("out",), **(defaults | changes))


LOCAL = Options()


@dataclass
class Farm:
    """Carries out commands and checks every one of them; `history` holds all events."""

    hosts: Sequence[str] = ("h", "h")
    faults: Faults = Faults()
    seed: int = 0
    store: dict[str, Blob] = field(default_factory=dict)
    constant: bool = False
    checking: bool = True
    options: Options = LOCAL
    card: int = 0
    history: list[Event] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self):
        self.random = random.Random(self.seed)
        self.state = State(self.options)
        self.said: list[said.Command] = []
        self._due: list[tuple[float, int, Event]] = []
        self._count = itertools.count()
        self._names = itertools.count()
        self._alive: dict[str, str] = {}
        self._busy: dict[str, tuple[str, int]] = {}
        self._alone: dict[str, bool] = {}
        for host in self.hosts:
            self._hire(host)

    def submit(self, *specs: Spec, at: float = 0.0, **of) -> "Farm":
        self._later(at - self.now, events.Submitted(specs, 0.0, **of))
        return self

    def hear(self, event: Event, at: float = 0.0) -> "Farm":
        self._later(at - self.now, event)
        return self

    def cancel(self, *tasks: str, at: float = 0.0) -> "Farm":
        return self.hear(events.Cancelled(0.0, tasks=tasks), at)

    def until_ended(self, limit: int = 20_000) -> State:
        for _ in range(limit):
            if not self._due:
                wake = self.state.wake_at
                if self.state.ended or wake is None:
                    break
                self._later(wake - self.now, events.Tick(0.0))
            at, _, event = heapq.heappop(self._due)
            self.now = max(self.now, at)
            self._deliver(_stamped(event, self.now))
        assert self.state.ended, "tasks are left that nobody works on"
        return self.state

    def until(self, moment: float) -> None:
        """Go on up to a moment."""
        while self._due and self.now < moment:
            at, _, event = heapq.heappop(self._due)
            self.now = max(self.now, at)
            self._deliver(_stamped(event, self.now))

    def _deliver(self, event: Event) -> None:
        if isinstance(event, events.Finished | events.Failed | events.Lost):
            attempt = (event.key, event.attempt)
            worker = next((w for w, t in self._busy.items() if t == attempt), None)
            self._busy.pop(worker, None)
            if worker and isinstance(event, events.Finished):
                self.store[event.key] = event.outputs["out"]
        if isinstance(event, events.WorkerDied):
            self._busy.pop(event.worker, None)
        self.history.append(event)
        commands = step(self.state, event)
        self.said += commands
        if self.checking:
            assert invariants.broken(self.state) == [], event
        for command in commands:
            self._obey(command)
        if self.random.random() < self.faults.duplicate and not isinstance(event, events.Submitted):
            self._later(self.random.random() * 3, event)

    def _obey(self, command: said.Command) -> None:
        match command:
            case said.Lookup(task, key):
                found = self.store.get(key)
                answer = (
                    events.Found(task, key, {"out": found}, 0.0)
                    if found
                    else events.Missed(task, key, 0.0)
                )
                self._later(0.0, answer)
            case said.Run():
                self._check(command)
                self._busy[command.worker] = (command.key, command.attempt)
                self._alone[command.worker] = command.alone
                self._attempt(command)
            case said.Evaluate(task, attempt, key):
                assert key not in self.store
                self.runs.append(task)
                self.store[key] = self._made(key)
                self._finish(said.Run("", task, attempt, key, False), 0.0)
            case said.Stop(worker):
                self._alone[worker] = False
                self._kill(worker, 0.1)

    def _check(self, run: said.Run) -> None:
        host = self._alive[run.worker]
        beside = [w for w in self._busy if self._alive[w] == host]
        assert run.worker not in self._busy, "a worker has two tasks"
        assert not (run.alone and beside), "it should have run alone"
        assert not any(self._alone[w] for w in beside), "another should run alone"
        assert run.key not in self.store, "committed work is run again"
        assert run.key not in [key for key, _ in self._busy.values()], "work is done twice at once"
        self.runs.append(run.task)

    def _attempt(self, run: said.Run) -> None:
        faults, dice, seconds = self.faults, self.random.random(), self.random.uniform(0.1, 3.0)
        at = (run.worker, run.task, run.attempt, run.key)
        self._later(0.0, events.Started(*at, 0.0))
        if lost := self._damaged(run.task):
            return self._later(0.0, events.Lost(*at, lost, 0.0))
        if (dice := dice - faults.death) < 0:
            if self.random.random() < faults.death_after_commit:
                self.store[run.key] = self._made(run.key)
            return self._kill(run.worker, seconds)
        kinds = [
            (faults.transient, FailureClass.TRANSIENT, "R0099"),
            (faults.resource, FailureClass.RESOURCE, "R0004"),
            (faults.invalid, FailureClass.INVALID, "R0012"),
            (faults.short, FailureClass.UNAVAILABLE, "V0001"),
            (faults.full, FailureClass.RESOURCE, "R0001"),
        ]
        for likely, kind, code in kinds:
            if (dice := dice - likely) < 0:
                failure = Failure(kind, code, "because")
                if code == "R0001" and self.options.farm:
                    self._later(seconds + 9.0, events.Unhalted(0.0))
                return self._later(seconds, events.Failed(*at, failure, 0.0))
        self._later(seconds / 2, events.Progressed(*at, 0.5, 0.0))
        return self._finish(run, seconds)

    def _finish(self, run: said.Run, seconds: float) -> None:
        outputs = {"out": self._made(run.key)}
        at = (run.worker, run.task, run.attempt, run.key)
        self._later(seconds, events.Finished(*at, outputs, seconds, 0.0))

    def _made(self, key: str) -> Blob:
        return blob("constant") if self.constant else blob(key)

    def _damaged(self, task: str) -> str | None:
        """Perhaps one of the task's inputs is damaged now: whatever has these bytes is gone from the store."""
        prefix = task[: -len(self.state.spec(task).id)]
        digests = []
        for source in self.state.spec(task).inputs.values():
            if isinstance(source, From):
                made = self.state.row(prefix + source.task)
                digests += [made.outputs["out"].digest] if isinstance(made, Done | Reused) else []
        stored = {each.digest for each in self.store.values()}
        gone = [digest for digest in digests if digest not in stored]
        if not gone and digests and self.random.random() < self.faults.damage:
            gone = [self.random.choice(digests)]
            self.store = {k: b for k, b in self.store.items() if b.digest != gone[0]}
        return gone[0] if gone else None

    def _hire(self, host: str, after: float = 0.0) -> None:
        name = f"w{next(self._names)}"
        self._alive[name] = host
        self._later(
            after,
            events.WorkerJoined(
                name, host, 0.0, gpu=1.0 if self.card else 0.0, memory=self.card, labels=(host,)
            ),
        )

    def _kill(self, worker: str, after: float) -> None:
        """The worker dies; what it would have said is never heard."""
        gone = self._busy.get(worker)
        self._due = [
            d for d in self._due if (getattr(d[2], "key", 0), getattr(d[2], "attempt", 0)) != gone
        ]
        heapq.heapify(self._due)
        self._later(after, events.WorkerDied(worker, "it was killed", 0.0))
        self._hire(self._alive[worker])

    def _later(self, seconds: float, event: Event) -> None:
        heapq.heappush(self._due, (self.now + max(0.0, seconds), next(self._count), event))


def _stamped(event: Event, at: float) -> Event:
    return replace(event, at=at)


def chain_of(*names: str) -> list[Spec]:
    return [spec(name, names[i - 1 : i] if i else ()) for i, name in enumerate(names)]


def random_specs(seed: int, count: int) -> list[Spec]:
    """A graph of `count` tasks: some inline, some twins of others (same params), some with a given input."""
    dice = random.Random(seed)
    specs: list[Spec] = []
    for number in range(count):
        needs = dice.sample(
            [s.id for s in specs], k=min(len(specs), dice.choice((0, 0, 1, 1, 2, 3)))
        )
        changes = {
            "params": {"text": f"t{dice.randrange(max(1, count // 2))}"},
            "order": number // 4,
            "weight": dice.uniform(0.1, 5),
            "inline": dice.random() < 0.2,
            "engine": dice.choice(("e", "f")),
            "inputs": {"file": Given("a" * 64)} if dice.random() < 0.2 else {},
        }
        specs.append(spec(f"t{number}", needs, **changes))
    return specs
