"""Furniture against the wall: shelves, sofas, lamps, plants, pictures. Each stands on the floor unless it says
where."""

import math
import random

from duocast.runtime.stage.place.brush import Brush, Colour, darker, lighter, mixed
from duocast.runtime.stage.place.room import Room

_SPINES = (
    "#b5533c",
    "#d9a441",
    "#3f6d73",
    "#2f4858",
    "#8a9a5b",
    "#c98b6b",
    "#e6d5b8",
    "#6b4a5e",
    "#94a7ae",
)


def box(
    brush: Brush, x: float, y: float, w: float, h: float, colour: Colour, *, r: float = 5.0
) -> None:
    """A solid piece: its shadow on the wall, its face, a light upper edge."""
    brush.shadow(x + 10, y + 12, w, h, blur=16, alpha=0.28)
    brush.rect(x, y, w, h, lighter(colour, 0.04), to=darker(colour, 0.14), r=r)
    brush.rect(x + 2, y + 1, w - 4, 3.5, lighter(colour, 0.4), alpha=0.6, r=1.5)


def grounded(room: Room, x: float, w: float) -> None:
    """The dark where something meets the floor."""
    room.painting.base.oval(x + w / 2, room.base + 8, w * 0.54, 20, "#0d0a12", alpha=0.42, blur=12)


def books(brush: Brush, x: float, y: float, w: float, h: float, dice: random.Random) -> None:
    """A row of books standing on `y` + `h`, with gaps and things between."""
    at = x
    while at < x + w - 16:
        chance = dice.random()
        if chance < 0.08:
            at += dice.uniform(30, 80)
        elif chance < 0.13 and at < x + w - 80:
            _trinket(brush, at + 34, y + h, h * 0.55, dice)
            at += 76
        else:
            wide, tall = dice.uniform(13, 30), h * dice.uniform(0.62, 0.94)
            wide = min(wide, x + w - at)
            tone = mixed(dice.choice(_SPINES), "#3a2f35", 0.18)
            brush.rect(
                at, y + h - tall, wide - 1.5, tall, lighter(tone, 0.05), to=darker(tone, 0.2), r=1.5
            )
            if dice.random() < 0.6:
                brush.rect(
                    at + 2,
                    y + h - tall * 0.82,
                    wide - 5,
                    tall * 0.07,
                    lighter(tone, 0.45),
                    alpha=0.7,
                )
            at += wide


def _trinket(brush: Brush, x: float, foot: float, h: float, dice: random.Random) -> None:
    tone = dice.choice(("#c9b79c", "#8fa39a", "#b86f52", "#5d7382"))
    kind = dice.randrange(3)
    if kind == 0:
        brush.blob(
            [
                (x - 16, foot),
                (x - 30, foot - h * 0.4),
                (x - 10, foot - h),
                (x + 10, foot - h),
                (x + 30, foot - h * 0.4),
                (x + 16, foot),
            ],
            tone,
            to=darker(tone, 0.25),
        )
    elif kind == 1:
        brush.oval(x, foot - 26, 26, 26, tone, to=darker(tone, 0.3))
    else:
        brush.rect(x - 24, foot - h * 0.9, 48, h * 0.9, darker(tone, 0.2), r=3)
        brush.rect(x - 19, foot - h * 0.9 + 5, 38, h * 0.9 - 10, lighter(tone, 0.4), r=2)


def bookcase(
    room: Room, x: float, w: float, *, h: float = 2.1, rows: int = 5, tone: Colour | None = None
) -> None:
    """A tall open bookcase."""
    brush, wood, top = room.painting.base, tone or room.wood, room.up(h)
    grounded(room, x, w)
    box(brush, x, top, w, room.base - top, wood)
    pitch = (room.base - top - 50) / rows
    columns = max(1, round(w / 340))
    for row in range(rows):
        for column in range(columns):
            cw = (w - 20) / columns
            cx, cy = x + 20 + cw * column, top + 24 + pitch * row
            brush.rect(cx, cy, cw - 20, pitch - 18, darker(wood, 0.55), to=darker(wood, 0.4))
            books(
                brush, cx + 6, cy + 14, cw - 32, pitch - 32, room.dice(int(x) + 31 * row + column)
            )
            brush.rect(cx, cy, cw - 20, 22, "#0d0a12", alpha=0.4, fade=0.0)
    room.painting.things.append(("book", x + w / 2, top + pitch * 2.4, pitch))
    room.painting.things.append(("shelf", x + w / 2, top + pitch * 2.4, pitch * 2))


