"""Rooms: which colours and which pieces, from left to right along the wall."""

from collections.abc import Callable

from duocast.runtime.stage.place import fittings as fit
from duocast.runtime.stage.place import furniture as piece
from duocast.runtime.stage.place import lamps
from duocast.runtime.stage.place.bathroom import bathroom
from duocast.runtime.stage.place.brief import PlaceBrief
from duocast.runtime.stage.place.brush import darker, lighter, mixed
from duocast.runtime.stage.place.car import car
from duocast.runtime.stage.place.cellar import cellar
from duocast.runtime.stage.place.church import church
from duocast.runtime.stage.place.daylight import Daylight
from duocast.runtime.stage.place.lighthouse import keeper_room
from duocast.runtime.stage.place.lighting import Lamp, Painting
from duocast.runtime.stage.place.palettes import PALETTES
from duocast.runtime.stage.place.room import METRE, Room, door, shell, window
from duocast.runtime.stage.place.spaceship import spaceship
from duocast.runtime.stage.place.train import compartment

BASE = 1160.0
"""The y of the wall's foot on a plate 1440 high."""


def interior(painting: Painting, brief: PlaceBrief, day: Daylight) -> Room:
    """Draw the room's back: everything behind the people."""
    palettes = PALETTES[brief.kind]
    palette = palettes[brief.dice(1).randrange(len(palettes))]
    room = Room(painting, brief, day, BASE - 2.78 * METRE, BASE, *palette)
    painting.ambient = day.inside
    _ROOMS[brief.kind](room)
    return room


def _view(room: Room) -> str:
    green = {"garden", "tree", "trees", "forest", "country", "cabin", "farm", "field", "village"}
    return "garden" if green & room.brief.words else "city"


def _kitchen(room: Room) -> None:
    shell(room, boards="tiles")
    cabinet, tile = mixed(room.second, "#dfe3d8", 0.12), mixed(room.wall, "#fbf4e4", 0.55)
    fit.kitchen_row(room, room.at(0.245), room.at(0.395), cabinet, tile)
    window(room, room.at(0.405), room.up(2.34), 660, 470, view=_view(room), panes=2)
    window_sill(room, room.at(0.425), room.up(1.06))
    fit.cupboards(room, room.at(0.27), 470, cabinet)
    fit.fridge(room, room.at(0.16))
    fit.stove(room, room.at(0.645))
    fit.kitchen_row(room, room.at(0.725), room.at(0.125), cabinet, tile)
    fit.cupboards(room, room.at(0.735), 440, cabinet)
    fit.kettle(room, room.at(0.59), room.up(0.97))
    piece.shelf(room, room.at(0.3), room.up(1.28), 330, what="jars")
    top = piece.sideboard(room, room.at(0.015), 520, h=0.9)
    lamps.table_lamp(room, room.at(0.045), top, h=230)
    piece.picture(room, room.at(0.105), room.up(1.75), 210, 280)
    piece.clock(room, room.at(0.615), room.up(2.05))
    door(room, room.at(0.885), mixed(room.second, "#e8dfcb", 0.35))
    for share in (0.33, 0.5, 0.69):
        lamps.pendant(room, room.at(share), room.up(2.02), tone=room.second)


def window_sill(room: Room, x: float, y: float) -> None:
    """Small plants and a jar on a sill."""
    for k in range(3):
        piece.plant(room, x + 150 * k, 130 + 30 * (k % 2), foot=y + 36)


def _living_room(room: Room) -> None:
    shell(room, dado=0.0)
    window(
        room,
        room.at(0.335),
        room.up(2.2),
        520,
        620,
        view=_view(room),
        curtain=mixed(room.accent, room.wall, 0.3),
    )
    window(
        room,
        room.at(0.555),
        room.up(2.2),
        520,
        620,
        view=_view(room),
        curtain=mixed(room.accent, room.wall, 0.3),
    )
    piece.bookcase(room, room.at(0.155), 520)
    lamps.floor_lamp(room, room.at(0.302))
    piece.sofa(room, room.at(0.405), 790, mixed(room.second, room.wall, 0.15))
    piece.plant(room, room.at(0.725), 520)
    if {"fire", "fireplace", "cabin", "hearth"} & room.brief.words:
        fit.fireplace(room, room.at(0.75))
    else:
        top = piece.sideboard(room, room.at(0.755), 620)
        lamps.table_lamp(room, room.at(0.79), top)
        piece.picture(room, room.at(0.855), room.up(1.72), 330, 400)
    piece.picture(room, room.at(0.075), room.up(1.65), 300, 380)
    piece.picture(room, room.at(0.505), room.up(1.7), 150, 200)
    piece.plant(room, room.at(0.03), 420)
    top = piece.sideboard(room, room.at(0.05), 330, h=0.7, doors=2)
    lamps.table_lamp(room, room.at(0.09), top, h=190)
    piece.rug(room, room.at(0.36), 1150, mixed(room.accent, room.wall, 0.35))
    door(room, room.at(0.914), mixed(room.wood, room.trim, 0.35), w=320)


