"""A bridge: its deck under our feet, a stone parapet, the river behind it and the far bank."""

import math
import random

from duocast.runtime.stage.place.brush import arc, darker, lighter, mixed
from duocast.runtime.stage.place.outdoors import BASE, ground, haze, open_sky, streetlamp
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.sky import Box, hills, skyline, trees

WATER = 640.0
"""The y of the far bank."""
COPING = 800.0
"""The y of the parapet's upper edge."""
_STONE = "#a59a8a"


def bridge(room: Room) -> None:
    """Draw the view across a bridge's deck, up the river."""
    open_sky(room, WATER, 0.66)
    _far_bank(room)
    _river(room, room.dice(31))
    _far_arches(room)
    haze(room, WATER - 60, 300, 0.55)
    ground(room, BASE, mixed(_STONE, "#6d6a68", 0.45))
    _cobbles(room, room.dice(32))
    _parapet(room, room.dice(33))
    for share in (0.13, 0.385, 0.615, 0.87):
        _pier(room, room.at(share))
        streetlamp(room, room.at(share), COPING - 6, 430)


def _far_bank(room: Room) -> None:
    glow, day = room.painting.glow, room.day
    city = {"city", "town", "downtown"} & room.brief.words
    if city:
        skyline(glow, Box(0, 260, room.width, 400), day, room.dice(5), lit=0.35 * day.lamps, rows=3)
        return
    hills(
        glow,
        Box(0, WATER - 250, room.width, 256),
        day,
        room.dice(3),
        colours=("#7b8f8a", "#6b8567"),
    )
    green = day.distant("#4c6b52", 0.45)
    trees(glow, Box(0, 0, room.width, WATER + 8), green, room.dice(6), size=170, firs=0.3, gap=0.5)


def _river(room: Room, dice: random.Random) -> None:
    glow, day = room.painting.glow, room.day
    deep = mixed(day.distant("#3f6b73", 0.3), day.low, 0.25)
    depth = BASE - WATER + 20
    glow.rect(0, WATER, room.width, depth, mixed(deep, day.low, 0.55), to=darker(deep, 0.3))
    for _ in range(300):
        t = dice.random() ** 1.3
        x, y, w = dice.uniform(0, room.width), WATER + 5 + depth * t, 40 + 240 * t
        tone = day.low if dice.random() < 0.6 else darker(deep, 0.4)
        glow.rect(x, y, w, 2 + 5 * t, tone, alpha=0.22, r=2)
    if day.sun_height is not None:
        for _ in range(70):
            t = dice.random()
            x = room.at(0.66) + dice.gauss(0, 16 + 70 * t)
            glow.rect(
                x - 40, WATER + 4 + depth * t, 60 + 60 * t, 2 + 4 * t, day.sun, alpha=0.4, r=2
            )


def _far_arches(room: Room) -> None:
    """The next bridge upstream, small and pale."""
    glow, day = room.painting.glow, room.day
    tone = day.distant(_STONE, 0.62)
    left, right, top = room.at(0.12), room.at(0.60), WATER - 74
    glow.poly(
        [(left, top + 16), ((left + right) / 2, top - 12), (right, top + 16), (right, WATER + 26),
         (left, WATER + 26)], tone, to=darker(tone, 0.1),
    )  # fmt: skip
    span = (right - left) / 5
    for k in range(5):
        middle = left + span * (k + 0.5)
        hole = arc(middle, WATER + 28, span * 0.38, 68, 180, 360)
        glow.poly(hole, mixed(day.low, tone, 0.3), to=mixed(day.middle, tone, 0.25))


def _cobbles(room: Room, dice: random.Random) -> None:
    brush, height = room.painting.base, room.painting.height
    y, row = BASE + 8, 0
    while y < height:
        tall = 13 + 30 * (y - BASE) / (height - BASE)
        wide, x = tall * 2.5, -tall * (row % 2)
        while x < room.width:
            tone = mixed(_STONE, dice.choice(("#5c5856", "#c2b6a2")), dice.uniform(0.1, 0.45))
            brush.rect(
                x + 2, y + 2, wide - 4, tall - 4, darker(tone, 0.22), r=tall * 0.3, alpha=0.5
            )
            x += wide
        y, row = y + tall, row + 1
    if room.brief.weather in ("rain", "storm"):
        shine = mixed(room.day.low, "#ffcf8a", 0.4 * room.day.lamps)
        for _ in range(36):
            x, y = dice.uniform(0, room.width), dice.uniform(BASE + 40, height)
            room.painting.glow.oval(x, y, dice.uniform(60, 200), 8, shine, alpha=0.12, blur=4)


def _parapet(room: Room, dice: random.Random) -> None:
    brush, low = room.painting.base, BASE + 26
    brush.rect(0, COPING, room.width, low - COPING, lighter(_STONE, 0.04), to=darker(_STONE, 0.25))
    for row in range(3):
        y, tall = COPING + 34 + 52 * row, 49.0
        x = -70.0 * (row % 2)
        while x < room.width:
            wide = dice.uniform(110, 180)
            tone = mixed(
                _STONE, dice.choice(("#8b7f72", "#bdb19d", "#84858a")), dice.uniform(0, 0.5)
            )
            brush.rect(x + 2, y + 2, wide - 4, tall - 3, tone, to=darker(tone, 0.12), r=5)
            brush.rect(x + 5, y + 3, wide - 10, 4, lighter(tone, 0.3), alpha=0.4, r=2)
            if dice.random() < 0.14:
                _moss(room, x + wide / 2, y + tall, dice)
            x += wide
    brush.rect(0, COPING - 16, room.width, 48, lighter(_STONE, 0.2), to=darker(_STONE, 0.06), r=8)
    brush.rect(0, COPING + 32, room.width, 18, "#120d18", alpha=0.35, fade=0.0)
    brush.rect(0, low, room.width, 40, "#120d18", alpha=0.35, fade=0.0)


def _moss(room: Room, x: float, y: float, dice: random.Random) -> None:
    for _ in range(7):
        at = x + dice.gauss(0, 26), y - dice.uniform(0, 14)
        size = dice.uniform(5, 14)
        room.painting.base.oval(*at, size * 1.4, size * 0.7, "#6f7a4c", alpha=0.5)


def _pier(room: Room, x: float) -> None:
    """A refuge's post under a lamp."""
    brush, tone = room.painting.base, lighter(_STONE, 0.05)
    brush.shadow(x - 66, COPING - 20, 150, BASE + 60 - COPING, blur=16, alpha=0.3)
    brush.rect(
        x - 70, COPING - 6, 140, BASE + 52 - COPING, tone, to=darker(tone, 0.25), across=True
    )
    for k in range(3):
        brush.rect(x - 70, COPING + 50 + 56 * k, 140, 3, darker(tone, 0.4), alpha=0.5)
    brush.rect(x - 84, COPING - 30, 168, 34, lighter(tone, 0.2), to=darker(tone, 0.08), r=6)
    brush.rect(x - 84, BASE + 34, 168, 26, lighter(tone, 0.1), to=darker(tone, 0.2), r=4)
    brush.oval(x, BASE + 62, 110, 9 + 3 * math.sin(x), "#0d0a12", alpha=0.4, blur=8)