def shelf(room: Room, x: float, y: float, w: float, *, what: str = "books") -> None:
    """A board on the wall with books, jars or bottles on it."""
    brush, dice = room.painting.base, room.dice(int(x + y))
    brush.shadow(x + 8, y + 10, w, 30, blur=12, alpha=0.3)
    if what == "books":
        books(brush, x + 12, y - 130, w - 24, 130, dice)
    else:
        at = x + 30
        while at < x + w - 30:
            at += (_jar if what == "jars" else _bottle)(brush, at, y, dice)
    brush.rect(x, y, w, 20, lighter(room.wood, 0.12), to=darker(room.wood, 0.2), r=2)


def _jar(brush: Brush, x: float, foot: float, dice: random.Random) -> float:
    tone = dice.choice(("#c96f4a", "#e2c48d", "#7e9a82", "#d7dccf", "#4f6d7a", "#b4473a"))
    wide, tall = dice.uniform(42, 68), dice.uniform(58, 112)
    brush.rect(x, foot - tall, wide, tall, lighter(tone, 0.08), to=darker(tone, 0.2), r=10)
    brush.rect(x + 4, foot - tall - 12, wide - 8, 16, darker(tone, 0.35), r=4)
    brush.rect(x + 8, foot - tall + 12, 7, tall - 30, "#ffffff", alpha=0.28, r=3)
    return wide + dice.uniform(14, 60)


def _bottle(brush: Brush, x: float, foot: float, dice: random.Random) -> float:
    tone = dice.choice(("#3d5a45", "#8a4b2a", "#b9852f", "#5b2f3a", "#a9bfb5", "#2e4d63"))
    wide, tall = dice.uniform(30, 40), dice.uniform(112, 150)
    brush.rect(
        x, foot - tall * 0.66, wide, tall * 0.66, lighter(tone, 0.08), to=darker(tone, 0.25), r=7
    )
    brush.rect(x + wide * 0.32, foot - tall, wide * 0.36, tall * 0.4, tone, r=4)
    brush.rect(x + 4, foot - tall * 0.45, wide - 8, tall * 0.24, "#efe3c8", alpha=0.85, r=2)
    brush.rect(x + 5, foot - tall * 0.62, 5, tall * 0.55, "#ffffff", alpha=0.35, r=2)
    return wide + dice.uniform(8, 22)


def plant(
    room: Room, x: float, h: float, *, kind: str = "leafy", foot: float | None = None
) -> None:
    """A plant in a pot, `h` pixels high in all."""
    brush, dice = room.painting.base, room.dice(int(x) + 71)
    low = room.base + 26 if foot is None else foot
    pot_h, pot_w = h * 0.24, h * 0.27
    brush.oval(x, low, pot_w * 0.75, 13, "#0d0a12", alpha=0.45, blur=9)
    leaf = dice.choice(("#4d7d55", "#3f6f5a", "#5d8450"))
    crown = low - pot_h
    count = 15 if kind == "leafy" else 11
    order = list(range(count))
    dice.shuffle(order)
    for k in order:
        lean = (k / (count - 1) - 0.5) * (2.3 if kind == "leafy" else 1.5)
        length = h * (0.78 - 0.26 * abs(lean)) * dice.uniform(0.8, 1.0)
        tone = mixed(leaf, dice.choice(("#1f3d35", "#b7c77c")), dice.uniform(0.0, 0.32))
        _leaf(
            brush, x + lean * 8, crown, lean, length, h * (0.062 if kind == "leafy" else 0.03), tone
        )
    tone = dice.choice(("#c07a55", "#d9d0c1", "#4f5d66"))
    brush.poly(
        [(x - pot_w / 2, low - pot_h), (x + pot_w / 2, low - pot_h), (x + pot_w * 0.38, low), (x - pot_w *
        0.38, low)],
        lighter(tone, 0.1), to=darker(tone, 0.3), across=True,
    )  # fmt: skip
    brush.rect(
        x - pot_w * 0.54,
        low - pot_h - 6,
        pot_w * 1.08,
        pot_h * 0.2,
        lighter(tone, 0.14),
        to=darker(tone, 0.2),
        across=True,
        r=4,
    )
    room.painting.things.append(("plant", x, low - h / 2, h))


