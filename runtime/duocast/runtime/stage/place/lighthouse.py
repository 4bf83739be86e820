"""A lighthouse keeper's round room: boards that curve away, windows to the sea, brass, charts and books."""

import math

import skia

from duocast.runtime.stage.place import fittings as fit
from duocast.runtime.stage.place import furniture as piece
from duocast.runtime.stage.place import lamps
from duocast.runtime.stage.place.brush import Brush, arc, darker, lighter, mixed
from duocast.runtime.stage.place.lighting import Lamp
from duocast.runtime.stage.place.room import Room, floor
from duocast.runtime.stage.place.sky import Box, drops, fallen, sky


def keeper_room(room: Room) -> None:
    """Draw the room's far half."""
    _wall(room)
    floor(room, "planks", room.painting.height)
    _window(room, room.at(0.5), 470, 600)
    _window(room, room.at(0.285), 300, 520)
    _window(room, room.at(0.715), 300, 520)
    _shelves(room)
    _ladder(room, room.at(0.155))
    fit.fireplace(room, room.at(0.80))
    _chart(room, room.at(0.603), room.up(2.2))
    _barometer(room, room.at(0.785), room.up(1.9))
    lamps.hanging(room, room.at(0.402), room.up(1.5))
    top = piece.sideboard(room, room.at(0.33), 330, h=0.8, doors=2)
    lamps.table_lamp(room, room.at(0.352), top, h=200)
    _telescope(room, room.at(0.615), room.up(0.98))
    piece.rug(room, room.at(0.34), 1300, mixed(room.second, room.wall, 0.25))
    piece.clock(room, room.at(0.868), room.up(1.9), 70)


def _wall(room: Room) -> None:
    """Boards that grow narrow and dark to the sides, as on the inside of a drum."""
    brush, foot = room.painting.base, room.base
    brush.rect(0, 0, room.width, foot + 4, room.wall)
    count = 46
    for k in range(count):
        left, right = (_round(room, -1 + 2 * (k + j) / count) for j in (0, 1))
        turn = abs(-1 + 2 * (k + 0.5) / count)
        tone = mixed(room.wall, darker(room.wall, 0.75), turn**3)
        tone = lighter(tone, 0.05) if k % 2 else tone
        brush.rect(left, 0, right - left + 1, foot + 4, lighter(tone, 0.04), to=darker(tone, 0.12))
        brush.rect(left, 0, 4, foot, darker(tone, 0.45), alpha=0.6)
        brush.rect(left + 4, 0, 3, foot, lighter(tone, 0.3), alpha=0.35)
    for y, tall in ((0.0, 46.0), (foot - 62, 64.0), (room.up(0.98), 30.0)):
        wood = darker(room.wood, 0.1)
        brush.rect(0, y, room.width, tall, lighter(wood, 0.15), to=darker(wood, 0.25))
        brush.rect(0, y + tall, room.width, 18, "#120d18", alpha=0.3, fade=0.0)


def _round(room: Room, turn: float) -> float:
    return room.width / 2 + room.width / 2 * math.sin(turn * math.pi / 2)


def _window(room: Room, x: float, w: float, h: float) -> None:
    """An arched window to the sea."""
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    y, rise = room.up(2.36), w * 0.42
    low = y + h
    frame = lighter(room.trim, 0.15)
    _arched(brush, x, y - 30, w + 68, h + 44, rise + 20, darker(frame, 0.1), shadow=True)
    _arched(brush, x, y, w, h, rise, "#000000")
    pane = Box(x - w / 2, y, w, h)
    glow.canvas.save()
    glow.canvas.clipPath(_arch(x, y, w, h, rise), True)
    _sea(room, pane)
    if room.brief.weather in ("rain", "storm"):
        drops(glow, pane, room.dice(int(x)), mixed(day.low, "#dfeaff", 0.35))
    glow.canvas.restore()
    brush.rect(x - 7, y, 14, h, frame, to=darker(frame, 0.15))
    brush.rect(x - w / 2, y + h * 0.52, w, 13, frame, to=darker(frame, 0.15))
    brush.rect(
        x - w / 2 - 56, low + 6, w + 112, 26, lighter(frame, 0.2), to=darker(frame, 0.15), r=4
    )
    brush.rect(x - w / 2 - 50, low + 32, w + 100, 22, "#120d18", alpha=0.3, fade=0.0)
    room.painting.lamps.append(Lamp(x, y + h * 0.6, h * 1.4, day.window, 0.42))
    room.painting.things.append(("window", x, y + h / 2, h))


