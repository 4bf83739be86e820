"""Tops: garments that are pulled over or buttoned up, and the dress."""

import numpy as np

from duocast.runtime.picture.drawn.cloth import CREW, HIGH, SCOOP, cloth, line_of, shade_of
from duocast.runtime.picture.drawn.collars import (
    HOODED,
    OPEN,
    draw_hood_side,
    draw_leaves,
    draw_tube,
)
from duocast.runtime.picture.drawn.colour import glow, mix
from duocast.runtime.picture.drawn.dressing import Dressing, draw_arms, draw_ribbing, draw_trunk
from duocast.runtime.picture.drawn.ink import outline
from duocast.runtime.picture.drawn.limbs import neck_points


def draw_t_shirt(dress: Dressing) -> None:
    """A T-shirt: bare arms below short sleeves."""
    colour = dress.clothes.colour
    draw_trunk(dress, CREW, colour)
    draw_arms(dress, colour, end=0.40, grow=0.045)
    if not dress.body.back:
        draw_ribbing(dress, CREW, colour, 0.034)


def draw_sweater(dress: Dressing) -> None:
    """A sweater with a ribbed crew neck."""
    colour = dress.clothes.colour
    draw_trunk(dress, CREW, colour, grow=0.03)
    draw_arms(dress, colour, grow=0.055, cuff=shade_of(colour))
    if dress.body.back:
        return
    draw_ribbing(dress, CREW, colour, 0.062)


def draw_turtleneck(dress: Dressing) -> None:
    """A thin sweater with a standing collar."""
    colour = dress.clothes.colour
    draw_trunk(dress, HIGH, colour)
    draw_arms(dress, colour, grow=0.035, cuff=shade_of(colour))
    draw_tube(dress, colour, 0.468, 0.665)


def draw_placket(dress: Dressing, colour: str, top: float, bottom: float, buttons: int) -> None:
    """The line of a shirt's front and its buttons."""
    heights = np.linspace(top, bottom, 5)
    line = dress.body.at(np.full(5, 5.0), heights)
    dress.pen.stroke(line, line_of(colour), 0.008, 0.45)
    for y in np.linspace(top + 0.06, bottom - 0.1, buttons):
        place = dress.front((0.0, float(y)))[0]
        dress.pen.spot(place, (0.017, 0.017), line_of(colour), 0.75, 0.85)
        dress.pen.spot(
            place + np.array([-0.003, -0.004]), (0.011, 0.011), glow(colour, 0.6), 0.9, 0.8
        )


def draw_shirt(dress: Dressing) -> None:
    """A buttoned shirt, its collar open."""
    colour = dress.clothes.colour
    draw_trunk(dress, OPEN, colour)
    draw_arms(dress, colour, grow=0.035, cuff=mix(colour, shade_of(colour), 0.6))
    if not dress.body.back:
        draw_placket(dress, colour, 0.95, 3.2, 7)
        pocket = dress.front((22.0, 1.36), (22.0, 1.62), (32.0, 1.66), (42.0, 1.60), (42.0, 1.34))
        dress.pen.trace(outline(*[p[None] for p in pocket]), line_of(colour), 0.008, 0.35)
    draw_leaves(dress, colour, True)


def draw_hoodie(dress: Dressing) -> None:
    """A hooded sweatshirt with a pocket."""
    colour = dress.clothes.colour
    pen, dark = dress.pen, shade_of(colour)
    draw_trunk(
        dress,
        HOODED,
        colour,
        grow=0.045,
    )
    draw_arms(dress, colour, grow=0.07, cuff=dark)
    if dress.body.back:
        hood = dress.front(
            (-80, 0.62),
            (-66, 0.90),
            (-34, 1.20),
            (0, 1.34),
            (34, 1.20),
            (66, 0.90),
            (80, 0.62),
            lift=0.05,
        )
        pen.paint(outline(hood), cloth(dress.body, colour))
        pen.stroke(hood, line_of(colour), 0.016, 0.5)
        return
    left, right = neck_points(dress.head, dress.body)
    for side, edge in ((-1, left), (1, right)):
        draw_hood_side(dress, side, edge)
    pocket = dress.front((-52, 2.92), (-46, 2.62), (-30, 2.36), (30, 2.36), (46, 2.62), (52, 2.92))
    pen.stroke(pocket, line_of(colour), 0.014, 0.5)


def draw_dress(dress: Dressing) -> None:
    """A dress with a belt and a wide skirt."""
    colour, pen, body = dress.clothes.colour, dress.pen, dress.body
    left, right = body.rim(-1, 2.2, 3.1, 0.01), body.rim(1, 2.2, 3.1, 0.01)
    low = body.height(4.75)
    x0, x1 = left[-1, 0] - 0.16, right[-1, 0] + 0.16
    hem = np.array([[x1, low], [x1 * 0.5 + x0 * 0.5, low + 0.06], [x0, low]])
    skirt = outline(left, hem[::-1], right[::-1])
    pen.paint(skirt, cloth(body, colour))
    for share, wide in ((0.2, 0.05), (0.42, 0.035), (0.62, 0.05), (0.82, 0.04)):
        top = left[-1] * (1 - share) + right[-1] * share + np.array([0.0, -0.5])
        foot = np.array([x0 * (1 - share) + x1 * share, low])
        pen.brush(
            np.stack([top, (top + foot) / 2, foot]), (0.0, wide, wide * 1.6), shade_of(colour), 0.55
        )
    draw_trunk(dress, SCOOP, colour, 2.6)
    belt = body.at(np.array([-89, -45, 0, 45, 89.0]), np.array([2.26, 2.30, 2.32, 2.30, 2.26]))
    pen.stroke(belt, line_of(colour), 0.05, 0.55)
    draw_arms(dress, colour, end=0.36, grow=0.035)
