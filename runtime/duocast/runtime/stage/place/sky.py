"""The world outside: sky, clouds, skyline, hills, trees, and the weather before them."""

import math
import random
from dataclasses import dataclass

from duocast.runtime.stage.place.brush import Brush, Colour, darker, lighter, mixed
from duocast.runtime.stage.place.daylight import Daylight


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the plate, in pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.w / 2


def sky(brush: Brush, box: Box, day: Daylight, dice: random.Random, *, sun_x: float = 0.7) -> None:
    """Gradient, stars, sun or moon, clouds. `box.bottom` is the horizon."""
    half = box.h * 0.55
    brush.rect(box.x, box.y, box.w, half + 1, day.top, to=day.middle)
    brush.rect(box.x, box.y + half, box.w, box.h - half, day.middle, to=day.low)
    if day.stars:
        for _ in range(int(box.w * box.h / 9000)):
            x, y = dice.uniform(box.x, box.right), box.y + box.h * 0.75 * dice.random() ** 1.5
            brush.oval(
                x, y, s := dice.uniform(0.8, 2.1), s, "#dfe6ff", alpha=dice.uniform(0.2, 0.9)
            )
    if day.sun_height is not None and -0.6 < sun_x < 1.6:
        _disc(brush, box, day, box.x + box.w * sun_x, box.bottom - box.h * day.sun_height)
    _clouds(brush, box, day, dice)


def _disc(brush: Brush, box: Box, day: Daylight, x: float, y: float) -> None:
    size = min(box.h * 0.055, 46.0)
    with brush.inside(box.x, box.y, box.w, box.h):
        brush.glow(x, y, size * 11, size * 11, day.sun, 0.5)
        brush.glow(x, y, size * 3.5, size * 3.5, day.sun, 0.7)
        brush.oval(x, y, size, size, day.sun)
        if day.stars:
            brush.oval(
                x - size * 0.25, y - size * 0.2, size * 0.2, size * 0.2, "#cfd8f2", alpha=0.6
            )
            brush.oval(
                x + size * 0.3, y + size * 0.3, size * 0.28, size * 0.28, "#cfd8f2", alpha=0.5
            )


def _clouds(brush: Brush, box: Box, day: Daylight, dice: random.Random) -> None:
    with brush.inside(box.x, box.y, box.w, box.h):
        if day.overcast > 0:
            _cover(brush, box, day, dice)
            return
        for _ in range(3 + int(box.w / 500)):
            x = dice.uniform(box.x - 100, box.right)
            y = box.y + box.h * dice.uniform(0.12, 0.72)
            length = box.h * dice.uniform(0.25, 0.7)
            thick = box.h * dice.uniform(0.018, 0.04)
            colour = mixed(day.middle, "#ffffff" if not day.stars else "#3c4670", 0.45)
            colour = mixed(colour, day.low, 0.5)
            for k in range(3):
                share = 1 - 0.28 * k
                brush.rect(
                    x + length * dice.uniform(0, 0.3), y - thick * k * 0.9, length * share, thick * 1.7,
                    colour, r=thick, alpha=0.5,
                )  # fmt: skip


def _cover(brush: Brush, box: Box, day: Daylight, dice: random.Random) -> None:
    """A closed sky: soft banks of cloud, each darker below."""
    for _ in range(6 + int(box.w / 260)):
        x, t = dice.uniform(box.x - 100, box.right + 100), dice.random()
        y, size = box.y + box.h * (0.02 + 0.8 * t), box.h * (0.26 - 0.16 * t)
        tone = mixed(
            day.middle, day.low if dice.random() < 0.6 else day.top, dice.uniform(0.3, 0.8)
        )
        brush.oval(x, y, size * 2.6, size * 0.5, tone, alpha=0.42, blur=max(3.0, size * 0.24))


def skyline(
    brush: Brush, box: Box, day: Daylight, dice: random.Random, *, lit: float, rows: int = 3
) -> None:
    """Rows of buildings up to the horizon at `box.bottom`, far ones hazier; `lit` is the share of windows alight."""
    for row in range(rows):
        near = (row + 1) / rows
        colour = mixed(day.far, darker(day.top, 0.45), 0.15 + 0.6 * near)
        x = box.x - dice.uniform(0, 80)
        while x < box.right:
            width = box.h * dice.uniform(0.10, 0.24) * (0.7 + 0.5 * near)
            height = box.h * (0.98 - 0.42 * near) * dice.uniform(0.55, 1.0)
            top = box.bottom - height
            brush.rect(x, top, width, height + 2, colour, to=mixed(colour, day.low, 0.22))
            if dice.random() < 0.3:
                brush.rect(x + width * 0.42, top - height * 0.1, width * 0.06, height * 0.1, colour)
            if dice.random() < 0.3:
                brush.rect(
                    x + width * 0.15, top - height * 0.05, width * 0.5, height * 0.06, colour
                )
            _windows(brush, Box(x, top, width, height), day, dice, lit, 0.35 + 0.65 * near)
            x += width * dice.uniform(0.85, 1.25)


