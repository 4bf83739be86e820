"""What stands before the people: a table with things on it, a desk, a sofa's back, grass at the lens."""

import random
from collections.abc import Callable

from duocast.runtime.stage.place.brush import Brush, Colour, darker, lighter, mixed
from duocast.runtime.stage.place.room import Room
from duocast.runtime.stage.place.tableware import (
    book_pile,
    bowl,
    candle,
    cup,
    glass,
    laptop,
    mug,
    papers,
    standing,
    vase,
)

TOP = 862.0
"""The y of a table's far edge on a plate 1440 high."""
EDGE = 922.0
"""The y of its near edge."""


def front(room: Room) -> float | None:
    """Draw the foreground; answers the y of the edge behind which people sit, or None."""
    if not room.brief.sitting:
        return None
    _FRONTS[room.brief.kind](room)
    return EDGE


def _table(
    room: Room, tone: Colour, *, face: Colour | None = None, x0: float = 0.315, x1: float = 0.685
) -> None:
    """A long table seen from its front, a little from above."""
    brush, left, right = room.painting.front, room.at(x0), room.at(x1)
    low, edge = face or darker(tone, 0.25), 30.0
    brush.poly(
        [(left + 60, TOP), (right - 60, TOP), (right, EDGE), (left, EDGE)],
        lighter(tone, 0.16),
        to=tone,
    )
    brush.poly(
        [(left + 60, TOP), (right - 60, TOP), (right - 58, TOP + 4), (left + 58, TOP + 4)],
        lighter(tone, 0.45),
        alpha=0.5,
    )
    dice = room.dice(55)
    for _ in range(26):
        x, y, w = (
            dice.uniform(left + 80, right - 400),
            dice.uniform(TOP + 6, EDGE - 6),
            dice.uniform(80, 420),
        )
        brush.rect(x, y, w, 2.2, darker(tone, 0.3), alpha=0.25)
    brush.rect(left, EDGE, right - left, edge, lighter(tone, 0.02), to=darker(tone, 0.2), r=3)
    brush.rect(left, EDGE, right - left, 4, lighter(tone, 0.5), alpha=0.6)
    height = room.painting.height - EDGE - edge
    brush.rect(left + 46, EDGE + edge, right - left - 92, height, low, to=darker(low, 0.4))
    brush.rect(left + 46, EDGE + edge, right - left - 92, 60, "#0d0a12", alpha=0.45, fade=0.0)
    panels = 5
    for k in range(panels):
        x, w = left + 76 + (right - left - 152) * k / panels, (right - left - 152) / panels - 26
        brush.rect(x, EDGE + 92, w, height - 30, darker(low, 0.16), r=5)
        brush.rect(
            x + 6, EDGE + 98, w - 6, height - 30, lighter(low, 0.06), to=darker(low, 0.3), r=5
        )


def _between(room: Room) -> tuple[float, ...]:
    """x of the middles between seats, where things on a table hide nobody."""
    middle = room.width / 2
    return (middle - 620, middle, middle + 620)


def _kitchen(room: Room) -> None:
    brush = room.painting.front
    _table(room, lighter(room.wood, 0.1), face=mixed(room.second, "#dfe3d8", 0.1))
    left, middle, right = _between(room)
    cup(brush, middle - 96, TOP + 34, "#e9e1d2")
    cup(brush, middle + 110, TOP + 38, mixed(room.accent, "#e9e1d2", 0.3))
    bowl(brush, left, TOP + 30)
    vase(room, brush, right, TOP + 26)
    room.painting.things.append(("cup", middle - 96, TOP + 4, 80.0))
    room.painting.things.append(("tea", middle - 96, TOP + 4, 80.0))


def _cafe(room: Room) -> None:
    brush = room.painting.front
    _table(room, lighter(room.wood, 0.05), face=darker(room.wood, 0.3))
    left, middle, right = _between(room)
    cup(brush, middle - 120, TOP + 36, "#efe6d6")
    candle(room, brush, middle, TOP + 26)
    cup(brush, middle + 122, TOP + 38, room.second)
    glass(brush, left, TOP + 30, "#c9822f")
    glass(brush, right, TOP + 30, "#c9822f")
    candle(room, brush, left + 130, TOP + 24)
    candle(room, brush, right - 130, TOP + 24)
    room.painting.things.append(("cup", middle - 120, TOP + 4, 80.0))


