"""Views: streets, parks, shores and heights. The sky and far things shine of themselves, near things are lit."""

import random
from collections.abc import Callable

from duocast.runtime.stage.place.brief import PlaceBrief
from duocast.runtime.stage.place.brush import Brush, Colour, darker, lighter, mixed
from duocast.runtime.stage.place.daylight import Daylight
from duocast.runtime.stage.place.furniture import box
from duocast.runtime.stage.place.lighting import Lamp, Painting, Patch
from duocast.runtime.stage.place.room import METRE, Room
from duocast.runtime.stage.place.sky import Box, fallen, hills, leafy, peaks, sky, skyline, trees

BASE = 960.0
"""The y at which the ground of the middle distance begins on a plate 1440 high."""


def exterior(painting: Painting, brief: PlaceBrief, day: Daylight) -> Room:
    """Draw the view: everything behind the people."""
    room = Room(
        painting,
        brief,
        day,
        0,
        BASE,
        "#b9a58c",
        "#d8cbb2",
        "#8a8378",
        "#7b5840",
        "#c8553d",
        "#3f6f70",
    )
    painting.ambient = day.outside
    painting.shade_top, painting.shade_low = 0.0, 0.12
    _VIEWS[brief.kind](room)
    fallen(
        painting.glow,
        Box(0, 0, room.width, painting.height),
        brief.weather,
        brief.dice(91),
        scale=1.3,
    )
    key = Lamp(room.at(0.62), 300, 2600, day.key, 0.9, flat=0.9)
    painting.lamps.append(key)
    return room


def _sky(room: Room, line: float, sun_x: float = 0.63) -> None:
    sky(room.painting.glow, Box(0, 0, room.width, line), room.day, room.dice(2), sun_x=sun_x)


def _ground(room: Room, y: float, colour: Colour, *, blades: int = 0) -> None:
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


def _far(room: Room, y: float) -> tuple[Brush, Box]:
    return room.painting.glow, Box(0, 0, room.width, y)


def _streetlamp(room: Room, x: float, foot: float, h: float) -> None:
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


_FACADES = ("#a8694f", "#c49a6c", "#7d8a8c", "#b58a7a", "#8c6f7e", "#9aa58d", "#c7b299")
_AWNINGS = ("#b4473a", "#2f6f6a", "#d99a3d", "#3f5f86", "#7c3b56")


def _street(room: Room) -> None:
    _sky(room, 760)
    glow, _ = _far(room, 0)
    lit = 0.4 if room.day.lamps > 0.75 else 0.05
    skyline(glow, Box(0, 160, room.width, 760), room.day, room.dice(5), lit=lit, rows=2)
    _pavement(room)
    x, dice, k = -60.0, room.dice(6), 0
    while x < room.width:
        w = dice.uniform(420, 640)
        gap = 150 if k % 3 == 2 else 0
        _facade(room, x, w, dice)
        x += w + gap
        k += 1
    for share in (0.08, 0.30, 0.515, 0.73, 0.94):
        _streetlamp(room, room.at(share), BASE + 130, 640)
    for share in (0.19, 0.62, 0.85):
        leafy(room.painting.base, room.at(share), BASE + 110, 560, "#58794f", dice)
    _parked(room, room.at(0.36), "#8f3b36")
    _parked(room, room.at(0.80), "#3f5f7d")


def _pavement(room: Room) -> None:
    brush, height = room.painting.base, room.painting.height
    _ground(room, BASE, "#8b8782")
    for k in range(-40, 41):
        middle = room.width / 2
        brush.line(
            [(middle + k * 120, BASE), (middle + k * 260, height)], 2.5, "#4c4a4c", alpha=0.4
        )
    for share in (0.12, 0.32, 0.62):
        y = BASE + (height - BASE) * share
        brush.line([(0, y), (room.width, y)], 2.5, "#4c4a4c", alpha=0.4)
    if room.brief.weather in ("rain", "storm"):
        glow, dice = room.painting.glow, room.dice(8)
        for _ in range(40):
            x, y = dice.uniform(0, room.width), dice.uniform(BASE + 30, height)
            glow.oval(
                x,
                y,
                dice.uniform(60, 220),
                dice.uniform(4, 12),
                mixed(room.day.low, "#ffcf8a", 0.4 * room.day.lamps),
                alpha=0.14,
                blur=3,
            )


