"""Neck, hands, legs and shoes: the parts of the body that clothes leave bare or that stand below them."""

import numpy as np

from duocast.runtime.picture.drawn.body import NECK, Body
from duocast.runtime.picture.drawn.cloth import cloth, limb, line_of, shade_of
from duocast.runtime.picture.drawn.ink import Points, Shape, brush, loop, outline, points, ramp
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones

_HAND = points(
    (0.078, -0.03), (0.088, 0.10), (0.088, 0.22), (0.074, 0.34), (0.050, 0.44), (0.018, 0.462), (-0.010, 0.440),
    (-0.030, 0.35), (-0.052, 0.24), (-0.074, 0.12), (-0.070, -0.03),
)  # fmt: skip
_THUMB = points(
    (-0.060, 0.02), (-0.094, 0.11), (-0.104, 0.20), (-0.096, 0.285), (-0.074, 0.300), (-0.058, 0.25), (-0.050, 0.17),
    (-0.035, 0.10),
)  # fmt: skip


def neck_points(head: Head, body: Body) -> tuple[Points, Points]:
    """The neck's sides from behind the jaw to the shoulders."""
    y = NECK
    middle = np.stack([np.zeros_like(y), y, np.full_like(y, -0.05)], axis=1)
    share = np.clip((y - 0.22) / 0.38, 0, 1)[:, None]
    centre = head.turn.flat(middle) * (1 - share) + body.flat(middle) * share
    wide = body.build.neck * np.array([1.03, 0.97, 0.95, 1.02, 1.16])
    off = np.stack([wide, np.zeros_like(wide)], axis=1)
    return centre - off, centre + off


def neck_path(head: Head, body: Body) -> Shape:
    """Neck and upper chest as one shape of skin."""
    left, right = neck_points(head, body)
    low = body.at(np.array([70, 40, 0, -40, -70.0]), np.array([0.86, 1.15, 1.30, 1.15, 0.86]))
    return outline(left[:1], right, low, left[::-1])


def draw_neck(pen: Pen, head: Head, body: Body, tones: Tones, path: Shape) -> None:
    """The neck with its cords and collarbones; the head's shade comes after."""
    left, right = neck_points(head, body)
    dark = 1 if body.side >= 0 else -1
    pen.fill(path, tones.skin)
    if body.back:
        return
    edge = right if dark > 0 else left
    for wide in (0.095, 0.060):
        pen.fill(outline(edge, (edge - np.array([wide * dark, 0.0]))[::-1]), tones.shade, 0.45)
    pit = body.at(np.array([-4.0, 0.0, 4.0]), np.array([0.80, 0.825, 0.80]))
    for side in (-1, 1):
        cord = np.stack(
            [(left if side < 0 else right)[2], pit[1] + np.array([side * 0.035, -0.04])]
        )
        cord[0, 0] -= side * 0.03
        middle = cord.mean(axis=0) + np.array([side * 0.004, 0.02])
        pen.brush(np.stack([cord[0], middle, cord[1]]), (0.0, 0.010, 0.004), tones.shade, 0.8)
        bone = body.at(side * np.array([10.0, 30, 52, 66]), np.array([0.845, 0.850, 0.835, 0.82]))
        pen.brush(bone, (0.012, 0.014, 0.010, 0.0), tones.shade, 0.75)
    pen.spot(pit[1] + np.array([0.0, 0.005]), (0.034, 0.030), tones.shade, 0.8)


def draw_bare_arm(pen: Pen, body: Body, tones: Tones, side: int) -> None:
    """An arm in its skin."""
    line, widths = limb(body, side, 0.0, 1.0)
    start, end = line[14] - np.array([0.14, 0.0]), line[14] + np.array([0.14, 0.0])
    if body.side < 0:
        start, end = end, start
    skin = ramp(
        start, end, ((0.0, tones.light, 1.0), (0.5, tones.skin, 1.0), (1.0, tones.shade, 1.0))
    )
    pen.paint(brush(line, widths.tolist()), skin)
    inner = line - np.stack([0.47 * side * widths, np.zeros_like(widths)], axis=1)
    pen.brush(inner[8:], [0.0, *[0.012] * (len(inner) - 10), 0.0], tones.deep, 0.4)


