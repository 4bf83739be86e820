"""Orders: what the store or a worker is asked for a task, made from the state."""

import time
from collections.abc import Mapping

from duocast.compiler.graph import Operation
from duocast.farm.assignment import Assignment, Ingredient, as_failure
from duocast.farm.briefing import params_size
from duocast.farm.core import commands, events
from duocast.farm.core.events import Event
from duocast.farm.core.state import State
from duocast.farm.core.task import Done, From, Given, Reused, Spec
from duocast.farm.order import assigned
from duocast.farm.workshop import Inline
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.contents import Action, Made, Store
from duocast.runtime.store.faults import DamagedObject

Inlines = Mapping[tuple[Operation, str], Inline]


def ingredients(state: State, number: int) -> dict[str, Ingredient]:
    """The inputs of a task whose inputs are all there."""
    job = state.owners[number].id
    prefix = f"{job}/" if job else ""
    found = {}
    for name, source in state.specs[number].inputs.items():
        match source:
            case Given(digest=digest, suffix=suffix, called=called):
                found[name] = Ingredient(digest, suffix, None, called)
            case From(task=task, output=output):
                row = state.row(prefix + task)
                if isinstance(row, Done | Reused):
                    blob = row.outputs[output]
                    found[name] = Ingredient(blob.digest, blob.suffix)
    return found


def assignment(state: State, run: commands.Run) -> Assignment:
    """What a worker is given."""
    number = state.number[run.task]
    reserved = state.reservations.get(run.key)
    return assigned(run, state.specs[number], ingredients(state, number), reserved)


def look_up(store: Store, asked: commands.Lookup) -> Event:
    """What the store answers; work that it can't read now counts as not done."""
    try:
        action = store.find(asked.key, asked.expects)
    except EngineError:
        action = None
    now = time.monotonic()
    if action is None:
        return events.Missed(asked.task, asked.key, now)
    return events.Found(asked.task, asked.key, action.outputs, now)


def evaluate(
    store: Store,
    asked: commands.Evaluate,
    spec: Spec,
    inputs: Mapping[str, Ingredient],
    inlines: Inlines,
) -> Event:
    """Do inline work: a pure function of its params and its inputs' bytes."""
    began = time.monotonic()
    at = ("", asked.task, asked.attempt, asked.key)
    try:
        action = _commit(store, asked.key, spec, inputs, inlines)
    except DamagedObject as error:
        return events.Lost(*at, error.digest, time.monotonic())
    except Exception as error:
        return events.Failed(*at, as_failure(error, spec.engine), time.monotonic())
    now = time.monotonic()
    return events.Finished(*at, action.outputs, now - began, now)


def _commit(
    store: Store, key: str, spec: Spec, inputs: Mapping[str, Ingredient], inlines: Inlines
) -> Action:
    began = time.monotonic()
    inline = inlines[spec.operation, spec.engine]
    content = {name: store.read(each.digest) for name, each in inputs.items()}
    outputs = inline.function(spec.params, content)
    for name in sorted({*spec.expects, *outputs}):
        if not outputs.get(name):
            problem = f"{spec.engine} made no output {name!r}"
            raise EngineError(FailureClass.INVALID, "R0011", problem)
    seconds = time.monotonic() - began
    size = params_size(spec.params)
    made = Made(spec.operation, spec.engine, spec.version, seconds, size)
    kept = {name: (inline.suffix(name), data) for name, data in outputs.items()}
    return store.commit_bytes(key, kept, made)
