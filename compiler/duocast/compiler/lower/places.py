"""The places: a plate for every place at every time of day that a scene asks for."""

from collections.abc import Iterator

from duocast.compiler.graph import Asset, Node, Operation, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.hiring import hired
from duocast.compiler.lower.identity import node, seed
from duocast.compiler.operations.plate import PlateParams
from duocast.compiler.screenplay import Place, Scene, Screenplay


def lower_places(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """A plate for each place and light; scenes that share both share it."""
    places = {place.id: place for place in screenplay.places}
    for scene in screenplay.scenes:
        if scene.place is not None:
            for light in dict.fromkeys((None, *[shot.light for shot in scene.shots])):
                yield _plate(places[scene.place], scene, light, screenplay, crew)


def _plate(
    place: Place, scene: Scene, light: str | None, screenplay: Screenplay, crew: Crew
) -> Node:
    inputs: dict[str, Ref] = {} if place.plate is None else {"picture": Asset(place.plate)}
    params = PlateParams(
        name=place.name,
        interior=scene.interior,
        time_of_day=scene.time_of_day,
        description=place.description,
        light=place.light if light is None else light,
        weather=place.weather,
        aspect=screenplay.delivery.width / screenplay.delivery.height,
        seed=seed("plate", place.name),
    )
    engine = hired(place.engine, Operation.PLATE) or crew.engine(
        Operation.PLATE, "from a picture" if inputs else ""
    )
    return node(addresses.plate(place, scene, light), Operation.PLATE, engine, params, inputs)