def _facade(room: Room, x: float, w: float, dice: random.Random) -> None:
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    tone = mixed(dice.choice(_FACADES), day.far, 0.06)
    top = dice.uniform(-40, 260)
    brush.rect(x, top, w, BASE - top + 4, lighter(tone, 0.04), to=darker(tone, 0.08))
    brush.rect(x - 10, top - 18, w + 20, 34, lighter(tone, 0.22), to=darker(tone, 0.1))
    brush.rect(x + w - 20, top, 20, BASE - top, "#15131f", alpha=0.16)
    columns = max(2, int(w / 170))
    shop = BASE - 330
    row = top + 70
    while row < shop - 190:
        for k in range(columns):
            wx, ww = x + w * (k + 0.24) / columns, w / columns * 0.54
            brush.rect(wx - 9, row - 9, ww + 18, 168, lighter(tone, 0.3), r=3)
            brush.rect(wx, row, ww, 150, mixed(day.low, "#26323f", 0.6), to="#1d2833")
            if dice.random() < 0.5 * day.lamps:
                glow.rect(
                    wx, row, ww, 150, dice.choice(("#ffc879", "#ffdf9f", "#f7b066")), alpha=0.85
                )
                brush.rect(wx, row, ww * 0.28, 150, darker(tone, 0.2), alpha=0.6)
            else:
                glow.rect(wx, row, ww, 150, day.low, alpha=0.16, fade=0.03)
            brush.rect(wx + ww / 2 - 3, row, 6, 150, lighter(tone, 0.3))
            brush.rect(wx - 14, row + 158, ww + 28, 13, lighter(tone, 0.35))
        row += 236
    _shop(room, x, w, shop, dice)


def _shop(room: Room, x: float, w: float, y: float, dice: random.Random) -> None:
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    tone = dice.choice(_AWNINGS)
    brush.rect(x + 16, y, w - 32, BASE - y, darker(tone, 0.45))
    glass = (x + 40, y + 90, w - 220, BASE - y - 140)
    brush.rect(*glass, "#26303a")
    glow.rect(*glass, "#ffc27a", to="#ffdca6", alpha=0.16 + 0.72 * day.lamps)
    with brush.inside(*glass):
        for _ in range(9):
            gx = dice.uniform(glass[0], glass[0] + glass[2])
            tall = dice.uniform(30, 110)
            brush.rect(
                gx,
                glass[1] + glass[3] - tall,
                dice.uniform(26, 70),
                tall,
                darker(tone, 0.55),
                r=8,
                alpha=0.8,
            )
    brush.rect(x + w - 160, y + 90, 112, BASE - y - 90, darker(tone, 0.25))
    brush.rect(x + w - 144, y + 108, 80, 130, mixed("#26303a", "#ffc27a", 0.5 * day.lamps))
    stripes = int((w - 20) / 46)
    for k in range(stripes):
        sx, sw = x + 8 + (w - 16) * k / stripes, (w - 16) / stripes
        shade = lighter(tone, 0.75) if k % 2 else tone
        brush.poly(
            [(sx, y + 4), (sx + sw, y + 4), (sx + sw, y + 92), (sx, y + 92)],
            lighter(shade, 0.05),
            to=darker(shade, 0.2),
        )
        brush.oval(sx + sw / 2, y + 92, sw / 2, 12, darker(shade, 0.2))
    room.lamp(x + w / 2, y + 180, 380, strength=0.9, light=(1.0, 0.66, 0.36))


def _parked(room: Room, x: float, tone: Colour) -> None:
    brush, y = room.painting.base, BASE + 46
    brush.oval(x + 250, y + 62, 300, 22, "#0d0a12", alpha=0.5, blur=10)
    brush.blob(
        [
            (x - 10, y + 40),
            (x, y - 60),
            (x + 90, y - 84),
            (x + 170, y - 172),
            (x + 350, y - 172),
            (x + 430, y - 84),
            (x + 510, y - 60),
            (x + 520, y + 40),
        ],
        lighter(tone, 0.12),
        to=darker(tone, 0.3),
    )
    brush.blob(
        [(x + 120, y - 76), (x + 185, y - 154), (x + 335, y - 154), (x + 402, y - 76)],
        mixed("#1d2833", room.day.low, 0.3),
    )
    for k in (90, 420):
        brush.oval(x + k, y + 36, 50, 50, "#17171b")
        brush.oval(x + k, y + 36, 25, 25, "#8d9297")


