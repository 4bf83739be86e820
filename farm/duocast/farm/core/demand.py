"""A demand: what a task asks of a worker. Tasks with the same demand stand in one queue."""

from msgspec import Struct

from duocast.compiler.graph import Operation
from duocast.farm.core.task import Spec
from duocast.farm.core.work import Tries


class Demand(Struct, frozen=True, eq=False):
    """Labels, card, memory and licences of a `Needs`, the model that stays loaded, and a worker that it avoids.

    There is one object for each demand (see `Demands`), so that they can be compared and looked up by identity.
    """

    operation: Operation
    model: str
    pool: tuple[str, ...]
    gpu: float
    memory: int
    licences: tuple[str, ...]
    load: float
    price: int
    avoid: str


class Profile(Struct, frozen=True, eq=False):
    """What a worker offers: labels, card, memory of the card, and the operations that it gets nothing of.

    There is one object for each profile within a pool.
    """

    labels: frozenset[str]
    gpu: float
    memory: int
    sick: frozenset[str]


class Demands:
    """All demands that were ever made."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Demand] = {}

    def of(self, spec: Spec, tries: Tries) -> Demand:
        """What a task asks for, after what it has been through."""
        needs = spec.needs
        memory = max(needs.memory, tries.memory)
        at = (spec.operation, spec.engine, needs, memory, tries.avoid)
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = Demand(
                spec.operation,
                model(spec),
                needs.pool,
                needs.gpu,
                memory,
                needs.licences,
                needs.load,
                needs.price,
                tries.avoid,
            )
        return known


def model(spec: Spec) -> str:
    """What stays loaded after a task: its model, or else its engine."""
    return spec.needs.model or resident(spec.operation, spec.engine)


def resident(operation: Operation, engine: str) -> str:
    """What stays loaded after tasks of an engine that name no model."""
    return f"{operation.value}/{engine}"


def fits(profile: Profile, wanted: Demand) -> bool:
    """Whether workers of a profile can take tasks of a demand."""
    roomy = wanted.memory <= profile.memory or not (profile.memory or wanted.gpu)
    return (
        roomy
        and wanted.gpu <= profile.gpu
        and profile.labels.issuperset(wanted.pool)
        and wanted.operation not in profile.sick
    )
