"""`plate`: a place without people, from its picture or drawn from its heading and description.

Inputs: `picture` when the card names one. Outputs: `plate` (plate.png, RGB, a panorama wider than one frame),
`front` (front.png, RGBA of the same size: what stands before the people, a table, a desk, microphones; may be fully
transparent) and `geometry` (geometry.json, a `PlateGeometry`).
"""

from typing import Literal

from duocast.compiler.value import Value


class PlateParams(Value):
    """What is known of a place at a time of day."""

    name: str
    interior: bool
    time_of_day: str = "day"
    """day, night, dawn, dusk, morning, evening, continuous ..."""
    description: str = ""
    light: str = ""
    """The card's words: `lamp from left 60%, moonlight behind`."""
    weather: str = ""
    action: str = ""
    """The scene's first action lines: they may name a window, rain, cups on a table."""
    aspect: float = 16 / 9
    seed: int = 0


class Light(Value):
    """A light in the place: where it stands (plate fractions), its colour (linear RGB, 0 to 1) and strength."""

    kind: Literal["key", "fill", "back", "practical", "ambient"]
    x: float
    y: float
    colour: tuple[float, float, float]
    strength: float


class PlateGeometry(Value):
    """Where people can be put. Lengths are fractions of the plate's height, x from its left, y from its top."""

    width: int
    height: int
    """Pixels of plate.png."""
    horizon: float
    floor: float
    """y at which a standing person's feet rest in the middle distance."""
    head: float
    """The height of a head (chin to crown) of a person standing or sitting at the places in `seats`."""
    seats: tuple[tuple[float, float], ...]
    """(x, y of the eyes) of places for people, from left to right; at least four."""
    table: float | None
    """y of the front edge behind which people sit, if there is one."""
    inserts: tuple[tuple[str, float, float, float], ...] = ()
    """Things that an insert can show: (word, x, y, size)."""
    lights: tuple[Light, ...]
    ambient: tuple[float, float, float]
    """Mean colour of the light on people, linear RGB."""
    falling: Literal["", "rain", "snow"] = ""
    """What falls where people are: it is not in the plate, so that it can move."""