def _park(room: Room) -> None:
    green = "#6c8f4e"
    _sky(room, 760)
    glow, _ = _far(room, 0)
    if {"bench", "city", "park"} & room.brief.words:
        skyline(
            glow,
            Box(0, 330, room.width, 430),
            room.day,
            room.dice(5),
            lit=0.3 * room.day.lamps,
            rows=2,
        )
    trees(
        glow,
        Box(0, 0, room.width, 790),
        mixed(mixed(green, "#35563f", 0.5), room.day.far, 0.6),
        room.dice(6),
        size=330,
        gap=0.5,
    )
    _ground(room, 775, green, blades=2600)
    brush = room.painting.base
    path = mixed("#cdb48c", green, 0.1)
    brush.blob(
        [
            (room.at(0.2), 1460),
            (room.at(0.42), 1050),
            (room.at(0.35), 900),
            (room.at(0.62), 800),
            (room.at(0.66), 805),
            (room.at(0.5), 930),
            (room.at(0.7), 1080),
            (room.at(0.72), 1460),
        ],
        path,
        to=darker(path, 0.1),
    )
    trees(
        brush,
        Box(0, 0, room.width, 850),
        mixed(green, "#3c5f3f", 0.4),
        room.dice(7),
        size=520,
        gap=1.25,
    )
    dice = room.dice(8)
    for share in (0.05, 0.27, 0.72, 0.95):
        leafy(brush, room.at(share), 1010, 1000, mixed(green, "#4b6b35", 0.4), dice)
    for share in (0.36, 0.64):
        _streetlamp(room, room.at(share), 970, 520)
    _bench(room, room.at(0.145), 1020)
    _bench(room, room.at(0.80), 1030)


def _bench(room: Room, x: float, foot: float) -> None:
    brush, wood = room.painting.base, "#9a6a42"
    brush.oval(x + 210, foot + 4, 250, 16, "#0d0a12", alpha=0.4, blur=10)
    for k in range(3):
        brush.rect(x, foot - 215 + 44 * k, 420, 30, lighter(wood, 0.08), to=darker(wood, 0.15), r=6)
    brush.rect(x - 10, foot - 90, 440, 30, lighter(wood, 0.15), to=darker(wood, 0.1), r=6)
    for k in (40, 366):
        brush.rect(x + k, foot - 90, 14, 92, "#2b2f36")


def _forest(room: Room) -> None:
    day = room.day
    _sky(room, 900)
    glow, brush, dice = room.painting.glow, room.painting.base, room.dice(4)
    deep = "#3f6248"
    for k, (foot, size) in enumerate(((840, 620), (880, 800))):
        tone = mixed(deep, day.far, 0.72 - 0.24 * k)
        trees(glow, Box(0, 0, room.width, foot), tone, dice, size=size, firs=0.8, gap=0.3)
    if not day.stars:
        for k in range(5):
            x = room.at(0.2 + 0.15 * k)
            glow.poly(
                [(x + 200, 0), (x + 330, 0), (x - 60, 1000), (x - 300, 1000)],
                day.sun,
                alpha=0.16,
                fade=0.0,
            )
    _ground(room, 880, "#6d7446", blades=2600)
    trees(brush, Box(0, 0, room.width, 930), deep, dice, size=900, firs=0.75, gap=0.6)
    for share in (0.03, 0.16, 0.29, 0.44, 0.60, 0.72, 0.86, 0.97):
        x, wide = room.at(share) + dice.uniform(-40, 40), dice.uniform(46, 84)
        foot = dice.uniform(990, 1080)
        bark = mixed("#5a4638", deep, dice.uniform(0.05, 0.3))
        brush.oval(x, foot, wide * 1.6, 16, "#0d0a12", alpha=0.4, blur=8)
        brush.poly(
            [(x - wide, foot), (x - wide * 0.62, -20), (x + wide * 0.62, -20), (x + wide, foot)],
            lighter(bark, 0.14),
            to=darker(bark, 0.25),
            across=True,
        )
        for _ in range(9):
            y = dice.uniform(60, foot - 60)
            brush.line(
                [(x - wide * 0.3, y), (x - wide * 0.25, y + dice.uniform(30, 90))],
                5,
                darker(bark, 0.4),
                alpha=0.6,
            )
    for _ in range(60):
        x, y, size = dice.uniform(0, room.width), dice.uniform(960, 1400), dice.uniform(20, 70)
        tone = mixed(deep, dice.choice(("#8a9a4e", "#2b4635")), 0.4)
        for lean in (-1.1, -0.5, 0.1, 0.6, 1.1):
            brush.line(
                [
                    (x, y),
                    (x + lean * size * 0.6, y - size * 0.7),
                    (x + lean * size, y - size * 0.5),
                ],
                5,
                tone,
            )


