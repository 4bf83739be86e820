"""What makes a room what it is: a kitchen's row, a bar, a bed, boards, a lab's bench, a studio's panels."""

import math

from duocast.runtime.stage.place.brush import Colour, darker, lighter, mixed
from duocast.runtime.stage.place.furniture import box, grounded, shelf
from duocast.runtime.stage.place.lighting import Lamp
from duocast.runtime.stage.place.room import Room


def kitchen_row(room: Room, x: float, w: float, cabinet: Colour, tile: Colour) -> None:
    """Lower cupboards, worktop, tiles, and what stands on it."""
    brush, top = room.painting.base, room.up(0.92)
    grounded(room, x, w)
    tiling(room, x, room.up(1.62), w, top - room.up(1.62), tile)
    box(brush, x, top, w, room.base - top, cabinet, r=2)
    brush.rect(x, room.base - 46, w, 46, darker(cabinet, 0.5))
    count = max(1, round(w / 250))
    for k in range(count):
        dx, dw = x + w * k / count + 8, w / count - 14
        if k % 3 == 1:
            for j in range(3):
                brush.rect(
                    dx,
                    top + 26 + 96 * j,
                    dw,
                    86,
                    lighter(cabinet, 0.07),
                    to=darker(cabinet, 0.06),
                    r=4,
                )
                brush.rect(dx + dw / 2 - 30, top + 44 + 96 * j, 60, 8, "#d8b98a", r=4)
        else:
            brush.rect(dx, top + 26, dw, 278, lighter(cabinet, 0.07), to=darker(cabinet, 0.08), r=4)
            brush.rect(dx + 15, top + 41, dw - 30, 248, darker(cabinet, 0.06), r=3)
            brush.rect(dx + (dw - 26 if k % 2 else 16), top + 100, 9, 76, "#d8b98a", r=4)
    stone = mixed("#e8dfd0", room.wall, 0.2)
    brush.rect(x - 10, top - 22, w + 20, 34, stone, to=darker(stone, 0.2), r=3)
    brush.rect(x, top + 12, w, 26, "#120d18", alpha=0.3, fade=0.0)


def tiling(room: Room, x: float, y: float, w: float, h: float, tile: Colour) -> None:
    """Small tiles in rows, over a part of the wall."""
    brush, dice, pitch = room.painting.base, room.dice(int(x) + 5), 72.0
    brush.rect(x, y, w, h, darker(tile, 0.16))
    row = 0
    while row * pitch / 2 < h:
        at = x - (pitch / 2 if row % 2 else 0)
        while at < x + w:
            left, right = max(x, at), min(x + w, at + pitch - 4)
            tone = mixed(tile, dice.choice(("#ffffff", "#2f4858")), dice.uniform(0, 0.09))
            if right > left:
                brush.rect(
                    left,
                    y + row * pitch / 2,
                    right - left,
                    min(pitch / 2 - 4, y + h - y - row * pitch / 2),
                    tone,
                    r=2,
                )
            at += pitch
        row += 1


def cupboards(
    room: Room, x: float, w: float, cabinet: Colour, *, low: float = 1.62, high: float = 2.4
) -> None:
    """Wall cupboards with a strip of light under them."""
    brush, y = room.painting.base, room.up(high)
    tall = room.up(low) - y
    box(brush, x, y, w, tall, cabinet, r=3)
    count = max(1, round(w / 250))
    for k in range(count):
        dx, dw = x + w * k / count + 7, w / count - 12
        brush.rect(dx, y + 12, dw, tall - 24, lighter(cabinet, 0.08), to=darker(cabinet, 0.06), r=4)
        brush.rect(dx + 14, y + 26, dw - 28, tall - 52, darker(cabinet, 0.05), r=3)
        brush.rect(dx + (dw - 22 if k % 2 else 14), y + tall - 92, 8, 60, "#d8b98a", r=4)
    room.painting.glow.rect(x + 20, y + tall, w - 40, 6, "#ffdf9f", alpha=0.8 * room.day.lamps, r=3)
    for k in range(count):
        room.lamp(x + w * (k + 0.5) / count, y + tall + 4, 260, strength=0.62, beam="down")


def fridge(room: Room, x: float, colour: Colour = "#cfd6d3") -> None:
    """A tall fridge with notes on its door."""
    brush, y = room.painting.base, room.up(1.95)
    grounded(room, x, 310)
    box(brush, x, y, 310, room.base - y - 12, colour, r=26)
    brush.rect(x + 4, y + 250, 302, 7, darker(colour, 0.4))
    for hy, tall in ((y + 110, 100), (y + 290, 150)):
        brush.rect(
            x + 26, hy, 14, tall, darker(colour, 0.45), to=lighter(colour, 0.3), across=True, r=7
        )
    brush.rect(x + 256, y + 20, 40, room.base - y - 60, "#ffffff", alpha=0.16, r=18)
    dice = room.dice(int(x))
    for _ in range(6):
        nx, ny = x + dice.uniform(90, 230), y + dice.uniform(290, 470)
        with brush.moved(nx, ny, turn=dice.uniform(-7, 7)):
            brush.rect(-24, -28, 50, 58, dice.choice(("#f3e6a8", "#f0f0ea", "#e8b7a0", "#bcd3cc")))
            brush.oval(0, -24, 6, 6, "#c0483c")
    room.painting.things.append(("fridge", x + 155, y + 380, 800.0))


