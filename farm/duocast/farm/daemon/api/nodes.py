"""Routes of nodes and workers: who is there, drain, forgive; and the engines that this farm runs."""

from typing import Annotated

from fastapi import APIRouter, Path

from duocast.farm.core import events
from duocast.farm.core.state import State
from duocast.farm.daemon import views
from duocast.farm.daemon.api.answers import (
    DoneAnswer,
    EnginesAnswer,
    EngineView,
    NodesAnswer,
    NodeView,
)
from duocast.farm.daemon.api.door import Caller, Operator, Submitter
from duocast.farm.daemon.errand import Decision, Errand, question
from duocast.farm.daemon.faults import not_found

router = APIRouter(tags=["nodes"])
Name = Annotated[str, Path(max_length=500)]


@router.get("/nodes")
def show_nodes(caller: Submitter) -> NodesAnswer:
    """All nodes, their workers, and what these run; others' tasks are not named."""

    def look(state: State) -> list[NodeView]:
        found = views.nodes(state)
        return found if caller.operates else [_veiled(caller, state, node) for node in found]

    nodes: list[NodeView] = caller.farm.do(question(look))
    return NodesAnswer(nodes=nodes, broken=caller.farm.crew.broken)


def _veiled(caller: Caller, state: State, node: NodeView) -> NodeView:
    workers = [
        worker
        if worker.job in state.jobs and state.jobs[worker.job].user == caller.user
        else worker.model_copy(update={"job": "", "task": ""})
        for worker in node.workers
    ]
    return node.model_copy(update={"workers": workers})


@router.post("/nodes/{node:path}/drain")
def drain(caller: Operator, node: Name) -> DoneAnswer:
    """Start nothing new on a node; what runs there may end."""
    return _act(caller, "drain", node)


@router.post("/nodes/{node:path}/undrain")
def undrain(caller: Operator, node: Name) -> DoneAnswer:
    """Let a node work again."""
    return _act(caller, "undrain", node)


@router.post("/workers/{worker:path}/forgive")
def forgive(caller: Operator, worker: Name) -> DoneAnswer:
    """What made a worker sick was mended: it gets tasks again."""

    def plan(state: State, now: float) -> Decision:
        if worker not in state.workers:
            raise not_found("worker", worker)
        deed = caller.noted("forgive", worker)
        return Decision(lambda _: caller.farm.shop.seq, (events.Forgiven(worker, now),), (deed,))

    return DoneAnswer(seq=caller.farm.do(Errand(plan)))


@router.get("/engines")
def show_engines(caller: Submitter) -> EnginesAnswer:
    """The engines that this farm runs, with their versions."""
    found = [
        EngineView(operation=str(operation), name=name, version=version, inline=inline)
        for (operation, name), (version, inline) in sorted(caller.farm.versions.items())
    ]
    return EnginesAnswer(engines=found)


def _act(caller: Caller, action: str, node: str) -> DoneAnswer:
    def plan(state: State, now: float) -> Decision:
        known = {worker.node or worker.host for worker in state.workers.values()}
        if node not in known and node not in state.drained:
            raise not_found("node", node)
        made = events.Drained(node, now) if action == "drain" else events.Undrained(node, now)
        return Decision(lambda _: caller.farm.shop.seq, (made,), (caller.noted(action, node),))

    return DoneAnswer(seq=caller.farm.do(Errand(plan)))