def _leaf(
    brush: Brush, x: float, y: float, lean: float, length: float, wide: float, tone: Colour
) -> None:
    tip = (x + math.sin(lean) * length, y - math.cos(lean) * length)
    bend = (x + math.sin(lean * 0.5) * length * 0.5, y - math.cos(lean * 0.5) * length * 0.56)
    nx, ny = math.cos(lean * 0.8) * wide, math.sin(lean * 0.8) * wide
    brush.blob([(x, y), (bend[0] - nx, bend[1] - ny), tip, tip, (bend[0] + nx, bend[1] + ny)], tone)
    brush.line([(x, y), bend, tip], max(1.2, wide * 0.1), lighter(tone, 0.3), alpha=0.5)


def picture(room: Room, cx: float, cy: float, w: float, h: float) -> None:
    """A framed picture on the wall: an abstract or a landscape."""
    brush, dice = room.painting.base, room.dice(int(cx * 7 + cy))
    x, y = cx - w / 2, cy - h / 2
    box(brush, x, y, w, h, dice.choice((room.wood, "#2b2730", "#e9dfcc")), r=3)
    brush.rect(x + 12, y + 12, w - 24, h - 24, "#efe6d6")
    inset = min(w, h) * 0.14
    ix, iy, iw, ih = x + inset, y + inset, w - 2 * inset, h - 2 * inset
    one, two = mixed(room.accent, "#f1e3c8", 0.3), mixed(room.second, "#2e3440", 0.15)
    with brush.inside(ix, iy, iw, ih):
        brush.rect(ix, iy, iw, ih, mixed(room.wall, "#f4e7cd", 0.6), to=mixed(one, "#f4e7cd", 0.55))
        if dice.random() < 0.5:
            brush.oval(ix + iw * dice.uniform(0.3, 0.7), iy + ih * 0.38, iw * 0.19, iw * 0.19, one)
            brush.blob(
                [
                    (ix - 20, iy + ih),
                    (ix, iy + ih * 0.6),
                    (ix + iw * 0.5, iy + ih * 0.7),
                    (ix + iw, iy + ih * 0.5),
                    (ix + iw + 30, iy + ih * 1.2),
                ],
                two,
            )
        else:
            brush.oval(ix + iw * 0.35, iy + ih * 0.6, iw * 0.3, ih * 0.3, two)
            brush.rect(
                ix + iw * 0.45, iy + ih * 0.12, iw * 0.3, ih * 0.66, one, r=iw * 0.15, alpha=0.9
            )
            brush.line(
                [(ix + iw * 0.1, iy + ih * 0.85), (ix + iw * 0.9, iy + ih * 0.8)], 5, "#2b2730"
            )
    room.painting.things.append(("picture", cx, cy, h))


def _motif(
    brush: Brush,
    area: tuple[float, float, float, float],
    one: Colour,
    two: Colour,
    dice: random.Random,
) -> None:
    """What a picture shows: hills and a sun, shapes, a branch, stripes, or arches."""
    x, y, w, h = area
    kind = dice.randrange(5)
    if kind == 0:
        brush.oval(x + w * dice.uniform(0.3, 0.7), y + h * 0.38, w * 0.19, w * 0.19, one)
        brush.blob(
            [
                (x - 20, y + h),
                (x, y + h * 0.6),
                (x + w * 0.5, y + h * 0.7),
                (x + w, y + h * 0.5),
                (x + w + 30, y + h * 1.2),
            ],
            two,
        )
    elif kind == 1:
        brush.oval(x + w * 0.35, y + h * 0.6, w * 0.3, h * 0.3, two)
        brush.rect(x + w * 0.45, y + h * 0.12, w * 0.3, h * 0.66, one, r=w * 0.15, alpha=0.9)
        brush.line([(x + w * 0.1, y + h * 0.85), (x + w * 0.9, y + h * 0.8)], 5, "#2b2730")
    elif kind == 2:
        brush.line(
            [(x + w * 0.5, y + h), (x + w * 0.46, y + h * 0.5), (x + w * 0.56, y + h * 0.12)],
            4,
            two,
        )
        for k in range(6):
            side = 1 if k % 2 else -1
            brush.oval(
                x + w * (0.5 + side * 0.15),
                y + h * (0.24 + 0.11 * k),
                w * 0.12,
                h * 0.045,
                one if k % 3 else two,
            )
    elif kind == 3:
        for k in range(4):
            brush.rect(x, y + h * (0.14 + 0.2 * k), w, h * 0.1, one if k % 2 else two, alpha=0.85)
        brush.oval(x + w * 0.5, y + h * 0.45, w * 0.24, w * 0.24, mixed(one, "#fff6e6", 0.5))
    else:
        for k in range(3):
            brush.rect(
                x + w * (0.16 + 0.1 * k),
                y + h * (0.22 + 0.14 * k),
                w * (0.68 - 0.2 * k),
                h,
                (two, one, two)[k],
                r=w * (0.34 - 0.1 * k),
                alpha=0.9,
            )


