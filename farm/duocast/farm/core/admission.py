"""Admission: a submission's tasks take their numbers, and their places in the order of work."""

from duocast.compiler.graph import Operation
from duocast.farm.core.demand import model
from duocast.farm.core.events import Submitted
from duocast.farm.core.job import Job
from duocast.farm.core.state import State, milliseconds
from duocast.farm.core.task import SETTLED, From, Spec, Status, Waiting

_ENDED = frozenset(SETTLED)
_Alike = tuple[Operation, str, str, bool]
_WAITING = tuple(Waiting(missing) for missing in range(64))


def waiting(missing: int) -> Waiting:
    """A row that waits; the common ones are shared."""
    return _WAITING[missing] if missing < len(_WAITING) else Waiting(missing)


def check(event: Submitted) -> None:
    """Raise `ValueError` for a task whose id is not new, or that stands before one it needs.

    Ask before a submission is written to a journal: `step` raises, too, and changes nothing.
    """
    producers(event.specs)


def producers(specs: tuple[Spec, ...]) -> list[tuple[int, ...]]:
    """The places of the tasks that each task needs. Raises `ValueError` as `check` does."""
    place: dict[str, int] = {}
    found: list[tuple[int, ...]] = []
    for spec in specs:
        needed = set()
        for source in spec.inputs.values():
            if type(source) is From:
                at = place.get(source.task)
                if at is None:
                    raise ValueError(f"{spec.id} stands before {source.task}, which it needs")
                needed.add(at)
        if spec.id in place:
            raise ValueError(f"the task {spec.id} is there twice")
        place[spec.id] = len(found)
        found.append(tuple(sorted(needed)))
    return found


def admit(state: State, event: Submitted) -> range:
    """Enter the job and number its tasks, which wait at first. Gives their numbers: none for a job that is known."""
    if event.job in state.jobs:
        return range(0)
    places = producers(event.specs)
    first, count = state.numbered, len(event.specs)
    job = Job(
        id=event.job,
        user=event.user,
        name=event.name,
        priority=event.priority,
        submitted=state.now,
        first=first,
        count=count,
        unsettled=count,
        budget=event.budget,
        counts={Status.WAITING: count},
    )
    state.numbered += count
    state.rows |= {first + at: waiting(len(needed)) for at, needed in enumerate(places)}
    enter(state, job, event.specs, [tuple([first + at for at in those]) for those in places])
    state.closing[job.id] = None
    return range(first, first + count)


def enter(state: State, job: Job, specs: tuple[Spec, ...], needs: list[tuple[int, ...]]) -> None:
    """Enter a job whose tasks have their rows: its place in every table that follows from its specs."""
    first = job.first
    state.jobs[job.id] = job
    state.open += job.unsettled
    tasks = range(first, first + len(specs))
    state.specs |= zip(tasks, specs, strict=True)
    state.owners |= dict.fromkeys(tasks, job)
    prefix = f"{job.id}/" if job.id else ""
    state.number |= {prefix + spec.id: first + at for at, spec in enumerate(specs)}
    state.needs |= zip(tasks, needs, strict=True)
    state.shown |= dict.fromkeys(tasks, Status.WAITING)
    _connect(state, first, specs, needs)
    _sum_up(state, job, specs)


def _connect(
    state: State, first: int, specs: tuple[Spec, ...], needs: list[tuple[int, ...]]
) -> None:
    """Who needs a task, and how long it is from there to the end."""
    dependents: list[list[int]] = [[] for _ in specs]
    way = [0.0] * len(specs)
    for at in range(len(specs) - 1, -1, -1):
        way[at] += specs[at].weight
        for needed in needs[at]:
            dependents[needed - first].append(first + at)
            if way[needed - first] < way[at]:
                way[needed - first] = way[at]
    state.dependents |= {first + at: tuple(those[::-1]) for at, those in enumerate(dependents)}
    state.way |= enumerate(way, first)


def _sum_up(state: State, job: Job, specs: tuple[Spec, ...]) -> None:
    """What is left of the job, by engine and by model; few tasks differ in these, so they are added up together."""
    sums: dict[_Alike, int] = {}
    examples: dict[_Alike, Spec] = {}
    ways = []
    rows, way = state.rows, state.way
    for task, spec in enumerate(specs, job.first):
        alike = (spec.operation, spec.engine, spec.needs.model, spec.inline)
        if alike not in sums:
            sums[alike], examples[alike] = 0, spec
        if type(rows[task]) not in _ENDED:
            sums[alike] += milliseconds(spec)
            ways.append((-way[task], task))
    left = state.left[job.id] = {}
    for alike, expected in sums.items():
        left[alike[:2]] = left.get(alike[:2], 0) + expected
        if not examples[alike].inline:
            name = model(examples[alike])
            state.ahead[name] = state.ahead.get(name, 0) + expected
    state.remaining[job.id] = sum(left.values())
    state.ways[job.id] = sorted(ways)
