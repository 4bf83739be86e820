"""Hiring: the engines that the writer asks for take the place of the crew's, as far as they can be had."""

from duocast.compiler.graph import Operation
from duocast.compiler.lower.crew import DEFAULT_ENGINES, Crew
from duocast.compiler.lower.painting import faced
from duocast.compiler.operations.compose import Person
from duocast.compiler.screenplay import Camera, EngineChoice, Screenplay


def hired(choice: EngineChoice | None, operation: Operation) -> str | None:
    """The engine that a card or a shot asks for, if it does this work and can be had."""
    if choice is None or not choice.here or choice.operation != operation:
        return None
    return choice.name


def animator(camera: Camera, people: tuple[Person, ...], crew: Crew) -> str:
    """The engine that makes a shot's moving picture. One that goes by words alone makes nobody whose face is seen."""
    name = hired(camera.engine, Operation.ANIMATE) or crew.engine(Operation.ANIMATE)
    unseen = crew.shown.get(name) == "nothing"
    return DEFAULT_ENGINES[Operation.ANIMATE] if unseen and faced(camera, people) else name


def with_hired(screenplay: Screenplay, crew: Crew) -> Crew:
    """The crew with the engines that the title page asks for; they do the work of every variant."""
    engines = dict(crew.engines)
    for choice in screenplay.engines:
        if choice.here and choice.name not in _variants(engines, choice.operation):
            for key in [key for key in engines if key.split()[0] == choice.operation]:
                engines[key] = choice.name
        elif choice.here and choice.operation == Operation.SPEAK:
            engines[choice.operation] = engines["speak draft"] = choice.name
    return crew.replace(engines=engines)


def _variants(engines: dict[str, str], operation: str) -> set[str]:
    """The engines that already do this work, each in its own case."""
    return {name for key, name in engines.items() if key.split()[0] == operation}
