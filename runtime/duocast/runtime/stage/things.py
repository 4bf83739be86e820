"""Things to hold: drawn at a table's scale about their foot, for inserts."""

import math
from collections.abc import Callable

import skia

from duocast.runtime.delivery.fonts import TITLE, typeface
from duocast.runtime.stage.place.brush import darker, lighter, mixed
from duocast.runtime.stage.place.lighting import Painting
from duocast.runtime.stage.place.tableware import cup, glass

Draw = Callable[[Painting], None]


def _shadow(painting: Painting, x: float, y: float, rx: float, ry: float) -> None:
    painting.base.oval(x + rx * 0.12, y, rx, ry, "#0b070d", alpha=0.55, blur=5)
    painting.base.oval(x, y, rx * 0.8, ry * 0.55, "#0b070d", alpha=0.45, blur=2.5)


def _phone(painting: Painting) -> None:
    """Lying on the table, ringing."""
    base, glow = painting.base, painting.glow
    base.blob([(-62, -58), (66, -58), (92, 6), (-92, 6)], "#0b070d", alpha=0.6, blur=5)
    outer = [(-47, -62), (47, -62), (72, 2), (-72, 2)]
    base.poly([(-72, 2), (72, 2), (72, 8), (-72, 8)], "#0d0e12")
    base.poly(outer, "#2a2d35", to="#16171c")
    inner = [(-43, -59), (43, -59), (66, -2), (-66, -2)]
    base.poly(inner, "#05060a")
    glow.poly(inner, "#3c5a94", to="#1b2346")
    glow.oval(0, -44, 10, 4.6, "#dfe7f6")
    glow.oval(0, -45.4, 3.4, 1.7, "#5f7190")
    glow.oval(0, -42.6, 6, 1.7, "#5f7190")
    glow.rect(-20, -34, 40, 2.8, "#eef3fb", r=1.4)
    glow.rect(-13, -29, 26, 1.8, "#9fb2d6", r=0.9)
    glow.oval(-30, -13, 9.5, 4.6, "#e0493b")
    glow.oval(30, -13, 9.5, 4.6, "#43b768")
    glow.poly([(-43, -59), (-8, -59), (-40, -2), (-66, -2)], "#ffffff", alpha=0.06)
    glow.glow(0, -30, 120, 66, "#6f93dd", 0.20)


def _cup(painting: Painting) -> None:
    _shadow(painting, 0, 0, 66, 13)
    cup(painting.base, 0, 0, "#d9cdb8", 1.15)
    for k in range(2):
        x = -9 + 18 * k
        points = [(x, -66), (x - 8, -84), (x + 9, -100), (x - 4, -122)]
        painting.glow.line(points, 5, "#fff3e0", alpha=0.10)
        painting.glow.line(points, 2.5, "#fff3e0", alpha=0.10)


def _glass(painting: Painting) -> None:
    _shadow(painting, 0, 0, 42, 9)
    glass(painting.base, 0, 0, "#b9722a", 1.1)
    painting.base.oval(0, -57, 25, 5, "#e0a35a", alpha=0.8)


def _candle(painting: Painting) -> None:
    _shadow(painting, 0, 0, 40, 9)
    base, glow = painting.base, painting.glow
    base.rect(-26, -78, 52, 78, "#e9dfcb", to="#b9a88c", across=True, r=5)
    base.oval(0, -77, 26, 6, "#f6eedb")
    base.line([(0, -76), (1, -86)], 2, "#3a2a22")
    glow.blob([(-7, -86), (-6, -98), (0, -120), (6, -98), (7, -86)], "#ffb24d")
    glow.blob([(-4, -86), (-3, -94), (0, -106), (3, -94), (4, -86)], "#fff1c4")
    glow.glow(0, -96, 120, 110, "#ff9a40", 0.55)


def _letter(painting: Painting) -> None:
    base = painting.base
    base.blob([(-92, -54), (96, -58), (122, 4), (-116, 8)], "#0b070d", alpha=0.5, blur=4)
    base.poly([(-78, -62), (70, -66), (104, -4), (-100, 2)], "#f3ead3", to="#dccfb0")
    base.poly([(-90, -31), (87, -36), (88, -33), (-91, -28)], "#a8997a", alpha=0.5)
    for row in range(8):
        t = (row + 0.8) / 9
        y, left, right = -64 + 62 * t, -72 - 22 * t, 62 + 30 * t
        end = right - (right - left) * (0.10 + 0.13 * ((row * 5) % 4))
        steps = 30
        points = [
            (
                left + (end - left) * k / steps,
                y - 3.6 * k / steps + 0.8 * math.sin(k * 2.3 + row),
            )
            for k in range(steps + 1)
        ]
        base.line(points, 1.0, "#34375a", alpha=0.8)


