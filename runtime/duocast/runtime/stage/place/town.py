"""Town views: a street of shops, a rooftop over the city, a railway platform."""

import random

from duocast.runtime.stage.place.brush import Colour, darker, lighter, mixed
from duocast.runtime.stage.place.furniture import box, plant
from duocast.runtime.stage.place.outdoors import BASE, bench, ground, haze, open_sky, streetlamp
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.sky import Box, leafy, skyline, trees

_FACADES = ("#a8694f", "#c49a6c", "#7d8a8c", "#b58a7a", "#8c6f7e", "#9aa58d", "#c7b299")
_AWNINGS = ("#b4473a", "#2f6f6a", "#d99a3d", "#3f5f86", "#7c3b56")


def street(room: Room) -> None:
    """A street of shops, from the other pavement."""
    open_sky(room, BASE)
    glow = room.painting.glow
    lit = 0.4 if room.day.lamps > 0.75 else 0.05
    skyline(glow, Box(0, 160, room.width, 800), room.day, room.dice(5), lit=lit, rows=2)
    _pavement(room)
    x, dice, k = -60.0, room.dice(6), 0
    while x < room.width:
        w = dice.uniform(420, 640)
        gap = 150 if k % 3 == 2 else 0
        _facade(room, x, w, dice)
        x += w + gap
        k += 1
    for share in (0.08, 0.30, 0.515, 0.73, 0.94):
        streetlamp(room, room.at(share), BASE + 130, 640)
    for share in (0.19, 0.62, 0.85):
        leafy(room.painting.base, room.at(share), BASE + 110, 560, "#58794f", dice)
    haze(room, 560, 460, 0.5)
    _parked(room, room.at(0.36), "#8f3b36")
    _parked(room, room.at(0.80), "#3f5f7d")


def _pavement(room: Room) -> None:
    brush, height = room.painting.base, room.painting.height
    ground(room, BASE, "#8b8782")
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
    room.painting.things.append(("car", x + 250, y - 60, 330.0))


def rooftop(room: Room) -> None:
    """A roof over the city, with strings of lights."""
    open_sky(room, 800, 0.66)
    glow, brush, day = room.painting.glow, room.painting.base, room.day
    lit = 0.45 if day.lamps > 0.75 else 0.12 if day.lamps > 0.4 else 0.0
    skyline(glow, Box(0, 180, room.width, 780), day, room.dice(4), lit=lit, rows=4)
    stone = "#8d857e"
    ground(room, 985, "#736d6c")
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
        plant(room, room.at(share), 400, foot=1040)
    points = [
        (room.width * k / 60, 470 + 70 * abs(((k / 60 * 5) % 1) - 0.5) * -2 + 70) for k in range(61)
    ]
    brush.line(points, 3, "#22252b")
    for x, y in points[::2]:
        glow.oval(x, y + 12, 8, 10, "#ffe0a0", alpha=0.25 + 0.75 * day.lamps)
        room.painting.shine(x, y + 12, 74, "#ffb45a", 0.5 * day.lamps)
    for k in range(8):
        room.lamp(room.at((k + 0.5) / 8), 520, 560, strength=0.42 + dice.uniform(0, 0.1))


def _tank(room: Room, x: float, foot: float) -> None:
    brush, wood = room.painting.base, "#7b5a48"
    for k in (-1, 1):
        brush.line([(x + k * 120, foot), (x + k * 95, 420)], 13, "#3a3432")
    brush.rect(x - 150, 190, 300, 250, lighter(wood, 0.12), to=darker(wood, 0.3), across=True, r=6)
    brush.poly([(x - 175, 196), (x, 66), (x + 175, 196)], "#5a4a45", to="#3f3432")


def station(room: Room) -> None:
    """A railway platform under its roof."""
    open_sky(room, 800)
    glow, brush, day = room.painting.glow, room.painting.base, room.day
    skyline(glow, Box(0, 240, room.width, 560), day, room.dice(4), lit=0.35 * day.lamps, rows=2)
    if {"train", "carriage", "locomotive"} & room.brief.words and "empty" not in room.brief.words:
        _train(room)
    else:
        _tracks(room)
    haze(room, 560, 440, 0.62)
    ground(room, 985, "#8f8a84")
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
    _sign(room, room.at(0.5), 300)
    _clock(room, room.at(0.375), 330)
    bench(room, room.at(0.16), 1080)
    bench(room, room.at(0.77), 1080)


