"""A drawn place, whole: the plate, what stands before the people, and where people go."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from duocast.compiler.operations.plate import Light, PlateGeometry
from duocast.runtime.stage.pixels import Bytes, Floats
from duocast.runtime.stage.place.brief import AskedLight, PlaceBrief
from duocast.runtime.stage.place.daylight import daylight_of
from duocast.runtime.stage.place.exteriors import exterior
from duocast.runtime.stage.place.front import EDGE, front
from duocast.runtime.stage.place.interiors import BASE, interior
from duocast.runtime.stage.place.lighting import Lamp, Painting, light_maps, lit, mean_light
from duocast.runtime.stage.place.outdoors import BASE as GROUND
from duocast.runtime.stage.place.room import Room

HEIGHT = 1440
HEAD = 132.0
"""Pixels of a head, chin to crown, at the seats."""
EYES = 640.0
_COLOURS = {
    "moonlight": (0.32, 0.46, 0.85),
    "moon": (0.32, 0.46, 0.85),
    "neon": (1.0, 0.28, 0.55),
    "sun": (1.0, 0.86, 0.62),
    "sunlight": (1.0, 0.86, 0.62),
    "daylight": (0.85, 0.93, 1.0),
    "window": (0.8, 0.9, 1.0),
    "fire": (1.0, 0.45, 0.16),
    "fireplace": (1.0, 0.45, 0.16),
    "candle": (1.0, 0.56, 0.24),
    "candles": (1.0, 0.56, 0.24),
    "screen": (0.45, 0.72, 1.0),
    "tv": (0.45, 0.72, 1.0),
    "spotlight": (1.0, 0.95, 0.85),
}
_LAMP = (1.0, 0.68, 0.38)
_EXPOSURES = {
    "day": (0.88, 1.0),
    "morning": (0.82, 0.92),
    "dawn": (0.58, 0.68),
    "dusk": (0.54, 0.60),
    "evening": (0.46, 0.36),
    "night": (0.42, 0.30),
}
"""The mean light about the seats: inside, outside."""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """`plate` is RGB, `front` RGBA with straight alpha; both 1440 high."""

    plate: Bytes
    front: Bytes
    geometry: PlateGeometry


def draw_place(brief: PlaceBrief) -> DrawnPicture:
    """Draw what the brief says. The same brief gives the same pixels."""
    width = round(HEIGHT * max(2.84, 1.6 * brief.aspect) / 4) * 4
    painting = Painting(width, HEIGHT)
    day = daylight_of(brief.hour, brief.weather)
    room = interior(painting, brief, day) if brief.interior else exterior(painting, brief, day)
    table = front(room)
    lights = [_asked(room, asked) for asked in brief.lights]
    painting.exposure = _EXPOSURES[brief.hour][0 if brief.interior else 1]
    light, bare = light_maps(painting)
    plate = lit(painting.base, painting.glow, light, brief.seed)
    before = _front_pixels(painting, bare, brief)
    return DrawnPicture(plate, before, _geometry(room, table, light, lights))


def _asked(room: Room, asked: AskedLight) -> Light:
    """Put a light that the card names into the place."""
    colour = _COLOURS.get(asked.source, _LAMP)
    x = room.at(0.5) + asked.side * 900
    reach = 2200.0 if asked.behind else 1100.0
    y = 420.0 if asked.behind else 520.0
    room.painting.lamps.append(
        Lamp(x, y, reach, colour, asked.strength * (0.35 if asked.behind else 0.9))
    )
    kind: Literal["back", "key"] = "back" if asked.behind else "key"
    return Light(kind=kind, x=x / room.width, y=y / HEIGHT, colour=colour, strength=asked.strength)


def _front_pixels(painting: Painting, light: Floats, brief: PlaceBrief) -> Bytes:
    out = np.zeros((painting.height, painting.width, 4), np.uint8)
    alpha = np.maximum(painting.front.pixels[..., 3], painting.front_glow.pixels[..., 3])
    rows = np.flatnonzero(alpha.any(axis=1))
    if len(rows) == 0:
        return out
    top = int(rows[0])
    seen = lit(painting.front, painting.front_glow, light, brief.seed + 1, top=top)
    solid = alpha[top:].astype(np.float32)
    shape = np.maximum(solid, 1.0)[..., None]
    out[top:, :, :3] = np.clip(seen[top:].astype(np.float32) * 255 / np.maximum(shape, 64), 0, 255)
    out[top:, :, 3] = solid.astype(np.uint8)
    return out


def _geometry(room: Room, table: float | None, light: Floats, asked: list[Light]) -> PlateGeometry:
    width, sitting = room.painting.width, room.brief.sitting
    base = BASE if room.brief.interior else GROUND
    eyes = EYES if sitting else EYES - 40
    spots = [(width / 2 + (k - 1.5) * 3.3 * HEAD, eyes) for k in range(4)]
    ambient = mean_light(light, [(x, y + 60) for x, y in spots])
    lights = [*asked, *_practicals(room)]
    key = _key(light)
    things = room.painting.things
    return PlateGeometry(
        width=width,
        height=HEIGHT,
        horizon=EYES / HEIGHT,
        floor=min(0.985, (base + 230) / HEIGHT),
        head=HEAD / HEIGHT,
        seats=tuple((x / width, y / HEIGHT) for x, y in spots),
        table=EDGE / HEIGHT if table is not None else None,
        inserts=tuple((word, x / width, y / HEIGHT, size / HEIGHT) for word, x, y, size in things),
        lights=(key, *lights),
        ambient=ambient,
        falling=_falling(room.brief),
    )


def _falling(brief: PlaceBrief) -> Literal["", "rain", "snow"]:
    """What falls on people: rain and snow outdoors. It is not drawn, so that it can move."""
    if brief.interior or brief.weather in ("clear", "fog"):
        return ""
    return "snow" if brief.weather == "snow" else "rain"


def _practicals(room: Room) -> list[Light]:
    strongest = sorted(room.painting.lamps, key=lambda lamp: -lamp.strength)[:8]
    return [
        Light(
            kind="practical", x=lamp.x / room.width, y=lamp.y / HEIGHT, colour=lamp.light,
            strength=round(lamp.strength, 4),
        )
        for lamp in strongest
    ]  # fmt: skip


def _key(light: Floats) -> Light:
    """Which side the light of the place comes from, by the light map's halves about the seats."""
    rows = slice(light.shape[0] // 4, light.shape[0] * 2 // 3)
    middle, reach = light.shape[1] // 2, light.shape[1] // 4
    left = light[rows, middle - reach : middle].mean(axis=(0, 1))
    right = light[rows, middle : middle + reach].mean(axis=(0, 1))
    brighter = left if left.sum() >= right.sum() else right
    colour = brighter / max(float(brighter.max()), 1e-6)
    strength = float(brighter.sum() / max(float((left + right).sum()) / 2, 1e-6))
    side = 0.25 if left.sum() >= right.sum() else 0.75
    return Light(
        kind="key", x=side, y=0.3, strength=round(strength, 4),
        colour=(float(colour[0]), float(colour[1]), float(colour[2])),
    )  # fmt: skip