def _book(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 4, 104, 13)
    base.rect(-90, -30, 180, 30, "#7a2b2b", to="#551d20", r=3)
    base.rect(-84, -25, 176, 19, "#efe4ca", to="#cbbc9a")
    for k in range(5):
        base.rect(-84, -22 + 3.4 * k, 176, 0.8, "#a8997a", alpha=0.7)
    base.poly([(-90, -30), (-66, -74), (74, -74), (92, -30)], "#a23c38", to="#7c2c2c")
    base.poly([(-78, -34), (-59, -70), (67, -70), (80, -34)], "#e0b768", line=1.6)
    base.rect(-30, -56, 60, 3.4, "#e0b768", r=1.5)
    base.rect(-18, -49, 36, 2.4, "#e0b768", r=1)


def _key(painting: Painting) -> None:
    base, brass = painting.base, "#d1a14c"
    _shadow(painting, 4, 4, 84, 9)
    base.rect(-14, -13, 86, 8, lighter(brass, 0.25), to=darker(brass, 0.25), r=2.5)
    for x, tall in ((50, 16), (62, 12)):
        base.rect(x, -8, 7, tall, brass, to=darker(brass, 0.3), r=1)
    base.oval(-40, -9, 28, 17, brass, line=9)
    base.oval(-41, -10.5, 28, 17, lighter(brass, 0.5), line=2, alpha=0.7)


def _laptop(painting: Painting) -> None:
    base, glow = painting.base, painting.glow
    _shadow(painting, 0, 3, 130, 12)
    base.rect(-84, -112, 168, 98, "#22252b", r=6)
    glow.rect(-78, -106, 156, 86, "#35597a", to="#22384f", r=2)
    for row in range(8):
        glow.rect(-66, -96 + 9 * row, 40 + 23 * ((row * 7) % 5), 3, "#dbe9f2", alpha=0.75, r=1.5)
    base.poly([(-84, -15), (84, -15), (118, 0), (-118, 0)], "#c3c8cb", to="#9aa0a4")
    base.poly([(-72, -12), (72, -12), (84, -5), (-84, -5)], "#4a4f55")
    base.rect(-118, 0, 236, 4, "#82888c", r=2)
    glow.glow(0, -60, 150, 90, "#6fa6d6", 0.14)


def _microphone(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 2, 46, 9)
    base.oval(0, -2, 40, 8, "#2a2c33", to="#15161a")
    base.rect(-4, -64, 8, 62, "#5a5e66", to="#33363c", across=True)
    base.rect(-24, -132, 48, 74, "#23252b", to="#121317", across=True, r=22)
    base.rect(-24, -132, 48, 44, "#8a9097", to="#4a4f56", across=True, r=22)
    for k in range(6):
        base.rect(-22, -126 + 6.4 * k, 44, 1.6, "#2a2c33", alpha=0.6)
    base.rect(-25, -92, 50, 6, "#c99a4b")


def _photo(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 2, 76, 9)
    base.poly([(-60, -100), (60, -100), (64, 0), (-64, 0)], "#8a5f3c", to="#5d3f29")
    base.poly([(-52, -92), (52, -92), (55, -9), (-55, -9)], "#efe6d2")
    base.poly([(-43, -83), (43, -83), (45, -19), (-45, -19)], "#c3d3d6", to="#d9c7a3")
    for x, tone, hair in ((-16, "#3f6f70", "#3a2a22"), (16, "#b5533c", "#7a4a2a")):
        base.blob([(x - 20, -19), (x - 17, -42), (x, -48), (x + 17, -42), (x + 20, -19)], tone)
        base.oval(x, -55, 9.5, 11.5, "#e0b08c")
        base.blob([(x - 11, -54), (x - 10, -70), (x + 10, -70), (x + 11, -54), (x, -62)], hair)
    base.poly([(-52, -92), (-10, -92), (-40, -9), (-55, -9)], "#ffffff", alpha=0.12)