def _tracks(room: Room) -> None:
    """The empty line, and the platform across it."""
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    trees(
        glow,
        Box(0, 0, room.width, 770),
        day.distant("#4c6650", 0.4),
        room.dice(51),
        size=260,
        gap=0.6,
    )
    brush.rect(0, 640, room.width, 140, "#8d857b", to="#6d665f")
    for k in range(34):
        x = room.width * k / 34
        brush.rect(x, 640, 7, 140, "#5d5751")
        if k % 5 == 2:
            _poster(room, x + 26, 662, room.dice(60 + k))
    brush.rect(0, 632, room.width, 14, "#a59d92", to="#6f6862")
    brush.rect(0, 780, room.width, 50, "#a29b92", to="#8b847c")
    brush.rect(0, 796, room.width, 12, "#d9b64a", alpha=0.8)
    brush.rect(0, 830, room.width, 60, "#57524e", to="#35322f")
    brush.rect(0, 880, room.width, 106, "#4b443e", to="#2b2724")
    for k in range(110):
        x = room.width * k / 110
        brush.rect(x, 908, 24, 46, "#5d4b3d", to="#3f342c", r=3)
    for y, tall in ((902, 9), (944, 13)):
        brush.rect(0, y, room.width, tall, "#b9bec2", to="#6b6f73")
        glow.rect(0, y, room.width, 3, day.low, alpha=0.4)
    for k in range(9):
        x = room.at((k + 0.2) / 9)
        brush.rect(x - 5, 420, 10, 362, "#3a454d")
        brush.rect(x - 44, 412, 88, 14, "#3a454d", r=5)
        glow.oval(x, 428, 34, 8, "#ffe6b8", alpha=day.lamps)
        room.painting.shine(x, 432, 130, "#ffcf8a", 0.42 * day.lamps)
        room.lamp(x, 440, 330, strength=0.7, beam="down", light=(1.0, 0.78, 0.5))


def _poster(room: Room, x: float, y: float, dice: random.Random) -> None:
    brush, tone = room.painting.base, dice.choice(_AWNINGS)
    brush.rect(x, y, 80, 104, "#efe6d6", r=3)
    brush.rect(x + 7, y + 7, 66, 60, lighter(tone, 0.15), to=darker(tone, 0.2))
    brush.rect(x + 7, y + 76, 66, 8, darker(tone, 0.1))
    brush.rect(x + 7, y + 88, 40, 6, "#8d857b")


def _clock(room: Room, x: float, y: float) -> None:
    """The station's clock, lit from within."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.rect(x - 6, 140, 12, y - 200, "#2b2f36")
    brush.oval(x, y, 78, 78, "#23282e", to="#14171b")
    brush.oval(x, y, 66, 66, "#f3efe2")
    glow.oval(x, y, 66, 66, "#fff3d2", alpha=0.85 * power)
    room.painting.shine(x, y, 210, "#ffe0a8", 0.35 * power)
    for k in range(12):
        with glow.moved(x, y, turn=30.0 * k):
            glow.rect(-2.5, -60, 5, 12 if k % 3 else 18, "#23282e")
    for turn, tall, wide in ((351.0, 34, 8), (252.0, 52, 5)):
        with glow.moved(x, y, turn=turn):
            glow.rect(-wide / 2, -tall, wide, tall + 8, "#14171b", r=2)
    room.painting.things.append(("clock", x, y, 165.0))


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
    room.painting.things.append(("train", room.at(0.5), 700.0, 640.0))


def _sign(room: Room, x: float, y: float) -> None:
    brush, glow = room.painting.base, room.painting.glow
    for k in (-1, 1):
        brush.rect(x + 150 * k - 4, 140, 8, y - 140, "#2b2f36")
    box(brush, x - 220, y, 440, 120, "#1f3f5c", r=10)
    glow.rect(x - 190, y + 26, 70, 68, "#f3f0e6", r=34, alpha=0.8)
    for k, w in enumerate((250, 180)):
        glow.rect(x - 96, y + 34 + 34 * k, w, 15, "#f3f0e6", r=6, alpha=0.8)
    room.painting.things.append(("sign", x, y + 60, 200.0))
