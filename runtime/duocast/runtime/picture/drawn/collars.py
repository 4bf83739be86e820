"""Collars: what a garment shows round the neck, from a soft tube to notched lapels."""

import numpy as np

from duocast.runtime.picture.drawn.body import NECK
from duocast.runtime.picture.drawn.cloth import CREW, HIGH, SCOOP, cloth, line_of, shade_of
from duocast.runtime.picture.drawn.colour import glow, mix
from duocast.runtime.picture.drawn.dressing import Dressing
from duocast.runtime.picture.drawn.ink import Points, outline, points
from duocast.runtime.picture.drawn.limbs import neck_points

HOODED = points(
    (-90, 0.712), (-64, 0.775), (-30, 0.868), (0, 0.905), (30, 0.868), (64, 0.775), (90, 0.712)
)
OPEN = points(
    (-90, 0.700), (-62, 0.750), (-24, 0.850), (0, 0.945), (24, 0.850), (62, 0.750), (90, 0.700)
)
_FRONTS = {"t-shirt": CREW, "sweater": CREW, "dress": SCOOP, "hoodie": HOODED, "shirt": OPEN}


def draw_inside(dress: Dressing) -> None:
    """The inside of the collar and the hood: what the neck stands in front of."""
    if dress.body.back:
        return
    clothes, pen = dress.clothes, dress.pen
    front = _FRONTS.get(clothes.garment, HIGH)
    inner = (
        clothes.under
        if clothes.garment in ("suit", "blazer", "coat", "lab-coat", "cardigan")
        else clothes.colour
    )
    level = float(front[0, 1])
    behind = points(
        (90, level), (130, level - 0.040), (180, level - 0.060), (230, level - 0.040), (270, level)
    )
    ring = outline(
        dress.body.at(front[:, 0], front[:, 1], 0.02),
        dress.body.through(behind[:, 0], behind[:, 1]),
    )
    if clothes.garment == "hoodie":
        _hood_behind(dress)
    pen.fill(ring, line_of(inner))


def _hood_behind(dress: Dressing) -> None:
    spots = np.array(
        [
            [0.20, 0.80, 0.06],
            [0.315, 0.70, -0.08],
            [0.33, 0.585, -0.22],
            [0.25, 0.500, -0.34],
            [0.0, 0.470, -0.40],
        ]
    )
    whole = np.concatenate([spots, (spots * (-1, 1, 1))[-2::-1]]) * (
        dress.body.build.scale * (0.86 + 0.16 * dress.body.build.manly),
        1,
        1,
    )
    line = dress.body.flat(whole)
    path = outline(line)
    dress.pen.fill(path, shade_of(dress.clothes.colour))
    dress.pen.fill(
        outline(line * (0.80, 1) + line.mean(axis=0) * (0.20, 0) + (0.0, 0.045)),
        line_of(dress.clothes.colour),
        0.75,
    )


def draw_hood_side(dress: Dressing, side: int, edge: Points) -> None:
    """One half of the hood's rim, lying on the chest, with its string."""
    pen, colour = dress.pen, dress.clothes.colour
    rise = dress.body.flat(
        np.array([[side * 0.315 * (0.86 + 0.16 * dress.body.build.manly), 0.66, -0.10]])
    )
    outer = np.concatenate(
        [
            rise,
            dress.front(
                (side * 84.0, 0.80),
                (side * 56.0, 0.945),
                (side * 24.0, 1.045),
                (side * 2.0, 1.075),
                lift=0.05,
            ),
        ]
    )
    inner = np.concatenate(
        [
            dress.front((side * 1.0, 0.93), (side * 30.0, 0.880), (side * 66, 0.765)),
            edge[4:5] + np.array([side * 0.012, -0.012]),
            (rise + edge[3:4]) / 2 + np.array([side * 0.02, -0.035]),
        ]
    )
    path = outline(outer, inner)
    pen.paint(path, cloth(dress.body, mix(colour, "#ffffff", 0.05)))
    if side * dress.body.side > 0:
        pen.fill(path, shade_of(colour), 0.5)
    pen.brush(outer, (0.0, 0.016, 0.016, 0.014, 0.010, 0.0), line_of(colour), 0.55)
    pen.brush(inner, (0.010, 0.016, 0.016, 0.012, 0.0), line_of(colour), 0.45)
    string = dress.front((side * 9.0, 0.98), (side * 10.0, 1.18), (side * 8.5, 1.40))
    pen.stroke(string, dress.clothes.under, 0.016)
    pen.stroke(
        string[-1:].repeat(2, axis=0) + np.array([[0, 0], [0, 0.04]]),
        dress.clothes.under,
        0.024,
    )