def _office(room: Room) -> None:
    shell(room, boards="carpet")
    for share in (0.24, 0.42, 0.60):
        window(
            room,
            room.at(share),
            room.up(2.35),
            640,
            700,
            panes=2,
            cross=False,
            blinds="blinds" in room.brief.words,
        )
    top = piece.sideboard(room, room.at(0.25), 620, h=0.62)
    fit.screen(room, room.at(0.27), top - 250, 380, 236)
    lamps.table_lamp(room, room.at(0.385), top)
    piece.plant(room, room.at(0.41), 560)
    top = piece.sideboard(room, room.at(0.60), 700, h=0.62, doors=4)
    fit.screen(room, room.at(0.625), top - 250, 380, 236)
    piece.plant(room, room.at(0.585), 420)
    fit.board(room, room.at(0.045), 680, chalk=False)
    lamps.floor_lamp(room, room.at(0.225))
    piece.bookcase(room, room.at(0.80), 560, rows=6)
    door(room, room.at(0.945) - 200, room.wood, glass=True)
    piece.picture(room, room.at(0.783), room.up(1.75), 170, 230)
    for share in (0.36, 0.55, 0.72):
        lamps.pendant(room, room.at(share), room.up(2.2), tone="#39434a", r=76)


def _cafe(room: Room) -> None:
    shell(room, dado=0.95)
    window(room, room.at(0.12), room.up(2.25), 760, 600, panes=3)
    fit.bar(room, room.at(0.385), 980)
    window(room, room.at(0.70), room.up(2.25), 760, 600, panes=3)
    for share in (0.345, 0.66):
        piece.picture(room, room.at(share), room.up(1.3 + (share * 700 % 1) * 0.5), 150, 190)
    door(room, room.at(0.016), darker(room.wood, 0.1), glass=True, w=340)
    piece.plant(room, room.at(0.915), 520)
    lamps.sconce(room, room.at(0.345), room.up(1.95))
    lamps.sconce(room, room.at(0.665), room.up(1.95))
    fit.neon(room, room.at(0.945) - 120, room.up(1.9), 300, "#ff7f6a", (1.0, 0.35, 0.28))
    for share in (0.06, 0.2, 0.31, 0.43, 0.57, 0.69, 0.80, 0.93):
        lamps.pendant(
            room, room.at(share), room.up(2.0 + 0.12 * ((share * 100) % 2)), tone=room.second, r=80
        )


def _bedroom(room: Room) -> None:
    shell(room, boards="carpet" if "hotel" in room.brief.words else "planks")
    window(
        room,
        room.at(0.29),
        room.up(2.2),
        560,
        640,
        view=_view(room),
        curtain=mixed(room.second, room.wall, 0.2),
    )
    window(
        room,
        room.at(0.655),
        room.up(2.2),
        480,
        640,
        view=_view(room),
        curtain=mixed(room.second, room.wall, 0.2),
    )
    fit.bed(room, room.at(0.465), 700, mixed(room.accent, room.wall, 0.15))
    for share in (0.435, 0.65):
        top = piece.sideboard(room, room.at(share) - 40, 160, h=0.5, doors=1)
        lamps.table_lamp(room, room.at(share) + 40, top, h=190)
    piece.picture(room, room.at(0.55), room.up(1.78), 520, 300)
    fit.wardrobe(room, room.at(0.12), 520, mixed(room.wood, room.wall, 0.25))
    piece.plant(room, room.at(0.83), 430)
    top = piece.sideboard(room, room.at(0.855), 460)
    lamps.table_lamp(room, room.at(0.93), top, h=180)
    piece.picture(room, room.at(0.89), room.up(1.6), 260, 330)
    piece.bookcase(room, room.at(0.02), 330, rows=5)
    piece.rug(room, room.at(0.42), 1100, mixed(room.second, room.wall, 0.45))


