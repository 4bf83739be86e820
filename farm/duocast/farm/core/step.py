"""The scheduler's core: what follows from an event, as a change of the state and commands.

It reads no clock, file or network, so that the same core runs a film on one machine, on a farm and in a simulation,
and replaying the events gives the same state and the same commands.
"""

from collections.abc import Iterable
from heapq import heappop

from duocast.farm.core import (
    admission,
    cones,
    credits,
    crew,
    dispatch,
    events,
    fates,
    forget,
    hurry,
    policy,
    shares,
    works,
)
from duocast.farm.core.commands import Command, TellJob
from duocast.farm.core.events import Event
from duocast.farm.core.job import Job, JobStatus
from duocast.farm.core.pool import Pool
from duocast.farm.core.state import State
from duocast.farm.core.task import Doing, Failure, Status, Waiting
from duocast.farm.core.work import Ready, Resting, Running, Sought, Work
from duocast.farm.core.worker import Worker
from duocast.runtime.engine import FailureClass


def step(state: State, event: Event) -> list[Command]:
    """What follows from an event. Messages that come late, twice or about something unknown change nothing.

    Raises `ValueError`, and changes nothing, for a submission that `admission.check` refuses.
    """
    state.now = max(state.now, event.at)
    commands: list[Command] = []
    state.commands = commands
    _hear(state, event)
    _wake(state)
    dispatch.assign(state)
    if state.closing:
        _close_jobs(state)
    return commands


def _hear(state: State, event: Event) -> None:
    match event:
        case events.Finished() | events.Failed() | events.Lost():
            _reported(state, event)
        case events.Found() | events.Missed():
            fates.answered(state, event)
        case events.Paid():
            _paid(state, event)
        case events.Started() | events.Progressed():
            _progress(state, event)
        case events.Submitted():
            _admit(state, event)
        case events.WorkerJoined():
            crew.join(state, event)
        case events.WorkerDied():
            _bury(state, event)
        case events.Tick():
            pass
        case _:
            _ordered(state, event)


def _ordered(state: State, event: Event) -> None:
    """What people want."""
    match event:
        case events.Cancelled():
            for task in reversed(_named(state, event)):
                cones.cancel(state, task)
        case events.Retried(tasks):
            fates.retry(state, _numbers(state, tasks))
        case events.Skipped(tasks):
            for task in _numbers(state, tasks):
                cones.skip(state, task)
        case events.Paused(job) | events.Resumed(job):
            _pause(state, job, paused=isinstance(event, events.Paused))
        case events.Prioritised(job, priority):
            if job in state.jobs:
                state.jobs[job].priority = priority
                state.queues.reorder(state.jobs[job])
        case events.Forgotten(job):
            forget.forget(state, job)
        case _:
            _operated(state, event)


def _operated(state: State, event: Event) -> None:
    """What operators want."""
    match event:
        case events.Drained(node):
            state.drained[node] = None
            crew.refresh_node(state, node)
        case events.Undrained(node):
            state.drained.pop(node, None)
            crew.refresh_node(state, node)
        case events.Forgiven(name):
            if name in state.workers:
                crew.forgive(state, state.workers[name])
        case events.LimitSet(licence, count):
            state.limits.pop(licence, None)
            if count is not None:
                state.limits[licence] = count
        case events.UserSet():
            _set_user(state, event)
        case events.Halted(failure):
            state.halted = failure
        case events.Unhalted():
            _go_on(state)


def _admit(state: State, event: events.Submitted) -> None:
    """New tasks are refused, wait, or are looked up at once."""
    tasks = admission.admit(state, event)
    if tasks:
        shares.known(state, event.user)
    for task, failure in admission.refused(tasks, event.specs):
        if type(state.rows[task]) is Waiting:
            cones.fail(state, task, failure)
    halted = None if state.options.farm else state.halted
    for task in tasks:
        row = state.rows[task]
        if type(row) is not Waiting:
            continue
        if halted is not None:
            cones.fail(state, task, halted)
        elif not row.missing:
            fates.seek(state, task)


