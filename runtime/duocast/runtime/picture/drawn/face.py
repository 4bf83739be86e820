"""The head's skin: its form in light and shade, ears, cheeks, freckles and the lines of age."""

import numpy as np

from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.ink import Points, Shape, loop, outline, ovals, points, ramp
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones
from duocast.runtime.picture.pose import Pose

# Where the shade begins: y, degrees from straight ahead as the camera sees it.
_TERMINATOR = points(
    (-0.47, 44), (-0.36, 54), (-0.24, 53), (-0.14, 49), (-0.05, 54), (0.03, 56), (0.10, 50), (0.17, 48),
    (0.25, 52), (0.33, 52), (0.40, 44), (0.45, 30), (0.485, 8), (0.499, -30),
)  # fmt: skip
_EAR = points(
    (0.000, -0.050), (0.022, -0.082), (0.055, -0.088), (0.086, -0.062), (0.094, -0.015), (0.082, 0.040),
    (0.062, 0.078), (0.048, 0.112), (0.024, 0.130), (0.000, 0.112),
)  # fmt: skip


def head_path(head: Head) -> Shape:
    """The outline of the head as a path."""
    left, right = head.contour
    return loop(np.concatenate([left, right[-2:0:-1]]))


def draw_light(pen: Pen, head: Head, tones: Tones) -> None:
    """The lit side of the face, fading to its middle. The caller has clipped to the head."""
    side = 1 if head.side >= 0 else -1
    lit = head.contour[0 if side > 0 else 1]
    edge = float((lit[:, 0] * side).min()) * side
    middle = float(head.turn.flat(np.array([[0.10 * side, 0.1, 0.38]]))[0, 0])
    inner = points((middle, lit[-1, 1]), (middle, lit[0, 1]))
    stops = ((0.0, tones.light, 1.0), (1.0, tones.skin, 1.0))
    pen.paint(outline(lit, inner[:1], inner[1:]), ramp((edge, 0.0), (middle, 0.0), stops))


def draw_form(pen: Pen, head: Head, tones: Tones, contrast: float) -> None:
    """The shaded side, the brow's shade and the rim of light. The caller has clipped to the head."""
    side = 1 if head.side >= 0 else -1
    rim = head.contour[1 if side > 0 else 0]
    for widen, alpha in ((0.0, 0.40), (7.0, 0.42)):
        azimuth = np.deg2rad(_TERMINATOR[:, 1] + widen) * side - head.yaw
        inner = head.around(azimuth, _TERMINATOR[:, 0])
        pen.fill(outline(inner, rim[::-1]), tones.shade, alpha * (0.55 + 0.75 * contrast))
    jaw = np.concatenate([head.rim(-1, 0.30), head.rim(1, 0.30)[::-1]])
    taper = np.sin(np.linspace(0, np.pi, len(jaw)))[:, None] ** 0.7
    inner = jaw + taper * ((jaw.mean(axis=0) - jaw) * 0.06 + np.array([0.0, -0.034]))
    pen.fill(outline(jaw, inner[::-1]), tones.shade, 0.26)
    lit = head.contour[0 if side > 0 else 1]
    taper = np.sin(np.linspace(0, np.pi, len(lit) - 12))[:, None]
    inside = lit[8:-4] + taper * np.array([side * 0.020, 0.008])
    pen.fill(outline(lit[8:-4], inside[::-1]), tones.light, 0.45 + 0.4 * contrast)


def draw_cheeks(pen: Pen, head: Head, person: Person, tones: Tones) -> None:
    """Blush, freckles and what age writes on cheeks and chin."""
    up = 0.020 * head.cheek
    for side in (-1, 1):
        centre = head.on(np.array([side * 0.205]), np.array([0.150 - up]))[0]
        foreshort = float(np.cos(np.clip(side * 0.55 + head.yaw, -1.5, 1.5)))
        pen.spot(
            centre, (0.120 * max(0.25, foreshort), 0.088), tones.blush, 0.34 * person.face.blush
        )
    nose = head.on(np.array([0.0]), np.array([0.15]), 0.09)[0]
    pen.spot(nose, (0.070, 0.055), tones.blush, 0.26 * person.face.blush)
    _freckles(pen, head, person, tones)
    _hollows(pen, head, person, tones)


def _freckles(pen: Pen, head: Head, person: Person, tones: Tones) -> None:
    amount = person.face.freckles
    if amount <= 0:
        return
    generator = np.random.default_rng(len(person.name) * 131 + round(person.age))
    count = round(46 * amount)
    x = np.linspace(-0.25, 0.25, count) + generator.uniform(-0.012, 0.012, count)
    y = 0.118 + 0.35 * x**2 + generator.uniform(-0.042, 0.042, count) * (1.1 - 2.0 * np.abs(x))
    size = generator.uniform(0.0026, 0.0048, count)
    size = size * (np.abs(np.arcsin(x / 0.36) + head.yaw) < 1.2)
    spots = ovals(head.on(x, y, 0.002), np.stack([size, size], axis=1))
    pen.fill(spots, mix(tones.deep, "#b4552e", 0.45), 0.62)


def _age(person: Person) -> float:
    """How far the lines of age have come, 0 to 1."""
    return min(1.0, max(0.0, (person.age - 45) / 32))


