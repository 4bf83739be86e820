"""Views: outdoors, by kind. The sky and far things shine of themselves, near things are lit."""

from collections.abc import Callable

from duocast.runtime.stage.place import nature, town
from duocast.runtime.stage.place.bridge import bridge
from duocast.runtime.stage.place.brief import PlaceBrief
from duocast.runtime.stage.place.daylight import Daylight
from duocast.runtime.stage.place.lighting import Lamp, Painting
from duocast.runtime.stage.place.outdoors import BASE, veil
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.sky import Box, fallen


def exterior(painting: Painting, brief: PlaceBrief, day: Daylight) -> Room:
    """Draw the view: everything behind the people."""
    room = Room(
        painting,
        brief,
        day,
        0,
        BASE,
        "#b9a58c",
        "#d8cbb2",
        "#8a8378",
        "#7b5840",
        "#c8553d",
        "#3f6f70",
    )
    painting.ambient = day.outside
    painting.shade_top, painting.shade_low = 0.0, 0.12
    painting.mist = {"fog": 1.7, "rain": 1.15, "snow": 1.2}.get(brief.weather, 1.0)
    _VIEWS[brief.kind](room)
    veil(room)
    if brief.weather == "fog":
        fallen(painting.glow, Box(0, 0, room.width, painting.height), "fog", brief.dice(91))
    key = Lamp(room.at(0.62), 300, 2600, day.key, 0.9, flat=0.9)
    painting.lamps.append(key)
    return room


_VIEWS: dict[str, Callable[[Room], None]] = {
    "bridge": bridge,
    "street": town.street,
    "rooftop": town.rooftop,
    "station": town.station,
    "park": nature.park,
    "forest": nature.forest,
    "beach": nature.beach,
    "mountains": nature.mountains,
    "field": nature.field,
    "garden": nature.garden,
    "desert": nature.desert,
}
