"""Tails: hair that is gathered or hangs by itself: bun, ponytail, plait, dreadlocks."""

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.ink import Points, brush, outline, points
from duocast.runtime.picture.drawn.mane import Mane
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones

_DREAD = (0.030, 0.058, 0.062, 0.058, 0.052, 0.026)


def draw_tail(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """What is gathered behind: bun, ponytail, dreadlocks."""
    if mane.style == "bun":
        _bun(mane, pen, head, tones)
    elif mane.style == "ponytail":
        _ponytail(mane, pen, head, body, tones)
    elif mane.style == "dreadlocks":
        draw_dreads(mane, pen, head, body, tones, front=False)


def _bun(mane: Mane, pen: Pen, head: Head, tones: Tones) -> None:
    centre = head.turn.flat(np.array([[0.0, -0.60, -0.22]]))[0]
    angle = np.linspace(0, 2 * np.pi, 15)[:-1]
    wobble = 1 + 0.03 * np.sin(angle * 3 + 0.5)
    ring = (
        centre + np.stack([0.175 * np.cos(angle), 0.150 * np.sin(angle)], axis=1) * wobble[:, None]
    )
    path = outline(np.concatenate([ring, ring[:1]]))
    pen.paint(path, mane.paint(head, tones))
    pen.clip(path)
    for shift in (-0.10, -0.02, 0.07):
        arc = centre + points(
            (-0.16, 0.10 + shift),
            (-0.05, shift - 0.03),
            (0.08, shift - 0.02),
            (0.17, 0.08 + shift),
        )
        pen.brush(arc, (0.0, 0.014, 0.014, 0.0), tones.hair_deep, 0.5)
    side = -1 if head.side >= 0 else 1
    shine = centre + points((side * 0.10, -0.02), (side * 0.07, -0.08), (side * 0.0, -0.11))
    pen.brush(shine, (0.0, 0.028, 0.0), tones.hair_gloss, 0.5)
    pen.free()


def _ponytail(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    model = np.array(
        [
            [0.0, -0.30, -0.50],
            [0.05, -0.27, -0.64],
            [0.16, -0.05, -0.66],
            [0.24, 0.25, -0.56],
            [0.30, 0.60, -0.46],
            [0.32, 0.95, -0.40],
        ]
    )
    line = mane.flat(head, body, model)
    widths = (0.10, 0.20, 0.26, 0.27, 0.21, 0.02)
    path = brush(line, widths)
    pen.paint(path, mane.paint(head, tones))
    for shift, colour in ((-0.05, tones.hair_deep), (0.03, tones.hair_gloss)):
        pen.brush(line[1:] + np.array([shift, 0.0]), (0.0, 0.02, 0.024, 0.018, 0.0), colour, 0.4)


def draw_braid(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """A plait that lies over the shoulder on the picture's right."""
    model = np.array(
        [
            [0.28, 0.30, -0.05],
            [0.32, 0.50, 0.06],
            [0.36, 0.72, 0.16],
            [0.36, 0.98, 0.24],
            [0.34, 1.22, 0.30],
            [0.32, 1.38, 0.32],
        ]
    )
    line = mane.flat(head, body, model)
    count = 9
    place = np.linspace(0, len(line) - 1.0, count)
    x = np.interp(place, np.arange(len(line)), line[:, 0])
    y = np.interp(place, np.arange(len(line)), line[:, 1])
    wide = np.linspace(0.105, 0.062, count)
    for index in range(count - 1):
        for side in (1, -1):
            a = np.array([x[index] + side * wide[index] * 0.55, y[index] - 0.03])
            b = np.array([x[index + 1], y[index + 1] + 0.02])
            bulge = np.array([x[index] + side * wide[index] * 0.95, y[index] + 0.06])
            inner = np.array([x[index] - side * 0.012, y[index] + 0.01])
            leaf = outline(
                np.stack([inner, a, bulge, b]),
                np.stack([b, (b + inner) / 2 + np.array([side * 0.01, 0]), inner]),
            )
            pen.fill(leaf, tones.hair if side < 0 else tones.hair_shade)
            pen.brush(np.stack([a, bulge, b]), (0.0, 0.010, 0.0), tones.hair_deep, 0.5)
            pen.brush(np.stack([inner, (inner + bulge) / 2]), (0.0, 0.014), tones.hair_gloss, 0.3)
    tie = np.array([[x[-1] - 0.035, y[-1] + 0.015], [x[-1] + 0.035, y[-1] + 0.015]])
    pen.stroke(tie, "#c9584c", 0.030)
    tuft = np.array(
        [[x[-1], y[-1] + 0.02], [x[-1] + 0.01, y[-1] + 0.10], [x[-1] + 0.0, y[-1] + 0.17]]
    )
    pen.brush(tuft, (0.07, 0.085, 0.0), tones.hair)


def draw_dreads(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones, *, front: bool) -> None:
    """Locks that hang from the sides and the back."""
    sides = (
        (76, 88, 100) if front else (84, 104, 118, 132, 148, 164, 180, 196, 212, 228, 242, 256, 276)
    )
    degrees = [d for value in sides for d in ((value, -value) if front else (value,))]
    for index, azimuth in enumerate(degrees):
        lower = 0.74 + 0.10 * ((index * 7) % 5) / 4
        y = np.array([-0.36, -0.10, 0.18, 0.42, 0.62, lower])
        spread = np.array([0.97, 1.05, 1.10, 1.10, 1.06, 1.04])
        angle = np.deg2rad(azimuth)
        base = mane.solid.at(np.full(6, angle), np.minimum(y, 0.06))
        base[:, 1] = y
        base[:, [0, 2]] *= spread[:, None]
        base[:, 0] += 0.012 * np.sin(y * 9 + index)
        facing = float(np.cos(angle + head.yaw))
        shown = min(1.0, max(0.0, (facing + 0.55) / 0.35)) if front else 1.0
        shades = (tones.hair, tones.hair_light) if front else (tones.hair_shade, tones.hair)
        line = mane.flat(head, body, base)
        pen.brush(line, _DREAD, shades[index % 2], shown)
        _wraps(pen, line, tones.hair_deep, shown)


def _wraps(pen: Pen, line: Points, colour: str, shown: float) -> None:
    """The short creases across a lock."""
    across = np.array([[-0.022, -0.006], [0.022, 0.008]])
    for first, share in ((1, 0.10), (1, 0.90), (2, 0.70), (3, 0.50), (4, 0.30)):
        middle = line[first] * (1 - share) + line[first + 1] * share
        pen.stroke(middle + across, colour, 0.007, 0.45 * shown)