def sofa(room: Room, x: float, w: float, colour: Colour) -> None:
    """A sofa against the wall."""
    brush, top = room.painting.base, room.up(0.86)
    grounded(room, x, w)
    box(brush, x + 40, top, w - 80, 250, colour, r=44)
    half = (w - 150) / 2
    for k in range(2):
        brush.rect(
            x + 75 + half * k,
            top + 30,
            half - 8,
            190,
            lighter(colour, 0.06),
            to=darker(colour, 0.08),
            r=34,
        )
    brush.rect(x + 50, top + 180, w - 100, 96, lighter(colour, 0.12), to=darker(colour, 0.08), r=28)
    brush.rect(x + 40, top + 262, w - 80, room.base - top - 290, darker(colour, 0.22), r=10)
    for side in (x, x + w - 96):
        brush.rect(
            side,
            top + 90,
            96,
            room.base - top - 112,
            lighter(colour, 0.05),
            to=darker(colour, 0.2),
            r=36,
        )
    for k, tone in enumerate((room.accent, room.second)):
        with brush.moved(x + 190 + k * (w - 400), top + 118, turn=-9 + 18 * k):
            brush.rect(-66, -58, 132, 122, lighter(tone, 0.1), to=darker(tone, 0.12), r=24)
    for side in (x + 70, x + w - 84):
        brush.rect(side, room.base - 28, 14, 34, darker(room.wood, 0.4))
    room.painting.things.append(("sofa", x + w / 2, top + 120, 420.0))


def sideboard(room: Room, x: float, w: float, *, h: float = 0.8, doors: int = 3) -> float:
    """A low cupboard; returns the y of its top."""
    brush, top = room.painting.base, room.up(h)
    grounded(room, x, w)
    box(brush, x, top, w, room.base - top - 34, room.wood)
    for k in range(doors):
        dx, dw = x + 14 + (w - 28) * k / doors, (w - 28) / doors - 8
        brush.rect(
            dx,
            top + 28,
            dw,
            room.base - top - 84,
            lighter(room.wood, 0.07),
            to=darker(room.wood, 0.1),
            r=4,
        )
        brush.rect(dx + dw / 2 - 24, top + 46, 48, 7, "#d8b36a", r=3)
    for side in (x + 26, x + w - 40):
        brush.rect(side, room.base - 36, 14, 42, darker(room.wood, 0.4))
    brush.rect(
        x - 8, top - 12, w + 16, 18, lighter(room.wood, 0.18), to=darker(room.wood, 0.1), r=3
    )
    return top - 12


def rug(room: Room, x: float, w: float, colour: Colour) -> None:
    """A rug on the floor before the furniture."""
    brush, y = room.painting.base, room.base + 70
    brush.poly(
        [(x, y), (x + w, y), (x + w * 1.1, y + 180), (x - w * 0.1, y + 180)],
        lighter(colour, 0.04),
        to=darker(colour, 0.1),
    )
    brush.poly(
        [(x + 40, y + 22), (x + w - 40, y + 22), (x + w * 1.06, y + 152), (x - w * 0.06, y + 152)],
        lighter(colour, 0.25),
        line=6,
        alpha=0.7,
    )


def clock(room: Room, x: float, y: float, r: float = 62) -> None:
    """A wall clock."""
    brush = room.painting.base
    brush.oval(x + 7, y + 9, r, r, "#120d18", alpha=0.35, blur=9)
    brush.oval(x, y, r, r, darker(room.wood, 0.3))
    brush.oval(x, y, r * 0.86, r * 0.86, "#f6efe1")
    brush.line([(x, y), (x + r * 0.16, y - r * 0.48)], 6, "#2b2730")
    brush.line([(x, y), (x + r * 0.56, y + r * 0.2)], 4.5, "#2b2730")
    room.painting.things.append(("clock", x, y, r * 2))
