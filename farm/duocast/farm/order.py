"""An order: what the core says of an attempt, as the assignment that a worker is given."""

from collections.abc import Mapping

from duocast.farm.assignment import Assignment, Ingredient, patience
from duocast.farm.briefing import params_size
from duocast.farm.core import commands
from duocast.farm.core.state import Reservation
from duocast.farm.core.task import Spec


def assigned(
    run: commands.Run,
    spec: Spec,
    inputs: Mapping[str, Ingredient],
    reserved: Reservation | None = None,
) -> Assignment:
    """The assignment of a task whose inputs are all there; `reserved` is what it may cost."""
    return Assignment(
        task=run.task,
        attempt=run.attempt,
        key=run.key,
        operation=spec.operation,
        engine=spec.engine,
        params=dict(spec.params),
        params_size=params_size(spec.params),
        inputs=inputs,
        expects=spec.expects,
        worker=run.worker,
        patience=patience(spec.weight),
        account=reserved.account if reserved else "",
        allowance=reserved.price if reserved else 0,
    )
