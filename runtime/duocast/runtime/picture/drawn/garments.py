"""Garments: each one a function that dresses a body, in a table by name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from duocast.runtime.picture.drawn.body import NECK, Body
from duocast.runtime.picture.drawn.cloth import (
    CREW,
    HIGH,
    NAPE,
    SCOOP,
    cloth,
    draw_sleeve,
    draw_torso,
    line_of,
    shade_of,
    torso,
)
from duocast.runtime.picture.drawn.colour import glow, mix
from duocast.runtime.picture.drawn.ink import Points, Shape, outline, points
from duocast.runtime.picture.drawn.limbs import draw_bare_arm, draw_hand, draw_legs, neck_points
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Clothes, Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones


@dataclass(frozen=True, slots=True, eq=False)
class Dressing:
    """What a garment needs to be drawn on somebody in one frame."""

    pen: Pen
    head: Head
    body: Body
    person: Person
    tones: Tones
    contrast: float

    @property
    def clothes(self) -> Clothes:
        """What they wear."""
        return self.person.clothes

    def front(self, *spots: tuple[float, float], lift: float = 0.02) -> Points:
        """(degrees, y) places on the chest."""
        spot = np.array(spots)
        return self.body.at(spot[:, 0], spot[:, 1], lift)


_HOOD = points(
    (-90, 0.712), (-64, 0.775), (-30, 0.868), (0, 0.905), (30, 0.868), (64, 0.775), (90, 0.712)
)
_OPEN = points(
    (-90, 0.700), (-62, 0.750), (-24, 0.850), (0, 0.945), (24, 0.850), (62, 0.750), (90, 0.700)
)
_FRONTS = {"t-shirt": CREW, "sweater": CREW, "dress": SCOOP, "hoodie": _HOOD, "shirt": _OPEN}


def draw_behind(dress: Dressing) -> None:
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


def _neckline(dress: Dressing, front: Points) -> Points:
    return NAPE if dress.body.back else front


def _trunk(
    dress: Dressing, neckline: Points, colour: str, bottom: float = 3.25, grow: float = 0.012
) -> None:
    path = torso(dress.body, _neckline(dress, neckline), bottom, grow)
    draw_torso(dress.pen, dress.body, path, colour, dress.contrast)
    _pattern(dress, path)


def _pattern(dress: Dressing, path: Shape) -> None:
    if dress.clothes.pattern != "stripes" or dress.clothes.garment not in ("t-shirt", "sweater"):
        return
    pen = dress.pen
    pen.clip(path)
    for y in np.arange(0.98, 3.2, 0.17):
        degrees = np.array([-89, -60, -30, 0, 30, 60, 89.0])
        sag = 0.03 * np.cos(np.deg2rad(degrees))
        pen.stroke(dress.body.at(degrees, y + sag), dress.clothes.under, 0.055, 0.85)
    pen.free()


def _arms(
    dress: Dressing, colour: str, *, end: float = 1.0, grow: float = 0.03, cuff: str = ""
) -> None:
    for side in _far_first(dress.body):
        if end < 0.95:
            draw_bare_arm(dress.pen, dress.body, dress.tones, side)
        draw_hand(dress.pen, dress.body, dress.tones, side)
        draw_sleeve(dress.pen, dress.body, side, colour, end=end, grow=grow, cuff=cuff)


def _far_first(body: Body) -> tuple[int, int]:
    return (1, -1) if np.sin(body.yaw) >= 0 else (-1, 1)


def _ribbed(dress: Dressing, neckline: Points, colour: str, width: float = 0.042) -> None:
    line = dress.body.at(neckline[:, 0], neckline[:, 1], 0.02)
    dress.pen.stroke(line + np.array([0.0, 0.014]), shade_of(colour), width, 1.0)
    dress.pen.stroke(
        line + np.array([0.0, 0.014 - width * 0.30]),
        mix(colour, shade_of(colour), 0.35),
        width * 0.45,
        1.0,
    )


def _t_shirt(dress: Dressing) -> None:
    colour = dress.clothes.colour
    _trunk(dress, CREW, colour)
    _arms(dress, colour, end=0.40, grow=0.045)
    if not dress.body.back:
        _ribbed(dress, CREW, colour, 0.034)


def _sweater(dress: Dressing) -> None:
    colour = dress.clothes.colour
    _trunk(dress, CREW, colour, grow=0.03)
    _arms(dress, colour, grow=0.055, cuff=shade_of(colour))
    if dress.body.back:
        return
    _ribbed(dress, CREW, colour, 0.062)


def _collar_tube(dress: Dressing, colour: str, top: float, bottom: float) -> None:
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


def _turtleneck(dress: Dressing) -> None:
    colour = dress.clothes.colour
    _trunk(dress, HIGH, colour)
    _arms(dress, colour, grow=0.035, cuff=shade_of(colour))
    _collar_tube(dress, colour, 0.468, 0.665)


def _shirt_collar(dress: Dressing, colour: str, open_: bool) -> None:
    """The two leaves of a shirt's collar."""
    left, right = neck_points(dress.head, dress.body)
    pen = dress.pen
    if dress.body.back:
        _collar_tube(dress, colour, 0.52, 0.66)
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


def _placket(dress: Dressing, colour: str, top: float, bottom: float, buttons: int) -> None:
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