def _beach(room: Room) -> None:
    day, brush, glow = room.day, room.painting.base, room.painting.glow
    line = 690
    _sky(room, line, 0.6)
    hills(
        glow,
        Box(0, line - 150, room.width * 0.42, 150),
        day,
        room.dice(3),
        colours=("#6c8078", "#56706a"),
    )
    water = mixed("#3f8a9c", day.middle, 0.45)
    glow.rect(
        0,
        line,
        room.width,
        300,
        mixed(water, day.low, 0.5),
        to=mixed(water, "#15314a", 0.25 if not day.stars else 0.55),
    )
    dice = room.dice(5)
    for _ in range(260):
        t = dice.random() ** 1.4
        x, y = dice.uniform(0, room.width), line + 4 + 280 * t
        glow.rect(x, y, 30 + 190 * t, 1.5 + 4 * t, day.low, alpha=0.28, r=2)
    if day.sun_height is not None:
        for _ in range(90):
            t = dice.random()
            x = room.at(0.6) + dice.gauss(0, 20 + 120 * t)
            glow.rect(x - 40, line + 4 + 280 * t, 30 + 90 * t, 2 + 4 * t, day.sun, alpha=0.5, r=2)
    sand = "#d9bd8b"
    brush.blob(
        [
            (-300, 1000),
            (room.at(0.15), 950),
            (room.at(0.45), 985),
            (room.at(0.75), 940),
            (room.width + 300, 990),
            (room.width + 300, 1800),
            (-300, 1800),
        ],
        lighter(sand, 0.08),
        to=darker(sand, 0.14),
    )
    foam = [(room.width * k / 24, 968 + 18 * ((k * 7) % 3) - 22 * (k % 2)) for k in range(-1, 26)]
    brush.line(foam, 15, "#ffffff", alpha=0.55)
    for _ in range(260):
        x, y = dice.uniform(0, room.width), dice.uniform(1010, 1440)
        brush.oval(x, y, dice.uniform(6, 34), 3, darker(sand, 0.2), alpha=0.3)
    for share in (0.02, 0.09, 0.9, 0.97):
        _dune_grass(brush, room.at(share), 1120, dice)


def _dune_grass(brush: Brush, x: float, y: float, dice: random.Random) -> None:
    for _ in range(46):
        lean, tall = dice.uniform(-90, 90), dice.uniform(110, 270)
        at = x + dice.uniform(-120, 120)
        brush.line(
            [(at, y + 10), (at + lean * 0.3, y - tall * 0.6), (at + lean, y - tall)],
            5,
            dice.choice(("#8a9a5b", "#a9a86a", "#6f8450")),
        )


def _mountains(room: Room) -> None:
    _sky(room, 780, 0.66)
    glow, day = room.painting.glow, room.day
    peaks(
        glow,
        Box(0, 150, room.width, 620),
        day,
        room.dice(3),
        colours=("#6d7f96", "#56687d", "#465a5f"),
    )
    hills(glow, Box(0, 560, room.width, 280), day, room.dice(4), colours=("#5d7a5c", "#55714c"))
    _ground(room, 830, "#77914f", blades=3200)
    trees(
        room.painting.base,
        Box(0, 0, room.width, 900),
        "#3f5f4a",
        room.dice(6),
        size=330,
        firs=1.0,
        gap=1.5,
    )
    dice, brush = room.dice(7), room.painting.base
    for _ in range(22):
        x, y, r = dice.uniform(0, room.width), dice.uniform(930, 1250), dice.uniform(20, 90)
        brush.oval(x, y + r * 0.4, r * 1.2, r * 0.3, "#0d0a12", alpha=0.3, blur=6)
        brush.blob(
            [
                (x - r, y + r * 0.4),
                (x - r * 0.8, y - r * 0.4),
                (x, y - r * 0.7),
                (x + r * 0.9, y - r * 0.2),
                (x + r, y + r * 0.4),
            ],
            "#b3ada2",
            to="#746f6b",
        )


