"""Cloth: the paint of a garment, its torso and sleeves, folds and shade; what every garment shares."""

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.colour import glow, lightness, mix, shadow, tone
from duocast.runtime.picture.drawn.ink import (
    Points,
    Ramp,
    Shape,
    brush,
    fine,
    outline,
    points,
    ramp,
)
from duocast.runtime.picture.drawn.pen import Pen

CREW = points(
    (-90, 0.712), (-62, 0.756), (-32, 0.800), (0, 0.816), (32, 0.800), (62, 0.756), (90, 0.712)
)
SCOOP = points(
    (-90, 0.742), (-66, 0.800), (-36, 0.905), (0, 0.950), (36, 0.905), (66, 0.800), (90, 0.742)
)
HIGH = points(
    (-90, 0.690), (-62, 0.722), (-32, 0.752), (0, 0.764), (32, 0.752), (62, 0.722), (90, 0.690)
)
NAPE = points((-90, 0.700), (-45, 0.690), (0, 0.686), (45, 0.690), (90, 0.700))


def shade_of(colour: str) -> str:
    """A garment's shade; very light cloth falls to a cool grey."""
    if lightness(colour) > 0.85:
        return mix(tone(colour, 0.86), "#8a93b5", 0.20)
    return mix(shadow(colour, 1.05), "#1b1f45", 0.10)


def line_of(colour: str) -> str:
    """The colour of a garment's seams and folds."""
    return mix(shade_of(colour), "#14142e", 0.30)


def cloth(body: Body, colour: str) -> Ramp:
    """The paint of a garment: lit at one shoulder, shaded at the other hip."""
    side = 1 if body.side >= 0 else -1
    ends = body.flat(np.array([[-0.75 * side, 0.70, 0.0], [0.62 * side, body.height(2.6), 0.0]]))
    ends[0, 0], ends[1, 0] = ends[:, 0].mean() - 0.7 * side, ends[:, 0].mean() + 0.62 * side
    return ramp(
        ends[0],
        ends[1],
        (
            (0.0, glow(colour, 0.5), 1.0),
            (1.0, mix(colour, shade_of(colour), 0.65), 1.0),
        ),
    )


def torso(body: Body, neckline: Points, bottom: float = 3.25, grow: float = 0.012) -> Shape:
    """The outline of a top: neckline in (degrees, y), sides along the body, a hem."""
    neck = body.at(neckline[:, 0], neckline[:, 1], 0.02)
    start = float(neckline[0, 1])
    left, right = body.rim(-1, start, bottom, grow), body.rim(1, start, bottom, grow)
    hem = np.stack([right[-1], (right[-1] + left[-1]) / 2 + np.array([0.0, 0.03]), left[-1]])
    return outline(neck, right, hem, left[::-1])


def draw_torso(pen: Pen, body: Body, path: Shape, colour: str, contrast: float) -> None:
    """A garment's trunk in light and shade."""
    pen.paint(path, cloth(body, colour))
    pen.clip(path)
    side = 1 if body.side >= 0 else -1
    dark = shade_of(colour)
    y = np.array([0.72, 0.90, 1.10, 1.35, 1.60, 1.90, 2.30, 2.80, 3.30])
    cam = np.array([89, 84, 66, 46, 46, 54, 50, 44, 40.0])
    inner = body.at(cam * side - np.rad2deg(body.yaw), y)
    edge = body.rim(side, 0.72, 3.35, 0.2)
    pen.fill(outline(inner, edge[::-1]), dark, 0.40 + 0.40 * contrast)
    _folds(pen, body, dark)
    pen.free()


