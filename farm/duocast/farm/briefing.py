"""A briefing: the tasks of a graph, with their assets digested, in story order, with what they may cost."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

from duocast.compiler.graph import Asset, Node, Operation, Output, ShotGraph
from duocast.compiler.keys import NotCanonical, canonical
from duocast.farm import assets
from duocast.farm.core.task import NOTHING, Failure, From, Given, Needs, Refused, Source, Spec
from duocast.farm.workshop import Inline
from duocast.runtime.engine import EngineError
from duocast.runtime.models.device import GIGA, least
from duocast.runtime.registry import Registry
from duocast.runtime.store.contents import Store

Inlines = Mapping[tuple[Operation, str], Inline]
USUAL: Mapping[Operation, float] = {
    Operation.SPEAK: 3.0,
    Operation.PORTRAIT: 1.0,
    Operation.PLATE: 2.0,
    Operation.COMPOSE: 1.0,
    Operation.ANIMATE: 0.5,
    Operation.INTERPOLATE: 60.0,
    Operation.UPSCALE: 240.0,
    Operation.RESTORE: 60.0,
    Operation.SCORE: 3.0,
    Operation.EFFECT: 1.0,
    Operation.ENCODE: 8.0,
    Operation.MIX: 4.0,
    Operation.MASTER: 4.0,
    Operation.SIGN: 1.0,
}
"""Seconds of an operation on a store that has never seen its engine; they only shape the first forecast."""

Cards = Literal["none", "any", "fitting"]
"""No card is asked for; the machine's own, whatever it has; one that the model's largest part fits on."""
LOADING = 30.0
"""Seconds that loading a model may take: a worker that has it is preferred by so much."""


def brief(
    graph: ShotGraph,
    *,
    select: Collection[str] | None,
    engines: Registry,
    inlines: Inlines,
    store: Store,
    project: Path,
    price: Callable[[Node], int] = lambda _: 0,
    cards: Cards = "none",
) -> tuple[Spec, ...]:
    """The tasks for the nodes `select` (None: all) and everything they are made from.

    `price` is what a cloud takes for a node, in millionths of a dollar, which is what a farm's credit is.
    `cards`: whether models that need a graphics card are given to workers that have one, and to which.
    An asset that can't be had, or an engine that isn't known, becomes a refused input: its task fails, others go on.
    Raises `KeyError` for an address that is not in the graph.
    """
    nodes = wanted(graph, select)
    order = story_order(nodes)
    needed = _needed(nodes)
    digested = _Assets(store, project)

    def spec(node: Node) -> Spec:
        at = (node.operation, node.engine)
        version, broken = _version(at, engines, inlines)
        sources = {name: digested.source(ref) for name, ref in sorted(node.inputs.items())}
        return Spec(
            id=node.address,
            operation=node.operation,
            engine=node.engine,
            version=version,
            params=node.params,
            inputs={**broken, **sources},
            expects=needed.get(node.address, ()),
            inline=at in inlines,
            order=order[node.address],
            weight=0.001 if at in inlines else expected_seconds(node, store),
            needs=_needs(engines, at, cards, price(node)),
        )

    return tuple(spec(node) for node in nodes)


def _needs(engines: Registry, at: tuple[Operation, str], cards: Cards, price: int) -> Needs:
    """What an engine's model needs of a worker. One that states 0 gigabytes works anywhere."""
    stated = getattr(engines.find(*at), "gigabytes", 0.0) if cards != "none" else 0.0
    if not stated:
        return Needs(price=price) if price else NOTHING
    memory = round(least(stated) * GIGA) if cards == "fitting" else 0
    return Needs(gpu=1.0, memory=memory, model=at[1], load=LOADING, price=price)


def wanted(graph: ShotGraph, select: Collection[str] | None) -> tuple[Node, ...]:
    """The nodes of these addresses and all they need, in the graph's order."""
    if select is None:
        return graph.nodes
    by_address = {node.address: node for node in graph.nodes}
    reached: set[str] = set()
    front = sorted(select)
    while front:
        address = front.pop()
        if address not in reached:
            reached.add(address)
            refs = by_address[address].inputs.values()
            front += [ref.address for ref in refs if isinstance(ref, Output)]
    return tuple(node for node in graph.nodes if node.address in reached)


def story_order(nodes: Sequence[Node]) -> dict[str, int]:
    """The number of the first shot that each node serves. What serves no shot comes half way through the film.

    A shot is an `encode` node; shots are numbered as they stand in the graph.
    """
    shots = [node.address for node in nodes if node.operation is Operation.ENCODE]
    order = {address: number for number, address in enumerate(shots)}
    for node in reversed(nodes):
        if node.address in order:
            for ref in node.inputs.values():
                if isinstance(ref, Output):
                    order[ref.address] = min(
                        order.get(ref.address, len(nodes)), order[node.address]
                    )
    return {node.address: order.get(node.address, len(shots) // 2) for node in nodes}


def expected_seconds(node: Node, store: Store) -> float:
    """What a node may take: the median of its engine's runs on this store, scaled by the size of its params."""
    pace = store.pace(node.operation, node.engine)
    if pace is None:
        return USUAL.get(node.operation, 1.0)
    ratio = params_size(node.params) / max(pace.params_size, 1.0)
    return max(pace.seconds * min(max(ratio, 0.25), 4.0), 0.001)


def params_size(params: Mapping[str, object]) -> int:
    """How big a request is: the bytes of its canonical params (0 if they have none)."""
    try:
        return len(canonical(params))
    except NotCanonical:
        return 0


class _Assets:
    """The sources that refs stand for; each asset is resolved and digested once."""

    def __init__(self, store: Store, project: Path) -> None:
        self._store = store
        self._project = project
        self._known: dict[str, Source] = {}

    def source(self, ref: Output | Asset) -> Source:
        if isinstance(ref, Output):
            return From(ref.address, ref.name)
        if ref.path not in self._known:
            self._known[ref.path] = self._digest(ref.path)
        return self._known[ref.path]

    def _digest(self, name: str) -> Source:
        try:
            file = assets.resolve(self._project, name)
            digest = self._store.asset(file).digest
            return Given(digest, file.suffix.lower(), PurePosixPath(name).name)
        except EngineError as error:
            return Refused(Failure.of(error))


def _version(
    at: tuple[Operation, str], engines: Registry, inlines: Inlines
) -> tuple[str, dict[str, Source]]:
    if at in inlines:
        return inlines[at].version, {}
    try:
        return engines.version(*at), {}
    except EngineError as error:
        return "", {"engine": Refused(Failure.of(error))}


def _needed(nodes: Sequence[Node]) -> dict[str, tuple[str, ...]]:
    """The outputs of each node that others use."""
    names: dict[str, set[str]] = {}
    for node in nodes:
        for ref in node.inputs.values():
            if isinstance(ref, Output):
                names.setdefault(ref.address, set()).add(ref.name)
    return {address: tuple(sorted(found)) for address, found in names.items()}
