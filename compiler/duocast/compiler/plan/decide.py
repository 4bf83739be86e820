"""The decision: from a graph, a survey of the store and the ledger of the last render to a plan. Pure.

It does what the scheduler does, without doing it: a node whose inputs are all known is looked up by its key; one that
the store has is reused and its outputs are known in turn. One that it has not is going to run, and whatever is made
from it may run: its key will only be known when the new inputs are.
"""

from collections.abc import Mapping, Sequence

from duocast.compiler.graph import Asset, Node, Output, ShotGraph
from duocast.compiler.keys import NotCanonical, node_key, static_keys
from duocast.compiler.plan.changes import changes
from duocast.compiler.plan.ledger import Ledger, Past, contents, params_json, sources
from duocast.compiler.plan.step import (
    Changed,
    Estimate,
    Lost,
    Missing,
    New,
    OtherEngine,
    OtherFile,
    OtherInputs,
    Plan,
    Reason,
    Remade,
    State,
    Step,
)
from duocast.compiler.plan.survey import Found, Survey
from duocast.compiler.plan.wait import clock


def decide(
    graph: ShotGraph,
    survey: Survey,
    before: Ledger,
    *,
    only: frozenset[str] | None = None,
) -> Plan:
    """What a render of the graph, or of the addresses `only` and all that they need, would do."""
    nodes = needed(graph, only)
    deciding = _Deciding(nodes, survey, before)
    for node in nodes:
        deciding.take(node)
    steps = _less_certain(deciding.steps, deciding.lost)
    return Plan(
        steps=steps,
        reused=tuple(deciding.reused),
        total=clock(nodes, steps, survey.jobs, ("run", "maybe")),
        least=clock(nodes, steps, survey.jobs, ("run",)),
        jobs=survey.jobs,
        money=sum(step.money for step in steps),
    )


def _less_certain(steps: Sequence[Step], lost: set[str]) -> tuple[Step, ...]:
    """Where more than one step runs, one that has lost a file may find it made by another."""
    if not lost or sum(step.state == "run" for step in steps) < 2:
        return tuple(steps)
    return tuple(
        step.replace(state="maybe") if step.address in lost and step.state == "run" else step
        for step in steps
    )


def made(graph: ShotGraph, survey: Survey, before: Ledger) -> dict[str, Found]:
    """The outputs of every node that the store has, by address, as far as that can be known without making anything."""
    deciding = _Deciding(graph.nodes, survey, before)
    for node in graph.nodes:
        deciding.take(node)
    return deciding.made


def needed(graph: ShotGraph, only: frozenset[str] | None) -> tuple[Node, ...]:
    """The nodes of these addresses (None: all) and everything they are made from, in the graph's order."""
    if only is None:
        return graph.nodes
    wanted = set(only)
    for node in reversed(graph.nodes):
        if node.address in wanted:
            wanted |= {ref.address for ref in node.inputs.values() if isinstance(ref, Output)}
    return tuple(node for node in graph.nodes if node.address in wanted)


def expected(nodes: Sequence[Node]) -> dict[str, tuple[str, ...]]:
    """The outputs of each node that others use."""
    names: dict[str, set[str]] = {}
    for node in nodes:
        for ref in node.inputs.values():
            if isinstance(ref, Output):
                names.setdefault(ref.address, set()).add(ref.name)
    return {address: tuple(sorted(found)) for address, found in names.items()}


def static_names(nodes: Sequence[Node], survey: Survey) -> dict[str, str]:
    """The static keys of nodes on this machine."""
    versions = {engine: version for (_, engine), version in survey.versions.items()}
    return static_keys(ShotGraph(tuple(nodes), ""), versions=versions, assets=survey.assets)


