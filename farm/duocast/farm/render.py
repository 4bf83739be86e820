"""`render`: a graph becomes media in the store, on this machine. A thin shell around the core."""

import time
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from duocast.compiler.graph import Asset, Node, ShotGraph
from duocast.farm.assignment import Ingredient, as_failure
from duocast.farm.backend import Backend
from duocast.farm.briefing import Inlines, brief, params_size
from duocast.farm.cluster import card
from duocast.farm.core import commands, events
from duocast.farm.core.commands import Command
from duocast.farm.core.events import Event
from duocast.farm.core.forecast import eta, settled
from duocast.farm.core.state import State
from duocast.farm.core.step import step
from duocast.farm.core.task import SETTLED, Done, Failed, From, Given, Reused, Spec, Status
from duocast.farm.local import LocalPool
from duocast.farm.order import assigned
from duocast.farm.outcome import Outcome, outcome
from duocast.farm.telemetry import Silent, Telemetry
from duocast.farm.workshop import Factory, Inline
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.contents import Action, Blob, Made, Store
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.faults import DamagedObject

_LOOK_UP = 0.2
"""Seconds after which `cancelled` is asked again, and the forecast told, while nothing happens."""


def render(
    graph: ShotGraph,
    *,
    store: DiskStore,
    factory: Factory,
    project: Path,
    inline: Sequence[Inline] = (),
    jobs: int = 2,
    telemetry: Telemetry | None = None,
    select: Collection[str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    spared: Callable[[str], bool] = lambda _: False,
    made: Callable[[str, Mapping[str, Blob]], None] = lambda *_: None,
    pool: LocalPool | None = None,
) -> Outcome:
    """Make every node of the graph, or those that `select` names by address and what they need.

    What the store has is reused. `project` is the folder that assets are read in. `cancelled` is asked now and then;
    once it says yes, nothing is started any more, and running tasks are stopped, but for those that are `spared`.
    `made` hears of every task that has its outputs, made now or before, as soon as it has them. A `pool` of the
    caller (same store and factory) stays warm between renders; without one, `jobs` workers are started if there is
    anything to run, and ended before this returns, or raises (KeyboardInterrupt too). Tasks that fail are in the
    outcome. Raises `EngineError` if the store or the workers can't be used at all, `KeyError` for an unknown address.
    """
    began = time.monotonic()
    inlines = {(each.operation, each.name): each for each in inline}
    engines = factory.build().engines
    specs = brief(
        graph,
        select=select,
        engines=engines,
        inlines=inlines,
        store=store,
        project=project,
        cards="any" if card.memory() else "none",
    )
    sources = _Sources({node.address: node for node in graph.nodes}, project, store)
    with nullcontext(pool) if pool else LocalPool(store, factory, jobs) as backend:
        ears = _Ears(telemetry or Silent(), made, cancelled, spared)
        run = _Run(sources, inlines, backend, ears)
        try:
            state = run.until_ended(specs)
        finally:
            run.stop_all()
    started = None if run.first_start is None else run.first_start - began
    return outcome(state, time.monotonic() - began, started)


class _Sources:
    """What the core does not need to know of a task's inputs: files of assets, bytes, suffixes."""

    def __init__(self, nodes: Mapping[str, Node], project: Path, store: Store) -> None:
        self._nodes = nodes
        self._project = project
        self.store = store

    def ingredients(self, spec: Spec, state: State) -> dict[str, Ingredient]:
        """The inputs of a task whose inputs are all there."""
        found = {}
        for name, source in spec.inputs.items():
            match source:
                case Given(digest=digest, suffix=suffix, called=called):
                    ref = self._nodes[spec.id].inputs[name]
                    if isinstance(ref, Asset):
                        file = (self._project / ref.path).resolve()
                        found[name] = Ingredient(digest, suffix, file, called)
                case From(task=task, output=output):
                    row = state.row(task)
                    if isinstance(row, Done | Reused):
                        blob = row.outputs[output]
                        found[name] = Ingredient(blob.digest, blob.suffix)
        return found

    def content(self, ingredient: Ingredient) -> bytes:
        """The bytes of an input."""
        if ingredient.asset is None:
            return self.store.read(ingredient.digest)
        return self.store.adopt(ingredient.asset, ingredient.digest).read_bytes()


@dataclass(frozen=True, slots=True)
class _Ears:
    """Whoever listens to a run, and may end it."""

    telemetry: Telemetry
    made: Callable[[str, Mapping[str, Blob]], None]
    cancelled: Callable[[], bool]
    spared: Callable[[str], bool]


class _Run:
    """One run: takes events to the core, and does what the core says."""

    def __init__(self, sources: _Sources, inlines: Inlines, backend: Backend, ears: _Ears) -> None:
        self._sources = sources
        self._store = sources.store
        self._inlines = inlines
        self._backend = backend
        self._ears = ears
        self._telemetry = ears.telemetry
        self._state = State()
        self._queue: deque[Event] = deque()
        self._opened = False
        self._told = 0.0
        self.first_start: float | None = None

    def until_ended(self, specs: tuple[Spec, ...]) -> State:
        """Submit the tasks and go on until each has ended."""
        self._queue.append(events.Submitted(specs, time.monotonic()))
        while True:
            while self._queue:
                self._hear(self._queue.popleft())
            if self._state.ended:
                return self._state
            self._queue += self._wait()

    def stop_all(self) -> None:
        """Leave no worker busy, whatever made the run end."""
        for worker in self._state.workers.values():
            if worker.running:
                self._backend.stop(worker.name)

    def _wait(self) -> list[Event]:
        """What happens next: workers being started, reports, a cancellation, or just time."""
        state = self._state
        if (state.queues.queued or state.solo) and not self._opened:
            self._opened = True
            return self._backend.open()
        now = time.monotonic()
        self._forecast(now)
        if self._ears.cancelled() and (unwanted := self._unwanted()):
            return [events.Cancelled(now, tasks=unwanted)]
        waits = _LOOK_UP if state.wake_at is None else min(_LOOK_UP, state.wake_at - now)
        if self._opened:
            heard = self._backend.poll(max(0.0, waits))
        else:
            time.sleep(max(0.0, waits))
            heard = []
        return heard or [events.Tick(time.monotonic())]

    def _unwanted(self) -> tuple[str, ...]:
        """All that has not ended, but for what is running and spared."""
        rows = ((spec.id, self._state.row(spec.id)) for spec in self._state.specs.values())
        return tuple(
            task
            for task, row in rows
            if not isinstance(row, SETTLED)
            and not (self._state.status(task) is Status.RUNNING and self._ears.spared(task))
        )

    def _forecast(self, now: float) -> None:
        if now - self._told >= _LOOK_UP:
            self._told = now
            self._telemetry.forecast(*settled(self._state), eta(self._state, now))

    def _hear(self, event: Event) -> None:
        match event:
            case events.Started(at=at) if self.first_start is None:
                self.first_start = at
            case events.Progressed(task=task, fraction=fraction):
                self._telemetry.progressed(task, fraction)
            case events.Failed(task=task, failure=failure):
                self._telemetry.message(f"{task}: {failure.message}")
            case events.Lost(task=task, digest=digest):
                self._telemetry.message(f"{task}: its input {digest[:12]} is made again")
            case events.WorkerDied(worker, reason):
                self._telemetry.message(f"{worker} died: {reason}")
        for command in step(self._state, event):
            self._obey(command)

    def _obey(self, command: Command) -> None:
        match command:
            case commands.Lookup(task, key, expects):
                self._queue.append(self._look_up(task, key, expects))
            case commands.Run(worker=worker):
                spec = self._state.spec(command.task)
                inputs = self._sources.ingredients(spec, self._state)
                self._backend.run(worker, assigned(command, spec, inputs))
            case commands.Evaluate(task, attempt, key):
                self._queue.append(self._evaluate(task, attempt, key))
            case commands.Stop(worker):
                self._backend.stop(worker)
            case commands.Tell(task, status):
                self._tell(task, status)
            case commands.Note(task, text):
                self._telemetry.message(f"{task}: {text}")

    def _look_up(self, task: str, key: str, expects: tuple[str, ...]) -> Event:
        action = self._store.find(key, expects)
        now = time.monotonic()
        if action is None:
            return events.Missed(task, key, now)
        return events.Found(task, key, action.outputs, now)

    def _evaluate(self, task: str, attempt: int, key: str) -> Event:
        spec = self._state.spec(task)
        began = time.monotonic()
        at = ("", task, attempt, key)
        try:
            action = self._commit_inline(spec, key, began)
        except DamagedObject as error:
            return events.Lost(*at, error.digest, time.monotonic())
        except Exception as error:
            failure = as_failure(error, spec.engine)
            return events.Failed(*at, failure, time.monotonic())
        now = time.monotonic()
        return events.Finished(*at, action.outputs, now - began, now)

    def _commit_inline(self, spec: Spec, key: str, began: float) -> Action:
        inline = self._inlines[spec.operation, spec.engine]
        ingredients = self._sources.ingredients(spec, self._state)
        inputs = {name: self._sources.content(each) for name, each in ingredients.items()}
        outputs = inline.function(spec.params, inputs)
        for name in sorted({*spec.expects, *outputs}):
            if not outputs.get(name):
                problem = f"{spec.engine} made no output {name!r}"
                raise EngineError(FailureClass.INVALID, "R0011", problem)
        made = Made(
            spec.operation,
            spec.engine,
            spec.version,
            time.monotonic() - began,
            params_size(spec.params),
        )
        content = {name: (inline.suffix(name), data) for name, data in outputs.items()}
        return self._store.commit_bytes(key, content, made)

    def _tell(self, task: str, status: Status) -> None:
        row = self._state.row(task)
        match status, row:
            case Status.RUNNING, _:
                self._telemetry.started(task, self._state.spec(task).operation)
            case Status.REUSED, Reused(outputs=outputs):
                self._telemetry.reused(task)
                self._ears.made(task, outputs)
            case _, Done(outputs=outputs, seconds=seconds):
                self._telemetry.finished(task, seconds)
                self._ears.made(task, outputs)
            case _, Failed(failure):
                self._telemetry.failed(task, failure)