def stove(room: Room, x: float) -> None:
    """A cooker with a pot on it and a hood above."""
    brush, top = room.painting.base, room.up(0.92)
    box(brush, x, top - 20, 320, room.base - top + 4, "#3a3d42", r=5)
    brush.rect(x + 26, top + 80, 268, 200, "#1d1f23", to="#34373d", r=8)
    brush.rect(x + 34, top + 88, 252, 80, "#ffb35a", alpha=0.16)
    brush.rect(x + 40, top + 62, 240, 10, "#b9bec2", r=5)
    for k in range(4):
        brush.oval(x + 60 + 66 * k, top + 20, 14, 14, "#c9ced1", to="#85898d")
    _pot(room, x + 96, top - 20)
    hood = room.up(1.75)
    steel = "#b8bdbd"
    brush.poly(
        [
            (x + 70, room.top + 10),
            (x + 250, room.top + 10),
            (x + 250, hood - 120),
            (x + 330, hood),
            (x - 10, hood),
            (x + 70, hood - 120),
        ],
        lighter(steel, 0.2),
        to=darker(steel, 0.25),
        across=True,
    )
    brush.rect(x - 14, hood - 4, 348, 26, steel, to=darker(steel, 0.3), r=3)
    room.painting.glow.rect(x + 90, hood + 18, 140, 6, "#ffe6b8", alpha=room.day.lamps, r=3)
    room.lamp(x + 160, hood + 20, 330, strength=0.8, beam="down")
    room.painting.things.append(("stove", x + 160, top + 60, 560.0))


def _pot(room: Room, x: float, foot: float) -> None:
    brush, tone = room.painting.base, room.accent
    brush.rect(
        x - 66, foot - 84, 132, 84, lighter(tone, 0.15), to=darker(tone, 0.3), across=True, r=12
    )
    brush.rect(
        x - 72, foot - 92, 144, 15, lighter(tone, 0.1), to=darker(tone, 0.2), across=True, r=7
    )
    brush.oval(x, foot - 100, 13, 10, darker(tone, 0.4))
    for side in (-1, 1):
        brush.rect(x + side * 78 - 12, foot - 68, 24, 12, darker(tone, 0.35), r=5)
    room.painting.things.append(("pot", x, foot - 50, 150.0))


def kettle(room: Room, x: float, foot: float) -> None:
    """A kettle standing on `foot`."""
    brush, tone = room.painting.base, room.second
    brush.blob(
        [
            (x - 62, foot + 4),
            (x - 70, foot - 60),
            (x - 24, foot - 112),
            (x + 24, foot - 112),
            (x + 70, foot - 60),
            (x + 62, foot + 4),
        ],
        lighter(tone, 0.25),
        to=darker(tone, 0.25),
        across=True,
    )
    brush.line(
        [(x - 44, foot - 92), (x - 30, foot - 150), (x + 30, foot - 150), (x + 44, foot - 92)],
        11,
        darker(tone, 0.5),
    )
    brush.line([(x + 50, foot - 60), (x + 84, foot - 96)], 15, darker(tone, 0.1))
    room.painting.things.append(("kettle", x, foot - 60, 150.0))


def bar(room: Room, x: float, w: float) -> None:
    """A bar's back: lit shelves of bottles, and a coffee machine."""
    brush, glow, power = room.painting.base, room.painting.glow, room.day.lamps
    top, low = room.up(2.35), room.up(1.12)
    box(brush, x, top, w, low - top, darker(room.wood, 0.35))
    brush.rect(
        x + 22, top + 22, w - 44, low - top - 30, darker(room.wood, 0.62), to=darker(room.wood, 0.5)
    )
    for k in range(3):
        y = top + 165 + (low - top - 180) * k / 2
        glow.rect(x + 30, y - 138, w - 60, 138, "#e08b3a", alpha=0.02 * power, fade=0.20 * power)
        shelf(room, x + 30, y, w - 60, what="bottles" if k < 2 else "jars")
        glow.rect(x + 34, y + 16, w - 68, 4, "#ffcf87", alpha=0.75 * power)
        room.lamp(x + w / 2, y - 40, w * 0.34, strength=0.42, flat=0.5)
    box(brush, x - 40, low, w + 80, room.base - low, darker(room.wood, 0.2))
    for k in range(round(w / 150)):
        brush.rect(
            x - 20 + 150 * k, low + 60, 130, room.base - low - 110, darker(room.wood, 0.3), r=4
        )
    brush.rect(
        x - 60, low - 16, w + 120, 34, lighter(room.wood, 0.2), to=darker(room.wood, 0.15), r=4
    )
    _machine(room, x + w - 330, low - 16)
    room.painting.things.append(("bar", x + w / 2, (top + low) / 2, low - top))


