"""The places: a plate for every place at every time of day that a scene asks for."""

from collections.abc import Iterator

from duocast.compiler.graph import Asset, Node, Operation, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.identity import node, seed
from duocast.compiler.operations.plate import PlateParams
from duocast.compiler.screenplay import Place, Scene, Screenplay


def lower_places(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """A plate for each place and light; scenes that share both share it."""
    places = {place.id: place for place in screenplay.places}
    for scene in screenplay.scenes:
        if scene.place is not None:
            yield _plate(places[scene.place], scene, screenplay, crew)


def _plate(place: Place, scene: Scene, screenplay: Screenplay, crew: Crew) -> Node:
    inputs: dict[str, Ref] = {} if place.plate is None else {"picture": Asset(place.plate)}
    params = PlateParams(
        name=place.name,
        interior=scene.interior,
        time_of_day=scene.time_of_day,
        description=place.description,
        light=place.light,
        weather=place.weather,
        aspect=screenplay.delivery.width / screenplay.delivery.height,
        seed=seed("plate", place.name),
    )
    engine = crew.engine(Operation.PLATE, "from a picture" if inputs else "")
    return node(addresses.plate(place, scene), Operation.PLATE, engine, params, inputs)
