"""The scheduler's core: a pure function from a state and an event to the next state and commands.

It reads no clock, file or network, so that the same core runs a film on one machine, on a farm and in a simulation,
and replaying the events gives the same state. A key can be computed only when the contents of the inputs are known; so
each task is looked up in the store when its inputs are done, and runs only on a miss: where a change makes the same
bytes again, the wave stops.
"""

from dataclasses import replace

from duocast.compiler.keys import NotCanonical, node_key
from duocast.farm import dispatch, events, policy
from duocast.farm.draft import DEAD, SETTLED, SUCCEEDED, Draft
from duocast.farm.events import Command, Event
from duocast.farm.state import State, Worker
from duocast.farm.submission import admit
from duocast.farm.task import (
    Blocked,
    Cancelled,
    Done,
    Failed,
    Failure,
    From,
    Given,
    Ready,
    Refused,
    Resting,
    Reused,
    Running,
    Sought,
    Spec,
    Tries,
    Twin,
    Waiting,
)
from duocast.runtime.engine import FailureClass


def step(state: State, event: Event) -> tuple[State, tuple[Command, ...]]:
    """What follows from an event. Messages that come late, twice or for a task already settled change nothing."""
    draft = Draft(state)
    draft.now = max(state.now, event.at)
    _hear(draft, event)
    _wake(draft)
    dispatch.assign(draft)
    return draft.freeze(), tuple(draft.commands)


def _hear(draft: Draft, event: Event) -> None:
    match event:
        case events.Submitted(specs):
            for task in admit(draft, specs):
                _arrive(draft, task)
        case events.Found() | events.Missed():
            _answered(draft, event)
        case events.Started() | events.Progressed():
            _progress(draft, event)
        case events.Finished() | events.Failed() | events.Lost():
            _reported(draft, event)
        case events.WorkerJoined(worker, host):
            draft.workers.setdefault(worker, Worker(host))
        case events.WorkerDied(worker, reason):
            _buried(draft, worker, reason)
        case events.Cancelled(tasks):
            for name in tasks:
                _cancel(draft, draft.number[name])
        case events.Tick():
            pass


def _arrive(draft: Draft, task: int) -> None:
    """A new task is refused, waits, or is looked up at once."""
    row = draft.rows[task]
    if not isinstance(row, Waiting):
        return None
    for source in draft.specs[task].inputs.values():
        if isinstance(source, Refused):
            return _fail(draft, task, source.failure)
    if draft.halted:
        return _fail(draft, task, draft.halted)
    return _restart(draft, task, row.tries)


def _seek(draft: Draft, task: int, tries: Tries) -> None:
    """All inputs are known: name the work, and ask the store, unless somebody is doing it already."""
    spec = draft.specs[task]
    try:
        key = _key(draft, spec)
    except (NotCanonical, LookupError) as problem:
        return _fail(draft, task, _unnameable(problem))
    leader = draft.flight.get(key)
    if leader is not None and leader != task:
        return draft.move(task, Twin(key, leader, tries))
    draft.move(task, Sought(key, tries))
    draft.commands.append(events.Lookup(spec.id, key, spec.expects))
    return None


def _key(draft: Draft, spec: Spec) -> str:
    digests = {}
    for name, source in spec.inputs.items():
        match source:
            case Given(digest):
                digests[name] = digest
            case From(task, output):
                row = draft.rows[draft.number[task]]
                if not isinstance(row, SUCCEEDED) or output not in row.outputs:
                    raise LookupError(f"{task} made no output {output!r}")
                digests[name] = row.outputs[output].digest
    return node_key(spec.operation, spec.engine, spec.version, spec.params, digests)


def _unnameable(problem: Exception) -> Failure:
    hint = "this is a fault of the engine or the compiler, not of the script"
    return Failure(FailureClass.INVALID, "R0011", str(problem), hint)


def _answered(draft: Draft, event: events.Found | events.Missed) -> None:
    task = draft.number[event.task]
    row = draft.rows[task]
    if not isinstance(row, Sought) or row.key != event.key:
        return
    if isinstance(event, events.Found):
        _succeed(draft, task, Reused(row.key, event.outputs))
    elif draft.specs[task].inline:
        tries = replace(row.tries, attempts=row.tries.attempts + 1)
        draft.move(task, Running(row.key, None, draft.now, 0.0, tries))
        draft.commands.append(events.Evaluate(event.task, tries.attempts, row.key))
    else:
        draft.move(task, Ready(row.key, row.tries))


def _progress(draft: Draft, event: events.Started | events.Progressed) -> None:
    task = draft.number[event.task]
    row = draft.rows[task]
    if not isinstance(row, Running) or row.tries.attempts != event.attempt:
        return
    if isinstance(event, events.Started):
        draft.move(task, replace(row, since=draft.now))
    else:
        draft.move(task, replace(row, fraction=min(1.0, max(row.fraction, event.fraction))))


def _reported(draft: Draft, event: events.Finished | events.Failed | events.Lost) -> None:
    task = draft.number[event.task]
    row = draft.rows[task]
    if not isinstance(row, Running) or row.tries.attempts != event.attempt:
        return None
    match event:
        case events.Finished(outputs=outputs, seconds=seconds):
            _succeed(draft, task, Done(row.key, outputs, seconds))
        case events.Failed(failure=failure):
            if failure.kind is FailureClass.CANCELLED:
                return _cancel(draft, task)
            _follow(draft, task, row, policy.after_failure(failure, row.tries))
        case events.Lost(digest=digest):
            _lost(draft, task, row, digest)
    return None


