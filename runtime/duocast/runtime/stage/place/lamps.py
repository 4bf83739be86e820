"""Lamps in a room: on tables, on the floor, from the ceiling, on the wall. Each lights its surroundings."""

from duocast.runtime.stage.place.brush import Brush, Colour, darker, lighter, mixed
from duocast.runtime.stage.place.room import Room

_WARM: tuple[float, float, float] = (1.0, 0.64, 0.34)


def table_lamp(
    room: Room, x: float, foot: float, *, h: float = 210, tone: Colour = "#f3dcb0"
) -> None:
    """A lamp with a cloth shade standing on `foot`."""
    brush, glow = room.painting.base, room.painting.glow
    brush.rect(x - 34, foot - 12, 68, 12, darker(room.wood, 0.2), r=6)
    brush.blob(
        [
            (x - 24, foot - 8),
            (x - 36, foot - h * 0.28),
            (x - 10, foot - h * 0.5),
            (x + 10, foot - h * 0.5),
            (x + 36, foot - h * 0.28),
            (x + 24, foot - 8),
        ],
        room.second,
        to=darker(room.second, 0.3),
    )
    _shade(brush, x, foot - h, h * 0.46, h * 0.26, h * 0.42, tone)
    _lit_shade(room, glow, x, foot - h, h * 0.46, h * 0.26, h * 0.42)
    room.lamp(x, foot - h * 0.72, 620, strength=1.35, beam="shade", light=_WARM)
    room.painting.things.append(("lamp", x, foot - h / 2, h))


def _shade(
    brush: Brush, x: float, y: float, tall: float, top: float, low: float, tone: Colour
) -> None:
    brush.poly(
        [(x - top, y), (x + top, y), (x + low, y + tall), (x - low, y + tall)],
        tone,
        to=darker(tone, 0.12),
    )


def _lit_shade(
    room: Room, glow: Brush, x: float, y: float, tall: float, top: float, low: float
) -> None:
    power = room.day.lamps
    glow.poly(
        [(x - top, y), (x + top, y), (x + low, y + tall), (x - low, y + tall)], "#ffb765", to="#ffe0a3",
        alpha=0.86 * power,
        fade=0.95 * power,
    )  # fmt: skip
    room.painting.shine(x, y + tall * 0.6, low * 4.2, "#ff9d4a", 0.30 * power)


def floor_lamp(room: Room, x: float, *, h: float = 1.75) -> None:
    """A standing lamp."""
    brush, top = room.painting.base, room.up(h)
    brush.oval(x, room.base + 14, 74, 13, "#0d0a12", alpha=0.5, blur=6)
    brush.rect(x - 58, room.base + 2, 116, 14, "#2b2730", r=7)
    brush.rect(x - 5, top + 60, 10, room.base - top - 56, "#2b2730", to="#4a4248", across=True)
    _shade(brush, x, top - 60, 150, 78, 124, "#f0d9ad")
    _lit_shade(room, room.painting.glow, x, top - 60, 150, 78, 124)
    room.lamp(x, top + 20, 720, strength=1.5, beam="shade", light=_WARM)
    room.painting.things.append(("lamp", x, top + 40, 300.0))


def pendant(room: Room, x: float, y: float, *, tone: Colour = "#2f3b40", r: float = 92) -> None:
    """A lamp that hangs from the ceiling, its lower edge at `y`."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.rect(x - 2.5, 0, 5, y - r * 0.8, "#221f26")
    brush.blob(
        [
            (x - r * 1.15, y + 2),
            (x - r, y - r * 0.75),
            (x - r * 0.2, y - r * 1.15),
            (x + r * 0.2, y - r * 1.15),
            (x + r, y - r * 0.75),
            (x + r * 1.15, y + 2),
        ],
        lighter(tone, 0.12),
        to=darker(tone, 0.2),
        across=True,
    )
    brush.oval(x, y - r * 0.16, r * 0.86, r * 0.15, mixed(tone, "#ffdf9e", 0.35 + 0.4 * power))
    glow.oval(x, y - r * 0.13, r * 0.74, r * 0.12, "#ffe3ad", alpha=0.95 * power)
    glow.oval(x, y - r * 0.05, r * 0.24, r * 0.2, "#fff3d6", alpha=power)
    room.painting.shine(x, y, r * 3.6, "#ffab58", 0.34 * power)
    room.lamp(x, y, 900, strength=1.55, beam="down", light=(1.0, 0.69, 0.4))
    room.painting.things.append(("lamp", x, y - r * 0.4, r * 2.4))


def sconce(room: Room, x: float, y: float) -> None:
    """A small lamp on the wall that shines up and down."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.rect(x - 15, y - 36, 30, 72, "#b58b4c", to="#7d5a2e", r=5)
    glow.rect(x - 27, y - 26, 54, 52, "#ffd794", r=9, alpha=0.9 * power)
    room.painting.shine(x, y, 150, "#ffad5a", 0.45 * power)
    room.lamp(x, y, 420, strength=1.25, beam="shade", light=_WARM)


def hanging(room: Room, x: float, y: float) -> None:
    """An oil lamp that hangs from the ceiling on a chain, its flame at `y`."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.line([(x, 0), (x, y - 120)], 5, "#4a3a24")
    brush.blob([(x - 46, y - 76), (x, y - 136), (x + 46, y - 76)], "#b58b4c", to="#7d5a2e")
    brush.rect(x - 34, y - 78, 68, 104, "#f2e4c2", alpha=0.28, r=16)
    brush.rect(x - 44, y + 22, 88, 38, "#c9a45c", to="#7d5a2e", r=16)
    for side in (-40, 40):
        brush.line([(x + side, y - 80), (x + side, y + 30)], 5, "#8f6d35")
    glow.blob(
        [(x - 12, y + 20), (x - 11, y - 10), (x, y - 50), (x + 11, y - 10), (x + 12, y + 20)],
        "#ffe0a0",
        alpha=0.4 + 0.6 * power,
    )
    room.painting.shine(x, y - 6, 300, "#ffa850", 0.45 * power)
    room.lamp(x, y, 820, strength=1.6, light=_WARM)
    room.painting.things.append(("lamp", x, y - 30, 210.0))
