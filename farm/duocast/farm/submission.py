"""A submission: new tasks take their numbers, and their places in the order of work."""

from collections.abc import Sequence

from duocast.farm.draft import Draft
from duocast.farm.state import Urgency
from duocast.farm.task import From, Row, Spec, Waiting


def admit(draft: Draft, specs: Sequence[Spec]) -> range:
    """Number the tasks and enter them as waiting. Gives their numbers.

    Raises `ValueError` for an id that is known, or a task that stands before one it needs.
    """
    first = len(draft.specs)
    number = dict(draft.number)
    rows: list[Row] = []
    dependents = [list(those) for those in draft.dependents]
    for spec in specs:
        if spec.id in number:
            raise ValueError(f"the task {spec.id} is known already")
        needs = _needs(spec, number)
        task = len(number)
        number[spec.id] = task
        for needed in needs:
            dependents[needed].append(task)
        dependents.append([])
        rows.append(Waiting(len(needs)))
    draft.specs = (*draft.specs, *specs)
    draft.number = number
    draft.dependents = tuple(map(tuple, dependents))
    draft.rows = draft.rows.extend(rows)
    draft.unsettled += len(rows)
    draft.urgency = (*draft.urgency, *_urgencies(draft, first))
    return range(first, len(number))


def _needs(spec: Spec, number: dict[str, int]) -> list[int]:
    names = {source.task for source in spec.inputs.values() if isinstance(source, From)}
    unknown = sorted(names - number.keys())
    if unknown:
        raise ValueError(f"the task {spec.id} stands before {unknown[0]}, which it needs")
    return sorted(number[name] for name in names)


def _urgencies(draft: Draft, first: int) -> list[Urgency]:
    """Story order, then the longest way to the end, of the tasks from number `first` on."""
    way = [0.0] * len(draft.specs)
    for task in range(len(draft.specs) - 1, first - 1, -1):
        after = max((way[dependent] for dependent in draft.dependents[task]), default=0.0)
        way[task] = draft.specs[task].weight + after
    return [(draft.specs[task].order, -way[task], task) for task in range(first, len(way))]