def _progress(state: State, event: events.Started | events.Progressed) -> None:
    work = state.works.get(event.key)
    run = work.phase if work is not None else None
    if work is None or type(run) is not Running or run.attempt != event.attempt:
        return
    since, fraction = run.since, run.fraction
    if isinstance(event, events.Progressed):
        fraction = min(1.0, max(fraction, event.fraction))
    work.phase = Running(run.worker, run.attempt, since, run.task, run.user, fraction)


def _paid(state: State, event: events.Paid) -> None:
    work = state.works.get(event.key)
    run = work.phase if work is not None else None
    if type(run) is Running and run.attempt == event.attempt:
        credits.tell(state, event.key, event.amount)


def _reported(state: State, event: events.Finished | events.Failed | events.Lost) -> None:
    work = state.works.get(event.key)
    run = work.phase if work is not None else None
    if work is None or type(run) is not Running or run.attempt != event.attempt:
        return
    worker = state.workers.get(run.worker)
    operation = state.specs[run.task].operation
    match event:
        case events.Finished(outputs=outputs, seconds=seconds):
            if worker is not None:
                crew.succeeded(worker, operation)
            works.end_run(state, work)
            credits.settle(state, work.key)
            fates.succeed(state, work, outputs, run.task, seconds)
        case events.Failed(failure=failure):
            if worker is not None:
                crew.failed(state, worker, operation, failure.kind)
            _failed(state, work, run, failure)
        case events.Lost(digest=digest):
            works.end_run(state, work)
            _lost(state, work, digest)


def _failed(state: State, work: Work, run: Running, failure: Failure) -> None:
    if failure.kind is FailureClass.CANCELLED:
        for task in reversed(list(work.wanters)):
            cones.cancel(state, task)
        return
    where = _where(state, work, run)
    works.end_run(state, work)
    _follow(state, work, policy.after_failure(failure, work.tries, where))


def _where(state: State, work: Work, run: Running) -> policy.Where:
    worker = state.workers.get(run.worker)
    if worker is None or not state.options.farm:
        return policy.Where(farm=state.options.farm)
    demand = state.demands.of(state.specs[run.task], work.tries)
    able = list(state.pool.fitting(demand))
    return policy.Where(
        farm=True,
        worker=worker.name,
        memory=worker.memory,
        others=sum(state.pool.eligible[profile] for profile in able) > 1,
        bigger=worker.memory > 0 and any(profile.memory > worker.memory for profile in able),
    )


def _follow(state: State, work: Work, verdict: policy.Verdict) -> None:
    """Do what the policy says about a work that does not run any more."""
    match verdict:
        case policy.GiveUp(failure):
            _give_up(state, work, failure)
        case policy.Again() if state.halted is not None and not state.options.farm:
            fates.fail(state, work, state.halted)
        case policy.Again(tries, wait, line):
            work.tries = tries
            works.note(state, work, line)
            if wait:
                works.phase(state, work, state.rest(state.now + wait, work.key))
            else:
                works.ask_again(state, work)
        case policy.Hold(failure):
            if state.halted is None:
                works.note(state, work, f"nothing new is started: {failure.message}")
            state.halted = failure
            works.phase(state, work, Ready(state.now))


def _give_up(state: State, work: Work, failure: Failure) -> None:
    task = work.wanters[0]
    fates.fail(state, work, failure)
    if failure.code in policy.HALTING and state.halted is None:
        state.halted = failure
        cones.end_all(state, task)


def _lost(state: State, work: Work, digest: str) -> None:
    verdict = policy.after_loss(digest, work.tries)
    if not isinstance(verdict, policy.Again) or (state.halted and not state.options.farm):
        _follow(state, work, verdict)
        return
    work.tries = verdict.tries
    works.phase(state, work, Sought())
    fates.lost(state, list(work.wanters), digest)
    if state.works.get(work.key) is work:
        works.ask_again(state, work)