def _shirt(dress: Dressing) -> None:
    colour = dress.clothes.colour
    _trunk(dress, _OPEN, colour)
    _arms(dress, colour, grow=0.035, cuff=mix(colour, shade_of(colour), 0.6))
    if not dress.body.back:
        _placket(dress, colour, 0.95, 3.2, 7)
        pocket = dress.front((22.0, 1.36), (22.0, 1.62), (32.0, 1.66), (42.0, 1.60), (42.0, 1.34))
        dress.pen.trace(outline(*[p[None] for p in pocket]), line_of(colour), 0.008, 0.35)
    _shirt_collar(dress, colour, True)


def _hoodie(dress: Dressing) -> None:
    colour = dress.clothes.colour
    pen, dark = dress.pen, shade_of(colour)
    _trunk(
        dress,
        _HOOD,
        colour,
        grow=0.045,
    )
    _arms(dress, colour, grow=0.07, cuff=dark)
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
        _hood_side(dress, side, edge)
    pocket = dress.front((-52, 2.92), (-46, 2.62), (-30, 2.36), (30, 2.36), (46, 2.62), (52, 2.92))
    pen.stroke(pocket, line_of(colour), 0.014, 0.5)


def _hood_side(dress: Dressing, side: int, edge: Points) -> None:
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


def _opening(dress: Dressing, foot: float, wide: float, colour: str) -> None:
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


def _lapels(dress: Dressing, colour: str, foot: float, *, wide: float = 1.0) -> None:
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


def _tie(dress: Dressing, colour: str, foot: float) -> None:
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


def _jacket(dress: Dressing) -> None:
    """Suit and blazer."""
    clothes = dress.clothes
    colour, foot = clothes.colour, 2.02
    _trunk(dress, HIGH, colour, 3.42, 0.035)
    if dress.body.back:
        _arms(dress, colour, grow=0.05)
        _collar_tube(dress, colour, 0.54, 0.675)
        return
    _arms(dress, colour, grow=0.05)
    suit = clothes.garment == "suit"
    _opening(dress, foot, 30, clothes.under)
    if suit or clothes.tie:
        _placket(dress, clothes.under, 0.95, foot, 3)
        _shirt_collar(dress, clothes.under, clothes.tie is None)
    else:
        _ribbed(dress, CREW, clothes.under, 0.032)
    if clothes.tie:
        _tie(dress, clothes.tie, foot)
    _lapels(dress, colour, foot)
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


def _coat(dress: Dressing) -> None:
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
    _trunk(dress, HIGH, colour, 3.30, 0.05)
    if dress.body.back:
        _arms(dress, colour, grow=0.07)
        _collar_tube(dress, colour, 0.52, 0.675)
        return
    _arms(dress, colour, grow=0.07)
    middle = np.array([[tail[1, 0], tail[1, 1]]])
    _opening(dress, foot, 30, clothes.under)
    if lab:
        _shirt_collar(dress, clothes.under, True)
    else:
        _ribbed(dress, CREW, clothes.under, 0.06)
    _lapels(dress, colour, foot, wide=1.0 if lab else 1.12)
    edge = np.concatenate([dress.front((3, foot), (4, 2.3), (3, 3.25)), middle])
    pen.stroke(edge, line_of(colour), 0.013, 0.6)
    for y in np.arange(foot + 0.08, 3.2, 0.42):
        place = dress.front((-2, float(y)))[0]
        pen.spot(place, (0.026, 0.026), line_of(colour), 0.9, 0.85)
    pocket = dress.front((24, 1.48), (24, 1.78), (44, 1.74), (44, 1.46))
    pen.trace(outline(*[p[None] for p in pocket]), line_of(colour), 0.010, 0.5)
    if lab:
        pen.stroke(dress.front((31, 1.36), (31, 1.56)), "#2e5fa3", 0.026)


def _cardigan(dress: Dressing) -> None:
    clothes, foot = dress.clothes, 1.72
    colour = clothes.colour
    _trunk(dress, HIGH, colour, 3.3, 0.03)
    if dress.body.back:
        _arms(dress, colour, grow=0.055, cuff=shade_of(colour))
        return
    _arms(dress, colour, grow=0.055, cuff=shade_of(colour))
    _opening(dress, foot, 34, clothes.under)
    _ribbed(dress, CREW, clothes.under, 0.03)
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


def _dress(dress: Dressing) -> None:
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
    _trunk(dress, SCOOP, colour, 2.6)
    belt = body.at(np.array([-89, -45, 0, 45, 89.0]), np.array([2.26, 2.30, 2.32, 2.30, 2.26]))
    pen.stroke(belt, line_of(colour), 0.05, 0.55)
    _arms(dress, colour, end=0.36, grow=0.035)


GARMENTS: dict[str, Callable[[Dressing], None]] = {
    "t-shirt": _t_shirt,
    "shirt": _shirt,
    "sweater": _sweater,
    "turtleneck": _turtleneck,
    "hoodie": _hoodie,
    "cardigan": _cardigan,
    "blazer": _jacket,
    "suit": _jacket,
    "coat": _coat,
    "lab-coat": _coat,
    "dress": _dress,
}


def draw_clothes(dress: Dressing) -> None:
    """Legs, then the garment."""
    if dress.clothes.garment == "sweater" and dress.clothes.pattern == "dots":
        GARMENTS["sweater"](dress)
        return
    draw_legs(dress.pen, dress.body, dress.person, dress.tones)
    GARMENTS[dress.clothes.garment](dress)


__all__ = ["GARMENTS", "Dressing", "draw_clothes"]
