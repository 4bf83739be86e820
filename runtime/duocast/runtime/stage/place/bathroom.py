"""A bathroom: tiles, a mirror over the basin, a tub behind its curtain, towels."""

from duocast.runtime.stage.place import fittings as fit
from duocast.runtime.stage.place import furniture as piece
from duocast.runtime.stage.place import lamps
from duocast.runtime.stage.place.brush import darker, lighter, mixed
from duocast.runtime.stage.place.room import Room, door, shell, window


def bathroom(room: Room) -> None:
    """Draw the wall with the basin."""
    shell(room, boards="tiles")
    tile = mixed(room.second, "#eef3f1", 0.72)
    fit.tiling(room, 0.0, room.up(1.55), room.width, room.base - room.up(1.55) - 46, tile)
    brush = room.painting.base
    brush.rect(0, room.up(1.58), room.width, 14, room.accent, to=darker(room.accent, 0.2))
    _basin(room, room.at(0.42), 640)
    window(room, room.at(0.665), room.up(2.3), 320, 420)
    _tub(room, room.at(0.60), 860)
    door(room, room.at(0.06), mixed(room.wood, "#efe6d6", 0.5))
    _towels(room, room.at(0.30), room.up(1.45))
    fit.wardrobe(room, room.at(0.185), 330, mixed(room.wood, room.wall, 0.4))
    piece.plant(room, room.at(0.385), 400)
    piece.picture(room, room.at(0.91), room.up(1.9), 220, 260)
    for share in (0.25, 0.8):
        lamps.pendant(room, room.at(share), room.up(2.2), tone="#dfe5e2", r=70)


def _basin(room: Room, x: float, w: float) -> None:
    brush, glow, top = room.painting.base, room.painting.glow, room.up(0.88)
    piece.grounded(room, x, w)
    piece.box(brush, x, top + 40, w, room.base - top - 60, mixed(room.wood, room.wall, 0.2))
    for k in range(2):
        brush.rect(x + 16 + w * k / 2, top + 70, w / 2 - 32, 220, lighter(room.wood, 0.2), r=4)
    brush.rect(x - 16, top, w + 32, 44, "#f6f4ee", to="#cfd2cf", r=12)
    brush.rect(x + w / 2 - 9, top - 74, 18, 76, "#d5dadb", to="#8d9598", across=True, r=6)
    brush.rect(x + w / 2 - 9, top - 78, 66, 16, "#d5dadb", to="#8d9598", r=8)
    mirror = (x + 60, room.up(2.15), w - 120, 400.0)
    piece.box(
        brush, mirror[0] - 18, mirror[1] - 18, mirror[2] + 36, mirror[3] + 36, room.wood, r=14
    )
    brush.rect(*mirror, mixed(room.wall, "#dfe9ea", 0.5), to=mixed(room.wall, "#9fb0b3", 0.4), r=8)
    x0, y0, across, tall = mirror
    shine = ((0.1, 0.0), (0.35, 0.0), (0.12, 1.0), (0.0, 1.0), (0.0, 0.4))
    glow.poly([(x0 + across * a, y0 + tall * b) for a, b in shine], "#ffffff", alpha=0.10)
    for side in (-46, w + 46):
        lamps.sconce(room, x + side, room.up(1.75))
    room.painting.things.append(("mirror", x + w / 2, room.up(1.65), 470.0))


def _tub(room: Room, x: float, w: float) -> None:
    brush, top = room.painting.base, room.up(0.62)
    piece.grounded(room, x, w)
    brush.rect(x, top, w, room.base - top + 12, "#f6f4ee", to="#c9cdca", r=46)
    brush.rect(x - 18, top - 16, w + 36, 36, "#fbfaf6", to="#d5d8d5", r=18)
    brush.rect(x - 40, room.up(2.42), w + 80, 12, "#b9bec2", to="#7d858b", r=6)
    for k in range(9):
        tone = mixed(room.accent, "#f3ead2", 0.55)
        tone = darker(tone, 0.12) if k % 2 else lighter(tone, 0.1)
        brush.rect(
            x + w - 250 + 30 * k,
            room.up(2.4),
            31,
            room.up(0.35) - room.up(2.4),
            tone,
            to=darker(tone, 0.15),
        )


def _towels(room: Room, x: float, y: float) -> None:
    brush = room.painting.base
    brush.rect(x - 20, y, 340, 12, "#b9bec2", to="#7d858b", r=6)
    for k, tone in enumerate((room.accent, lighter(room.second, 0.35))):
        brush.shadow(x + 12 + 150 * k, y + 6, 130, 240, blur=10, alpha=0.25)
        brush.rect(
            x + 150 * k, y - 6, 136, 240 + 30 * k, lighter(tone, 0.2), to=darker(tone, 0.1), r=8
        )
        brush.rect(x + 150 * k, y + 180, 136, 12, lighter(tone, 0.5), alpha=0.6)