def _bury(state: State, event: events.WorkerDied) -> None:
    worker = state.workers.get(event.worker)
    if worker is None:
        return
    work = state.works.get(worker.running)
    if not worker.stopping:
        worker.stopping = True
        state.pool.busy[worker.host] += not worker.running
    if work is not None:
        works.end_run(state, work)
    state.pool.busy[worker.host] -= 1
    crew.leave(state, worker)
    _free_host(state, worker, state.pool)
    if work is not None:
        if event.blame:
            _follow(state, work, policy.after_death(event.reason, work.tries))
        else:
            works.ask_again(state, work)


def _free_host(state: State, worker: Worker, pool: Pool) -> None:
    """A host without workers is nobody's."""
    if worker.host not in pool.hosts:
        for key in [key for key, host in state.reserved.items() if host == worker.host]:
            del state.reserved[key]


def _wake(state: State) -> None:
    while state.resting and state.resting[0][0] <= state.now:
        until, key = heappop(state.resting)
        work = state.works.get(key)
        if work is not None and work.phase == Resting(until):
            works.phase(state, work, Ready(state.now))
    if state.healing:
        crew.heal(state)


def _named(state: State, event: events.Cancelled) -> list[int]:
    tasks = _numbers(state, event.tasks)
    job = state.jobs.get(event.job) if event.job is not None else None
    return [*range(job.first, job.first + job.count), *tasks] if job else tasks


def _numbers(state: State, tasks: Iterable[str]) -> list[int]:
    return [state.number[task] for task in tasks if task in state.number]


def _pause(state: State, name: str, *, paused: bool) -> None:
    job = state.jobs.get(name)
    if job is None or job.paused is paused:
        return
    _requeue_around(state, job, paused=paused, hurried=job.hurried)
    if job.ended is None:
        job.status = JobStatus.PAUSED if paused else JobStatus.RUNNING
        state.commands.append(TellJob(job.id, job.status))


def _requeue_around(state: State, job: Job, *, paused: bool, hurried: bool) -> None:
    """Take a job's ready works out of the queues, change it, and put back what may start."""
    ready = {}
    for task in range(job.first, job.first + job.count):
        row = state.rows[task]
        if type(row) is Doing and type(state.works[row.key].phase) is Ready:
            ready[row.key] = state.works[row.key]
    for work in ready.values():
        works.unqueue(state, work)
    job.paused, job.hurried = paused, hurried
    for work in ready.values():
        works.queue(state, work)


def _set_user(state: State, event: events.UserSet) -> None:
    user = shares.known(state, event.user)
    user.weight = max(event.weight, 1e-6)
    state.weights = None
    user.credits = None if event.credits is None else max(event.credits, user.reserved)
    state.queues.unpark(user.name)


def _go_on(state: State) -> None:
    if not state.options.farm:
        return
    state.halted = None
    for key in list(state.withheld):
        works.requeue(state, state.works[key])


def _close_jobs(state: State) -> None:
    """Jobs whose last task has ended have ended; those with tasks again go on."""
    for name in state.closing:
        job = state.jobs[name]
        if job.unsettled == 0 and job.ended is None:
            job.ended = state.now
            job.status = _result(job)
            state.commands.append(TellJob(name, job.status))
        elif job.unsettled and job.ended is not None:
            job.ended = None
            job.status = JobStatus.PAUSED if job.paused else JobStatus.RUNNING
            state.commands.append(TellJob(name, job.status))
        if job.unsettled and hurry.turns(state, job):
            _requeue_around(state, job, paused=job.paused, hurried=not job.hurried)
    state.closing.clear()


def _result(job: Job) -> JobStatus:
    if job.counts.get(Status.FAILED):
        return JobStatus.FAILED
    if job.counts.get(Status.CANCELLED):
        return JobStatus.CANCELLED
    return JobStatus.DONE