def _sea(room: Room, pane: Box) -> None:
    """The sea to the horizon, a far ship's light, and the beam that goes round."""
    glow, day, dice = room.painting.glow, room.day, room.dice(41)
    line = room.up(1.55)
    sky(glow, Box(0, 0, room.width, line), day, dice, sun_x=0.53)
    water = mixed(day.distant("#3f7f92", 0.15), day.middle, 0.4)
    glow.rect(
        pane.x, line, pane.w, pane.bottom - line, mixed(water, day.low, 0.5), to=darker(water, 0.4)
    )
    for _ in range(90):
        t = dice.random() ** 1.3
        y, x = line + 3 + (pane.bottom - line) * t, dice.uniform(pane.x - 60, pane.right)
        glow.rect(x, y, 20 + 130 * t, 1.5 + 3.5 * t, day.low, alpha=0.3, r=2)
    if day.lamps >= 0.8:
        beam = [(pane.x - 40, 120.0), (pane.right + 40, line - 150), (pane.right + 40, line - 60)]
        glow.poly(beam, "#fff2c9", across=True, alpha=0.34, fade=0.04)
        glow.oval(room.at(0.535), line - 3, 4, 3, "#ffd08a")
        room.painting.shine(room.at(0.535), line - 3, 26, "#ffb85a", 0.7)
    fallen(glow, pane, room.brief.weather, dice)


def _arch(x: float, y: float, w: float, h: float, rise: float) -> skia.Path:
    path = skia.Path()
    points = [*arc(x, y + rise, w / 2, rise, 180, 360, 24), (x + w / 2, y + h), (x - w / 2, y + h)]
    path.addPoly([skia.Point(*point) for point in points], True)
    return path


def _arched(
    brush: Brush,
    x: float,
    y: float,
    w: float,
    h: float,
    rise: float,
    tone: str,
    *,
    shadow: bool = False,
) -> None:
    points = [*arc(x, y + rise, w / 2, rise, 180, 360, 24), (x + w / 2, y + h), (x - w / 2, y + h)]
    if shadow:
        brush.poly([(a + 10, b + 12) for a, b in points], "#120d18", alpha=0.35, blur=16)
    brush.poly(points, lighter(tone, 0.1), to=darker(tone, 0.1))


def _shelves(room: Room) -> None:
    for metres in (1.4, 1.87, 2.34):
        piece.shelf(room, room.at(0.035), room.up(metres), 300)
    piece.shelf(room, room.at(0.205), room.up(1.75), 190, what="books")
    piece.shelf(room, room.at(0.205), room.up(1.3), 190, what="jars")


def _ladder(room: Room, x: float) -> None:
    brush, tone = room.painting.base, lighter(room.wood, 0.12)
    low, count = room.base + 40, 10
    for side in (-70, 70):
        brush.line([(x + side * 0.8, -20), (x + side, low)], 20, darker(tone, 0.15))
    for k in range(count):
        y = low - 60 - 118 * k
        brush.rect(x - 66, y, 132, 17, lighter(tone, 0.1), to=darker(tone, 0.25), r=4)
        brush.rect(x - 66, y + 17, 132, 12, "#120d18", alpha=0.25, fade=0.0)


def _chart(room: Room, x: float, y: float) -> None:
    """A sea chart pinned to the boards."""
    brush, dice = room.painting.base, room.dice(44)
    w, h = 270.0, 210.0
    brush.shadow(x + 6, y + 8, w, h, blur=10, alpha=0.3)
    brush.rect(x, y, w, h, "#ecdcb6", to="#d9c495", r=3)
    coast = [
        (x + w * s, y + h * t)
        for s, t in ((0, 0.3), (0.3, 0.2), (0.4, 0.5), (0.3, 0.8), (0.0, 0.9))
    ]
    brush.blob(coast, "#b9a06a", alpha=0.8)
    for _ in range(12):
        at = (x + w * dice.uniform(0.45, 0.95), y + h * dice.uniform(0.1, 0.9))
        brush.line([at, (at[0] + dice.uniform(6, 14), at[1])], 3, "#5b6f80", alpha=0.7)
    brush.oval(x + w * 0.8, y + h * 0.72, 26, 26, "#a4473a", line=3)
    brush.line([(x + w * 0.8, y + h * 0.56), (x + w * 0.8, y + h * 0.88)], 2.5, "#a4473a")
    room.painting.things.append(("map", x + w / 2, y + h / 2, h))
    room.painting.things.append(("chart", x + w / 2, y + h / 2, h))


def _barometer(room: Room, x: float, y: float) -> None:
    brush = room.painting.base
    brush.oval(x + 6, y + 8, 56, 56, "#120d18", alpha=0.35, blur=8)
    brush.oval(x, y, 54, 54, "#c9a45c", to="#7d5a2e")
    brush.oval(x, y, 43, 43, "#f3ead2")
    brush.line([(x, y), (x + 20, y - 26)], 4, "#2b2730")
    brush.line([(x, y), (x - 26, y + 8)], 3, "#a4473a")
    brush.oval(x, y, 6, 6, "#7d5a2e")
    room.painting.things.append(("barometer", x, y, 110.0))


def _telescope(room: Room, x: float, foot: float) -> None:
    brush = room.painting.base
    for dx in (-62, 0, 62):
        brush.line([(x, foot - 130), (x + dx, foot + 4)], 9, darker(room.wood, 0.3))
    with brush.moved(x, foot - 140, turn=-24):
        brush.rect(-130, -20, 190, 40, "#d2ab62", to="#7d5a2e", r=6)
        brush.rect(50, -15, 80, 30, "#b58b4c", to="#6b4a24", r=5)
        brush.rect(-138, -24, 22, 48, "#8f6d35", to="#5a4020", r=4)
    room.painting.things.append(("telescope", x, foot - 130, 190.0))