def _field(room: Room) -> None:
    _sky(room, 740, 0.64)
    glow, day, brush, dice = room.painting.glow, room.day, room.painting.base, room.dice(7)
    hills(
        glow,
        Box(0, 520, room.width, 250),
        day,
        room.dice(3),
        colours=("#7a8f86", "#7f9a62", "#8aa35c"),
    )
    wheat = "#c9a652"
    _ground(room, 760, wheat, blades=600)
    for k in range(-36, 37):
        middle = room.width / 2
        brush.line(
            [(middle + k * 46, 762), (middle + k * 330, 1440)], 5, darker(wheat, 0.3), alpha=0.28
        )
    for _ in range(2600):
        t = dice.random() ** 0.6
        x, y = dice.uniform(0, room.width), 800 + 640 * t
        tall = 26 + 110 * t
        tone = dice.choice(("#e2c470", "#b98f3f", "#d6b25a"))
        brush.line([(x, y), (x + 6, y - tall)], 2 + 2 * t, tone, alpha=0.8)
        brush.oval(x + 7, y - tall, 3 + 3.5 * t, 9 + 9 * t, tone)
    for share in (0.12, 0.78):
        leafy(brush, room.at(share), 840, 430, "#5f7d4a", dice)
    _fence(room, 880)


def _fence(room: Room, foot: float) -> None:
    brush, x = room.painting.base, 20.0
    while x < room.width:
        brush.rect(x, foot - 130, 18, 138, "#8a6a4c", to="#5d4635", r=3)
        x += 215
    for y in (foot - 112, foot - 62):
        brush.rect(0, y, room.width, 13, "#94745a", to="#6d5140")


def _garden(room: Room) -> None:
    green = "#6f9550"
    _sky(room, 700, 0.62)
    glow, brush, dice = room.painting.glow, room.painting.base, room.dice(9)
    trees(
        glow,
        Box(0, 0, room.width, 740),
        mixed("#4f7350", room.day.far, 0.5),
        dice,
        size=430,
        gap=0.45,
    )
    _house(room, room.at(0.60), 760)
    hedge = "#47693f"
    brush.rect(0, 690, room.width, 230, lighter(hedge, 0.08), to=darker(hedge, 0.25))
    for _ in range(900):
        x, y = dice.uniform(0, room.width), dice.uniform(676, 900)
        brush.oval(
            x,
            y,
            dice.uniform(9, 22),
            dice.uniform(8, 16),
            mixed(hedge, dice.choice(("#8fae62", "#26402c")), 0.4),
            alpha=0.7,
        )
    _ground(room, 905, green, blades=2200)
    for share in (0.06, 0.33, 0.93):
        leafy(brush, room.at(share), 960, 820, "#5b7f45", dice)
    for _ in range(420):
        x, y = dice.uniform(0, room.width), 925 + 60 * dice.random()
        tall = dice.uniform(30, 110)
        brush.line([(x, y), (x + dice.uniform(-14, 14), y - tall)], 4, "#4f7a43")
        tone = dice.choice(("#e8695a", "#f2c14e", "#f3ead7", "#c25b8a", "#8d7cc3"))
        brush.oval(x, y - tall, 12, 11, tone)
        brush.oval(x - 2, y - tall - 2, 4, 4, "#fff1b0")
    for k in range(9):
        x = room.at(0.1) + k * room.at(0.1)
        glow.oval(x, 560 + 26 * (k % 2), 9, 11, "#ffd88f", alpha=room.day.lamps)
        room.painting.shine(x, 560 + 26 * (k % 2), 90, "#ffb85a", 0.5 * room.day.lamps)
        room.lamp(x, 565, 380, strength=0.4)


def _house(room: Room, x: float, foot: float) -> None:
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    brush.rect(x, 330, 620, foot - 330, "#d9c4a3", to="#b89d7c")
    brush.poly([(x - 60, 340), (x + 310, 110), (x + 680, 340)], "#8f5244", to="#6d3d38")
    for k in (90, 390):
        brush.rect(x + k, 430, 140, 170, "#f0e6d2")
        brush.rect(x + k + 10, 440, 120, 150, "#2d3944")
        glow.rect(x + k + 10, 440, 120, 150, "#ffc879", alpha=0.12 + 0.8 * day.lamps)
        brush.rect(x + k + 66, 440, 8, 150, "#f0e6d2")


