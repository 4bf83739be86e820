"""Planning: the survey of a store that a plan is decided from, and the ledger that a render leaves behind."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from duocast.compiler.graph import Asset, Node, Operation, Output, ShotGraph
from duocast.compiler.plan.decide import static_names
from duocast.compiler.plan.ledger import Past, contents, params_json, sources
from duocast.compiler.plan.step import Estimate
from duocast.compiler.plan.survey import Survey
from duocast.compiler.rehearsal import shot_seconds
from duocast.farm import assets
from duocast.farm.briefing import USUAL, Inlines
from duocast.farm.core.task import Status
from duocast.farm.outcome import Outcome
from duocast.runtime.engine import Engine, EngineError
from duocast.runtime.registry import Registry
from duocast.runtime.rented import Rented
from duocast.runtime.store.disk import DiskStore

SPREAD = 2.0
"""How much longer than usual a first run may take, while nothing is known of an engine."""
FEWEST = 5
"""Runs from which the spread of an engine's times is its own."""
RATIO = (0.25, 4.0)
"""How far the size of a request may move its time."""


def survey(
    graph: ShotGraph,
    *,
    engines: Registry,
    inlines: Inlines,
    store: DiskStore,
    project: Path,
    jobs: int = 1,
) -> Survey:
    """Everything that a plan of this graph needs to know of this machine.

    What can't be had is a fault in it, as in a render: its task fails, others go on.
    """
    versions, faults = _versions(graph, engines, inlines)
    digests, missing = _digests(graph, store, project)
    faults.update(missing)
    paces, stock, prices = _Paces(store), store.stock(), _Prices(graph, engines)
    return Survey(
        versions=versions,
        assets=digests,
        find=stock.find,
        pace=paces.of,
        recorded=stock.recorded,
        faults=faults,
        inline=frozenset(inlines),
        jobs=jobs,
        price=prices.of,
    )


def entries(graph: ShotGraph, outcome: Outcome, known: Survey) -> Iterator[Past]:
    """What a render has learnt, for the ledger: every node that has its outputs."""
    made = {
        address: {name: blob.digest for name, blob in result.outputs.items()}
        for address, result in outcome.results.items()
        if result.status in (Status.DONE, Status.REUSED)
    }
    nodes = [node for node in graph.nodes if node.address in outcome.results]
    static = static_names(nodes, known)
    for node in nodes:
        result = outcome.results[node.address]
        if node.address in made:
            yield Past(
                address=node.address,
                operation=str(node.operation),
                engine=node.engine,
                version=result.version,
                static=static[node.address],
                key=result.key,
                params=msgspec.Raw(params_json(node)),
                inputs=sources(node),
                contents=contents(node, made, known.assets),
                outputs=made[node.address],
            )


def _versions(
    graph: ShotGraph, engines: Registry, inlines: Inlines
) -> tuple[dict[tuple[Operation, str], str], dict[tuple[Operation, str] | str, str]]:
    versions: dict[tuple[Operation, str], str] = {}
    faults: dict[tuple[Operation, str] | str, str] = {}
    for at in {(node.operation, node.engine) for node in graph.nodes}:
        try:
            versions[at] = inlines[at].version if at in inlines else engines.version(*at)
            if at not in inlines and (missing := lacking(engines.engine(*at))) is not None:
                faults[at] = f"{missing.message}; {missing.hint}"
        except EngineError as problem:
            faults[at] = problem.message
    return versions, faults


def _digests(
    graph: ShotGraph, store: DiskStore, project: Path
) -> tuple[dict[str, str], dict[str, str]]:
    digests: dict[str, str] = {}
    faults: dict[str, str] = {}
    for path in _paths(graph.nodes):
        try:
            digests[path] = store.asset(assets.resolve(project, path)).digest
        except EngineError as problem:
            faults[path] = problem.message
    return digests, faults


def _paths(nodes: Sequence[Node]) -> list[str]:
    refs = (ref for node in nodes for ref in node.inputs.values())
    return sorted({ref.path for ref in refs if isinstance(ref, Asset)})


def lacking(engine: Engine) -> EngineError | None:
    """Why a cloud's engine can't work on this machine; None for every other."""
    return engine.missing() if isinstance(engine, Rented) else None


class _Prices:
    """What the clouds probably take; shots are rehearsed only if one of them is filmed there."""

    def __init__(self, graph: ShotGraph, engines: Registry) -> None:
        self._graph = graph
        self._rented = {
            (one.operation, one.name): one for one in engines if isinstance(one, Rented)
        }

    def of(self, node: Node) -> int:
        """In millionths of a dollar. Raises `EngineError` for a model that nobody has a price of."""
        engine = self._rented.get((node.operation, node.engine))
        if engine is None:
            return 0
        timing = node.inputs.get("timing")
        seconds = self._seconds[timing.address] if isinstance(timing, Output) else 0.0
        return engine.price(node.params, seconds)

    @cached_property
    def _seconds(self) -> Mapping[str, float]:
        return shot_seconds(self._graph)


class _Paces:
    """How long engines took on this store; each engine's history is read once."""

    def __init__(self, store: DiskStore) -> None:
        self._store = store
        self._runs: dict[tuple[Operation, str], Mapping[str, float] | None] = {}

    def of(self, operation: Operation, engine: str, size: int) -> Estimate:
        """Half of such requests take at most `p50` seconds, nine in ten at most `p90`."""
        at = (operation, engine)
        if at not in self._runs:
            self._runs[at] = _history(self._store.runs(operation, engine))
        known = self._runs[at]
        if known is None:
            usual = USUAL.get(operation, 1.0)
            return Estimate(p50=usual, p90=usual * SPREAD)
        low, high = RATIO
        ratio = min(max(size / max(known["size"], 1.0), low), high)
        return Estimate(p50=round(known["p50"] * ratio, 4), p90=round(known["p90"] * ratio, 4))


def _history(runs: Sequence[tuple[float, int]]) -> Mapping[str, float] | None:
    if not runs:
        return None
    seconds = sorted(second for second, _ in runs)
    half = statistics.median(seconds)
    if len(seconds) >= FEWEST:
        tenth = statistics.quantiles(seconds, n=10, method="inclusive")[-1]
    else:
        tenth = max(half * SPREAD, seconds[-1])
    return {"p50": half, "p90": tenth, "size": statistics.median(size for _, size in runs)}