def _office(room: Room) -> None:
    brush = room.painting.front
    _table(room, mixed(room.wood, "#d8c7ae", 0.35), face="#5a616a")
    left, middle, right = _between(room)
    papers(brush, middle - 20, TOP + 44)
    cup(brush, middle + 140, TOP + 36, room.accent)
    laptop(brush, left, TOP + 40)
    laptop(brush, right, TOP + 40)
    room.painting.things.append(("laptop", left, TOP - 40, 170.0))
    room.painting.things.append(("papers", middle - 20, TOP + 20, 120.0))


def _podcast(room: Room) -> None:
    brush = room.painting.front
    _table(room, mixed(room.wood, "#6b4a38", 0.2), face=darker(room.wall, 0.35))
    left, middle, right = _between(room)
    cup(brush, middle - 100, TOP + 34, room.accent)
    papers(brush, middle + 90, TOP + 46)
    glass(brush, left, TOP + 32, "#a8c4cc")
    glass(brush, right, TOP + 32, "#a8c4cc")
    glow = room.painting.front_glow
    glow.rect(
        room.at(0.315) + 60,
        EDGE + 34,
        room.at(0.37) - 120,
        5,
        lighter(room.accent, 0.2),
        alpha=0.85,
        r=2,
    )
    room.painting.things.append(("microphone", middle, TOP - 80, 140.0))


def _library(room: Room) -> None:
    brush = room.painting.front
    _table(room, darker(room.wood, 0.05))
    left, middle, right = _between(room)
    book_pile(brush, left, TOP + 34, ("#7c3b36", "#2f5d50", "#b98a3f"))
    book_pile(brush, right, TOP + 34, ("#2f4858", "#8a6a44"))
    papers(brush, middle, TOP + 46)
    room.painting.things.append(("book", left, TOP - 20, 90.0))


def _classroom(room: Room) -> None:
    brush = room.painting.front
    _table(room, "#b98a58", face="#a5763f")
    left, middle, right = _between(room)
    papers(brush, middle, TOP + 46)
    for x in (left, right):
        standing(brush, x, TOP + 34, 180)
        for k, tone in enumerate(("#c8553d", "#4c7a68", "#d9a441")):
            brush.rect(
                x - 80 + 6 * k,
                TOP + 10 - 22 * k,
                160 - 10 * k,
                22,
                tone,
                to=darker(tone, 0.15),
                r=3,
            )
    brush.oval(right - 10, TOP - 60, 26, 27, "#c8353a")
    brush.line([(right - 10, TOP - 84), (right - 4, TOP - 100)], 5, "#5a3a28")


def _hospital(room: Room) -> None:
    brush = room.painting.front
    _table(room, "#dfe8e8", face="#b9cccd")
    left, middle, right = _between(room)
    if {"lab", "laboratory"} & room.brief.words:
        for k, tone in enumerate(("#3fa7a0", "#d9a441", "#8d7cc3")):
            x = left + 100 * (k - 1)
            brush.rect(x - 13, TOP - 90, 26, 60, "#e9f2f4", alpha=0.6)
            brush.poly(
                [(x - 13, TOP - 40), (x + 13, TOP - 40), (x + 44, TOP + 30), (x - 44, TOP + 30)],
                tone,
                alpha=0.75,
            )
    papers(brush, middle, TOP + 46)
    cup(brush, right, TOP + 36, "#7fb3ba")


def _living_room(room: Room) -> None:
    """The back of a sofa: the camera looks over it."""
    brush, tone = room.painting.front, mixed(room.accent, room.second, 0.35)
    left, right, height = room.at(0.31), room.at(0.69), room.painting.height
    brush.rect(
        left, TOP - 6, right - left, height, lighter(tone, 0.16), to=darker(tone, 0.25), r=70
    )
    brush.rect(
        left + 20, TOP - 2, right - left - 40, 62, lighter(tone, 0.3), to=lighter(tone, 0.1), r=31
    )
    brush.rect(left + 30, EDGE + 6, right - left - 60, 7, darker(tone, 0.3), alpha=0.5)
    for k in range(1, 4):
        x = left + (right - left) * k / 4
        brush.rect(x - 3, EDGE + 10, 6, height, darker(tone, 0.35), alpha=0.5)
    _throw(room, left + 150)