def _follow(draft: Draft, task: int, row: Running, verdict: policy.Verdict) -> None:
    match verdict:
        case policy.GiveUp(failure):
            _fail(draft, task, failure)
        case policy.Again() if draft.halted:
            _fail(draft, task, draft.halted)
        case policy.Again(tries, wait) if wait:
            draft.move(task, Resting(row.key, draft.now + wait, tries))
        case policy.Again(tries):
            # Asked for again, because what was made before the failure may have been kept.
            _restart(draft, task, tries)


def _buried(draft: Draft, worker: str, reason: str) -> None:
    task = draft.running.get(worker)
    draft.workers.pop(worker, None)
    if task is None:
        return
    row = draft.rows[task]
    if isinstance(row, Running):
        _follow(draft, task, row, policy.after_death(reason, row.tries))
    draft.running.pop(worker, None)


def _lost(draft: Draft, task: int, row: Running, digest: str) -> None:
    """An input's bytes are gone: who made it makes it again, then the task goes on."""
    verdict = policy.after_loss(digest, row.tries)
    if isinstance(verdict, policy.Again) and not draft.halted:
        for producer in _producers(draft, task):
            made = draft.rows[producer]
            if isinstance(made, SUCCEEDED) and _holds(made, digest):
                _revert(draft, producer)
    _follow(draft, task, row, verdict)


def _holds(made: Done | Reused, digest: str) -> bool:
    return any(blob.digest == digest for blob in made.outputs.values())


def _revert(draft: Draft, producer: int) -> None:
    """A success is taken back; tasks that have not started yet wait for it again."""
    draft.move(producer, Waiting(0))
    for dependent in draft.dependents[producer]:
        row = draft.rows[dependent]
        if isinstance(row, Waiting | Sought | Ready | Resting | Twin):
            _restart(draft, dependent, row.tries)
    _restart(draft, producer, Tries())


def _restart(draft: Draft, task: int, tries: Tries) -> None:
    """Back to the start: wait for what is missing, or look the work up again."""
    draft.move(task, Waiting(_missing(draft, task), tries))
    dead = [p for p in _producers(draft, task) if isinstance(draft.rows[p], DEAD)]
    row = draft.rows[task]
    if dead:
        _block(draft, task, dead[0])
        _block_cone(draft, task)
    elif isinstance(row, Waiting) and row.missing == 0:
        _seek(draft, task, tries)
    _promote_orphans(draft, task)


def _missing(draft: Draft, task: int) -> int:
    return sum(not isinstance(draft.rows[p], SUCCEEDED) for p in _producers(draft, task))


def _producers(draft: Draft, task: int) -> list[int]:
    sources = draft.specs[task].inputs.values()
    return sorted({draft.number[source.task] for source in sources if isinstance(source, From)})


def _succeed(draft: Draft, task: int, row: Done | Reused) -> None:
    """The task has its outputs; so have its twins; what waited for them goes on."""
    made = [task, *draft.twins.get(task, ())]
    for each in made:
        draft.move(each, row if each == task else Reused(row.key, row.outputs))
    for each in made:
        for dependent in draft.dependents[each]:
            waiting = draft.rows[dependent]
            if isinstance(waiting, Waiting):
                draft.move(dependent, replace(waiting, missing=waiting.missing - 1))
                if waiting.missing == 1:
                    _seek(draft, dependent, waiting.tries)


def _fail(draft: Draft, task: int, failure: Failure) -> None:
    """The task failed for good, its twins with it; what is made from them can't run."""
    for each in (task, *draft.twins.get(task, ())):
        draft.move(each, Failed(failure))
        _block_cone(draft, each)
    if failure.code in policy.HALTING and draft.halted is None:
        _halt(draft, task, failure)


def _halt(draft: Draft, task: int, failure: Failure) -> None:
    draft.halted = failure
    for other, row in enumerate(draft.rows):
        if isinstance(row, Waiting | Sought | Twin | Ready | Resting):
            draft.move(other, Blocked(task))


def _block(draft: Draft, task: int, by: int) -> None:
    cause = draft.rows[by]
    draft.move(task, Blocked(cause.by if isinstance(cause, Blocked) else by))


def _block_cone(draft: Draft, task: int) -> None:
    reached = [task]
    while reached:
        for dependent in draft.dependents[reached.pop()]:
            row = draft.rows[dependent]
            if not isinstance(row, (*SETTLED, Running)):
                draft.move(dependent, Blocked(task))
                _promote(draft, dependent)
                reached.append(dependent)


def _cancel(draft: Draft, task: int) -> None:
    """The task is not wanted: its worker is stopped; whoever needs it is blocked; a twin takes its place."""
    row = draft.rows[task]
    if isinstance(row, SETTLED):
        return
    if isinstance(row, Running) and row.worker is not None:
        draft.commands.append(events.Stop(row.worker))
        draft.workers[row.worker] = replace(draft.workers[row.worker], stopping=True)
    draft.move(task, Cancelled())
    _promote(draft, task)
    _block_cone(draft, task)


def _promote(draft: Draft, leader: int) -> None:
    """Who waited for the leader's work does it now."""
    for twin in draft.twins.get(leader, ()):
        row = draft.rows[twin]
        if isinstance(row, Twin):
            _restart(draft, twin, row.tries)


def _promote_orphans(draft: Draft, leader: int) -> None:
    """A leader that no longer does the work its twins wait for lets them go."""
    row = draft.rows[leader]
    twins = [draft.rows[twin] for twin in draft.twins.get(leader, ())]
    if any(
        not isinstance(row, Sought) or twin.key != row.key
        for twin in twins
        if isinstance(twin, Twin)
    ):
        _promote(draft, leader)


def _wake(draft: Draft) -> None:
    while draft.resting and draft.resting[0][0] <= draft.now:
        task = draft.resting[0][1]
        row = draft.rows[task]
        if isinstance(row, Resting):
            draft.move(task, Ready(row.key, row.tries))
