"""Jackets: garments that are open in front, with what is worn under them."""

import numpy as np

from duocast.runtime.picture.drawn.cloth import CREW, HIGH, cloth, line_of, shade_of
from duocast.runtime.picture.drawn.collars import draw_lapels, draw_leaves, draw_tie, draw_tube
from duocast.runtime.picture.drawn.colour import glow, mix
from duocast.runtime.picture.drawn.dressing import Dressing, draw_arms, draw_ribbing, draw_trunk
from duocast.runtime.picture.drawn.ink import outline
from duocast.runtime.picture.drawn.tops import draw_placket


def _draw_opening(dress: Dressing, foot: float, wide: float, colour: str) -> None:
    """What shows between the fronts of an open garment."""
    pen = dress.pen
    half = dress.front(
        (-90, 0.712),
        (-wide, 0.98),
        (-wide * 0.6, 1.4),
        (-2, foot),
        (2, foot),
        (wide * 0.6, 1.4),
        (wide, 0.98),
        (90, 0.712),
    )
    neck = dress.front(
        (90, 0.712), (62, 0.756), (32, 0.80), (0, 0.816), (-32, 0.80), (-62, 0.756), (-90, 0.712)
    )
    path = outline(half, neck)
    pen.paint(path, cloth(dress.body, colour))
    pen.clip(path)
    for side in (-1, 1):
        edge = dress.front(
            (side * wide * 1.3, 0.78),
            (side * wide, 0.98),
            (side * wide * 0.75, 1.3),
            (side * 3, foot),
        )
        pen.brush(edge, (0.0, 0.085, 0.085, 0.02), shade_of(colour), 0.75)
    pen.free()


def draw_jacket(dress: Dressing) -> None:
    """Suit and blazer."""
    clothes = dress.clothes
    colour, foot = clothes.colour, 2.02
    draw_trunk(dress, HIGH, colour, 3.42, 0.035)
    if dress.body.back:
        draw_arms(dress, colour, grow=0.05)
        draw_tube(dress, colour, 0.54, 0.675)
        return
    draw_arms(dress, colour, grow=0.05)
    suit = clothes.garment == "suit"
    _draw_opening(dress, foot, 30, clothes.under)
    if suit or clothes.tie:
        draw_placket(dress, clothes.under, 0.95, foot, 3)
        draw_leaves(dress, clothes.under, clothes.tie is None)
    else:
        draw_ribbing(dress, CREW, clothes.under, 0.032)
    if clothes.tie:
        draw_tie(dress, clothes.tie, foot)
    draw_lapels(dress, colour, foot)
    _front_edge(dress, colour, foot, 3.42)
    pocket = dress.front((30, 1.50), (46, 1.475))
    dress.pen.stroke(pocket, line_of(colour), 0.022, 0.55)


def _front_edge(dress: Dressing, colour: str, top: float, bottom: float) -> None:
    edge = dress.front((3, top), (4, top + 0.4), (1, bottom - 0.35), (-8, bottom))
    dress.pen.stroke(edge, line_of(colour), 0.012, 0.6)
    for y in (top + 0.06, top + 0.42):
        place = dress.front((0, y))[0]
        dress.pen.spot(place, (0.024, 0.024), line_of(colour), 1.0, 0.85)
        dress.pen.spot(place + np.array([-0.005, -0.006]), (0.010, 0.010), glow(colour), 0.6, 0.4)


def draw_coat(dress: Dressing) -> None:
    """Coat and laboratory coat: to the knee."""
    clothes, pen = dress.clothes, dress.pen
    colour = clothes.colour
    lab = clothes.garment == "lab-coat"
    foot = 1.75 if lab else 1.62
    left, right = dress.body.rim(-1, 2.9, 3.3, 0.05), dress.body.rim(1, 2.9, 3.3, 0.05)
    low = dress.body.height(4.55)
    tail = np.array(
        [
            [right[-1, 0] + 0.10, low],
            [0.5 * (left[-1, 0] + right[-1, 0]), low + 0.05],
            [left[-1, 0] - 0.10, low],
        ]
    )
    skirt = outline(np.concatenate([left[::-1][-1:], left]), tail[::-1], right[::-1])
    pen.paint(skirt, cloth(dress.body, colour))
    draw_trunk(dress, HIGH, colour, 3.30, 0.05)
    if dress.body.back:
        draw_arms(dress, colour, grow=0.07)
        draw_tube(dress, colour, 0.52, 0.675)
        return
    draw_arms(dress, colour, grow=0.07)
    middle = np.array([[tail[1, 0], tail[1, 1]]])
    _draw_opening(dress, foot, 30, clothes.under)
    if lab:
        draw_leaves(dress, clothes.under, True)
    else:
        draw_ribbing(dress, CREW, clothes.under, 0.06)
    draw_lapels(dress, colour, foot, wide=1.0 if lab else 1.12)
    edge = np.concatenate([dress.front((3, foot), (4, 2.3), (3, 3.25)), middle])
    pen.stroke(edge, line_of(colour), 0.013, 0.6)
    for y in np.arange(foot + 0.08, 3.2, 0.42):
        place = dress.front((-2, float(y)))[0]
        pen.spot(place, (0.026, 0.026), line_of(colour), 0.9, 0.85)
    pocket = dress.front((24, 1.48), (24, 1.78), (44, 1.74), (44, 1.46))
    pen.trace(outline(*[p[None] for p in pocket]), line_of(colour), 0.010, 0.5)
    if lab:
        pen.stroke(dress.front((31, 1.36), (31, 1.56)), "#2e5fa3", 0.026)


def draw_cardigan(dress: Dressing) -> None:
    """A cardigan with its knitted bands."""
    clothes, foot = dress.clothes, 1.72
    colour = clothes.colour
    draw_trunk(dress, HIGH, colour, 3.3, 0.03)
    if dress.body.back:
        draw_arms(dress, colour, grow=0.055, cuff=shade_of(colour))
        return
    draw_arms(dress, colour, grow=0.055, cuff=shade_of(colour))
    _draw_opening(dress, foot, 34, clothes.under)
    draw_ribbing(dress, CREW, clothes.under, 0.03)
    for side in (-1.0, 1.0):
        band = dress.front(
            (side * 86, 0.728),
            (side * 66, 0.790),
            (side * 46, 0.930),
            (side * 26, 1.28),
            (side * 2.5, foot),
            (side * 2.5, 2.5),
            (side * 2.5, 3.28),
        )
        widths = (0.030, 0.062, 0.074, 0.074, 0.074, 0.074, 0.074)
        dress.pen.brush(band, [w + 0.014 for w in widths], line_of(colour), 0.30)
        dress.pen.brush(band, widths, mix(colour, shade_of(colour), 0.45))
    for y in np.arange(foot + 0.12, 3.2, 0.30):
        place = dress.front((0, float(y)))[0]
        dress.pen.spot(place, (0.024, 0.024), glow(colour, 0.9), 1.0, 0.85)