def _rooftop(room: Room) -> None:
    _sky(room, 800, 0.66)
    glow, brush, day = room.painting.glow, room.painting.base, room.day
    lit = 0.45 if day.lamps > 0.75 else 0.12 if day.lamps > 0.4 else 0.0
    skyline(glow, Box(0, 180, room.width, 780), day, room.dice(4), lit=lit, rows=4)
    stone = "#8d857e"
    _ground(room, 985, "#736d6c")
    for k in range(-30, 31):
        brush.line(
            [(room.width / 2 + k * 150, 985), (room.width / 2 + k * 300, 1440)],
            3,
            "#4c4a4c",
            alpha=0.35,
        )
    brush.rect(0, 800, room.width, 190, lighter(stone, 0.08), to=darker(stone, 0.2))
    brush.rect(0, 780, room.width, 36, lighter(stone, 0.3), to=stone)
    brush.rect(0, 988, room.width, 50, "#0d0a12", alpha=0.35, fade=0.0)
    box(brush, room.at(0.10), 560, 420, 440, "#7d6f66", r=3)
    for k in range(5):
        brush.rect(room.at(0.10) + 30, 640 + 54 * k, 360, 24, "#4d4642", r=4)
    _tank(room, room.at(0.86), 800)
    dice = room.dice(6)
    for share in (0.06, 0.25, 0.70, 0.80):
        piece_plant(room, room.at(share), 400, 1040)
    points = [
        (room.width * k / 60, 470 + 70 * abs(((k / 60 * 5) % 1) - 0.5) * -2 + 70) for k in range(61)
    ]
    brush.line(points, 3, "#22252b")
    for x, y in points[::2]:
        glow.oval(x, y + 12, 8, 10, "#ffe0a0", alpha=0.25 + 0.75 * day.lamps)
        room.painting.shine(x, y + 12, 74, "#ffb45a", 0.5 * day.lamps)
    for k in range(8):
        room.lamp(room.at((k + 0.5) / 8), 520, 560, strength=0.42 + dice.uniform(0, 0.1))


def piece_plant(room: Room, x: float, h: float, foot: float) -> None:
    """A potted plant that stands where it is told."""
    from duocast.runtime.stage.place.furniture import plant

    plant(room, x, h, foot=foot)


def _tank(room: Room, x: float, foot: float) -> None:
    brush, wood = room.painting.base, "#7b5a48"
    for k in (-1, 1):
        brush.line([(x + k * 120, foot), (x + k * 95, 420)], 13, "#3a3432")
    brush.rect(x - 150, 190, 300, 250, lighter(wood, 0.12), to=darker(wood, 0.3), across=True, r=6)
    brush.poly([(x - 175, 196), (x, 66), (x + 175, 196)], "#5a4a45", to="#3f3432")


def _station(room: Room) -> None:
    _sky(room, 700)
    glow, brush, day = room.painting.glow, room.painting.base, room.day
    skyline(glow, Box(0, 240, room.width, 560), day, room.dice(4), lit=0.35 * day.lamps, rows=2)
    _train(room)
    _ground(room, 985, "#8f8a84")
    brush.rect(0, 985, room.width, 52, "#d9b64a", to="#b8952f")
    for k in range(90):
        brush.oval(room.width * (k + 0.5) / 90, 1011, 10, 5, "#a8862a")
    for y in (1130, 1290):
        brush.line([(0, y), (room.width, y)], 3, "#5a5654", alpha=0.5)
    brush.rect(0, 0, room.width, 130, "#3c4650", to="#2a323a")
    brush.rect(0, 130, room.width, 20, "#566470", to="#39444e")
    for k in range(8):
        x = room.at((k + 0.5) / 8)
        brush.rect(x - 18, 130, 36, 900, "#55636c", to="#2f3a42", across=True)
        brush.rect(x - 34, 985, 68, 60, "#3a454d", r=6)
        brush.poly([(x - 18, 330), (x - 130, 150), (x - 96, 150), (x - 18, 276)], "#4a5861")
        brush.poly([(x + 18, 330), (x + 130, 150), (x + 96, 150), (x + 18, 276)], "#4a5861")
    for k in range(7):
        x = room.at((k + 1) / 8)
        glow.rect(x - 110, 150, 220, 14, "#fff0cf", r=6, alpha=0.3 + 0.7 * day.lamps)
        room.painting.shine(x, 160, 230, "#ffd9a0", 0.35 * day.lamps)
        room.lamp(x, 170, 900, strength=1.0, beam="down", light=(1.0, 0.82, 0.58))
    _sign(room, room.at(0.5), 330)
    _bench(room, room.at(0.16), 1080)
    _bench(room, room.at(0.77), 1080)


