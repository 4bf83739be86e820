"""The eyes: lids that close on a ball, an iris that looks, lashes, crease and brow."""

import math
from functools import lru_cache

import numpy as np
import skia

from duocast.runtime.picture.drawn.colour import argb, mix, tone
from duocast.runtime.picture.drawn.ink import Points, fine, outline, points
from duocast.runtime.picture.drawn.pen import Canvas, CanvasPen, Paint
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.solid import Solid
from duocast.runtime.picture.drawn.tones import Tones
from duocast.runtime.picture.pose import Pose

# (u, v): u -1 at the inner corner to 1 at the outer, v up negative, in half eye heights.
_UPPER = points(
    (-1.00, 0.34),
    (-0.74, -0.22),
    (-0.36, -0.80),
    (0.06, -1.00),
    (0.46, -0.84),
    (0.80, -0.36),
    (1.0, 0.08),
)
_LOWER = points(
    (-1.00, 0.34),
    (-0.74, 0.57),
    (-0.36, 0.84),
    (0.06, 0.94),
    (0.46, 0.84),
    (0.80, 0.50),
    (1.0, 0.08),
)
_MEET = _LOWER[:, 1] * 0.86 + 0.02
"""Where the lids meet."""
_ROUND = 1 - np.abs(_UPPER[:, 0]) ** 2
_GAZE = (0.42, 0.30)
"""Radians at gaze 1, sideways and up or down."""


def eye_x(person: Person) -> float:
    """How far each eye's centre is from the middle."""
    return 0.157 * person.face.eye_gap


def eye_half(person: Person) -> tuple[float, float]:
    """Half width and half height of an open eye."""
    young = 1.0 + 0.012 * max(0.0, 18 - person.age)
    size = person.face.eye_size * young
    return 0.0755 * (0.5 + 0.5 * size), 0.0425 * size * (1.0 + 0.10 * (0.5 - person.manly))


