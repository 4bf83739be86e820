"""The places: a plate for every place at every time of day that a scene asks for."""

from collections.abc import Iterator

from duocast.compiler.graph import Asset, Node, Operation, Output, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.finer import SHEET, finer, still_node
from duocast.compiler.lower.hiring import hired
from duocast.compiler.lower.identity import node, seed
from duocast.compiler.operations.plate import PlateParams
from duocast.compiler.screenplay import Place, Scene, Screenplay


def lower_places(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """A plate for each place and light; scenes that share both share it."""
    places = {place.id: place for place in screenplay.places}
    for scene in screenplay.scenes:
        if scene.place is not None:
            large = _large(places[scene.place], screenplay, crew)
            if large is not None:
                yield large
            for light in dict.fromkeys((None, *[shot.light for shot in scene.shots])):
                yield _plate(places[scene.place], scene, light, screenplay, crew, large)


def _large(place: Place, screenplay: Screenplay, crew: Crew) -> Node | None:
    """What makes the picture of a place as large as a plate, where that is asked for."""
    if place.plate is None:
        return None
    aspect = screenplay.delivery.width / screenplay.delivery.height
    address = addresses.large("place", place.id)
    sides = (SHEET * aspect, SHEET)
    return still_node(finer(screenplay, crew), address, Asset(place.plate), *sides)


def _plate(
    place: Place,
    scene: Scene,
    light: str | None,
    screenplay: Screenplay,
    crew: Crew,
    large: Node | None,
) -> Node:
    inputs: dict[str, Ref] = {} if place.plate is None else {"picture": Asset(place.plate)}
    if large is not None:
        inputs["picture"] = Output(large.address, "picture")
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
