"""The maker: a thread with warm workers that makes what the session orders, one order after the other."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from duocast.cli.delivery import place
from duocast.cli.remembered import Memory
from duocast.cli.studio import factory, inlines
from duocast.cli.watch.gallery import Cut, Gallery, Outputs
from duocast.cli.watch.session import Order, Rested
from duocast.cli.watch.view import View, part
from duocast.compiler.graph import Operation, ShotGraph
from duocast.compiler.identity import Identity
from duocast.compiler.keys import static_keys
from duocast.compiler.lower import Crew, lower
from duocast.compiler.lower.film import CUT, MASTER
from duocast.compiler.screenplay import Screenplay
from duocast.farm.local import LocalPool
from duocast.farm.outcome import Outcome
from duocast.farm.render import render
from duocast.farm.telemetry import Telemetry
from duocast.runtime.engine import EngineError
from duocast.runtime.store.contents import Blob
from duocast.runtime.store.disk import DiskStore


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where and with whom films are made."""

    project: Path
    memory: Memory
    store: Path
    crew: Crew
    jobs: int
    out: Path | None = None
    """Where each new cut is put."""


class Audience(Telemetry, Protocol):
    """Whoever follows the making. Methods are called on the maker's thread."""

    def began(self, order: Order, shots: int) -> None:
        """An order begins; so many shots are to be made for it."""
        ...

    def made(self, key: str) -> None:
        """The work of this static key is in the gallery."""
        ...

    def ended(self, order: Order, outcome: Outcome | None, seconds: float) -> None:
        """An order has ended; without an outcome there was nothing to do."""
        ...

    def wrote(self, path: Path) -> None:
        """The cut was put where it is wanted."""
        ...

    def problem(self, problem: EngineError) -> None:
        """Something went wrong that no shot is to blame for."""
        ...

    def broken(self, problem: EngineError) -> None:
        """Nothing can be made any more."""
        ...


class Maker:
    """Makes films on a thread of its own; `tell` hears when an order has ended. Use it as a context."""

    def __init__(
        self,
        place: Workplace,
        gallery: Gallery,
        audience: Audience,
        tell: Callable[[Rested], None],
    ) -> None:
        self._place = place
        self._gallery = gallery
        self._audience = audience
        self._tell = tell
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._spared: frozenset[str] | None = None
        self._store: DiskStore | None = None
        self._whole: tuple[View, ShotGraph] | None = None
        self._kept: Identity | None = None
        self._thread = threading.Thread(target=self._live, name="maker", daemon=True)

    def __enter__(self) -> "Maker":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.drop(frozenset())
        self._orders.put(None)
        self._thread.join()

    def make(self, order: Order) -> None:
        """Make this, when what is at work has ended."""
        self._spared = None
        self._orders.put(order)

    def drop(self, spared: frozenset[str]) -> None:
        """End what is at work, but for running tasks with these static keys."""
        self._spared = spared

    def file(self, digest: str) -> Path | None:
        """The file of something in the gallery, on any thread; None when it is there no more."""
        try:
            return self._store.path(digest) if self._store is not None else None
        except EngineError:
            return None

    def _live(self) -> None:
        try:
            with (
                DiskStore(self._place.store) as store,
                LocalPool(store, factory(), self._place.jobs) as pool,
            ):
                self._store = store
                while (order := self._orders.get()) is not None:
                    self._tell(self._carry_out(order, store, pool))
        except EngineError as problem:
            self._audience.broken(problem)

    def _carry_out(self, order: Order, store: DiskStore, pool: LocalPool) -> Rested:
        began = time.monotonic()
        self._remember(order.view)
        graph, wanted = self._task(order)
        self._audience.began(order, len(wanted))
        outcome = self._made(graph, wanted, order.view, store, pool) if wanted else None
        dropped = self._spared is not None
        if outcome is not None and order.aim == "cut" and outcome.ok:
            timeline = outcome.results[CUT].outputs["timeline"]
            film = outcome.results[MASTER].outputs["film"]
            self._gallery.cut = Cut(order.view, film, timeline)
            self._deliver(film, store)
        self._audience.ended(order, outcome, time.monotonic() - began)
        return Rested(ok=outcome is None or outcome.ok, dropped=dropped)

    def _remember(self, view: View) -> None:
        """Keep the film's identity, once for every save that changed it."""
        if view.identity is not self._kept:
            self._place.memory.keep_identity(view.identity)
            self._kept = view.identity

    def _deliver(self, film: Blob, store: DiskStore) -> None:
        if self._place.out is not None:
            try:
                self._audience.wrote(place(store, film, self._place.out))
            except EngineError as problem:
                self._audience.problem(problem)

    def _made(
        self,
        graph: ShotGraph,
        wanted: list[str],
        view: View,
        store: DiskStore,
        pool: LocalPool,
    ) -> Outcome:
        keys = static_keys(graph, assets=view.files)

        def keep(task: str, outputs: Outputs) -> None:
            self._gallery.put(keys[task], outputs)
            self._audience.made(keys[task])

        return render(
            graph,
            store=store,
            factory=factory(),
            project=self._place.project,
            inline=inlines(),
            telemetry=self._audience,
            select=wanted,
            cancelled=lambda: self._spared is not None,
            spared=lambda task: keys[task] in (self._spared or ()),
            made=keep,
            pool=pool,
        )

    def _task(self, order: Order) -> tuple[ShotGraph, list[str]]:
        """The graph to render, and what of it."""
        if order.aim == "changed":
            graph = lower(_around(order.view, order.shots), self._place.crew)
            return graph, [f"{shot}/clip" for shot in order.shots]
        graph = self._graph(order.view)
        if order.aim == "cut":
            return graph, [MASTER]
        operation = Operation.COMPOSE if order.aim == "stills" else Operation.ENCODE
        return graph, list(self._missing(graph, operation, order.view.keys))

    def _missing(
        self, graph: ShotGraph, operation: Operation, keys: Mapping[str, str]
    ) -> Iterator[str]:
        for node in graph.nodes:
            if node.operation is operation and keys[node.address] not in self._gallery:
                yield node.address

    def _graph(self, view: View) -> ShotGraph:
        if self._whole is None or self._whole[0] is not view:
            self._whole = view, lower(view.screenplay, self._place.crew)
        return self._whole[1]


def _around(view: View, shots: tuple[str, ...]) -> Screenplay:
    """The scenes of some shots as a film of their own."""
    wanted = set(shots)
    scenes = tuple(
        scene for scene in view.screenplay.scenes if any(shot.id in wanted for shot in scene.shots)
    )
    return part(view.screenplay, scenes)