def _machine(room: Room, x: float, foot: float) -> None:
    brush, steel = room.painting.base, "#b7bdbf"
    brush.rect(x, foot - 170, 260, 92, lighter(steel, 0.3), to=darker(steel, 0.25), r=14)
    brush.rect(x + 16, foot - 84, 228, 70, "#2a2b30", r=4)
    brush.rect(x - 6, foot - 22, 272, 22, steel, to=darker(steel, 0.3), r=5)
    for k in range(3):
        brush.rect(x + 44 + 72 * k, foot - 86, 24, 26, "#8a8f92", r=3)
        brush.oval(x + 56 + 72 * k, foot - 128, 15, 15, "#d34f3d" if k == 1 else "#30343a")


def bed(room: Room, x: float, w: float, linen: Colour) -> None:
    """A bed seen from its foot's side, its head against the wall."""
    brush = room.painting.base
    grounded(room, x, w)
    head = room.up(1.15)
    box(brush, x - 20, head, w + 40, room.base - head, room.wood, r=18)
    for k in range(2):
        px = x + 60 + (w / 2 - 20) * k
        brush.rect(px, room.up(0.86), w / 2 - 110, 136, "#f4ecdf", to="#cfc4b8", r=48)
    brush.rect(
        x,
        room.up(0.62),
        w,
        room.base - room.up(0.62) + 60,
        lighter(linen, 0.1),
        to=darker(linen, 0.12),
        r=30,
    )
    brush.rect(x, room.up(0.62), w, 74, lighter(linen, 0.45), to=lighter(linen, 0.25), r=26)
    for k in range(7):
        fx = x + w * (k + 0.6) / 7.5
        brush.line(
            [(fx, room.up(0.38)), (fx + 16, room.up(0.2)), (fx - 8, room.base + 50)],
            9,
            darker(linen, 0.2),
            alpha=0.3,
        )
    room.painting.things.append(("bed", x + w / 2, room.up(0.6), 620.0))


def wardrobe(room: Room, x: float, w: float, tone: Colour) -> None:
    """A tall wardrobe with two doors."""
    brush, y = room.painting.base, room.up(2.15)
    grounded(room, x, w)
    box(brush, x, y, w, room.base - y, tone)
    for k in range(2):
        dx = x + 12 + (w - 24) * k / 2
        brush.rect(
            dx,
            y + 16,
            (w - 36) / 2,
            room.base - y - 60,
            lighter(tone, 0.06),
            to=darker(tone, 0.08),
            r=4,
        )
        brush.rect(dx + 22, y + 40, (w - 36) / 2 - 44, room.base - y - 108, darker(tone, 0.08), r=3)
    for side in (-20, 12):
        brush.rect(x + w / 2 + side, y + 340, 9, 90, "#d8b36a", r=4)
    room.painting.things.append(("wardrobe", x + w / 2, y + 400, 860.0))


def board(room: Room, x: float, w: float, *, chalk: bool) -> None:
    """A blackboard or a whiteboard with writing on it."""
    brush, y, h = room.painting.base, room.up(2.2), 480.0
    face = "#2f4a44" if chalk else "#eef0ee"
    ink = "#e9efe6" if chalk else "#35506b"
    box(brush, x, y, w, h, room.wood if chalk else "#b9bec2", r=5)
    brush.rect(x + 16, y + 16, w - 32, h - 32, lighter(face, 0.06), to=darker(face, 0.08))
    dice = room.dice(int(x) + 9)
    for row in range(4):
        at = x + 70
        while at < x + w * dice.uniform(0.4, 0.62):
            long = dice.uniform(26, 100)
            wobble = [
                (at + long * i / 6, y + 88 + 82 * row + dice.uniform(-8, 8)) for i in range(7)
            ]
            brush.line(wobble, 4.0, ink, alpha=0.75)
            at += long + 26
    cx, cy = x + w * 0.8, y + h * 0.5
    brush.oval(cx, cy, 108, 108, ink, line=4, alpha=0.75)
    brush.line([(cx - 150, cy + 60), (cx, cy - 40), (cx + 140, cy + 30)], 4, ink, alpha=0.75)
    brush.line([(cx, cy - 140), (cx, cy + 140)], 3, ink, alpha=0.6)
    brush.rect(x + 30, y + h, w - 60, 16, darker(room.wood, 0.2), r=3)
    room.painting.things.append(("board", x + w / 2, y + h / 2, h))


