"""Outdoors: the open sky, the ground and what stands on it, for every view."""

from duocast.runtime.stage.place.brush import Colour, darker, lighter, mixed
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.sky import Box, sky

BASE = 960.0
"""The y at which the ground of the middle distance begins on a plate 1440 high."""


def open_sky(room: Room, line: float, sun_x: float = 0.63) -> None:
    """The sky down to `line`, the ground's far edge."""
    sky(room.painting.glow, Box(0, 0, room.width, line), room.day, room.dice(2), sun_x=sun_x)


def ground(room: Room, y: float, colour: Colour, *, blades: int = 0) -> None:
    """The ground from `y` down, under snow when it snows."""
    if room.brief.weather == "snow":
        colour = mixed(colour, "#eef3fa", 0.86)
        blades //= 8
    brush, dice = room.painting.base, room.dice(int(y))
    height = room.painting.height
    brush.rect(
        0, y, room.width, height - y, mixed(colour, "#ffffff", 0.06), to=darker(colour, 0.12)
    )
    for _ in range(blades):
        t = dice.random() ** 0.7
        x, by = dice.uniform(0, room.width), y + 6 + (height - y) * t
        tall = 8 + 30 * t
        tone = dice.choice((lighter(colour, 0.16), darker(colour, 0.16)))
        brush.line([(x, by), (x + dice.uniform(-8, 8), by - tall)], 2 + 2.4 * t, tone, alpha=0.5)


def haze(room: Room, y: float, tall: float, strength: float) -> None:
    """Mist that lies on what is drawn so far, densest at `y` + `tall` / 2: more of it in fog."""
    thick = {"fog": 1.0, "snow": 0.5, "rain": 0.4, "storm": 0.4}.get(room.brief.weather, 0.0)
    thick = max(thick, 0.45 if room.brief.hour in ("dawn", "morning") else 0.0) * strength
    if thick <= 0:
        return
    base, glow, tone = (
        room.painting.base,
        room.painting.glow,
        mixed(room.day.low, room.day.far, 0.35),
    )
    for top, first, last in ((y, 0.0, thick), (y + tall / 2, thick, 0.25 * thick)):
        base.rect(0, top, room.width, tall / 2, "#000000", alpha=first, fade=last)
        glow.rect(0, top, room.width, tall / 2, tone, alpha=first, fade=last)


def veil(room: Room) -> None:
    """Fog before everything, thinner towards the lens."""
    if room.brief.weather != "fog":
        return
    base, glow, height = room.painting.base, room.painting.glow, room.painting.height
    tone = mixed(room.day.low, room.day.middle, 0.4)
    for y, tall, first, last in ((0, BASE, 0.30, 0.36), (BASE, height - BASE, 0.36, 0.10)):
        base.rect(0, y, room.width, tall, "#000000", alpha=first, fade=last)
        glow.rect(0, y, room.width, tall, tone, alpha=0.7 * first, fade=0.7 * last)


def streetlamp(room: Room, x: float, foot: float, h: float) -> None:
    """A lamp post `h` high, and the light that it gives."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.rect(x - 7, foot - h, 14, h, "#2b2f36", to="#1f2227")
    brush.rect(x - 16, foot - 60, 32, 62, "#2b2f36", r=5)
    brush.line([(x, foot - h), (x + 4, foot - h - 46), (x + 96, foot - h - 40)], 11, "#2b2f36")
    brush.poly(
        [
            (x + 62, foot - h - 44),
            (x + 140, foot - h - 44),
            (x + 156, foot - h - 18),
            (x + 46, foot - h - 18),
        ],
        "#23262c",
    )
    glow.oval(x + 101, foot - h - 16, 46, 9, "#ffe2ad", alpha=power)
    room.painting.shine(x + 101, foot - h - 10, 260, "#ffb868", 0.5 * power)
    room.lamp(x + 101, foot - h, 900, strength=1.25, beam="down", light=(1.0, 0.70, 0.40))
    glow.oval(x + 101, foot + 30, 260, 26, "#ffb868", alpha=0.13 * power, blur=16)
    room.painting.things.append(("lamp", x + 60, foot - h, 300.0))


def bench(room: Room, x: float, foot: float) -> None:
    """A wooden bench."""
    brush, wood = room.painting.base, "#9a6a42"
    brush.oval(x + 210, foot + 4, 250, 16, "#0d0a12", alpha=0.4, blur=10)
    for k in range(3):
        brush.rect(x, foot - 215 + 44 * k, 420, 30, lighter(wood, 0.08), to=darker(wood, 0.15), r=6)
    brush.rect(x - 10, foot - 90, 440, 30, lighter(wood, 0.15), to=darker(wood, 0.1), r=6)
    for k in (40, 366):
        brush.rect(x + k, foot - 90, 14, 92, "#2b2f36")
    room.painting.things.append(("bench", x + 210, foot - 110, 300.0))
