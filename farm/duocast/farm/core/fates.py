"""Fates: a task is looked up when its inputs are known, ends with its work, and may start again.

A key can be computed only when the contents of the inputs are known; so each task is looked up in the store when its
inputs are done, and runs only on a miss: where a change makes the same bytes again, the wave stops.
"""

from collections.abc import Mapping

from duocast.compiler.keys import NotCanonical, node_key
from duocast.farm.core import cones, credits, works
from duocast.farm.core.admission import waiting
from duocast.farm.core.commands import Lookup
from duocast.farm.core.events import Found, Missed
from duocast.farm.core.job import Job
from duocast.farm.core.state import State
from duocast.farm.core.task import (
    DEAD,
    SETTLED,
    SUCCEEDED,
    Blocked,
    Doing,
    Done,
    Failed,
    Failure,
    From,
    Given,
    Reused,
    Row,
    Skipped,
    Spec,
    Waiting,
)
from duocast.farm.core.work import Ready, Sought, Work
from duocast.runtime.engine import FailureClass
from duocast.runtime.store.contents import Blob


def seek(state: State, task: int) -> None:
    """All inputs are known: name the work, and ask the store, unless somebody is at it already."""
    spec = state.specs[task]
    try:
        key = _key(state, spec, state.owners[task])
    except (NotCanonical, LookupError, ValueError) as problem:
        cones.fail(state, task, _unnameable(problem))
        return
    tries = state.tries.pop(task, works.FRESH)
    work = state.works.get(key)
    if work is None:
        state.works[key] = Work(key, [task], Sought(), tries)
        state.move(task, Doing(key))
        state.commands.append(Lookup(state.name(task), key, spec.expects))
        return
    works.unqueue(state, work)
    work.wanters.append(task)
    state.move(task, Doing(key))
    works.queue(state, work)


def _key(state: State, spec: Spec, job: Job) -> str:
    digests = {}
    prefix = f"{job.id}/" if job.id else ""
    for name, source in spec.inputs.items():
        if type(source) is Given:
            digests[name] = source.digest
        elif type(source) is From:
            row = state.rows[state.number[prefix + source.task]]
            if not isinstance(row, SUCCEEDED) or source.output not in row.outputs:
                raise LookupError(f"{source.task} made no output {source.output!r}")
            digests[name] = row.outputs[source.output].digest
    return node_key(spec.operation, spec.engine, spec.version, spec.params, digests)


def _unnameable(problem: Exception) -> Failure:
    hint = "this is a fault of the engine or the compiler, not of the script"
    return Failure(FailureClass.INVALID, "R0011", str(problem), hint)


def answered(state: State, event: Found | Missed) -> None:
    """The store has answered."""
    work = state.works.get(event.key)
    if work is None or type(work.phase) is not Sought:
        return
    if type(event) is Found:
        credits.settle(state, work.key, found=True)
        succeed(state, work, event.outputs, None, 0.0)
    else:
        works.phase(state, work, Ready(state.now))


def succeed(
    state: State, work: Work, outputs: Mapping[str, Blob], task: int | None, seconds: float
) -> None:
    """The work has its outputs, made by an attempt for `task` (None: found), and what waited for them goes on."""
    works.unqueue(state, work)
    del state.works[work.key]
    wanters = [w for w in work.wanters if all(name in outputs for name in state.specs[w].expects)]
    maker = task if task in wanters or task is None else next(iter(wanters), None)
    reused = Reused(work.key, outputs)
    for each in wanters:
        state.move(each, Done(work.key, outputs, seconds) if each == maker else reused)
    for each in wanters:
        _hand_on(state, each)
    for each in work.wanters:
        if each not in wanters:
            restart(state, each)


def _hand_on(state: State, task: int) -> None:
    """What waited for a task alone is looked up."""
    for dependent in state.dependents[task]:
        row = state.rows[dependent]
        if type(row) is Waiting:
            state.rows[dependent] = waiting(row.missing - 1)
            if row.missing == 1:
                seek(state, dependent)


def fail(state: State, work: Work, failure: Failure) -> None:
    """The work failed for good, and with it all tasks that wanted it; what is made from them can't run."""
    credits.release(state, work.key)
    works.unqueue(state, work)
    del state.works[work.key]
    for task in work.wanters:
        state.move(task, Failed(failure))
        cones.block(state, task)


def restart(state: State, task: int) -> None:
    """Back to the start: wait for what is missing, or look the work up again."""
    _leave_keeping_tries(state, task)
    producers = state.needs[task]
    dead = [p for p in producers if isinstance(state.rows[p], DEAD)]
    if dead:
        _follow(state, task, dead[0])
        return
    missing = sum(not isinstance(state.rows[p], SUCCEEDED) for p in producers)
    state.move(task, waiting(missing))
    if not missing:
        seek(state, task)


def _follow(state: State, task: int, dead: int) -> None:
    """A task ends as the one that it can't be made without."""
    cause = state.rows[dead]
    if isinstance(cause, Skipped):
        cones.skip(state, task)
        return
    by = cause.by if isinstance(cause, Blocked) else dead
    state.move(task, Blocked(by))
    cones.spread(state, task, lambda row: not isinstance(row, SETTLED), Blocked(by))


def _leave_keeping_tries(state: State, task: int) -> None:
    row = state.rows[task]
    work = state.works.get(row.key) if type(row) is Doing else None
    if work is not None and task in work.wanters:
        if work.tries != works.FRESH:
            state.tries[task] = work.tries
        works.leave(state, task, work)


def retry(state: State, tasks: list[int]) -> None:
    """Tasks that have not succeeded are tried once more, with what could not run because of them."""
    roots = {_root(state, task) for task in tasks}
    revived = sorted(task for task in roots if isinstance(state.rows[task], DEAD))
    reached = list(revived)
    seen = set(revived)
    while reached:
        for dependent in state.dependents[reached.pop()]:
            if isinstance(state.rows[dependent], Blocked | Skipped) and dependent not in seen:
                seen.add(dependent)
                reached.append(dependent)
    for task in sorted(seen):
        state.move(task, waiting(0))
    for task in sorted(seen):
        restart(state, task)


def _root(state: State, task: int) -> int:
    row = state.rows[task]
    return row.by if isinstance(row, Blocked) else task


def lost(state: State, tasks: list[int], digest: str) -> None:
    """An input's bytes are gone: who made it for these tasks makes it again, and only they do."""
    makers = {
        producer
        for task in tasks
        for producer in state.needs[task]
        if _holds(state.rows[producer], digest)
    }
    for producer in sorted(makers):
        _revert(state, producer)


def _holds(row: Row, digest: str) -> bool:
    return isinstance(row, Done | Reused) and any(
        blob.digest == digest for blob in row.outputs.values()
    )


def _revert(state: State, producer: int) -> None:
    """A success is taken back; tasks that have not started yet wait for it again."""
    state.move(producer, waiting(0))
    for dependent in state.dependents[producer]:
        row = state.rows[dependent]
        if isinstance(row, Waiting | Doing) and not cones.runs(state, dependent):
            restart(state, dependent)
    restart(state, producer)