def _train(room: Room) -> None:
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    tone = "#b5473b"
    for k in range(3):
        x, w = room.at(k * 0.36) - 120, room.at(0.35)
        brush.rect(x, 430, w, 540, "#d8d5cc", to="#b3b0aa", r=26)
        brush.rect(x, 770, w, 130, tone, to=darker(tone, 0.2))
        brush.rect(x, 900, w, 86, "#2b2f36")
        for j in range(6):
            wx = x + 60 + (w - 120) * j / 6
            brush.rect(wx, 520, (w - 120) / 6 - 34, 190, "#26323f", r=16)
            glow.rect(
                wx,
                520,
                (w - 120) / 6 - 34,
                190,
                mixed("#ffe3b0", day.low, 0.3 * (1 - day.lamps)),
                alpha=0.22 + 0.62 * day.lamps,
                r=16,
            )
    brush.rect(0, 985, room.width, 10, "#1f2227")


def _sign(room: Room, x: float, y: float) -> None:
    brush, glow = room.painting.base, room.painting.glow
    for k in (-1, 1):
        brush.rect(x + 150 * k - 4, 140, 8, y - 140, "#2b2f36")
    box(brush, x - 220, y, 440, 120, "#1f3f5c", r=10)
    glow.rect(x - 190, y + 26, 70, 68, "#f3f0e6", r=34, alpha=0.8)
    for k, w in enumerate((250, 180)):
        glow.rect(x - 96, y + 34 + 34 * k, w, 15, "#f3f0e6", r=6, alpha=0.8)


def _desert(room: Room) -> None:
    _sky(room, 740, 0.64)
    glow, day, brush, dice = room.painting.glow, room.day, room.painting.base, room.dice(4)
    rock = "#b46a48"
    for share, w, h in ((0.06, 620, 340), (0.36, 420, 250), (0.72, 760, 390)):
        x, tone = room.at(share), mixed(rock, day.far, 0.42)
        glow.poly(
            [
                (x, 760),
                (x + 46, 760 - h),
                (x + w * 0.4, 745 - h),
                (x + w * 0.45, 760 - h * 0.7),
                (x + w * 0.9, 760 - h * 0.72),
                (x + w, 760),
            ],
            tone,
            to=mixed(tone, day.low, 0.3),
        )
        glow.poly(
            [
                (x + w * 0.4, 745 - h),
                (x + w * 0.45, 760 - h * 0.7),
                (x + w * 0.9, 760 - h * 0.72),
                (x + w, 760),
                (x + w * 0.5, 760),
            ],
            darker(tone, 0.25),
            alpha=0.5,
        )
    sand = "#dcae74"
    _ground(room, 750, sand)
    for k, y in enumerate((800, 880, 990, 1130)):
        tone = mixed(sand, "#b9774a", 0.12 * k)
        points = [
            (-100, y + 60),
            *((room.width * j / 5, y + 46 * (-1) ** (j + k)) for j in range(6)),
            (room.width + 100, y + 60),
            (room.width + 100, 1700),
            (-100, 1700),
        ]
        brush.blob(points, lighter(tone, 0.1), to=darker(tone, 0.12))
    for share in (0.15, 0.58, 0.9):
        x, y, h = room.at(share), dice.uniform(900, 1000), dice.uniform(260, 380)
        cactus = "#5a7d55"
        brush.line([(x, y), (x, y - h)], 58, cactus)
        for k in (-1, 1):
            at = y - h * dice.uniform(0.35, 0.55)
            brush.line(
                [(x, at), (x + 100 * k, at), (x + 104 * k, at - h * 0.36)], 38, darker(cactus, 0.08)
            )
        brush.oval(x + 90, y + 6, 190, 14, "#3a2418", alpha=0.35, blur=7)


_VIEWS: dict[str, Callable[[Room], None]] = {
    "street": _street,
    "park": _park,
    "forest": _forest,
    "beach": _beach,
    "mountains": _mountains,
    "field": _field,
    "garden": _garden,
    "rooftop": _rooftop,
    "station": _station,
    "desert": _desert,
}
__all__ = ["BASE", "METRE", "Patch", "exterior"]