def acoustic_panels(
    room: Room, x: float, y: float, columns: int, rows: int, tones: tuple[Colour, ...]
) -> None:
    """Foam wedges in squares with soft light from behind."""
    brush, dice, size = room.painting.base, room.dice(int(x + y)), 190.0
    for i in range(columns):
        for j in range(rows):
            px, py = x + i * (size + 16), y + j * (size + 16)
            tone = dice.choice(tones)
            box(brush, px, py, size, size, tone, r=8)
            for k in range(5):
                off = size * k / 5
                part = (px + 6, py + off + 3, size - 12, size / 5 - 6)
                if (i + j) % 2:
                    part = (px + off + 3, py + 6, size / 5 - 6, size - 12)
                brush.rect(
                    *part, lighter(tone, 0.10), to=darker(tone, 0.22), across=bool((i + j) % 2), r=4
                )


def neon(
    room: Room, x: float, y: float, w: float, colour: Colour, light: tuple[float, float, float]
) -> None:
    """A neon line drawing: a sound wave in a rounded frame."""
    glow, base = room.painting.glow, room.painting.base
    points = []
    for i in range(41):
        t = i / 40
        swell = math.sin(math.pi * t) ** 1.5
        points.append((x + w * (0.1 + 0.8 * t), y + math.sin(t * 31) * w * 0.13 * swell))
    for brush, tone, alpha in ((base, darker(colour, 0.5), 1.0), (glow, colour, 0.95)):
        brush.line(points, 11, tone, alpha=alpha)
        brush.rect(x, y - w * 0.2, w, w * 0.4, tone, r=w * 0.09, line=9, alpha=alpha)
    glow.line(points, 4, "#ffffff", alpha=0.9)
    room.painting.shine(x + w / 2, y, w * 0.95, colour, 0.42)
    room.painting.lamps.append(_neon_lamp(x + w / 2, y, w, light))


def _neon_lamp(x: float, y: float, w: float, light: tuple[float, float, float]) -> Lamp:
    return Lamp(x, y, w * 1.1, light, 0.75)


def screen(room: Room, x: float, y: float, w: float, h: float) -> None:
    """A monitor that is switched on."""
    brush, glow = room.painting.base, room.painting.glow
    box(brush, x, y, w, h, "#23252b", r=10)
    glow.rect(x + 10, y + 10, w - 20, h - 20, "#4f7f9c", to="#2f5570", r=4, alpha=0.85)
    dice = room.dice(int(x))
    for k in range(7):
        glow.rect(
            x + 26,
            y + 28 + (h - 56) * k / 7,
            (w - 52) * dice.uniform(0.2, 0.75),
            7,
            "#d7ebf2",
            alpha=0.7,
            r=3,
        )
    room.painting.lamps.append(Lamp(x + w / 2, y + h / 2, w * 0.9, (0.45, 0.72, 0.95), 0.25))
    room.painting.things.append(("screen", x + w / 2, y + h / 2, h))


def fireplace(room: Room, x: float) -> None:
    """A hearth with a fire."""
    brush, glow, y = room.painting.base, room.painting.glow, room.up(1.25)
    stone = mixed("#cdbfae", room.wall, 0.2)
    grounded(room, x, 560)
    box(brush, x, y, 560, room.base - y, stone)
    box(brush, x + 90, y + 130, 380, room.base - y - 130, "#1c1517", r=30)
    brush.rect(x - 34, y - 34, 628, 44, lighter(stone, 0.2), to=darker(stone, 0.15), r=4)
    cx, foot = x + 280, room.base - 20
    brush.rect(x + 170, foot - 26, 220, 30, "#4a2d22", r=13)
    for k, (tone, size) in enumerate((("#e2572b", 1.0), ("#ff9a3c", 0.72), ("#ffe08a", 0.42))):
        wide, tall = 120 * size, 210 * size
        glow.blob(
            [
                (cx - wide, foot - 16),
                (cx - wide * 0.9, foot - tall * 0.4),
                (cx - wide * 0.1, foot - tall * 1.25),
                (cx + wide * 0.2, foot - tall * 0.7),
                (cx + wide * 0.55, foot - tall * 0.95),
                (cx + wide, foot - tall * 0.3),
                (cx + wide * 0.8, foot - 16),
            ],
            tone,
            alpha=0.95 - 0.1 * k,
        )
    room.painting.shine(cx, foot - 90, 560, "#ff7d30", 0.5)
    room.painting.lamps.append(Lamp(cx, foot - 60, 820, (1.0, 0.45, 0.16), 1.5))
    room.painting.things.append(("fire", cx, foot - 90, 240.0))