class _Deciding:
    """The decision while it goes along the graph; every node comes after what it needs."""

    def __init__(self, nodes: Sequence[Node], survey: Survey, before: Ledger) -> None:
        self._survey = survey
        self._past = before.by_address()
        self._static = static_names(nodes, survey)
        self._expects = expected(nodes)
        self.made: dict[str, Found] = {}
        self._running: dict[str, str] = {}
        """The first step of each piece of work, by its key or its static key."""
        self._refused: set[str] = set()
        self.lost: set[str] = set()
        """Steps whose work was done, and whose files are gone: another step may make the same file first."""
        self.steps: list[Step] = []
        self.reused: list[str] = []

    def take(self, node: Node) -> None:
        """Decide about the next node."""
        missing, idle = self._missing(node), self._idle(node)
        if missing is not None:
            self._refuse(node, missing)
            return
        unknown = self._unknown(node)
        if unknown:
            if idle is None:
                self._maybe(node, unknown)
            else:
                self._refuse(node, idle)
            return
        key = self._key(node)
        found = self._survey.find(key, self._expects.get(node.address, ()))
        if found is not None:
            self.made[node.address] = found
            self.reused.append(node.address)
        elif idle is not None:
            self._refuse(node, idle)
        elif key in self._running:
            self._step(node, "twin", (), twin_of=self._running[key])
        else:
            self._running[key] = self._running[self._static[node.address]] = node.address
            self._step(node, "run", self._reasons(node, ()))
            if self._survey.recorded(key):
                self.lost.add(node.address)

    def _maybe(self, node: Node, unknown: tuple[str, ...]) -> None:
        static = self._static[node.address]
        leader = self._running.get(static)
        if leader is not None:
            self._step(node, "twin", (Remade(inputs=unknown),), twin_of=leader)
        else:
            self._running[static] = node.address
            self._step(node, "maybe", self._reasons(node, unknown))

    def _refuse(self, node: Node, missing: Missing) -> None:
        self._refused.add(node.address)
        self._step(node, "refused", (missing,))

    def _idle(self, node: Node) -> Missing | None:
        """Why a known engine makes nothing new here; what it has made before is good."""
        at = (node.operation, node.engine)
        fault = self._survey.faults.get(at)
        return Missing(message=fault) if fault and at in self._survey.versions else None

    def _missing(self, node: Node) -> Missing | None:
        """Why a node can't be had, whatever the store holds."""
        at = (node.operation, node.engine)
        fault = None if at in self._survey.versions else self._survey.faults.get(at)
        for ref in node.inputs.values():
            if isinstance(ref, Asset):
                fault = fault or self._survey.faults.get(ref.path)
            elif ref.address in self._refused:
                fault = fault or f"it needs {ref.address}, which can't be made"
        return Missing(message=fault) if fault is not None else None

    def _unknown(self, node: Node) -> tuple[str, ...]:
        """The nodes that have to be made before this one's key is known."""
        return tuple(
            dict.fromkeys(
                ref.address
                for ref in node.inputs.values()
                if isinstance(ref, Output) and ref.name not in self.made.get(ref.address, {})
            )
        )

    def _key(self, node: Node) -> str:
        """The node's key: that of last time if everything that it is made of is the same, which is quick to see."""
        digests = contents(node, self.made, self._survey.assets)
        past = self._past.get(node.address)
        if past and past.static == self._static[node.address] and past.contents == digests:
            return past.key
        version = self._survey.versions.get((node.operation, node.engine), "")
        try:
            return node_key(node.operation, node.engine, version, node.params, digests)
        except NotCanonical:
            return f"unnameable {node.address}"

    def _step(
        self, node: Node, state: State, reasons: tuple[Reason, ...], twin_of: str | None = None
    ) -> None:
        runs = (
            state in ("run", "maybe") and (node.operation, node.engine) not in self._survey.inline
        )
        seconds = self._pace(node) if runs else Estimate()
        money = self._survey.price(node) if runs else 0
        self.steps.append(
            Step(
                address=node.address,
                operation=str(node.operation),
                engine=node.engine,
                state=state,
                reasons=reasons,
                seconds=seconds,
                money=money,
                twin_of=twin_of,
            )
        )

    def _pace(self, node: Node) -> Estimate:
        return self._survey.pace(node.operation, node.engine, len(params_json(node)))

    def _reasons(self, node: Node, unknown: tuple[str, ...]) -> tuple[Reason, ...]:
        past = self._past.get(node.address)
        causes = (Remade(inputs=unknown),) if unknown else ()
        if past is None:
            return (New(), *causes)
        found = (*self._own_reasons(node, past), *causes)
        return found or (Lost(),)

    def _own_reasons(self, node: Node, past: Past) -> tuple[Reason, ...]:
        """What is different from last time, the inputs' being made again left out."""
        found: list[Reason] = []
        version = self._survey.versions.get((node.operation, node.engine), "")
        if (past.engine, past.version) != (node.engine, version):
            found.append(
                OtherEngine(
                    old=f"{past.engine} {past.version}".strip(),
                    new=f"{node.engine} {version}".strip(),
                )
            )
        if bytes(past.params) != params_json(node):
            moved = changes(past.asked, dict(node.params))
            found += [Changed(changes=moved)] if moved else []
        files = _other_files(node, past, self._survey.assets)
        found += [OtherFile(path=path) for path in files]
        inputs = self._other_inputs(node, past)
        return (*found, inputs) if inputs is not None else tuple(found)

    def _other_inputs(self, node: Node, past: Past) -> OtherInputs | None:
        now, then = sources(node), past.inputs
        added = tuple(name for name in now if name not in then)
        removed = tuple(name for name in then if name not in now)
        other = tuple(
            name
            for name, ref in node.inputs.items()
            if name in then and isinstance(ref, Output) and self._is_other(name, ref, past)
        )
        if added or removed or other:
            return OtherInputs(added=added, removed=removed, other=other)
        return None

    def _is_other(self, name: str, ref: Output, past: Past) -> bool:
        """Whether a known input has another content than last time."""
        digest = self.made.get(ref.address, {}).get(ref.name)
        return digest is not None and digest != past.contents.get(name)


def _other_files(node: Node, past: Past, assets: Mapping[str, str]) -> list[str]:
    return [
        ref.path
        for name, ref in node.inputs.items()
        if isinstance(ref, Asset)
        and name in past.contents
        and assets.get(ref.path) != past.contents[name]
    ]
