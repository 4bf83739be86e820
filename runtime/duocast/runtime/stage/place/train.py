"""A train's compartment: a bench under a wide window, racks, and the country that flies past."""

from duocast.runtime.stage.place import furniture as piece
from duocast.runtime.stage.place.brush import Colour, darker, lighter, mixed
from duocast.runtime.stage.place.lighting import Lamp, Patch
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.sky import Box, drops, fallen, hills, sky, skyline, trees

TOP, LOW = 178.0, 700.0
"""The window's upper and lower edge."""
_PANES = ((0.025, 0.2), (0.255, 0.235), (0.51, 0.235), (0.775, 0.2))
"""(left, width) of each window, as shares of the plate."""


def compartment(room: Room) -> None:
    """Draw the inside of the train, seen from the aisle."""
    brush, height = room.painting.base, room.painting.height
    brush.rect(0, 0, room.width, height, lighter(room.wall, 0.05), to=darker(room.wall, 0.2))
    _ceiling(room)
    for left, wide in _PANES:
        _window(room, Box(room.at(left), TOP, room.at(wide), LOW - TOP))
    _rack(room)
    for x in (0.2385, 0.5, 0.7615):
        _post(room, room.at(x))
    _benches(room)
    brush.rect(0, room.base + 90, room.width, height, darker(room.floor, 0.2), to=room.floor)


def _ceiling(room: Room) -> None:
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.rect(0, 0, room.width, 70, lighter(room.trim, 0.2), to=darker(room.trim, 0.08))
    brush.rect(0, 66, room.width, 10, darker(room.trim, 0.3))
    for share in (0.13, 0.37, 0.63, 0.87):
        x = room.at(share)
        brush.rect(x - 190, 18, 380, 26, "#efe7d6", r=12)
        glow.rect(x - 184, 21, 368, 20, "#fff0cf", r=10, alpha=0.9 * power)
        room.painting.shine(x, 32, 300, "#ffdca6", 0.3 * power)
        room.lamp(x, 60, 700, strength=0.72, beam="down", light=(1.0, 0.82, 0.58))


def _window(room: Room, pane: Box) -> None:
    brush, glow, frame = room.painting.base, room.painting.glow, lighter(room.trim, 0.1)
    brush.rect(
        pane.x - 24, pane.y - 24, pane.w + 48, pane.h + 48, frame, to=darker(frame, 0.2), r=58
    )
    brush.rect(pane.x - 8, pane.y - 8, pane.w + 16, pane.h + 16, "#17191d", r=44)
    brush.rect(*_four(pane), "#000000", r=38)
    with glow.inside(*_four(pane), 38):
        _passing(room, pane)
        if room.brief.weather in ("rain", "storm"):
            drops(glow, pane, room.dice(int(pane.x)), mixed(room.day.low, "#dfeaff", 0.35))
        slant = [
            (pane.x + pane.w * s, y) for s, y in ((0.1, TOP), (0.3, TOP), (0.1, LOW), (-0.1, LOW))
        ]
        glow.poly(slant, "#ffffff", alpha=0.06)
    brush.rect(pane.x, pane.y + pane.h * 0.27, pane.w, 9, "#3a3f45", to="#6b7178")
    room.painting.things.append(("window", pane.middle, pane.y + pane.h / 2, pane.h))
    reach = max(pane.w, pane.h) * 1.5
    power = 0.5 if room.day.lamps < 0.9 else 0.2
    room.painting.lamps.append(
        Lamp(pane.middle, pane.y + pane.h * 0.6, reach, room.day.window, power)
    )
    if room.brief.weather == "clear" and room.brief.hour in ("day", "morning", "dawn", "dusk"):
        x, w = pane.x, pane.w
        shape = (
            (x + 60, LOW + 20),
            (x + w * 0.75, LOW + 20),
            (x + w, 1130.0),
            (x + w * 0.35, 1130.0),
        )
        room.painting.patches.append(Patch(shape, room.day.window, 0.42, 16.0))