def _throw(room: Room, x: float) -> None:
    """A blanket folded over the sofa's back."""
    brush, tone = room.painting.front, lighter(room.wall, 0.3)
    brush.rect(x, TOP - 18, 330, 300, tone, to=darker(tone, 0.18), r=16)
    brush.rect(x, TOP - 18, 330, 40, lighter(tone, 0.25), to=tone, r=16)
    for k in range(3):
        brush.rect(x, TOP + 60 + 76 * k, 330, 14, room.second, alpha=0.5)
    for k in range(22):
        brush.rect(x + 4 + 15 * k, TOP + 278, 5, 34, darker(tone, 0.1), r=2)


def _train(room: Room) -> None:
    """A folding table with what travellers put on it."""
    brush = room.painting.front
    _table(room, lighter(room.wood, 0.12), face=darker(room.wall, 0.35))
    left, middle, right = _between(room)
    papers(brush, middle + 40, TOP + 46)
    mug(brush, middle - 110, TOP + 36, "#efe6d6")
    glass(brush, right, TOP + 32, "#c9a24a")
    book_pile(brush, left, TOP + 34, ("#3f5f86", "#b4473a"), 150)
    room.painting.things.append(("cup", middle - 110, TOP, 90.0))


def _lighthouse(room: Room) -> None:
    brush = room.painting.front
    _table(room, lighter(room.wood, 0.06), face=darker(room.wood, 0.3))
    left, middle, right = _between(room)
    book_pile(brush, left + 30, TOP + 34, ("#2f4858", "#7c3b36", "#b98a3f"))
    mug(brush, middle + 330, TOP + 38, room.second)
    papers(brush, middle - 260, TOP + 46)
    candle(room, brush, right + 20, TOP + 28)
    room.painting.things.append(("book", left + 30, TOP - 10, 100.0))
    room.painting.things.append(("cup", middle + 330, TOP, 90.0))


def _car(room: Room) -> None:
    """The dashboard and the wheel."""
    brush, height = room.painting.front, room.painting.height
    brush.blob(
        [
            (-300, TOP + 10),
            (room.at(0.25), TOP + 20),
            (room.at(0.5), TOP - 10),
            (room.at(0.75), TOP + 20),
            (room.width + 300, TOP + 10),
            (room.width + 300, height + 600),
            (-300, height + 600),
        ],
        "#2b2e35",
        to="#131419",
    )
    x = room.at(0.5) - 250
    brush.oval(x, TOP + 190, 270, 250, "#15161a", line=44)
    brush.oval(x - 4, TOP + 184, 270, 250, "#3a3d46", line=10, alpha=0.8)
    brush.rect(x - 90, TOP + 130, 180, 120, "#1d1f24", r=40)
    room.painting.front_glow.rect(
        room.at(0.53), TOP + 70, 260, 120, "#5fb0c4", to="#2f6a7d", r=12, alpha=0.7
    )


def blades(brush: Brush, width: float, height: float, dice: random.Random, tone: Colour) -> None:
    """Grass near the lens, along the lower edge."""
    for _ in range(150):
        x, tall, lean = dice.uniform(0, width), dice.uniform(60, 190), dice.uniform(-60, 60)
        shade = mixed(tone, dice.choice(("#1d2a1c", "#c9c46b")), 0.25)
        brush.line(
            [(x, height + 20), (x + lean * 0.3, height - tall * 0.6), (x + lean, height - tall)],
            9,
            shade,
        )


_FRONTS: dict[str, Callable[[Room], None]] = {
    "kitchen": _kitchen,
    "cafe": _cafe,
    "office": _office,
    "podcast": _podcast,
    "library": _library,
    "classroom": _classroom,
    "hospital": _hospital,
    "living room": _living_room,
    "car": _car,
    "train": _train,
    "lighthouse": _lighthouse,
}
