"""Invariants: what must hold in every state, whatever happened. For tests, simulations and `duocast doctor`."""

from collections import Counter
from collections.abc import Iterator

from duocast.farm.core import hurry
from duocast.farm.core.demand import model
from duocast.farm.core.state import State, milliseconds
from duocast.farm.core.task import (
    DEAD,
    SETTLED,
    STATUS,
    SUCCEEDED,
    Blocked,
    Doing,
    Skipped,
    Status,
    Waiting,
)
from duocast.farm.core.work import PHASE_STATUS, Ready, Resting, Running


def broken(state: State) -> list[str]:
    """What is wrong with a state, one sentence each; nothing if all is well. Takes time with the whole state."""
    return [
        *_tasks(state),
        *_flights(state),
        *_workers(state),
        *_queues(state),
        *_hosts(state),
        *_jobs(state),
        *_ledgers(state),
        *_sums(state),
    ]


def _tasks(state: State) -> Iterator[str]:
    for task, row in state.rows.items():
        name, needs = state.name(task), [state.rows[p] for p in state.needs[task]]
        missing = sum(not isinstance(need, SUCCEEDED) for need in needs)
        match row:
            case Waiting() if row.missing != missing or not missing:
                yield f"{name} waits for {row.missing} and misses {missing}"
            case Waiting() if any(isinstance(need, DEAD) for need in needs):
                yield f"{name} waits for what will never come"
            case Doing() if row.key not in state.works:
                yield f"{name} is lost: nobody does {row.key[:8]}"
            case Doing() if task not in state.works[row.key].wanters:
                yield f"{name} is lost: its work does not know it"
            case Blocked() if state.halted is None and not _is_blocked(state, task):
                yield f"{name} is blocked by nothing"
        if isinstance(row, SUCCEEDED):
            absent = [each for each in state.specs[task].expects if each not in row.outputs]
            if absent:
                yield f"{name} succeeded without {absent[0]}"


def _is_blocked(state: State, task: int) -> bool:
    return any(isinstance(state.rows[p], DEAD) for p in state.needs[task]) or any(
        isinstance(state.rows[p], Waiting | Doing) for p in state.needs[task]
    )


def _flights(state: State) -> Iterator[str]:
    attempts: Counter[int] = Counter()
    for key, work in state.works.items():
        if key != work.key or not work.wanters:
            yield f"the work {key[:8]} is nobody's"
        if len(set(work.wanters)) != len(work.wanters):
            yield f"the work {key[:8]} is wanted twice by one task"
        for task in work.wanters:
            row = state.rows[task]
            if not isinstance(row, Doing) or row.key != key:
                yield f"the work {key[:8]} thinks that {state.name(task)} wants it"
        if isinstance(work.phase, Running):
            attempts[work.phase.attempt] += 1
            worker = state.workers.get(work.phase.worker)
            if work.phase.worker and (worker is None or worker.running != key):
                yield f"the work {key[:8]} runs on {work.phase.worker}, which knows nothing of it"
        if isinstance(work.phase, Resting) and (work.phase.until, key) not in state.resting:
            yield f"the work {key[:8]} rests for ever"
    yield from (f"attempt {number} was given twice" for number, n in attempts.items() if n > 1)


def _workers(state: State) -> Iterator[str]:
    if {worker.name for worker in state.pool.numbered.values()} != set(state.workers):
        yield "the pool has other workers than the state"
    idle = {number for those in state.pool.free.values() for number in those}
    for name, worker in state.workers.items():
        work = state.works.get(worker.running)
        if worker.running and (
            work is None or not isinstance(work.phase, Running) or work.phase.worker != name
        ):
            yield f"{name} runs {worker.running[:8]}, which knows nothing of it"
        if worker.number in idle and not _may_start(state, name):
            yield f"{name} is among the idle and may start nothing"
        if worker.number not in idle and _may_start(state, name):
            yield f"{name} is idle and forgotten"
    if state.pool.idlers != len(idle):
        yield "the idle are miscounted"


def _may_start(state: State, name: str) -> bool:
    worker = state.workers[name]
    return not (
        worker.running
        or worker.stopping
        or worker.node in state.drained
        or "*" in worker.sick
        or worker.host in state.reserved.values()
    )


def _queues(state: State) -> Iterator[str]:
    expected: set[int] = set()
    solo = set()
    for key, work in state.works.items():
        wanters = [task for task in work.wanters if not state.owners[task].paused]
        if not isinstance(work.phase, Ready) or not wanters:
            continue
        if state.specs[wanters[0]].inline:
            if key not in state.withheld:
                yield f"the inline work {key[:8]} is forgotten"
        elif work.tries.alone:
            solo.add(key)
        else:
            best: dict[str, int] = {}
            for task in sorted(wanters, key=lambda t: hurry.urgency(state, t)):
                best.setdefault(state.owners[task].id, task)
            expected |= set(best.values())
    queued = state.queues.queued
    if set(queued) != expected:
        yield f"queued are {sorted(queued)[:9]} and should be {sorted(expected)[:9]}"
    if set(state.solo) != solo:
        yield f"alone should run {sorted(solo)} and not {sorted(state.solo)}"
    yield from _backlogs(state)