def _four(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.w, box.h


def _passing(room: Room, pane: Box) -> None:
    """The country outside: still far away, smeared by the speed near the line."""
    glow, day, dice = room.painting.glow, room.day, room.dice(21)
    line = pane.y + pane.h * 0.68
    whole = Box(0, pane.y, room.width, line - pane.y)
    sky(glow, whole, day, dice, sun_x=0.36)
    if {"city", "town", "subway", "metro", "tram"} & room.brief.words:
        skyline(
            glow, Box(0, pane.y + 60, room.width, line - pane.y), day, dice, lit=0.4 * day.lamps
        )
    else:
        far = ("#7d948c", "#7b9768")
        hills(glow, Box(0, line - 190, room.width, 200), day, dice, colours=far)
        trees(
            glow,
            Box(0, 0, room.width, line + 8),
            day.distant("#58784f", 0.3),
            dice,
            size=110,
            gap=0.9,
        )
    field = day.distant("#8a9a58", 0.12)
    glow.rect(0, line, room.width, pane.bottom - line, lighter(field, 0.1), to=darker(field, 0.25))
    for _ in range(240):
        t = dice.random()
        y, tone = (
            line + (pane.bottom - line) * t**1.2,
            dice.choice(("#c2b26a", "#55703f", "#6d7f48")),
        )
        x, w = dice.uniform(-200, room.width), 120 + 900 * t
        glow.rect(x, y, w, 2 + 9 * t, day.distant(tone, 0.15), alpha=0.35, r=3)
    for k in range(7):
        x = room.width * (k + 0.4) / 7
        glow.rect(x, pane.y, 34, pane.h, darker(field, 0.5), alpha=0.05, fade=0.35, blur=9)
    fallen(glow, pane, room.brief.weather, dice)


def _rack(room: Room) -> None:
    """The luggage rack, with cases on it."""
    brush, dice, y = room.painting.base, room.dice(22), 148.0
    for share, w, tone in (
        (0.07, 250, "#7a4a32"), (0.29, 200, "#3f5f60"), (0.34, 150, "#8f3b36"),
        (0.60, 260, "#4d5a70"), (0.685, 160, "#a9773f"), (0.88, 230, "#5b3a4a"),
    ):  # fmt: skip
        _case(room, room.at(share), y, w, dice.uniform(66, 84), tone)
    brush.rect(0, y, room.width, 9, "#c9a45c", to="#7d5a2e")
    brush.rect(0, y - 34, room.width, 6, "#c9a45c", to="#7d5a2e")
    brush.rect(0, y + 9, room.width, 26, "#120d18", alpha=0.3, fade=0.0)


def _case(room: Room, x: float, foot: float, w: float, h: float, tone: Colour) -> None:
    brush = room.painting.base
    brush.rect(x, foot - h, w, h, lighter(tone, 0.1), to=darker(tone, 0.3), r=9)
    for share in (0.2, 0.76):
        brush.rect(x + w * share, foot - h, 14, h, darker(tone, 0.4))
        brush.rect(x + w * share + 1, foot - h * 0.55, 12, 12, "#d8b36a", r=2)


def _post(room: Room, x: float) -> None:
    """The wall between two windows, with a lamp and a coat's hook."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    brush.rect(x - 7, TOP - 20, 14, LOW - TOP + 30, "#c9a45c", to="#7d5a2e", across=True, r=6)
    brush.rect(x - 20, 330, 40, 16, "#b58b4c", r=6)
    brush.blob(
        [(x - 34, 330), (x - 22, 268), (x + 22, 268), (x + 34, 330)], "#f0dcb4", to="#d3b27e"
    )
    glow.blob(
        [(x - 30, 328), (x - 20, 274), (x + 20, 274), (x + 30, 328)], "#ffdca0", alpha=0.9 * power
    )
    room.painting.shine(x, 304, 150, "#ffb465", 0.42 * power)
    room.lamp(x, 310, 460, strength=1.0, beam="shade")
    room.painting.things.append(("lamp", x, 304, 150.0))


def _benches(room: Room) -> None:
    brush, tone = room.painting.base, room.accent
    brush.rect(0, LOW + 22, room.width, 26, lighter(room.wood, 0.15), to=darker(room.wood, 0.2))
    brush.rect(0, LOW + 48, room.width, 440, lighter(tone, 0.05), to=darker(tone, 0.22))
    step = room.width / 12
    for k in range(12):
        x = step * k
        brush.rect(x + 5, LOW + 44, step - 10, 300, lighter(tone, 0.08), to=darker(tone, 0.2), r=30)
        brush.rect(x + 24, LOW + 52, step - 48, 10, lighter(tone, 0.4), alpha=0.35, r=5)
        for j in range(3):
            for i in range(2):
                cx, cy = x + step * (0.33 + 0.34 * i), LOW + 110 + 84 * j
                brush.oval(cx, cy, 8, 7, darker(tone, 0.4))
                brush.oval(cx - 2, cy - 2, 3, 2.5, lighter(tone, 0.3))
        brush.rect(x + step * 0.2, LOW + 40, step * 0.6, 74, "#efe6d4", to="#cfc3ad", r=8)
    piece.box(brush, -20, LOW + 370, room.width + 40, 130, darker(tone, 0.05), r=36)
