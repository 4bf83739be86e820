"""A church's nave: columns, tall coloured windows, candles, and the altar at its end."""

import skia

from duocast.runtime.stage.place import lamps
from duocast.runtime.stage.place.brush import Colour, Point, arc, darker, lighter, mixed
from duocast.runtime.stage.place.furniture import grounded
from duocast.runtime.stage.place.lighting import Lamp
from duocast.runtime.stage.place.room import Room, floor

_GLASS = ("#b4473a", "#2f6f8f", "#d9a441", "#4c7a68", "#6b4a7e", "#c25b5b", "#3f86a8")


def church(room: Room) -> None:
    """Draw the nave from between its benches."""
    brush, stone = room.painting.base, room.wall
    brush.rect(0, 0, room.width, room.base + 2, lighter(stone, 0.04), to=darker(stone, 0.16))
    floor(room, "tiles", room.painting.height)
    for k in range(9):
        _stained(room, room.at((k + 0.5) / 9), 216 if k != 4 else 330)
    _altar(room, room.at(0.5))
    for k in (0, 1, 2, 3, 6, 7, 8, 9):
        _column(room, room.at(k / 9))
    brush.rect(0, room.base, room.width, 60, "#120d18", alpha=0.35, fade=0.0)
    for share in (0.111, 0.222, 0.333, 0.667, 0.778, 0.889):
        lamps.hanging(room, room.at(share), 360)


def _stained(room: Room, x: float, w: float) -> None:
    """A pointed window whose glass glows by day."""
    brush, glow, day, dice = room.painting.base, room.painting.glow, room.day, room.dice(int(x))
    y, low, rise = 120.0, room.up(1.25 if w < 300 else 1.6), w * 0.8
    brush.poly(_pointed(x, y, w, low, rise, 24.0), lighter(room.trim, 0.1))
    glass = _pointed(x, y, w, low, rise, 0.0)
    brush.poly(glass, "#08080c")
    shape = skia.Path()
    shape.addPoly([skia.Point(*point) for point in glass], True)
    bright = min(0.95, 0.12 + 1.15 * max(day.inside))
    glow.canvas.save()
    glow.canvas.clipPath(shape, True)
    for row in range(int((low - y) / 52) + 1):
        for column in range(4):
            px, py = x - w / 2 + w * column / 4, low - 52 * (row + 1)
            tone = lighter(dice.choice(_GLASS), 0.12)
            glow.rect(px + 3, py + 3, w / 4 - 6, 46, tone, alpha=bright, r=3)
    glow.canvas.restore()
    room.painting.lamps.append(Lamp(x, (y + low) / 2, 520, day.window, 0.3))
    room.painting.things.append(("window", x, (y + low) / 2, low - y))


def _pointed(x: float, y: float, w: float, low: float, rise: float, grow: float) -> list[Point]:
    """A window's outline: straight below, two arcs that meet in a point."""
    half = w / 2 + grow
    left = arc(x + half, y + rise - grow, 2 * half, rise + grow, 180, 240, 10)
    right = [(2 * x - a, b) for a, b in reversed(left)]
    return [(x - half, low + grow), *left, *right, (x + half, low + grow)]


def _column(room: Room, x: float) -> None:
    brush, tone, w = room.painting.base, lighter(room.trim, 0.02), 96.0
    grounded(room, x - w, 2 * w)
    brush.shadow(x - w / 2 + 10, 0, w, room.base, blur=18, alpha=0.3)
    brush.rect(x - w / 2, 0, w, room.base, darker(tone, 0.05), to=darker(tone, 0.35), across=True)
    brush.rect(x - w / 2 + 12, 0, 18, room.base, lighter(tone, 0.4), alpha=0.35)
    foot = room.base
    for y, grow, tall in ((150, 18, 30), (180, 8, 14), (foot - 60, 18, 74), (foot - 82, 8, 24)):
        tone = lighter(room.trim, 0.15)
        brush.rect(x - w / 2 - grow, y, w + 2 * grow, tall, tone, to=darker(tone, 0.3), r=5)


def _altar(room: Room, x: float) -> None:
    brush, glow, top = room.painting.base, room.painting.glow, room.up(0.95)
    brush.rect(x - 420, room.base - 40, 840, 74, room.trim, to=darker(room.trim, 0.3), r=4)
    _cloth(room, x, top, mixed(room.accent, "#f3ead2", 0.75))
    brush.rect(x - 12, top - 210, 24, 212, "#d2ab62", to="#8f6d35", across=True, r=4)
    brush.rect(x - 62, top - 160, 124, 24, "#d2ab62", to="#8f6d35", r=4)
    for side in (-240, -180, 180, 240):
        tall = 96 - abs(side) * 0.12
        brush.rect(x + side - 9, top - tall, 18, tall, "#f3ead2", to="#cfc3ad", r=3)
        glow.oval(x + side, top - tall - 15, 7, 16, "#ffdf8f")
        room.painting.shine(x + side, top - tall - 14, 120, "#ff9a40", 0.5)
    room.lamp(x, top - 60, 620, strength=1.1, light=(1.0, 0.62, 0.3))
    room.painting.things.append(("candle", x - 180, top - 60, 150.0))
    room.painting.things.append(("altar", x, top - 20, 420.0))


def _cloth(room: Room, x: float, top: float, tone: Colour) -> None:
    brush = room.painting.base
    brush.rect(
        x - 320, top, 640, room.base - top - 30, darker(room.wood, 0.1), to=darker(room.wood, 0.4)
    )
    brush.rect(x - 330, top - 8, 660, 120, lighter(tone, 0.2), to=darker(tone, 0.1), r=6)
    brush.rect(x - 330, top + 96, 660, 12, "#d2ab62", alpha=0.8)