@lru_cache(maxsize=256)
def _iris(colour: str) -> Paint:
    """The iris as a unit circle: dark rim, colour, light ring toward the pupil."""
    rim, light = mix(tone(colour, 0.42), "#120c0c", 0.35), tone(colour, 1.32, 1.12)
    shader = skia.GradientShader.MakeRadial(
        skia.Point(0, 0.22),
        1.12,
        [argb(tone(colour, 0.70)), argb(light), argb(colour), argb(rim)],
        [0.0, 0.42, 0.72, 1.0],
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


_BAG = points((-0.86, 1.05), (-0.3, 1.72), (0.25, 1.82), (0.75, 1.45))
_INNER = points((-1.04, 0.36), (-0.94, 0.34), (-0.80, 0.34))
_BOX = points((-1.3, -1.9), (1.3, -1.9), (1.3, 1.9), (-1.3, 1.9))
_CROW = np.concatenate(
    [points((1.26, t * 0.6), (1.48, t * 1.2), (1.66, t * 2.1)) for t in (-0.30, 0.10, 0.48)]
)
_BALL = 0.088
"""Radius of the eyeball."""


class Eye:
    """One eye of a person: `side` -1 is the picture's left."""

    def __init__(self, person: Person, side: int, solid: Solid) -> None:
        self.person = person
        self.side = side
        self.centre = eye_x(person)
        self.width, self.height = eye_half(person)
        face = person.face
        self.tilt = -0.010 * face.eye_tilt - 0.002
        self.iris = 0.0455 * (0.55 + 0.45 * face.eye_size) * (1.03 if person.age < 16 else 1.0)
        self.old = min(1.0, max(0.0, (person.age - 42) / 35))
        fold = _UPPER * (1.02, 1.0) + (0.01, 0.0)
        fold[:, 1] -= (0.40 - 0.24 * face.hood) * (1 - 0.55 * fold[:, 0] ** 2) - 0.05
        parts = (_UPPER, _LOWER, fold, _BAG, _INNER, _BOX, _CROW)
        self._ends = np.cumsum([len(part) for part in parts])[:-1]
        self._model = self._placed(solid, np.concatenate(parts))
        at = np.array([side * self.centre])
        self._depth = float(solid.over(at, np.array([0.0]))[0]) - 0.004 - _BALL

    def _placed(self, solid: Solid, shape: Points) -> Points:
        """Eye coordinates (u, v in half heights) to the model."""
        u, v = shape[:, 0], shape[:, 1]
        x = self.side * (self.centre + u * self.width)
        y = v * self.height + self.tilt * u
        bulge = 0.016 * (1 - np.minimum(u * u, 1.2)) - 0.020 - 0.045 * np.maximum(u, 0) ** 1.5
        return np.stack([x, y, solid.over(x, y) + bulge], axis=1)

    def lids(self, pose: Pose) -> tuple[Points, Points, float]:
        """The v of the upper and the lower lid line, and how shut the eye is."""
        shut = pose.lid_left if self.side < 0 else pose.lid_right
        shut = min(1.0, max(-0.3, shut))
        ease = shut if shut < 0 else shut * (1.06 - 0.06 * shut)
        squint = 0.24 * max(0.0, pose.smile)
        follow = 0.20 * pose.gaze_y * (1 - abs(ease))
        start = _UPPER[:, 1] + (follow + 0.5 * squint + 0.18 * self.person.face.hood) * _ROUND
        upper = start + (_MEET - start) * ease
        raised = squint + 0.10 * max(0.0, shut) - 0.10 * min(0.0, pose.gaze_y) ** 2
        lower = _LOWER[:, 1] - raised * _ROUND
        return upper, lower + (_MEET - lower) * max(0.0, ease), shut

    def draw(self, pen: CanvasPen, head: Head, pose: Pose, tones: Tones) -> None:
        """The whole eye but its brow."""
        upper, lower, shut = self.lids(pose)
        model = self._model.copy()
        count = len(_UPPER)
        model[:count, 1] = upper * self.height + self.tilt * _UPPER[:, 0]
        model[count : 2 * count, 1] = lower * self.height + self.tilt * _LOWER[:, 0]
        top, bottom, fold, bag, inner, box, crow = np.split(head.turn.flat(model), self._ends)
        pen.fill(outline(fold, top[::-1]), tones.shade, 0.42)
        pen.brush(fold[1:], (0.001, 0.0045, 0.0055, 0.0055, 0.004, 0.001), tones.deep, 0.62)
        pen.brush(bag, (0.0, 0.0045, 0.0045, 0.0), tones.deep, 0.10 + 0.50 * self.old)
        if self.old > 0.1:
            for line in (crow[:3], crow[3:6], crow[6:]):
                pen.brush(line, (0.001, 0.0045, 0.0), tones.deep, 0.50 * self.old)
        if shut < 0.97:
            pen.clip(outline(top, bottom[::-1]))
            pen.fill(outline(*box[:, None]), tones.white)
            pen.brush(inner, (0.020, 0.016, 0.0), mix(tones.blush, tones.white, 0.35), 0.8)
            centre, across, down = self._disc(head, pose)
            self._iris_disc(pen.canvas, centre, across, down)
            cast = top + np.array([0.0, 0.16 * self.height])
            pen.brush(cast, (0.010, 0.018, 0.020, 0.020, 0.020, 0.018, 0.010), "#2a1c2c", 0.30)
            self._catchlight(pen.canvas, head.side, centre, across)
            pen.free()
        self._lashes(pen, top, bottom, tones, shut)

    def _disc(self, head: Head, pose: Pose) -> tuple[Points, Points, Points]:
        """Centre, sideways and downward vectors of the iris in the picture."""
        yaw = _GAZE[0] * pose.gaze_x - 0.03 * self.side
        pitch = _GAZE[1] * pose.gaze_y
        cy, sy, cp, sp = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
        x, y, z = (
            self.side * self.centre + sy * cp * _BALL,
            sp * _BALL - 0.004,
            self._depth + cy * cp * _BALL,
        )
        size = self.iris
        model = np.array(
            [
                [x, y, z],
                [x + cy * size, y, z - sy * size],
                [x - sy * sp * size, y + cp * size, z - cy * sp * size],
            ]
        )
        flat = head.turn.flat(model)
        return flat[0], flat[1] - flat[0], flat[2] - flat[0]

    def _iris_disc(self, canvas: Canvas, centre: Points, across: Points, down: Points) -> None:
        canvas.save()
        canvas.concat(
            skia.Matrix.MakeAll(
                across[0], down[0], centre[0], across[1], down[1], centre[1], 0, 0, 1
            )
        )
        canvas.drawCircle(0, 0, 1, _iris(self.person.face.eye_colour))
        canvas.drawCircle(0, 0, 0.46, _black())
        canvas.restore()

    def _catchlight(self, canvas: Canvas, side: float, centre: Points, across: Points) -> None:
        """A light on the side of the key, and its faint answer below."""
        size = self.iris
        towards = -1.0 if side >= 0 else 1.0
        shift = towards * min(size, math.hypot(*across.tolist()))
        x, y = centre.tolist()
        canvas.drawCircle(x + 0.36 * shift, y - 0.36 * size, size * 0.24, _white(0.95))
        canvas.drawCircle(x - 0.34 * shift, y + 0.42 * size, size * 0.13, _white(0.40))

    def _lashes(
        self, pen: CanvasPen, top: Points, bottom: Points, tones: Tones, shut: float
    ) -> None:
        """The upper lash line as one shape with a flick, the lower as a breath of a line."""
        lashes = self.person.face.lashes
        weight = 0.0075 + 0.0065 * lashes
        line = fine(top, 9)
        out = line[-1] - line[-3]
        flick = line[-1] + out / max(float(np.hypot(*out)), 1e-9) * (0.006 + 0.014 * lashes)
        flick = flick + np.array([0.0, -0.004 - 0.008 * lashes + 0.012 * max(0.0, shut)])
        line = np.concatenate([line, flick[None]])
        widths = np.array([0.25, 0.55, 0.8, 0.95, 1.05, 1.15, 1.2, 1.1, 0.85, 0.0]) * weight
        pen.brush(line, widths.tolist(), tones.lash)
        pen.brush(
            bottom[1:],
            (0.0, 0.003, 0.0045, 0.0055, 0.005, 0.002),
            mix(tones.deep, tones.lash, 0.35 + 0.3 * lashes),
            0.55 if shut < 0.9 else 0.0,
        )


@lru_cache(maxsize=1)
def _black() -> Paint:
    return skia.Paint(AntiAlias=True, Color=argb("#140d10"))


@lru_cache(maxsize=8)
def _white(alpha: float) -> Paint:
    return skia.Paint(AntiAlias=True, Color=argb("#ffffff", alpha))


def draw_brow(
    pen: CanvasPen, head: Head, pose: Pose, person: Person, tones: Tones, side: int
) -> None:
    """One brow: raised, lowered and knitted."""
    raised = pose.brow_left if side < 0 else pose.brow_right
    up = raised * (0.046 if raised > 0 else 0.026)
    frown = pose.frown
    arch = person.face.brow_arch
    centre, (width, _) = eye_x(person), eye_half(person)
    u = np.array([-1.18, -0.75, -0.2, 0.40, 0.92, 1.36])
    y = np.array([-0.116, -0.121, -0.124, -0.125, -0.115, -0.092])
    y = y - arch * np.array([-0.002, 0.001, 0.006, 0.013, 0.011, 0.004])
    y = y + 0.008 * (person.manly - 0.5) - 0.05 * (person.face.eye_size - 1)
    y = y - up * np.array([0.85, 0.95, 1.05, 1.1, 1.0, 0.8])
    y = y + frown * np.array([0.034, 0.024, 0.010, 0.0, -0.004, -0.004])
    x = centre + u * width - frown * 0.016 * np.array([1, 0.9, 0.6, 0.3, 0.1, 0])
    weight = (0.0200 + 0.010 * (person.manly - 0.5)) * person.face.brow_weight
    line = head.fixed(
        side * x, y - 0.004 * person.face.eye_tilt * u, 0.012 - 0.04 * np.maximum(u, 0) ** 1.5
    )
    widths = np.array([0.55, 0.95, 1.08, 0.95, 0.62, 0.05]) * weight
    pen.brush(line, widths.tolist(), tones.brow, 0.93)
    if frown > 0.05:
        crease = head.fixed(np.array([side * 0.024] * 3), np.array([-0.115, -0.09, -0.062]), 0.014)
        pen.brush(crease, (0.0, 0.006, 0.0), tones.deep, 0.55 * frown)
