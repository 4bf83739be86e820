"""A spaceship's bridge: ribs, lit panels, and a long window to the stars."""

import random

from duocast.runtime.stage.place.brush import Colour, darker, lighter, mixed
from duocast.runtime.stage.place.furniture import box
from duocast.runtime.stage.place.lighting import Lamp
from duocast.runtime.stage.place.room import Room

_TOP, _LOW = 190.0, 660.0
_CYAN: tuple[float, float, float] = (0.30, 0.72, 0.95)


def spaceship(room: Room) -> None:
    """Draw the bridge, seen from the viewing screen."""
    brush, height = room.painting.base, room.painting.height
    brush.rect(0, 0, room.width, height, lighter(room.wall, 0.06), to=darker(room.wall, 0.35))
    _space(room, room.dice(71))
    for k in range(9):
        _rib(room, room.at(k / 8), k)
    _panels(room, room.dice(72))
    brush.rect(
        0, room.base, room.width, height, darker(room.floor, 0.1), to=lighter(room.floor, 0.05)
    )
    room.painting.glow.rect(0, room.base - 8, room.width, 7, "#6fd3ff", alpha=0.7)
    for share in (0.14, 0.38, 0.62, 0.86):
        room.painting.glow.rect(room.at(share) - 200, 60, 400, 16, "#dff4ff", alpha=0.9, r=8)
        room.painting.shine(room.at(share), 66, 280, "#bfe6ff", 0.3)
        room.painting.lamps.append(Lamp(room.at(share), 80, 860, (0.82, 0.92, 1.0), 0.8, "down"))


def _space(room: Room, dice: random.Random) -> None:
    """Stars, a nebula and a planet's edge."""
    brush, glow, width = room.painting.base, room.painting.glow, room.width
    brush.rect(0, _TOP - 24, width, _LOW - _TOP + 48, "#2a303a", to="#4a535f")
    brush.rect(0, _TOP, width, _LOW - _TOP, "#000000")
    with glow.inside(0, _TOP, width, _LOW - _TOP):
        glow.rect(0, _TOP, width, _LOW - _TOP, "#060818", to="#101736")
        for tone, share in (("#5b3f8f", 0.3), ("#2f5fa0", 0.42), ("#8f4f6f", 0.36)):
            glow.oval(room.at(share), 400, 520, 110, tone, alpha=0.3, blur=80)
        for _ in range(420):
            size = 0.8 + 2.4 * dice.random() ** 4
            glow.oval(
                dice.uniform(0, width), dice.uniform(_TOP, _LOW), size, size, "#eef4ff",
                alpha=dice.uniform(0.3, 1.0),
            )  # fmt: skip
        x = room.at(0.69)
        glow.glow(x, 760, 640, 640, "#4f9fd8", 0.5)
        glow.oval(x, 760, 430, 430, "#2f6f9f", to="#0b1f3a")
        for k in range(6):
            glow.oval(
                x - 200 + 90 * k, 420 + 26 * ((k * 5) % 7), 120, 12, "#cfe6f2", alpha=0.3, blur=8
            )
    room.painting.lamps.append(Lamp(x, 520, 800, (0.35, 0.6, 0.95), 0.6))
    room.painting.things.append(("window", width / 2, (_TOP + _LOW) / 2, _LOW - _TOP))
    room.painting.things.append(("planet", x, 520.0, 420.0))


def _rib(room: Room, x: float, number: int) -> None:
    brush, glow, tone = room.painting.base, room.painting.glow, room.trim
    brush.shadow(x - 20, 0, 60, room.base, blur=18, alpha=0.35)
    brush.poly(
        [(x - 60, 0), (x + 60, 0), (x + 26, _TOP + 40), (x + 26, _LOW - 30), (x + 70, room.base),
         (x - 70, room.base), (x - 26, _LOW - 30), (x - 26, _TOP + 40)],
        lighter(tone, 0.12), to=darker(tone, 0.4), across=True,
    )  # fmt: skip
    glow.rect(x - 4, _LOW + 40, 8, 300, "#6fd3ff", alpha=0.85, r=4)
    room.painting.shine(x, _LOW + 190, 120, "#4fb8ff", 0.3)
    if number % 2:
        room.painting.lamps.append(Lamp(x, _LOW + 190, 420, _CYAN, 0.5))


def _panels(room: Room, dice: random.Random) -> None:
    brush, glow = room.painting.base, room.painting.glow
    for k in range(8):
        x, w = room.at(k / 8) + 96, room.at(1 / 8) - 192
        box(brush, x, _LOW + 60, w, 330, mixed(room.wall, "#10141a", 0.4), r=18)
        _screen(room, x + 22, _LOW + 84, w - 44, 150, dice)
        for j in range(16):
            at = x + 30 + (w - 70) * (j % 8) / 7, _LOW + 268 + 44 * (j // 8)
            tone: Colour = dice.choice(("#ff8a5a", "#6fd3ff", "#9fe08a", "#39424e", "#39424e"))
            brush.oval(*at, 12, 12, "#0d1014")
            if tone != "#39424e":
                glow.oval(*at, 8, 8, tone, alpha=0.95)
    room.painting.things.append(("screen", room.at(0.4375), _LOW + 160, 200.0))


def _screen(room: Room, x: float, y: float, w: float, h: float, dice: random.Random) -> None:
    glow = room.painting.glow
    glow.rect(x, y, w, h, "#123a52", to="#0b2233", r=8, alpha=0.95)
    points = [(x + 12 + (w - 24) * i / 24, y + h * (0.55 - 0.3 * dice.random())) for i in range(25)]
    glow.line(points, 3.5, dice.choice(("#6fd3ff", "#9fe08a", "#ffb15a")), alpha=0.9)
    for k in range(4):
        glow.rect(
            x + 14,
            y + h * 0.66 + 12 * k,
            (w - 30) * dice.uniform(0.2, 0.9),
            5,
            "#bfe6ff",
            alpha=0.5,
        )
