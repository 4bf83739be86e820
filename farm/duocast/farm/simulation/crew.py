"""A crew of simulated cards: they load models, work for as long as a task takes, and never fail."""

from collections.abc import Mapping
from random import Random

from msgspec import Struct

from duocast.farm.core import events
from duocast.farm.core.commands import Command, Evaluate, Lookup, Run
from duocast.farm.core.events import Event
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import Spec
from duocast.farm.simulation.agenda import Agenda
from duocast.farm.simulation.studyfilm import CARD
from duocast.runtime.store.contents import Blob

OUTPUT = Blob("0" * 64, ".bin", 1)


class Card:
    """A worker with one card. `loaded` are its models and their bytes, the latest last."""

    def __init__(self) -> None:
        self.loaded: dict[str, int] = {}
        self.working = 0.0
        self.loading = 0.0

    def take(self, spec: Spec, seconds: float) -> float:
        """Seconds that the task takes here, with loading."""
        needs = spec.needs
        model = needs.model
        memory = self.loaded.pop(model, 0)
        load = 0.0 if memory else needs.load
        while self.loaded and sum(self.loaded.values()) + needs.memory > CARD:
            del self.loaded[next(iter(self.loaded))]
        self.loaded[model] = needs.memory
        self.loading += load
        self.working += seconds
        return load + seconds


class Told(Struct):
    """What a run of the crew came to. Times in seconds; `first_shots` by job, since it was handed in."""

    makespan: float
    first_shots: dict[str, float]
    loading: float
    working: float
    decisions: int
    seconds_by_user: dict[str, float]


class Crew:
    """Cards that carry out what a core says, on an agenda of their own."""

    def __init__(
        self, cards: int, random: Random, spread: float = 0.2, options: Options | None = None
    ) -> None:
        self.state = State(options or Options(farm=True))
        self.agenda = Agenda()
        self.cards = {f"card-{number}": Card() for number in range(cards)}
        self.specs: dict[str, Spec] = {}
        self.decisions = 0
        self.first_shots: dict[str, float] = {}
        self._handed_in: dict[str, float] = {}
        self._waking: float | None = None
        self._random = random
        self._spread = spread
        for number, name in enumerate(self.cards):
            host = f"node-{number // 8}"
            self.hear(events.WorkerJoined(name, host, 0.0, node=host, gpu=1.0, memory=CARD))

    def submit(self, job: str, user: str, specs: tuple[Spec, ...]) -> None:
        """A user hands in a film now."""
        self._handed_in[job] = self.agenda.now
        self.specs.update({f"{job}/{spec.id}": spec for spec in specs})
        self.hear(events.Submitted(specs, self.agenda.now, job=job, user=user, name=job))

    def submit_later(self, seconds: float, job: str, user: str, specs: tuple[Spec, ...]) -> None:
        """A user hands in a film so many seconds from now."""
        self.agenda.after(seconds, lambda: self.submit(job, user, specs))

    def weigh(self, user: str, weight: float) -> None:
        """A user's share."""
        self.hear(events.UserSet(user, self.agenda.now, weight=weight))

    def run(self, until: float = float("inf")) -> Told:
        """Go on until nothing happens any more, or until a time."""
        while self.agenda.now < until and self.agenda.go_on():
            pass
        cards = self.cards.values()
        return Told(
            makespan=self.agenda.now,
            first_shots=self.first_shots,
            loading=sum(card.loading for card in cards),
            working=sum(card.working for card in cards),
            decisions=self.decisions,
            seconds_by_user=self._seconds(),
        )

    def hear(self, event: Event) -> None:
        """Tell the core, and carry out what it says."""
        self.decisions += 1
        for command in step(self.state, event):
            self._carry_out(command)
        wake_at = self.state.wake_at
        if wake_at is not None and wake_at != self._waking:
            self._waking = wake_at
            self.agenda.after(max(0.0, wake_at - self.agenda.now), self._wake)

    def _wake(self) -> None:
        self._waking = None
        self.hear(events.Tick(self.agenda.now))

    def _carry_out(self, command: Command) -> None:
        match command:
            case Lookup(task=task, key=key):
                self._soon(0.0, task, events.Missed(task, key, self.agenda.now))
            case Evaluate(task=task, attempt=attempt, key=key):
                self._finish(0.0, "", task, attempt, key)
            case Run(worker=worker, task=task, attempt=attempt, key=key):
                spec = self.specs[task]
                drawn = spec.weight * self._random.lognormvariate(0.0, self._spread)
                self._finish(self.cards[worker].take(spec, drawn), worker, task, attempt, key)

    def _finish(self, seconds: float, worker: str, task: str, attempt: int, key: str) -> None:
        outputs: Mapping[str, Blob] = {"out": OUTPUT}
        at = self.agenda.now + seconds
        done = events.Finished(worker, task, attempt, key, outputs, seconds, at)
        self._soon(seconds, task, done)

    def _soon(self, seconds: float, task: str, event: Event) -> None:
        def happen() -> None:
            if isinstance(event, events.Finished) and task.endswith("/upscaler"):
                self._shown(task.partition("/")[0])
            self.hear(event)

        self.agenda.after(seconds, happen)

    def _shown(self, job: str) -> None:
        self.first_shots.setdefault(job, self.agenda.now - self._handed_in[job])

    def _seconds(self) -> dict[str, float]:
        return {user.name: user.seconds for user in self.state.users.values()}
