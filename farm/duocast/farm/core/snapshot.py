"""A snapshot: a state as bytes and back. What follows from the rest is left out and made anew."""

import gc
from collections import Counter
from collections.abc import Mapping
from heapq import heapify
from itertools import islice

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from duocast.compiler.graph import Operation
from duocast.farm.core import admission, crew, limits, shares, works
from duocast.farm.core.coding import plain
from duocast.farm.core.job import Job, User
from duocast.farm.core.state import Options, Reservation, Skill, State
from duocast.farm.core.task import STATUS, Failure, Row, Status
from duocast.farm.core.work import PHASE_STATUS, Ready, Running, Tries, Work
from duocast.farm.core.worker import Worker

VERSION = 2


class Unreadable(ValueError):
    """The bytes are no snapshot that this version can read; replay the journal instead."""


class Picture(Struct, array_like=True, omit_defaults=False):
    """What of a state can't be made from the rest, and what would take long to make: ids and links of tasks, sums.

    Another order or meaning of the fields is another `VERSION`.
    """

    version: int
    options: Options
    now: float
    virtual: float
    attempts: int
    joined: int
    halted: Failure | None
    jobs: list[Job]
    specs: list[list[Raw]]
    ids: list[str]
    left: list[list[tuple[Operation, str, int]]]
    ahead: dict[str, int]
    rows: list[Row]
    tries: dict[int, Tries]
    works: list[Work]
    workers: list[Worker]
    users: list[User]
    drained: list[str]
    limits: dict[str, int]
    reservations: dict[str, Reservation]
    reserved: dict[str, str]
    resting: list[tuple[float, str]]
    healing: list[tuple[float, str, str]]
    needs: list[tuple[int, ...]]
    dependents: list[tuple[int, ...]]
    way: list[float]
    pace: list[tuple[Operation, str, float, float]]
    numbered: int


_ENCODER = msgspec.msgpack.Encoder(enc_hook=plain)
_DECODER = msgspec.msgpack.Decoder(Picture)


def encode(state: State) -> bytes:
    """A state as bytes. Equal states give equal bytes."""
    jobs = [
        replace(job, counts={}) for job in sorted(state.jobs.values(), key=lambda job: job.first)
    ]
    return _ENCODER.encode(
        Picture(
            version=VERSION,
            options=state.options,
            now=state.now,
            virtual=state.virtual,
            attempts=state.attempts,
            joined=state.joined,
            halted=state.halted,
            jobs=jobs,
            specs=[state.specs.writing(job.tasks) for job in jobs],
            ids=list(state.number),
            left=[_flat(state.left[job.id]) for job in jobs],
            ahead=dict(sorted(state.ahead.items())),
            rows=list(state.rows.values()),
            tries=dict(sorted(state.tries.items())),
            works=sorted(state.works.values(), key=lambda work: work.key),
            workers=list(state.workers.values()),
            users=sorted(state.users.values(), key=lambda user: user.name),
            drained=sorted(state.drained),
            limits=dict(sorted(state.limits.items())),
            reservations=dict(sorted(state.reservations.items())),
            reserved=dict(sorted(state.reserved.items())),
            resting=sorted(state.resting),
            healing=sorted(state.healing),
            needs=list(state.needs.values()),
            dependents=list(state.dependents.values()),
            way=list(state.way.values()),
            pace=sorted((op, name, taken, due) for (op, name), (taken, due) in state.pace.items()),
            numbered=state.numbered,
        )
    )


def _flat(left: Mapping[Skill, int]) -> list[tuple[Operation, str, int]]:
    return [(op, engine, expected) for (op, engine), expected in sorted(left.items())]


def decode(content: bytes) -> State:
    """The state that `encode` wrote: it goes on exactly as the other one would. Raises `Unreadable`.

    Python's collector waits meanwhile: it would look at 100,000 new tasks again and again, and free none.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _restored(_DECODER.decode(content))
    except msgspec.DecodeError as problem:
        raise Unreadable(str(problem)) from problem
    finally:
        if collecting:
            gc.enable()


def _restored(picture: Picture) -> State:
    if picture.version != VERSION:
        raise Unreadable(f"version {picture.version}")
    state = State(picture.options)
    state.now, state.virtual = picture.now, picture.virtual
    state.attempts, state.joined = picture.attempts, picture.joined
    state.halted = picture.halted
    state.users = {user.name: user for user in picture.users}
    state.tries = picture.tries
    tasks = [task for job in picture.jobs for task in job.tasks]
    state.rows = dict(zip(tasks, picture.rows, strict=True))
    state.numbered = picture.numbered
    state.works = {work.key: work for work in picture.works}
    state.drained = dict.fromkeys(picture.drained)
    state.limits = picture.limits
    state.reservations = picture.reservations
    state.reserved = picture.reserved
    state.resting, state.healing = picture.resting, picture.healing
    heapify(state.resting)
    heapify(state.healing)
    state.pace = {(op, name): [taken, due] for op, name, taken, due in picture.pace}
    _enter(state, picture, tasks)
    _look(state)
    _crew(state, picture.workers)
    _busy(state)
    return state


def _enter(state: State, picture: Picture, tasks: list[int]) -> None:
    """The jobs with their tasks."""
    state.number = dict(zip(picture.ids, tasks, strict=True))
    state.needs = dict(zip(tasks, picture.needs, strict=True))
    state.dependents = dict(zip(tasks, picture.dependents, strict=True))
    state.way = dict(zip(tasks, picture.way, strict=True))
    state.ahead = picture.ahead
    way = iter(picture.way)
    for job, specs, left in zip(picture.jobs, picture.specs, picture.left, strict=True):
        admission.own(state, job, list(islice(way, job.count)))
        state.specs.keep(job.tasks, specs)
        state.left[job.id] = {(op, engine): expected for op, engine, expected in left}
        state.remaining[job.id] = sum(state.left[job.id].values())


def _look(state: State) -> None:
    """The status of every task, and how many of each a job has."""
    state.shown = {task: STATUS[type(row)] for task, row in state.rows.items()}
    for work in state.works.values():
        for task in work.wanters:
            state.shown[task] = PHASE_STATUS[type(work.phase)]
    for job in state.jobs.values():
        counted = Counter([state.shown[task] for task in job.tasks])
        job.counts = {status: counted.get(status, 0) for status in Status}


def _crew(state: State, workers: list[Worker]) -> None:
    state.workers = {worker.name: worker for worker in workers}
    for worker in workers:
        state.pool.join(worker)
        state.pool.busy[worker.host] += bool(worker.running or worker.stopping)
    for worker in workers:
        crew.refresh(state, worker)


def _busy(state: State) -> None:
    """Who is active, what is queued, which licences are held."""
    used = {user.name: user.used for user in state.users.values()}
    for work in state.works.values():
        match work.phase:
            case Running(worker=worker, task=task, user=user) if worker:
                shares.engage(state, user)
                limits.hold(state, state.specs[task].needs.licences)
            case Ready():
                works.queue(state, work)
    for name, value in used.items():
        shares.put_at(state, name, value)