def draw_hand(pen: Pen, body: Body, tones: Tones, side: int) -> None:
    """A relaxed hand hanging at the end of an arm."""
    line, widths = limb(body, side, 0.9, 1.0)
    along = line[-1] - line[0]
    along = along / max(float(np.hypot(*along)), 1e-9)
    across = np.array([along[1], -along[0]]) * side
    size = float(widths[-1]) / 0.165

    def place(shape: Points) -> Points:
        return np.asarray(line[-1] + (shape[:, :1] * across + shape[:, 1:] * along) * size)

    dark = body.side * side > 0
    pen.fill(loop(place(_HAND)), tones.shade if dark else tones.skin)
    back = points(
        (-0.07, 0.0), (-0.052, 0.24), (-0.01, 0.43), (0.0, 0.44), (-0.02, 0.25), (-0.01, 0.0)
    )
    pen.fill(outline(place(back)), tones.shade, 0.6)
    pen.fill(loop(place(_THUMB)), tones.skin)
    for start, end in (
        ((0.046, 0.235), (0.036, 0.425)),
        ((0.010, 0.235), (0.012, 0.435)),
        ((-0.026, 0.24), (-0.008, 0.40)),
    ):
        pen.stroke(place(points(start, end)), tones.deep, 0.007 * size, 0.55)
    pen.stroke(place(_THUMB[4:]), tones.deep, 0.006 * size, 0.5)


def _leg(body: Body, side: int) -> tuple[Points, Points]:
    """Outer and inner line of a trouser leg, from hip to ankle."""
    hip = float(
        np.interp(body.height(3.1), body.build.solid.rows[:, 0], body.build.solid.rows[:, 1])
    )
    y = np.array([2.95, 3.3, 3.8, 4.5, 5.2, 5.7, 6.10])
    out = np.array([1.0, 1.0, 0.955, 0.80, 0.70, 0.655, 0.64]) * hip + 0.01
    inner_y = np.array([3.42, 3.8, 4.5, 5.2, 5.7, 6.10])
    inner = np.array([0.010, 0.05, 0.105, 0.125, 0.14, 0.15]) * body.build.scale
    high = np.vectorize(body.height)
    z = np.zeros_like(y) - 0.02
    outer = body.flat(np.stack([side * out, high(y), z], axis=1))
    return outer, body.flat(np.stack([side * inner, high(inner_y), np.zeros_like(inner)], axis=1))


def draw_legs(pen: Pen, body: Body, person: Person, tones: Tones) -> None:
    """Trousers, or legs below a skirt, and shoes."""
    colour = tones.skin if person.clothes.skirt else person.clothes.legs
    dark, seam = shade_of(colour), line_of(colour)
    if person.clothes.skirt:
        dark = tones.shade
    for side in (-1, 1):
        _shoe(pen, body, person, side)
    for side in (-1, 1):
        outer, inner = _leg(body, side)
        if person.clothes.skirt:
            outer[:, 0] -= side * np.array([0, 0, 0.02, 0.07, 0.06, 0.07, 0.09]) * body.build.scale
        top = np.stack([inner[0], inner[0] + np.array([0.0, -0.6]), outer[0]])
        path = outline(outer, inner[::-1], top)
        pen.paint(path, cloth(body, colour)) if not person.clothes.skirt else pen.fill(path, colour)
        if side * body.side >= 0:
            shade = outer.copy()
            shade[:, 0] -= side * np.array([0.10, 0.13, 0.15, 0.13, 0.12, 0.11, 0.11])
            pen.fill(outline(outer, shade[::-1]), dark, 0.6)
        else:
            shade = inner.copy()
            shade[:, 0] += side * 0.09
            pen.fill(outline(inner, shade[::-1]), dark, 0.6)
        knee = (outer[3] + inner[2]) / 2
        fold = np.stack(
            [
                knee + np.array([-0.10, 0.05]),
                knee + np.array([0.0, 0.09]),
                knee + np.array([0.09, 0.06]),
            ]
        )
        pen.brush(fold, (0.0, 0.016, 0.0), seam, 0.4)
    outer, inner = _leg(body, 1)
    pen.brush(
        np.stack([inner[0] + np.array([0.0, -0.4]), inner[0], inner[1]]),
        (0.006, 0.012, 0.0),
        seam,
        0.6,
    )


def _shoe(pen: Pen, body: Body, person: Person, side: int) -> None:
    outer, inner = _leg(body, side)
    left, right = (outer[-1], inner[-1]) if side < 0 else (inner[-1], outer[-1])
    middle = (left + right) / 2
    toe = float(np.sin(body.yaw)) * 0.30 + side * 0.035
    if body.back:
        toe = 0.0
    scale = body.build.scale
    shape = points(
        (-0.125, -0.06),
        (-0.125, 0.08),
        (-0.15, 0.17),
        (-0.13, 0.235),
        (0.0, 0.245),
        (0.13, 0.235),
        (0.15, 0.17),
        (0.125, 0.08),
        (0.125, -0.06),
    )
    shape = shape * scale + np.stack(
        [np.clip((shape[:, 1] + 0.06) / 0.3, 0, 1) * toe, np.zeros(9)], axis=1
    )
    pen.fill(outline(middle + shape), person.clothes.shoes)
    sole = middle + (shape[2:7] + np.array([0.0, 0.0]))
    pen.brush(sole, [0.0, 0.03, 0.03, 0.03, 0.0], line_of(person.clothes.shoes), 0.9)