def _windows(
    brush: Brush, box: Box, day: Daylight, dice: random.Random, lit: float, alpha: float
) -> None:
    pitch = max(13.0, box.w / 6)
    across, down = int((box.w - pitch * 0.6) / pitch), int((box.h - pitch) / (pitch * 1.35))
    warm = ("#ffd58a", "#ffc46b", "#ffe6b3", "#bfe3ff")
    for i in range(across):
        for j in range(down):
            alight = dice.random() < lit
            x, y = box.x + pitch * (i + 0.55), box.y + pitch * (0.7 + 1.35 * j)
            size = pitch * 0.52
            if alight:
                brush.rect(
                    x, y, size, size * 1.25, dice.choice(warm), alpha=alpha * dice.uniform(0.55, 1)
                )
            elif lit < 0.2:
                brush.rect(x, y, size, size * 1.25, lighter(day.low, 0.1), alpha=0.16 * alpha)


def hills(
    brush: Brush, box: Box, day: Daylight, dice: random.Random, *, colours: tuple[Colour, ...]
) -> None:
    """Ranges of hills, far to near, `box.bottom` at their foot."""
    for row, colour in enumerate(colours):
        near = (row + 1) / len(colours)
        tone = day.distant(colour, 0.75 - 0.75 * near)
        crest = box.y + box.h * (0.1 + 0.5 * near)
        phases = [dice.uniform(0, math.tau) for _ in range(3)]
        points = [(box.x - 40, box.bottom + 4)]
        for i in range(61):
            x = box.x + box.w * i / 60
            t = x / box.h * (0.55 + 0.35 * near)
            wave = sum(math.sin(t * (k + 1) * 1.3 + phases[k]) / (k + 1.4) for k in range(3))
            points.append((x, crest - wave * box.h * 0.16))
        points.append((box.right + 40, box.bottom + 4))
        brush.poly(points, tone, to=mixed(tone, day.low, 0.3))


def peaks(
    brush: Brush, box: Box, day: Daylight, dice: random.Random, *, colours: tuple[Colour, ...]
) -> None:
    """Ranges of mountains with snow on the far ones."""
    for row, colour in enumerate(colours):
        near = (row + 1) / len(colours)
        tone = mixed(day.far, colour, 0.2 + 0.75 * near)
        x = box.x - dice.uniform(50, 300)
        while x < box.right + 100:
            width = box.h * dice.uniform(0.7, 1.3)
            height = box.h * (1.05 - 0.55 * near) * dice.uniform(0.7, 1.0)
            top = (x + width * dice.uniform(0.42, 0.6), box.bottom - height)
            left, right = (x - width * 0.12, box.bottom + 3), (x + width * 1.12, box.bottom + 3)
            ridge = (top[0] + width * 0.08, box.bottom - height * 0.45)
            brush.poly([left, top, right], tone, to=mixed(tone, day.low, 0.4))
            foot = (top[0] - width * 0.1, box.bottom + 3)
            brush.poly([top, right, foot, ridge], darker(tone, 0.16), alpha=0.7)
            if near < 0.8 and height > box.h * 0.5:
                _snow(brush, top, left, right, day)
            x += width * dice.uniform(0.45, 0.8)


def _snow(
    brush: Brush,
    top: tuple[float, float],
    left: tuple[float, float],
    right: tuple[float, float],
    day: Daylight,
) -> None:
    def along(end: tuple[float, float], share: float) -> tuple[float, float]:
        return (top[0] + (end[0] - top[0]) * share, top[1] + (end[1] - top[1]) * share)

    one, other = along(left, 0.3), along(right, 0.26)
    middle = [
        ((one[0] * (3 - k) + other[0] * k) / 3, one[1] + (18 if k % 2 else -14)) for k in (1, 2)
    ]
    brush.poly([top, other, *reversed(middle), one], mixed("#f4f7ff", day.low, 0.35), alpha=0.85)


def trees(
    brush: Brush,
    box: Box,
    colour: Colour,
    dice: random.Random,
    *,
    size: float,
    firs: float = 0.0,
    gap: float = 0.7,
) -> None:
    """A row of trees whose feet stand on `box.bottom`, about `size` high."""
    x = box.x - size * 0.3
    while x < box.right + size * 0.3:
        height = size * dice.uniform(0.75, 1.15)
        tone = mixed(colour, dice.choice(("#0f1a24", "#e8d79a")), dice.uniform(0, 0.10))
        if dice.random() < firs:
            fir(brush, x, box.bottom, height, tone)
        else:
            leafy(brush, x, box.bottom, height, tone, dice)
        x += size * gap * dice.uniform(0.6, 1.3)