def draw_forehead(pen: Pen, head: Head, pose: Pose, person: Person, tones: Tones) -> None:
    """The lines over raised brows, which age keeps."""
    raised = max(0.0, (pose.brow_left + pose.brow_right) / 2)
    lines = 0.42 * _age(person) + 0.5 * raised * min(1.0, max(0.0, (person.age - 24) / 24))
    if lines <= 0.03:
        return
    for y, reach in ((-0.255, 0.105), (-0.215, 0.135), (-0.178, 0.095)):
        x = np.array([-1.0, -0.5, 0.0, 0.5, 1.0]) * reach
        line = head.fixed(x, y + 0.010 * (x / reach) ** 2 - 0.02 * raised, 0.0)
        pen.brush(line, (0.0, 0.004, 0.0045, 0.004, 0.0), tones.deep, min(0.6, lines))


def _hollows(pen: Pen, head: Head, person: Person, tones: Tones) -> None:
    old = _age(person)
    if old > 0.2:
        for side in (-1, 1):
            x = side * np.array([0.118, 0.132, 0.128])
            line = head.on(x, np.array([0.352, 0.392, 0.432]), 0.0)
            pen.brush(line, (0.0, 0.005, 0.0), tones.deep, 0.5 * old)
            hollow = side * np.array([0.225, 0.215, 0.185])
            line = head.on(hollow, np.array([0.19, 0.25, 0.30]), 0.0)
            pen.brush(line, (0.0, 0.014, 0.0), tones.shade, 0.55 * old)


def _ear_points(head: Head, person: Person, side: int, shape: Points) -> Points:
    """Ear coordinates (out, down) to the picture: a shell that leans back from the side of the head."""
    size = person.face.ears * (1 + 0.0022 * max(0.0, person.age - 45))
    out, y = shape[:, 0] * size, shape[:, 1] * size + 0.062
    root = head.solid.at(np.full_like(y, side * np.pi / 2), np.full_like(y, 0.03))
    x = root[:, 0] - side * 0.010 + side * out * 0.66
    z = root[:, 2] - 0.02 - out * 0.80
    return head.turn.flat(np.stack([x, y, z], axis=1))


def draw_ear(pen: Pen, head: Head, person: Person, tones: Tones, side: int) -> None:
    """One ear: its shell, the rim's fold and the hollow."""
    shell = _ear_points(head, person, side, _EAR)
    dark = head.side * side * (1 if np.cos(head.yaw) >= 0 else -1)
    base = tones.skin if dark < 0 else tones.shade
    pen.fill(outline(shell), base)
    hollow = points(
        (0.026, -0.030),
        (0.050, -0.050),
        (0.066, -0.020),
        (0.058, 0.030),
        (0.034, 0.062),
        (0.024, 0.020),
    )
    pen.fill(loop(_ear_points(head, person, side, hollow)), tones.deep, 0.42)
    fold = points(
        (0.016, -0.050), (0.042, -0.068), (0.070, -0.052), (0.078, -0.012), (0.068, 0.036)
    )
    pen.brush(
        _ear_points(head, person, side, fold), (0.0, 0.006, 0.007, 0.006, 0.0), tones.deep, 0.55
    )
    soft = points((0.012, 0.070), (0.044, 0.078), (0.046, 0.104), (0.026, 0.122), (0.010, 0.104))
    pen.fill(loop(_ear_points(head, person, side, soft)), tones.blush, 0.25)


def lobe(head: Head, person: Person, side: int) -> Points:
    """Where an earring hangs."""
    return np.asarray(_ear_points(head, person, side, points((0.030, 0.118)))[0])


def draw_earring(pen: Pen, head: Head, person: Person, side: int) -> None:
    """The earring of one side."""
    place = lobe(head, person, side)
    gold = "#d9b25f"
    if person.earrings == "stud":
        pen.spot(place, (0.012, 0.012), gold, 1.0, 0.8)
        pen.spot(place + np.array([-0.003, -0.003]), (0.004, 0.004), "#fff6dd", 1.0, 0.5)
    elif person.earrings == "hoop":
        wide = 0.034 * (0.35 + 0.65 * abs(float(np.cos(head.yaw * 1.3 + side * 0.5))))
        ring = ovals(place[None] + (0.0, 0.0425), points((wide, 0.0425)))
        pen.trace(ring, gold, 0.0095)
        pen.trace(ring, "#f4dda2", 0.003, 0.8)
    elif person.earrings == "drop":
        pen.stroke(np.stack([place, place + np.array([0.0, 0.035])]), gold, 0.005)
        tip = place + np.array([0.0, 0.055])
        pen.spot(tip, (0.015, 0.024), gold, 1.0, 0.85)
        pen.spot(tip + np.array([-0.004, -0.006]), (0.005, 0.008), "#fff6dd", 0.9, 0.4)


def draw_neck_shadow(pen: Pen, head: Head, tones: Tones, contrast: float) -> None:
    """The head's shade on the neck. The caller has clipped to it."""
    left, right = head.rim(-1, 0.0), head.rim(1, 0.0)
    under = np.concatenate([left, right[-2::-1]]) + np.array([0.030 * head.side, 0.105])
    pen.fill(outline(under), tones.shade, 0.62 + 0.25 * contrast)
    pen.fill(outline(under - np.array([0.0, 0.035])), tones.deep, 0.25)