def _backlogs(state: State) -> Iterator[str]:
    live: Counter[object] = Counter()
    backlog: Counter[str] = Counter()
    active: Counter[str] = Counter()
    for task, demand in state.queues.queued.items():
        first = state.owners[task].first
        live[first, demand] += 1
        backlog[demand.model] += milliseconds(state.specs[task])
        active[state.owners[task].user] += 1
        if state.queues.head(first, demand)[2] not in state.queues.queued:
            yield f"the queue of job {first} has a wrong head"
    for first, known in state.queues.bases.items():
        heads = (state.queues.head(first, demand)[0] for demand in state.queues.heaps[first])
        if known != min(heads):
            yield f"the first shot of job {first} is miscounted"
    for work in state.works.values():
        if isinstance(work.phase, Running) and work.phase.worker:
            active[work.phase.user] += 1
    if dict(live) != state.queues.live or +backlog != +Counter(state.queues.backlog):
        yield "the queues are miscounted"
    if (
        dict(active) != state.active
        or sorted((state.users[name].used, name) for name in active) != state.fair
    ):
        yield "the order of users is wrong"


def _hosts(state: State) -> Iterator[str]:
    for host, names in state.pool.hosts.items():
        those = [state.workers[name] for name in names]
        if state.pool.busy[host] != sum(bool(w.running or w.stopping) for w in those):
            yield f"{host} is miscounted"
    for key, host in state.reserved.items():
        work = state.works.get(key)
        if work is None or not (key in state.solo or isinstance(work.phase, Running)):
            yield f"{host} is reserved for nothing"
        elif isinstance(work.phase, Running) and state.pool.busy.get(host, 0) > 1:
            yield f"something runs on {host} beside a work that runs alone"
    if len(set(state.reserved.values())) != len(state.reserved):
        yield "a host is reserved twice"


def _jobs(state: State) -> Iterator[str]:
    for name, job in state.jobs.items():
        tasks = range(job.first, job.first + job.count)
        unsettled = sum(not isinstance(state.rows[task], SETTLED) for task in tasks)
        if job.unsettled != unsettled or (job.ended is not None) != (unsettled == 0):
            yield f"the job {name!r} has {unsettled} tasks left and thinks {job.unsettled}"
        shown = Counter(_status(state, task) for task in tasks)
        if shown != +Counter(job.counts) or any(
            state.shown[task] is not _status(state, task) for task in tasks
        ):
            yield f"the job {name!r} shows something else than it is"
        if any(isinstance(state.rows[t], Skipped) for t in tasks) and not shown[Status.SKIPPED]:
            yield f"the job {name!r} miscounts what was skipped"
    if state.open != sum(job.unsettled for job in state.jobs.values()):
        yield "the open tasks are miscounted"


def _status(state: State, task: int) -> Status:
    row = state.rows[task]
    if isinstance(row, Doing) and row.key in state.works:
        return PHASE_STATUS[type(state.works[row.key].phase)]
    return STATUS[type(row)]


def _ledgers(state: State) -> Iterator[str]:
    held: Counter[str] = Counter()
    for work in state.works.values():
        if isinstance(work.phase, Running) and work.phase.worker:
            held.update(state.specs[work.phase.task].needs.licences)
    if held != Counter(state.licences):
        yield f"the licences held are {dict(held)} and not {state.licences}"
    reserved: Counter[str] = Counter()
    for key, each in state.reservations.items():
        reserved[each.user] += each.price
        if key not in state.works:
            yield f"credits are reserved for {key[:8]}, which nobody does"
    for name, user in state.users.items():
        if user.reserved != reserved[name]:
            yield f"{name} has {reserved[name]} reserved and thinks {user.reserved}"
        if user.credits is not None and (user.credits < 0 or user.credits < user.reserved):
            yield f"{name} is below nothing"
    for job in state.jobs.values():
        if job.budget is not None and job.spent + job.reserved > job.budget:
            yield f"the job {job.id!r} spends more than its budget"


def _sums(state: State) -> Iterator[str]:
    """Milliseconds of what has not ended, by job and by model."""
    left: Counter[object] = Counter()
    remaining: Counter[str] = Counter()
    ahead: Counter[str] = Counter()
    for task, row in state.rows.items():
        if not isinstance(row, SETTLED):
            spec, job = state.specs[task], state.owners[task].id
            left[job, (spec.operation, spec.engine)] += milliseconds(spec)
            remaining[job] += milliseconds(spec)
            if not spec.inline:
                ahead[model(spec)] += milliseconds(spec)
    known = {(job, at): cost for job, costs in state.left.items() for at, cost in costs.items()}
    if +left != +Counter(known) or +remaining != +Counter(state.remaining):
        yield "what is left of the jobs is miscounted"
    if +ahead != +Counter(state.ahead):
        yield "what is ahead of the workers is miscounted"