def fir(brush: Brush, x: float, foot: float, height: float, colour: Colour) -> None:
    """A conifer."""
    brush.rect(
        x - height * 0.018, foot - height * 0.15, height * 0.036, height * 0.16, darker(colour, 0.4)
    )
    for k in range(4):
        top = foot - height * (1 - 0.21 * k)
        low = top + height * 0.36
        wide = height * (0.10 + 0.055 * k)
        brush.poly(
            [(x, top), (x + wide, low), (x - wide, low)],
            lighter(colour, 0.05),
            to=darker(colour, 0.16),
        )


def leafy(
    brush: Brush, x: float, foot: float, height: float, colour: Colour, dice: random.Random
) -> None:
    """A broad tree: a trunk and a crown of a few round masses, lit from above."""
    trunk = mixed(darker(colour, 0.45), "#5a4036", 0.5)
    wide = height * 0.035
    brush.poly(
        [(x - wide, foot + 2), (x - wide * 0.5, foot - height * 0.55), (x + wide * 0.5, foot - height * 0.55),
        (x + wide, foot + 2)],
        trunk,
    )  # fmt: skip
    masses = [
        (dice.uniform(-0.2, 0.2), dice.uniform(0.5, 0.82), dice.uniform(0.17, 0.25))
        for _ in range(5)
    ]
    masses += [(0.0, 0.66, 0.27)]
    for dx, dy, r in masses:
        cx, cy, rr = x + dx * height, foot - dy * height, r * height
        brush.oval(cx, cy, rr, rr * 0.9, darker(colour, 0.12))
    for dx, dy, r in masses:
        cx, cy, rr = x + dx * height, foot - dy * height, r * height
        brush.oval(
            cx - rr * 0.12, cy - rr * 0.2, rr * 0.78, rr * 0.66, colour, to=darker(colour, 0.12)
        )
    for dx, dy, r in masses[:3]:
        cx, cy, rr = x + dx * height, foot - dy * height, r * height
        brush.oval(
            cx - rr * 0.25, cy - rr * 0.4, rr * 0.42, rr * 0.3, lighter(colour, 0.14), alpha=0.8
        )


def fallen(
    brush: Brush, box: Box, weather: str, dice: random.Random, *, scale: float = 1.0
) -> None:
    """What the weather puts into the air within `box`."""
    with brush.inside(box.x, box.y, box.w, box.h):
        if weather in ("rain", "storm"):
            for _ in range(int(box.w * box.h / 5200 / scale)):
                x, y = dice.uniform(box.x, box.right), dice.uniform(box.y, box.bottom)
                length = dice.uniform(24, 70) * scale
                brush.line(
                    [(x, y), (x - length * 0.16, y + length)], 1.6 * scale, "#cfe0f2",
                    alpha=dice.uniform(0.06, 0.26),
                )  # fmt: skip
        elif weather == "snow":
            for _ in range(int(box.w * box.h / 5000 / scale)):
                x, y = dice.uniform(box.x, box.right), dice.uniform(box.y, box.bottom)
                size = dice.uniform(1.5, 5.5) * scale
                brush.oval(x, y, size, size, "#ffffff", alpha=dice.uniform(0.35, 0.85))
        elif weather == "fog":
            for k in range(4):
                y = box.y + box.h * (0.40 + 0.10 * k)
                brush.oval(
                    dice.uniform(box.x, box.right), y, box.w * 0.6, box.h * 0.09, "#c8d0d8",
                    alpha=0.28, blur=max(8.0, box.h * 0.04),
                )  # fmt: skip


def drops(brush: Brush, box: Box, dice: random.Random, tone: Colour) -> None:
    """Rain on a pane: drops and the runs that they leave."""
    with brush.inside(box.x, box.y, box.w, box.h):
        for _ in range(int(box.w / 26)):
            x, y = dice.uniform(box.x, box.right), dice.uniform(box.y, box.bottom)
            run, lean = dice.uniform(0.1, 0.4) * box.h, dice.uniform(-5, 5)
            path = [
                (x, y),
                (x + lean, y + run * 0.4),
                (x - lean, y + run * 0.7),
                (x + lean, y + run),
            ]
            brush.line(path, dice.uniform(1.6, 3.2), tone, alpha=0.28)
            brush.oval(x + lean, y + run, 3.4, 5.0, lighter(tone, 0.3), alpha=0.6)
        for _ in range(int(box.w * box.h / 1500)):
            x, y = dice.uniform(box.x, box.right), dice.uniform(box.y, box.bottom)
            size = dice.uniform(1.0, 3.4)
            brush.oval(x, y, size, size * 1.25, tone, alpha=dice.uniform(0.2, 0.55))
            brush.oval(x - size * 0.2, y - size * 0.4, size * 0.4, size * 0.4, "#ffffff", alpha=0.4)