def _ring(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 0, 40, 8)
    base.oval(0, -22, 34, 22, "#d9ad52", line=8)
    base.oval(0, -24, 34, 22, "#fff0c2", line=1.6, alpha=0.8)
    base.poly([(-13, -52), (13, -52), (20, -60), (0, -42), (-20, -60)], "#cfe6ee")
    base.poly([(-20, -60), (-11, -70), (11, -70), (20, -60), (0, -40)], "#e9f6fb", to="#9cc4d3")
    painting.glow.glow(-4, -62, 22, 22, "#ffffff", 0.6)


def _watch(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 0, 90, 13)
    base.poly([(-30, -92), (30, -92), (26, -60), (-26, -60)], "#5a3d2b", to="#432c1f")
    base.poly([(-30, 4), (30, 4), (26, -22), (-26, -22)], "#5a3d2b", to="#6d4a33")
    base.oval(0, -41, 42, 36, "#d8b36a", to="#9a7636")
    base.oval(0, -41, 36, 30, "#f6efe1")
    for k in range(12):
        a = math.radians(30 * k)
        base.oval(30 * math.cos(a), -41 + 25 * math.sin(a), 1.6, 1.5, "#2b2730")
    base.line([(0, -41), (9, -56)], 3, "#2b2730")
    base.line([(0, -41), (21, -35)], 2.2, "#2b2730")


def _flowers(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 0, 50, 10)
    for k in range(9):
        tip = ((k - 4) * 15.0, -118 - 16 * math.cos((k - 4) * 0.5) - 9 * (k % 2))
        base.line([(0, -46), ((k - 4) * 6.0, -84), tip], 2.4, "#54784e")
        tone = ("#d96a5a", "#f0cf7a", "#e9dfcc")[k % 3]
        base.oval(*tip, 12, 11, tone, to=darker(tone, 0.2))
        base.oval(tip[0] - 3, tip[1] - 3, 5, 4.5, lighter(tone, 0.4))
    base.blob(
        [(-18, -70), (18, -70), (34, -24), (18, 2), (-18, 2), (-34, -24)],
        "#7fa3a8",
        to="#4a6a72",
        across=True,
    )


def _money(painting: Painting) -> None:
    base = painting.base
    _shadow(painting, 0, 2, 98, 11)
    for k in range(6):
        y = -5.0 * k
        base.poly(
            [(-82 + k, y - 36), (70 + k, y - 40), (94 - k, y), (-96 - k, y + 3)],
            mixed("#8fb08a", "#5d7d5c", (k % 2) * 0.5),
        )
    base.oval(-2, -43, 19, 10, "#d9e6cf", alpha=0.8)
    base.poly([(-12, -68), (6, -69), (10, -27), (-14, -26)], "#e9dfc2", alpha=0.9)


def card(painting: Painting, thing: str) -> None:
    """What cannot be drawn is written on a card: the audience knows what it is."""
    base = painting.base
    _shadow(painting, 0, 2, 92, 10)
    base.poly([(-78, -84), (78, -84), (80, 0), (-80, 0)], "#f4ecda", to="#ddd0b4")
    base.poly([(-70, -76), (70, -76), (72, -8), (-72, -8)], "#b09a72", line=1.2)
    word = thing.strip()[:22] or "…"
    font = skia.Font(typeface(TITLE), 30)
    font.setSize(min(30.0, 30 * 128 / max(font.measureText(word), 1e-6)))
    ink = skia.Paint(AntiAlias=True, Color=skia.ColorSetRGB(58, 50, 46))
    base.canvas.drawString(
        word, -font.measureText(word) / 2, -42 + font.getSize() * 0.34, font, ink
    )


DRAWN: dict[str, Draw] = {
    word: draw
    for words, draw in (
        ("phone phones smartphone mobile telephone cellphone", _phone),
        ("cup cups tea coffee mug mugs teacup", _cup),
        ("glass whisky whiskey drink wine beer water", _glass),
        ("candle candles flame", _candle),
        ("letter letters note notes page paper papers envelope map list ticket", _letter),
        ("book books diary notebook album script bible", _book),
        ("key keys", _key),
        ("laptop computer", _laptop),
        ("microphone mic", _microphone),
        ("photo photograph photos portrait frame", _photo),
        ("ring necklace jewel diamond", _ring),
        ("watch wristwatch", _watch),
        ("flowers flower rose roses bouquet vase", _flowers),
        ("money cash banknotes bills", _money),
    )
    for word in words.split()
}
"""What can be drawn, by the words that name it."""
