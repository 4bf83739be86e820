"""The crew: workers come, go, are drained, fall sick and are forgiven.

A worker that fails at an operation three times in a row gets nothing of it for a while, and nothing at all once two
operations are affected. After that it gets one task as a probe: it is well again, or out for twice as long. When half
of all workers would be out, it is not the workers.
"""

from heapq import heappop, heappush

from duocast.farm.core.events import WorkerJoined
from duocast.farm.core.state import State
from duocast.farm.core.worker import Worker
from duocast.runtime.engine import FailureClass

ALL = "*"
IN_A_ROW = 3
SPELL = 300.0
"""Seconds that a worker is out at first."""
LONGEST_SPELL = 6 * 3600.0
BLAMED = frozenset({FailureClass.TRANSIENT, FailureClass.INVALID, FailureClass.RESOURCE})
"""Classes of failure that may be the worker's fault."""


def join(state: State, event: WorkerJoined) -> None:
    """A worker is there; one that is known already changes nothing."""
    if event.worker in state.workers:
        return
    state.joined += 1
    worker = Worker(
        name=event.worker,
        number=state.joined,
        node=event.node or event.host,
        host=event.host,
        labels=event.labels,
        gpu=event.gpu,
        memory=event.memory,
        keeps=event.keeps,
    )
    state.workers[worker.name] = worker
    state.pool.join(worker)
    refresh(state, worker)


def leave(state: State, worker: Worker) -> None:
    """A worker is gone; what it ran was taken care of."""
    del state.workers[worker.name]
    state.pool.leave(worker)


def refresh(state: State, worker: Worker) -> None:
    """Put a worker where it belongs among those that may be given tasks."""
    if worker.stopping or worker.node in state.drained or ALL in worker.sick:
        state.pool.withdraw(worker)
    else:
        idle = not worker.running and worker.host not in state.reserved.values()
        state.pool.place(worker, idle=idle)


def refresh_host(state: State, host: str) -> None:
    """The same for all workers of a host."""
    for name in state.pool.hosts.get(host, ()):
        refresh(state, state.workers[name])


def refresh_node(state: State, node: str) -> None:
    """The same for all workers of a node."""
    for worker in state.workers.values():
        if worker.node == node:
            refresh(state, worker)


def warm(worker: Worker, model: str, memory: int) -> None:
    """A worker loads a model; what it has no room for any more, it forgets, the oldest first."""
    worker.warm.pop(model, None)
    worker.warm[model] = memory
    while len(worker.warm) > 1 and _too_much(worker):
        del worker.warm[next(iter(worker.warm))]


def _too_much(worker: Worker) -> bool:
    if worker.keeps:
        return len(worker.warm) > worker.keeps
    return 0 < worker.memory < sum(worker.warm.values())


def succeeded(worker: Worker, operation: str) -> None:
    """A worker is well, as far as this operation goes."""
    if worker.failures or worker.spells:
        worker.failures.pop(operation, None)
        worker.spells.pop(operation, None)
        worker.spells.pop(ALL, None)


def failed(state: State, worker: Worker, operation: str, kind: FailureClass) -> None:
    """A worker failed at something; perhaps it is sick. In a local render there is nobody else anyway."""
    if not state.options.farm or kind not in BLAMED:
        return
    operation = str(operation)
    worker.failures[operation] = worker.failures.get(operation, 0) + 1
    if worker.failures[operation] < IN_A_ROW or _half_are_out(state, operation):
        return
    _fall_sick(state, worker, operation)
    if len(worker.sick) > 1 and ALL not in worker.sick and not _half_are_out(state, ALL):
        _fall_sick(state, worker, ALL)


def _half_are_out(state: State, operation: str) -> bool:
    out = sum(operation in worker.sick for worker in state.workers.values())
    return 2 * (out + 1) > len(state.workers)


def _fall_sick(state: State, worker: Worker, operation: str) -> None:
    spell = min(SPELL * 2.0 ** worker.spells.get(operation, 0), LONGEST_SPELL)
    worker.spells[operation] = worker.spells.get(operation, 0) + 1
    worker.sick[operation] = state.now + spell
    heappush(state.healing, (worker.sick[operation], worker.name, operation))


def heal(state: State) -> None:
    """Workers whose time is over get a probe: one more failure, and they are out again."""
    while state.healing and state.healing[0][0] <= state.now:
        until, name, operation = heappop(state.healing)
        worker = state.workers.get(name)
        if worker is not None and worker.sick.get(operation) == until:
            del worker.sick[operation]
            worker.failures[operation] = IN_A_ROW - 1
            refresh(state, worker)


def forgive(state: State, worker: Worker) -> None:
    """What made a worker sick was mended."""
    worker.sick.clear()
    worker.spells.clear()
    worker.failures.clear()
    refresh(state, worker)
