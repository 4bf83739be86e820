"""A bare room: bricks, pipes, a bulb on its wire, crates and shelves. Cellars, garages, workshops, cells."""

import random

from duocast.runtime.stage.place import furniture as piece
from duocast.runtime.stage.place import lamps
from duocast.runtime.stage.place.brush import darker, lighter, mixed
from duocast.runtime.stage.place.room import Room, door, floor, window

_CELL = frozenset(["prison", "cell", "jail", "dungeon", "interrogation"])


def cellar(room: Room) -> None:
    """Draw the room's back wall and what is stored there."""
    _bricks(room, room.dice(61))
    floor(room, "carpet", room.painting.height)
    room.painting.base.rect(0, room.base, room.width, 70, "#120d18", alpha=0.4, fade=0.0)
    _pipes(room)
    for share in (0.405, 0.535):
        window(room, room.at(share), room.up(2.45), 260, 190, panes=3, cross=False)
    if _CELL & room.brief.words:
        _bars(room, room.at(0.665), room.at(0.24))
    else:
        _rack(room, room.at(0.70), 640)
        _bench(room, room.at(0.175), 700)
    door(room, room.at(0.06), mixed("#5d666e", room.wood, 0.2))
    dice = room.dice(62)
    for share, size in ((0.365, 190), (0.60, 230), (0.645, 150), (0.925, 240)):
        _crate(room, room.at(share), size, dice)
    for share in (0.27, 0.5, 0.74):
        lamps.pendant(room, room.at(share), room.up(2.05), tone="#3a3f42", r=64)


def _bricks(room: Room, dice: random.Random) -> None:
    brush, tone = room.painting.base, room.wall
    brush.rect(0, 0, room.width, room.base + 2, tone, to=darker(tone, 0.18))
    y, row = 0.0, 0
    while y < room.base:
        x = -60.0 * (row % 2)
        while x < room.width:
            if dice.random() < 0.42:
                shade = mixed(tone, dice.choice(("#2c2427", "#c9a58c", "#7d5246")), 0.28)
                brush.rect(x + 3, y + 3, 114, 34, shade, r=3, alpha=0.55)
            x += 120
        y, row = y + 40, row + 1
    brush.rect(0, room.base - 30, room.width, 32, darker(tone, 0.4))


def _pipes(room: Room) -> None:
    brush = room.painting.base
    for y, tall, tone in ((44.0, 34.0, "#6d7479"), (98.0, 22.0, "#8a5a3c")):
        brush.rect(0, y + tall, room.width, 26, "#120d18", alpha=0.35, fade=0.0)
        brush.rect(0, y, room.width, tall, lighter(tone, 0.2), to=darker(tone, 0.4))
        for k in range(9):
            brush.rect(
                room.at((k + 0.5) / 9), y - 5, 36, tall + 10, tone, to=darker(tone, 0.4), r=4
            )
    x = room.at(0.34)
    brush.rect(x, 120, 26, room.base - 130, "#6d7479", to="#3c4145", across=True)
    brush.oval(x + 13, room.up(1.2), 34, 34, "#a4473a", line=11)


def _bars(room: Room, x: float, w: float) -> None:
    """The bars of a cell's front, dark behind."""
    brush, y = room.painting.base, room.up(2.3)
    brush.rect(x, y, w, room.base - y, "#15131a", to="#0f0d12")
    for k in range(15):
        at = x + w * k / 14
        brush.rect(at - 8, y, 16, room.base - y, "#7d858b", to="#3c4145", across=True)
    for top in (y, room.up(1.2), room.base - 40):
        brush.rect(x - 14, top, w + 28, 22, "#6d7479", to="#3c4145", r=4)


def _rack(room: Room, x: float, w: float) -> None:
    """Steel shelves of jars and boxes."""
    brush, top = room.painting.base, room.up(1.95)
    piece.grounded(room, x, w)
    for side in (x, x + w - 22):
        brush.rect(side, top, 22, room.base - top, "#7d858b", to="#454b50", across=True)
    for k, what in enumerate(("jars", "books", "bottles", "jars")):
        piece.shelf(room, x, top + 190 + 185 * k, w, what=what)


def _bench(room: Room, x: float, w: float) -> None:
    """A workbench with tools on the wall above it."""
    brush, top = room.painting.base, room.up(0.9)
    piece.grounded(room, x, w)
    brush.rect(x + 20, top + 30, w - 40, 230, darker(room.wood, 0.55))
    for side in (x + 16, x + w - 60):
        brush.rect(side, top, 44, room.base - top, room.wood, to=darker(room.wood, 0.4))
    piece.box(brush, x - 10, top - 10, w + 20, 46, lighter(room.wood, 0.1))
    piece.box(brush, x + 40, room.up(1.95), w - 80, 330, mixed(room.wood, "#c9b79c", 0.3))
    for k in range(7):
        at, y = x + 100 + (w - 200) * k / 6, room.up(1.86)
        brush.rect(at - 6, y, 12, 110 + 24 * (k % 3), "#9aa1a6", to="#5f666b", r=4)
        brush.rect(
            at - 12, y + 96 + 24 * (k % 3), 24, 90, room.accent, to=darker(room.accent, 0.3), r=8
        )


def _crate(room: Room, x: float, size: float, dice: random.Random) -> None:
    brush, y = room.painting.base, room.base + 24 - size
    tone = mixed(room.wood, "#b98d5f", dice.uniform(0.2, 0.6))
    piece.grounded(room, x, size)
    piece.box(brush, x, y, size, size, tone)
    for k in range(4):
        brush.rect(x + 6, y + size * k / 4 + 4, size - 12, size / 4 - 6, lighter(tone, 0.06), r=2)
    brush.line([(x + 14, y + size - 14), (x + size - 14, y + 14)], 24, darker(tone, 0.1))
    for side in (x, x + size - 24):
        brush.rect(side, y, 24, size, darker(tone, 0.12))