def _podcast(room: Room) -> None:
    shell(room, boards="carpet", ceiling=True)
    room.painting.shade_top = 0.45
    room.painting.ambient = (0.15, 0.15, 0.21)
    tones = (darker(room.wall, 0.25), lighter(room.wall, 0.12), mixed(room.wall, room.second, 0.22))
    fit.acoustic_panels(room, room.at(0.02), room.up(2.25), 4, 3, tones)
    fit.acoustic_panels(room, room.at(0.60), room.up(2.25), 3, 3, tones)
    door(room, room.at(0.908), darker(room.wood, 0.25), w=330)
    piece.bookcase(room, room.at(0.245), 520, rows=5, tone=darker(room.wood, 0.15))
    lamps.floor_lamp(room, room.at(0.395))
    if {"window", "windows", "rain", "skyline", "city"} & room.brief.words:
        window(room, room.at(0.425), room.up(2.25), 560, 560, panes=2, cross=False)
    else:
        _slats(room, room.at(0.425), 640)
        light = (1.0, 0.42, 0.16)
        fit.neon(room, room.at(0.435), room.up(1.86), 540, lighter(room.accent, 0.15), light)
    piece.plant(room, room.at(0.585), 520)
    piece.shelf(room, room.at(0.765), room.up(1.95), 480)
    piece.shelf(room, room.at(0.765), room.up(1.45), 480, what="jars")
    top = piece.sideboard(room, room.at(0.76), 520)
    lamps.table_lamp(room, room.at(0.85), top)
    piece.plant(room, room.at(0.225), 380)
    for x, light in (
        (0.13, (0.18, 0.62, 0.70)),
        (0.68, (0.16, 0.55, 0.66)),
        (0.95, (0.9, 0.4, 0.18)),
    ):
        room.lamp(room.at(x), room.up(0.1), 620, strength=0.55, light=light)


def _slats(room: Room, x: float, w: float) -> None:
    brush = room.painting.base
    brush.rect(x, room.up(2.5), w, room.base - room.up(2.5) - 46, darker(room.wood, 0.6))
    at = x
    while at < x + w:
        brush.rect(
            at,
            room.up(2.5),
            20,
            room.base - room.up(2.5) - 46,
            lighter(room.wood, 0.02),
            to=darker(room.wood, 0.3),
        )
        brush.rect(
            at, room.up(2.5), 4, room.base - room.up(2.5) - 46, lighter(room.wood, 0.3), alpha=0.4
        )
        at += 32


def _library(room: Room) -> None:
    shell(room, dado=0.0)
    for share, w in (
        (0.01, 640),
        (0.175, 560),
        (0.315, 520),
        (0.60, 520),
        (0.735, 560),
    ):
        piece.bookcase(room, room.at(share), w, h=2.62, rows=7)
    door(room, room.at(0.897), darker(room.wood, 0.05))
    window(room, room.at(0.465), room.up(2.4), 420, 720, view=_view(room), curtain=room.second)
    top = piece.sideboard(room, room.at(0.455), 500, h=0.7, doors=3)
    lamps.table_lamp(room, room.at(0.48), top, tone="#8fae7a")
    for share in (0.168, 0.308, 0.448, 0.592, 0.728, 0.882):
        lamps.sconce(room, room.at(share), room.up(1.7))
    piece.rug(room, room.at(0.33), 1400, mixed(room.second, "#5a2d2a", 0.4))


def _hallway(room: Room) -> None:
    shell(room, dado=0.95)
    for share in (0.13, 0.40, 0.66, 0.88):
        door(room, room.at(share), mixed(room.wood, room.accent, 0.12))
    window(room, room.at(0.52), room.up(2.2), 380, 560, view=_view(room))
    for share in (0.085, 0.255, 0.365, 0.505, 0.637, 0.845, 0.985):
        lamps.sconce(room, room.at(share), room.up(1.85))
    for share in (0.307, 0.80):
        piece.picture(room, room.at(share), room.up(1.62), 190, 250)
    top = piece.sideboard(room, room.at(0.29), 360, h=0.8, doors=2)
    lamps.table_lamp(room, room.at(0.33), top)
    piece.plant(room, room.at(0.605), 430)
    piece.plant(room, room.at(0.05), 460)
    piece.rug(room, room.at(0.2), 2400, room.accent)


