"""Country views: park, forest, beach, mountains, field, garden, desert."""

import random

from duocast.runtime.stage.place.brush import Brush, darker, lighter, mixed
from duocast.runtime.stage.place.outdoors import bench, ground, open_sky, streetlamp
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.sky import Box, hills, leafy, peaks, skyline, trees


def park(room: Room) -> None:
    """A park with a path, benches and the city behind its trees."""
    green = "#6c8f4e"
    open_sky(room, 780)
    glow = room.painting.glow
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
        room.day.distant(mixed(green, "#35563f", 0.5), 0.6),
        room.dice(6),
        size=330,
        gap=0.5,
    )
    ground(room, 775, green, blades=2600)
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
        streetlamp(room, room.at(share), 970, 520)
    bench(room, room.at(0.145), 1020)
    bench(room, room.at(0.80), 1030)


def forest(room: Room) -> None:
    """A wood of firs and tall trunks."""
    day = room.day
    open_sky(room, 900)
    glow, brush, dice = room.painting.glow, room.painting.base, room.dice(4)
    deep = "#3f6248"
    for k, (foot, size) in enumerate(((840.0, 620.0), (880.0, 800.0))):
        tone = day.distant(deep, 0.72 - 0.24 * k)
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
    ground(room, 880, "#6d7446", blades=2600)
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


def beach(room: Room) -> None:
    """The sea, and sand before it."""
    day, brush, glow = room.day, room.painting.base, room.painting.glow
    line = 690
    open_sky(room, line, 0.6)
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


def mountains(room: Room) -> None:
    """A meadow under snowy mountains."""
    open_sky(room, 780, 0.66)
    glow, day = room.painting.glow, room.day
    peaks(
        glow,
        Box(0, 150, room.width, 620),
        day,
        room.dice(3),
        colours=("#6d7f96", "#56687d", "#465a5f"),
    )
    hills(glow, Box(0, 560, room.width, 280), day, room.dice(4), colours=("#5d7a5c", "#55714c"))
    ground(room, 830, "#77914f", blades=3200)
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


def field(room: Room) -> None:
    """Corn, a fence, far hills."""
    open_sky(room, 765, 0.64)
    glow, day, brush, dice = room.painting.glow, room.day, room.painting.base, room.dice(7)
    hills(
        glow,
        Box(0, 520, room.width, 250),
        day,
        room.dice(3),
        colours=("#7a8f86", "#7f9a62", "#8aa35c"),
    )
    wheat = "#c9a652"
    ground(room, 760, wheat, blades=600)
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


def garden(room: Room) -> None:
    """A lawn with flowers, a hedge, a house."""
    green = "#6f9550"
    open_sky(room, 700, 0.62)
    glow, brush, dice = room.painting.glow, room.painting.base, room.dice(9)
    trees(
        glow,
        Box(0, 0, room.width, 740),
        room.day.distant("#4f7350", 0.5),
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
    ground(room, 905, green, blades=2200)
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
    room.painting.things.append(("house", x + 310, 480.0, 640.0))


def desert(room: Room) -> None:
    """Sand, cactuses, red rocks."""
    open_sky(room, 755, 0.64)
    glow, day, brush, dice = room.painting.glow, room.day, room.painting.base, room.dice(4)
    rock = "#b46a48"
    for share, w, h in ((0.06, 620.0, 340.0), (0.36, 420.0, 250.0), (0.72, 760.0, 390.0)):
        x, tone = room.at(share), day.distant(rock, 0.42)
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
    ground(room, 750, sand)
    for k, y in enumerate((800.0, 880.0, 990.0, 1130.0)):
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
