"""Works: where the doing of a key waits, who runs it, and when nobody wants it any more."""

from msgspec.structs import replace

from duocast.farm.core import credits, crew, hurry, limits, shares
from duocast.farm.core.commands import Evaluate, Lookup, Note, Run, Stop
from duocast.farm.core.demand import model
from duocast.farm.core.queues import Urgency
from duocast.farm.core.state import State, milliseconds
from duocast.farm.core.task import (
    Doing,
)
from duocast.farm.core.work import PHASE_STATUS, Phase, Ready, Running, Sought, Tries, Work
from duocast.farm.core.worker import Worker

FRESH = Tries()


def phase(state: State, work: Work, to: Phase) -> None:
    """Put a work that does not run into another phase, and into the queues that belong to it."""
    unqueue(state, work)
    work.phase = to
    for task in work.wanters:
        state.show(task, PHASE_STATUS[type(to)])
    queue(state, work)


def ask_again(state: State, work: Work) -> None:
    """Back to the store: what was made before a failure or a death may have been kept."""
    phase(state, work, Sought())
    leader = work.wanters[0]
    state.commands.append(Lookup(state.name(leader), work.key, state.specs[leader].expects))


def requeue(state: State, work: Work) -> None:
    """Whose jobs are paused, and what is wanted, has changed."""
    unqueue(state, work)
    queue(state, work)


def queue(state: State, work: Work) -> None:
    """Put a ready work where it waits to be started: nowhere, while all jobs that want it are paused."""
    if type(work.phase) is not Ready:
        return
    wanters = [task for task in work.wanters if not state.owners[task].paused]
    if not wanters:
        return
    if state.specs[wanters[0]].inline:
        if state.halted is not None:
            state.withheld[work.key] = None
        else:
            _evaluate(state, work, wanters[0])
    elif work.tries.alone:
        state.solo[work.key] = None
    else:
        for urgency in _entries(state, wanters):
            _enter(state, work, urgency)


def _entries(state: State, wanters: list[int]) -> list[Urgency]:
    """For each job that wants a work, the most urgent of its tasks."""
    urgencies = [hurry.urgency(state, task) for task in wanters]
    if len(urgencies) == 1:
        return urgencies
    best: dict[str, Urgency] = {}
    for each in sorted(urgencies):
        best.setdefault(state.owners[each[2]].id, each)
    return list(best.values())


def _enter(state: State, work: Work, urgency: Urgency) -> None:
    task = urgency[2]
    job, spec = state.owners[task], state.specs[task]
    shares.engage(state, job.user)
    state.queues.put(job, urgency, state.demands.of(spec, work.tries), milliseconds(spec))


def unqueue(state: State, work: Work) -> None:
    """Take a ready work out of every queue. Do so before its wanters, their jobs or its tries change."""
    if type(work.phase) is not Ready:
        return
    queued = state.queues.queued
    for task in work.wanters:
        if task in queued:
            job = state.owners[task]
            state.queues.drop(job, task, milliseconds(state.specs[task]))
            shares.disengage(state, job.user)
    if work.key in state.solo:
        del state.solo[work.key]
        _unreserve(state, work.key)
    state.withheld.pop(work.key, None)


def _evaluate(state: State, work: Work, task: int) -> None:
    state.attempts += 1
    work.phase = Running("", state.attempts, state.now, task, state.owners[task].user)
    work.tries = replace(work.tries, runs=work.tries.runs + 1)
    for each in work.wanters:
        state.show(each, PHASE_STATUS[Running])
    state.commands.append(Evaluate(state.name(task), state.attempts, work.key))


def start(state: State, task: int, worker: Worker) -> None:
    """Give a ready work, in the name of one of its tasks, to an idle worker."""
    row, spec, job = state.rows[task], state.specs[task], state.owners[task]
    if type(row) is not Doing:
        raise AssertionError(f"{state.name(task)} is in a queue but has no work")
    work = state.works[row.key]
    alone = work.key in state.reserved
    shares.engage(state, job.user)
    state.solo.pop(work.key, None)
    unqueue(state, work)
    shares.serve(state, job.user, spec.weight)
    credits.reserve(state, work.key, job, spec.needs.price)
    limits.hold(state, spec.needs.licences)
    state.attempts += 1
    work.phase = Running(worker.name, state.attempts, state.now, task, job.user)
    work.tries = replace(work.tries, runs=work.tries.runs + 1)
    worker.running = work.key
    state.pool.busy[worker.host] += 1
    crew.warm(worker, model(spec), spec.needs.memory)
    crew.refresh(state, worker)
    for each in work.wanters:
        state.show(each, PHASE_STATUS[Running])
    state.commands.append(Run(worker.name, state.name(task), state.attempts, work.key, alone))


def end_run(state: State, work: Work) -> None:
    """An attempt is over, one way or another: what it held is given back."""
    run = work.phase
    if type(run) is not Running or not run.worker:
        return
    spec = state.specs[run.task]
    limits.give_back(state, spec.needs.licences)
    shares.charge(state, run.user, (state.now - run.since) - spec.weight)
    shares.disengage(state, run.user)
    worker = state.workers[run.worker]
    worker.running = ""
    if not worker.stopping:
        state.pool.busy[worker.host] -= 1
    crew.refresh(state, worker)
    _unreserve(state, work.key)


def _unreserve(state: State, key: str) -> None:
    host = state.reserved.pop(key, None)
    if host is not None:
        crew.refresh_host(state, host)


def drop(state: State, work: Work) -> None:
    """Nobody wants a work any more: whoever runs it is stopped."""
    run = work.phase
    if type(run) is Running and run.worker:
        worker = state.workers[run.worker]
        if not worker.stopping:
            worker.stopping = True
            state.commands.append(Stop(worker.name))
        end_run(state, work)
    else:
        unqueue(state, work)
    credits.release(state, work.key)
    del state.works[work.key]


def leave(state: State, task: int, work: Work) -> None:
    """A task does not want its work any more; others may."""
    if work.wanters == [task]:
        drop(state, work)
        return
    unqueue(state, work)
    work.wanters.remove(task)
    queue(state, work)


def note(state: State, work: Work, text: str) -> None:
    """One line for the log."""
    if text:
        state.commands.append(Note(state.name(work.wanters[0]), text))