def draw_tube(dress: Dressing, colour: str, top: float, bottom: float) -> None:
    """A soft collar that stands round the neck."""
    left, right = neck_points(dress.head, dress.body)
    y = NECK
    heights = np.linspace(top, bottom, 4)

    def side_at(line: Points, sign: int) -> Points:
        x = np.interp(heights, y, line[:, 0]) + sign * np.array([0.020, 0.030, 0.036, 0.060])
        return np.stack(
            [x, np.interp(heights, y, line[:, 1]) + np.maximum(heights - 0.64, 0)], axis=1
        )

    a, b = side_at(left, -1), side_at(right, 1)
    dip = np.stack([a[0], (a[0] + b[0]) / 2 + np.array([0.0, 0.038]), b[0]])
    foot = np.stack([b[-1], (a[-1] + b[-1]) / 2 + np.array([0.0, 0.075]), a[-1]])
    path = outline(dip, b, foot, a[::-1])
    pen = dress.pen
    pen.paint(path, cloth(dress.body, colour))
    dark = b if dress.body.side >= 0 else a
    sign = 1 if dress.body.side >= 0 else -1
    pen.fill(outline(dark, (dark - np.array([0.085 * sign, 0.0]))[::-1]), shade_of(colour), 0.6)
    pen.clip(path)
    pen.stroke(dip + np.array([0.0, 0.045]), shade_of(colour), 0.075, 0.75)
    pen.free()
    pen.stroke(foot + np.array([0.0, -0.004]), line_of(colour), 0.010, 0.55)
    fold = dip + (foot[::-1] - dip) * 0.55
    pen.brush(fold, (0.0, 0.012, 0.0), line_of(colour), 0.35)


def draw_leaves(dress: Dressing, colour: str, open_: bool) -> None:
    """The two leaves of a shirt's collar."""
    left, right = neck_points(dress.head, dress.body)
    pen = dress.pen
    if dress.body.back:
        draw_tube(dress, colour, 0.52, 0.66)
        return
    gap = 0.90 if open_ else 0.80
    knot = dress.front((0.0, gap))[0]
    for side, edge in ((-1, left), (1, right)):
        root = edge[3] + np.array([side * 0.012, -0.015])
        back = edge[4] + np.array([side * 0.055, 0.000])
        tip = dress.front((side * 36.0, 0.965))[0]
        inner = np.stack([root, root * 0.5 + knot * 0.5 + np.array([side * 0.018, 0.01]), knot])
        path = outline(
            inner,
            tip[None],
            np.stack([tip, (tip + back) / 2 + np.array([side * 0.02, -0.01]), back]),
        )
        shade = side * dress.body.side > 0
        pen.fill(path, mix(colour, shade_of(colour), 0.45) if shade else glow(colour, 0.3))
        pen.stroke(np.stack([knot, tip]), line_of(colour), 0.008, 0.45)
        pen.stroke(
            np.stack([tip, (tip + back) / 2 + np.array([side * 0.02, -0.01]), back]),
            line_of(colour),
            0.008,
            0.35,
        )


def draw_lapels(dress: Dressing, colour: str, foot: float, *, wide: float = 1.0) -> None:
    """Notched lapels from the neck down to the button."""
    pen, seam = dress.pen, line_of(colour)
    left, right = neck_points(dress.head, dress.body)
    for side, edge in ((-1, left), (1, right)):
        s = float(side)
        root = edge[4:5] + np.array([side * 0.008, -0.030])
        inner = np.concatenate([root, dress.front((s * 40, 0.93), (s * 22, 1.30), (s * 3, foot))])
        outer = dress.front(
            (s * 4, foot + 0.01),
            (s * 26 * wide, 1.58),
            (s * 44 * wide, 1.20),
            (s * 47 * wide, 1.12),
            lift=0.03,
        )
        notch = dress.front((s * 39 * wide, 1.075), lift=0.03)
        collar = np.concatenate(
            [
                dress.front((s * 50 * wide, 1.035), (s * 60, 0.88), lift=0.03),
                edge[4:5] + np.array([side * 0.075, -0.005]),
                root,
            ]
        )
        path = outline(inner, outer, notch, collar)
        shade = side * dress.body.side > 0
        pen.fill(path, mix(colour, shade_of(colour), 0.55) if shade else glow(colour, 0.28))
        pen.stroke(outer, seam, 0.012, 0.65)
        pen.stroke(np.concatenate([outer[-1:], notch]), seam, 0.010, 0.7)
        pen.stroke(
            np.concatenate([notch, dress.front((s * 50 * wide, 1.035), lift=0.03)]),
            seam,
            0.008,
            0.5,
        )
        pen.stroke(np.concatenate([notch, dress.front((s * 34, 0.96))]), seam, 0.008, 0.5)


def draw_tie(dress: Dressing, colour: str, foot: float) -> None:
    """A necktie, its knot at the collar and its tip below `foot`."""
    pen = dress.pen
    knot = dress.front((-6.5, 0.835), (6.5, 0.835), (4.0, 0.945), (-4.0, 0.945), lift=0.05)
    blade = dress.front(
        (-4.0, 0.94),
        (4.0, 0.94),
        (9.5, foot - 0.12),
        (0.0, foot + 0.15),
        (-9.5, foot - 0.12),
        lift=0.05,
    )
    pen.fill(outline(*[p[None] for p in blade]), colour)
    half = np.stack([(blade[0] + blade[1]) / 2, blade[1], blade[2], blade[3]])
    if dress.body.side < 0:
        half = np.stack([(blade[0] + blade[1]) / 2, blade[0], blade[4], blade[3]])
    pen.fill(outline(*[p[None] for p in half]), shade_of(colour), 0.55)
    pen.fill(outline(*[p[None] for p in knot]), glow(colour, 0.35))
    pen.stroke(knot[2:], line_of(colour), 0.008, 0.7)