def _hospital(room: Room) -> None:
    shell(room, dado=0.95, boards="tiles")
    window(room, room.at(0.44), room.up(2.3), 760, 560, panes=3, blinds=True)
    laboratory = bool({"lab", "laboratory"} & room.brief.words)
    fit.kitchen_row(room, room.at(0.15), room.at(0.16), "#dbe7e6", "#e9f2f0")
    piece.shelf(room, room.at(0.16), room.up(1.75), 560, what="bottles" if laboratory else "jars")
    fit.screen(room, room.at(0.335), room.up(1.9), 330, 240)
    fit.bed(room, room.at(0.66), 560, "#8fb9bf")
    fit.screen(room, room.at(0.815), room.up(1.85), 260, 200)
    door(room, room.at(0.03), "#b9cfce", glass=True)
    fit.wardrobe(room, room.at(0.875), 420, "#d5e2e0")
    piece.plant(room, room.at(0.405), 380)
    for share in (0.25, 0.5, 0.75):
        room.painting.glow.rect(room.at(share) - 260, 26, 520, 26, "#f2fbff", alpha=0.9, r=8)
        room.lamp(room.at(share), 40, 900, strength=0.9, beam="down", light=(0.82, 0.95, 1.0))


def _classroom(room: Room) -> None:
    shell(room, dado=0.9)
    fit.board(room, room.at(0.385), 1000, chalk=True)
    for share in (0.095, 0.225, 0.69, 0.80):
        window(room, room.at(share), room.up(2.3), 400, 600, view="garden")
    piece.clock(room, room.at(0.665), room.up(2.15))
    piece.bookcase(room, room.at(0.012), 300, h=1.7, rows=4)
    piece.plant(room, room.at(0.355), 420)
    door(room, room.at(0.945) - 160, room.wood)
    for share in (0.3, 0.5, 0.7):
        lamps.pendant(room, room.at(share), room.up(2.25), tone="#e8e4d6", r=86)


def _stage(room: Room) -> None:
    brush, painting = room.painting.base, room.painting
    brush.rect(0, 0, room.width, painting.height, "#1a1218", to="#241318")
    folds = 56
    for k in range(folds):
        x, wide = room.width * k / folds, room.width / folds
        tone = darker(room.wall, 0.34 if k % 2 else 0.05)
        brush.rect(x, 0, wide + 1, room.base, lighter(tone, 0.05), to=darker(tone, 0.35))
        brush.rect(
            x + wide * 0.2,
            0,
            wide * 0.3,
            room.base,
            lighter(room.wall, 0.16),
            to=darker(room.wall, 0.2),
            alpha=0.5,
        )
    for k in range(12):
        x = room.width * k / 12
        brush.blob(
            [(x - 20, -60), (x + room.width / 24, 250), (x + room.width / 12 + 20, -60)],
            room.second,
            to=darker(room.second, 0.4),
        )
        brush.line(
            [(x, 30), (x + room.width / 24, 152), (x + room.width / 12, 30)], 14, room.accent
        )
    brush.rect(
        0,
        room.base,
        room.width,
        painting.height - room.base,
        darker(room.floor, 0.2),
        to=lighter(room.floor, 0.1),
    )
    for i in range(40):
        x = room.width * i / 40
        brush.line(
            [(room.width / 2 + (x - room.width / 2) * 0.7, room.base), (x, painting.height)],
            2,
            "#2a1a14",
            alpha=0.5,
        )
    painting.ambient = (0.16, 0.13, 0.15)
    for share, tone in ((0.24, "#ffcf8a"), (0.5, "#fff0cf"), (0.76, "#ffcf8a")):
        x = room.at(share)
        painting.glow.poly(
            [(x - 30, 0), (x + 30, 0), (x + 420, painting.height), (x - 420, painting.height)],
            tone,
            alpha=0.30,
            fade=0.05,
        )
        painting.glow.oval(x, room.base + 130, 430, 76, tone, alpha=0.26, blur=20)
        room.painting.lamps.append(_spot(x, room.base - 380))


def _spot(x: float, y: float) -> Lamp:
    return Lamp(x, y, 760, (1.0, 0.84, 0.62), 0.95)


_ROOMS: dict[str, Callable[[Room], None]] = {
    "kitchen": _kitchen,
    "living room": _living_room,
    "office": _office,
    "cafe": _cafe,
    "bedroom": _bedroom,
    "podcast": _podcast,
    "library": _library,
    "hallway": _hallway,
    "hospital": _hospital,
    "classroom": _classroom,
    "stage": _stage,
    "car": car,
    "train": compartment,
    "lighthouse": keeper_room,
    "cellar": cellar,
    "church": church,
    "spaceship": spaceship,
    "bathroom": bathroom,
}
