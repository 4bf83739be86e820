"""Admission: a submission's tasks take their numbers, and their places in the order of work."""

from heapq import heapify
from operator import neg

from duocast.compiler.graph import Operation
from duocast.farm.core.demand import resident
from duocast.farm.core.events import Submitted
from duocast.farm.core.job import Job
from duocast.farm.core.state import State, milliseconds
from duocast.farm.core.task import Failure, From, Refused, Spec, Status, Waiting

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
        try:
            needed = [place[each.task] for each in spec.inputs.values() if type(each) is From]
        except KeyError as lacking:
            raise ValueError(f"{spec.id} stands before {lacking.args[0]}, which it needs") from None
        if spec.id in place:
            raise ValueError(f"the task {spec.id} is there twice")
        place[spec.id] = len(found)
        found.append(tuple(needed) if len(needed) < 2 else tuple(sorted({*needed})))
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
    _enter(state, job, event.specs, places)
    state.closing[job.id] = None
    return range(first, first + count)


def refused(tasks: range, specs: tuple[Spec, ...]) -> list[tuple[int, Failure]]:
    """Those of new tasks that have an input which can't be had, in their order."""
    return [
        (task, source.failure)
        for task, spec in zip(tasks, specs, strict=False)
        for source in spec.inputs.values()
        if type(source) is Refused
    ]


def _enter(state: State, job: Job, specs: tuple[Spec, ...], places: list[tuple[int, ...]]) -> None:
    """A job's place in every table; `places` are those of the tasks that each task needs."""
    tasks, first = job.tasks, job.first
    needs = [tuple([first + at for at in those]) for those in places]
    dependents, way = _connected(first, specs, needs)
    prefix = f"{job.id}/" if job.id else ""
    state.rows |= zip(tasks, [waiting(len(needed)) for needed in needs], strict=True)
    state.specs |= zip(tasks, specs, strict=True)
    state.number |= zip([prefix + spec.id for spec in specs], tasks, strict=True)
    state.needs |= zip(tasks, needs, strict=True)
    state.dependents |= zip(tasks, dependents, strict=True)
    state.way |= zip(tasks, way, strict=True)
    state.shown |= dict.fromkeys(tasks, Status.WAITING)
    own(state, job, way)
    _sum_up(state, job, specs)


def own(state: State, job: Job, way: list[float]) -> None:
    """Enter a job as the owner of its tasks; `way` is how long it is from each to the end."""
    state.jobs[job.id] = job
    state.open += job.unsettled
    state.owners |= dict.fromkeys(job.tasks, job)
    ways = list(zip(map(neg, way), job.tasks, strict=True))
    heapify(ways)
    state.ways[job.id] = ways


def _connected(
    first: int, specs: tuple[Spec, ...], needs: list[tuple[int, ...]]
) -> tuple[list[tuple[int, ...]], list[float]]:
    """Who needs a task, and how long it is from there to the end."""
    dependents: list[list[int]] = [[] for _ in specs]
    way = [0.0] * len(specs)
    for at in range(len(specs) - 1, -1, -1):
        way[at] += specs[at].weight
        for needed in needs[at]:
            dependents[needed - first].append(first + at)
            if way[needed - first] < way[at]:
                way[needed - first] = way[at]
    return [tuple(those[::-1]) if those else () for those in dependents], way


def _sum_up(state: State, job: Job, specs: tuple[Spec, ...]) -> None:
    """What is left of the job, by engine and by model; few tasks differ in these, so they are added up together."""
    sums: dict[_Alike, int] = {}
    for spec in specs:
        alike = (spec.operation, spec.engine, spec.needs.model, spec.inline)
        sums[alike] = sums.get(alike, 0) + milliseconds(spec)
    left = state.left[job.id] = {}
    for (operation, engine, loaded, inline), expected in sums.items():
        left[operation, engine] = left.get((operation, engine), 0) + expected
        if not inline:
            name = loaded or resident(operation, engine)
            state.ahead[name] = state.ahead.get(name, 0) + expected
    state.remaining[job.id] = sum(left.values())