def _folds(pen: Pen, body: Body, dark: str) -> None:
    """Soft pulls from the armpits, a fold over the waist."""
    if body.back:
        spine = body.at(np.array([0.0, 2.0, 0.0]), np.array([0.9, 1.5, 2.3]))
        pen.brush(spine, (0.0, 0.020, 0.0), dark, 0.5)
        return
    for side in (-1, 1):
        pull = body.at(side * np.array([74, 58, 40.0]), np.array([1.34, 1.40, 1.54]))
        pen.brush(pull, (0.030, 0.020, 0.0), dark, 0.75)
        pull = body.at(side * np.array([78, 66, 54.0]), np.array([1.42, 1.55, 1.78]))
        pen.brush(pull, (0.022, 0.016, 0.0), dark, 0.60)
        waist = body.at(side * np.array([84, 62, 36.0]), np.array([2.22, 2.34, 2.36]))
        pen.brush(waist, (0.026, 0.016, 0.0), dark, 0.60)
        waist = body.at(side * np.array([84, 64, 46.0]), np.array([2.42, 2.47, 2.44]))
        pen.brush(waist, (0.020, 0.012, 0.0), dark, 0.45)
    if body.build.manly < 0.45 and body.build.scale > 0.93:
        for side in (-1, 1):
            under = body.at(side * np.array([58, 42, 24, 12.0]), np.array([1.58, 1.72, 1.74, 1.66]))
            pen.brush(under, (0.0, 0.026, 0.020, 0.0), dark, 0.55)


def limb(
    body: Body, side: int, start: float, end: float, grow: float = 0.0
) -> tuple[Points, Points]:
    """Part of an arm: middle line and widths between two shares of its length."""
    line, widths = body.arm(side)
    count = 29
    whole = fine(line, count)
    spread = np.interp(np.linspace(0, len(widths) - 1, count), np.arange(len(widths)), widths)
    first, last = round(start * (count - 1)), round(end * (count - 1)) + 1
    return whole[first:last], spread[first:last] + grow


def draw_sleeve(
    pen: Pen,
    body: Body,
    side: int,
    colour: str,
    *,
    end: float = 1.0,
    grow: float = 0.03,
    cuff: str = "",
) -> None:
    """A sleeve from the shoulder down to `end` of the arm."""
    line, widths = limb(body, side, 0.0, end, grow)
    path = brush(line, widths.tolist())
    dark, seam = shade_of(colour), line_of(colour)
    pen.paint(path, cloth(body, colour))
    light = 1 if body.side >= 0 else -1
    off = np.stack([0.25 * light * widths, np.zeros_like(widths)], axis=1)
    swell = np.clip((np.arange(len(widths)) - 2) / 6, 0, 1) ** 0.8
    off = off * (2 - swell[:, None])
    pen.brush(
        line[2:] + off[2:],
        (widths * 0.5 * swell)[2:].tolist(),
        dark,
        0.55 if side == light else 0.32,
    )
    inner = line - np.stack([0.5 * side * widths, np.zeros_like(widths)], axis=1)
    first = 7
    if len(inner) > first + 4:
        count = len(inner) - first
        pen.brush(
            inner[first:],
            np.interp(np.arange(count), (0, 3, count), (0.0, 0.014, 0.009)).tolist(),
            seam,
            0.55,
        )
    if end > 0.7:
        _elbow(pen, line, widths, side, dark)
        last = line[-1], widths[-1]
        across = np.stack(
            [
                line[-1] + np.array([-0.5, 0.0]) * last[1],
                line[-1] + np.array([0.0, 0.012]),
                line[-1] + np.array([0.5, 0.0]) * last[1],
            ]
        )
        pen.stroke(across, cuff or seam, 0.05 if cuff else 0.014, 1.0 if cuff else 0.6)
    else:
        tail = np.stack(
            [
                line[-1] + np.array([-0.5, -0.010]) * widths[-1],
                line[-1] + np.array([0.0, 0.014]),
                line[-1] + np.array([0.5, -0.010]) * widths[-1],
            ]
        )
        pen.stroke(tail - np.array([0.0, 0.035]), seam, 0.008, 0.5)


def _elbow(pen: Pen, line: Points, widths: Points, side: int, dark: str) -> None:
    """Creases inside the bend."""
    for place, reach in ((13, 0.42), (15, 0.34), (11, 0.28)):
        root = line[place] - np.array([0.5 * side * widths[place], 0.0])
        tip = root + np.array([reach * side * widths[place], -0.035 + 0.05 * (place - 13)])
        pen.brush(
            np.stack([root, (root + tip) / 2 + np.array([0, 0.012]), tip]),
            (0.018, 0.012, 0.0),
            dark,
            0.7,
        )
