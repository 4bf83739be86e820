"""The eyes: lids that close on a ball, an iris that looks, lashes, crease and brow."""

from functools import lru_cache
from typing import Any

import numpy as np
import skia

from duocast.runtime.picture.drawn.colour import argb, lightness, mix, tone
from duocast.runtime.picture.drawn.ink import Pen, Points, fine, outline, points
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
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
    (-0.76, 0.56),
    (-0.36, 0.84),
    (0.06, 0.94),
    (0.46, 0.84),
    (0.80, 0.50),
    (1.0, 0.08),
)
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
def _iris(colour: str) -> Any:
    """The iris as a unit circle: dark rim, colour, light ring toward the pupil."""
    rim, light = mix(tone(colour, 0.42), "#120c0c", 0.35), tone(colour, 1.32, 1.12)
    shader = skia.GradientShader.MakeRadial(
        skia.Point(0, 0.22),
        1.12,
        [argb(tone(colour, 0.70)), argb(light), argb(colour), argb(rim)],
        [0.0, 0.42, 0.72, 1.0],
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


class Eye:
    """One eye of a person: `side` -1 is the picture's left."""

    def __init__(self, person: Person, side: int) -> None:
        self.person = person
        self.side = side
        self.centre = eye_x(person)
        self.width, self.height = eye_half(person)
        face = person.face
        self.tilt = -0.010 * face.eye_tilt - 0.002
        self.iris = 0.0455 * (0.55 + 0.45 * face.eye_size) * (1.03 if person.age < 16 else 1.0)
        self.dark = lightness(person.skin) < 0.5

    def place(self, head: Head, shape: Points, lift: float = 0.0) -> Points:
        """Eye coordinates (u, v in half heights) to the picture."""
        u, v = shape[:, 0], shape[:, 1]
        x = self.side * (self.centre + u * self.width)
        y = v * self.height + self.tilt * u
        bulge = (
            lift + 0.016 * (1 - np.minimum(u * u, 1.2)) - 0.020 - 0.045 * np.maximum(u, 0) ** 1.5
        )
        return head.fixed(x, y, bulge)

    def lids(self, pose: Pose) -> tuple[Points, Points, float]:
        """The upper and lower lid lines in eye coordinates, and how shut the eye is."""
        shut = pose.lid_left if self.side < 0 else pose.lid_right
        shut = float(np.clip(shut, -0.3, 1.0))
        ease = shut if shut < 0 else shut * (1.06 - 0.06 * shut)
        squint = 0.24 * max(0.0, pose.smile)
        follow = 0.20 * pose.gaze_y * (1 - abs(ease))
        meet = _LOWER * (1.0, 0.86) + (0.0, 0.02)
        start = _UPPER.copy()
        start[:, 1] += (follow + 0.5 * squint + 0.30 * self.person.face.hood * 0.6) * (
            1 - np.abs(_UPPER[:, 0]) ** 2
        )
        upper = start + (meet - start) * ease
        raised = squint + 0.10 * max(0.0, shut) - 0.10 * pose.gaze_y * (pose.gaze_y < 0)
        lower = _LOWER.copy()
        lower[:, 1] -= raised * (1 - np.abs(_LOWER[:, 0]) ** 2)
        both = lower + (meet - lower) * max(0.0, ease)
        return upper, both, shut

    def draw(self, pen: Pen, head: Head, pose: Pose, tones: Tones) -> None:
        """The whole eye but its brow."""
        upper, lower, shut = self.lids(pose)
        top, bottom = self.place(head, upper), self.place(head, lower)
        self._socket(pen, head, upper, tones)
        if shut < 0.97:
            ball = outline(top, bottom[::-1])
            pen.clip(ball)
            self._ball(pen, head, pose, tones, upper)
            pen.free()
        self._lashes(pen, head, top, bottom, tones, shut)

    def _socket(self, pen: Pen, head: Head, upper: Points, tones: Tones) -> None:
        """Lid, crease and the soft shade around them."""
        old = min(1.0, max(0.0, (self.person.age - 42) / 35))
        fold = _UPPER.copy()
        fold[:, 0] = fold[:, 0] * 1.02 + 0.01
        gap = 0.40 - 0.24 * self.person.face.hood
        fold[:, 1] -= gap * (1 - 0.55 * fold[:, 0] ** 2) - 0.05
        lid = outline(self.place(head, fold, 0.004), self.place(head, upper)[::-1])
        pen.fill(lid, tones.shade, 0.42)
        crease = self.place(head, fold[1:], 0.004)
        pen.brush(crease, (0.001, 0.0045, 0.0055, 0.0055, 0.004, 0.001), tones.deep, 0.62)
        bag = self.place(head, points((-0.86, 1.05), (-0.3, 1.72), (0.25, 1.82), (0.75, 1.45)))
        pen.brush(bag, (0.0, 0.0045, 0.0045, 0.0), tones.deep, 0.10 + 0.50 * old)
        if old > 0.1:
            for turn in (-0.30, 0.10, 0.48):
                line = points((1.26, turn * 0.6), (1.48, turn * 1.2), (1.66, turn * 2.1))
                pen.brush(self.place(head, line), (0.001, 0.0045, 0.0), tones.deep, 0.50 * old)

    def _ball(self, pen: Pen, head: Head, pose: Pose, tones: Tones, upper: Points) -> None:
        """White, iris, pupil, catchlights, and the lid's shadow on them. The caller has clipped."""
        canvas = pen.canvas
        box = outline(
            self.place(head, points((-1.3, -1.9), (1.3, -1.9))),
            self.place(head, points((1.3, 1.9), (-1.3, 1.9))),
        )
        pen.fill(box, tones.white)
        pen.brush(
            self.place(head, points((-1.04, 0.36), (-0.94, 0.34), (-0.80, 0.34))),
            (0.020, 0.016, 0.0),
            mix(tones.blush, tones.white, 0.35),
            0.8,
        )
        self._iris_disc(canvas, head, pose)
        cast = upper.copy()
        cast[:, 1] += 0.16
        line = self.place(head, cast)
        pen.brush(line, (0.010, 0.018, 0.020, 0.020, 0.020, 0.018, 0.010), "#2a1c2c", 0.30)
        self._catchlight(canvas, head, pose)

    def _disc(self, head: Head, pose: Pose) -> tuple[Points, Points, Points]:
        """Centre, sideways and downward vectors of the iris in the picture."""
        radius = 0.088
        cross = 0.03 * self.side
        yaw = _GAZE[0] * pose.gaze_x - cross
        pitch = _GAZE[1] * pose.gaze_y
        cy, sy, cp, sp = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch)
        x = self.side * self.centre
        z = float(head.solid.over(np.array([x]), np.array([0.0]))[0]) - 0.004 - radius
        middle = np.array([x, -0.004, z])
        ahead = np.array([sy * cp, sp, cy * cp])
        across = np.array([cy, 0.0, -sy])
        down = np.array([-sy * sp, cp, -cy * sp])
        base = np.stack([middle + ahead * radius, middle + ahead * radius + across * self.iris])
        base = np.concatenate([base, (middle + ahead * radius + down * self.iris)[None]])
        flat = head.turn.flat(base)
        return flat[0], flat[1] - flat[0], flat[2] - flat[0]

    def _iris_disc(self, canvas: Any, head: Head, pose: Pose) -> None:
        centre, across, down = self._disc(head, pose)
        canvas.save()
        canvas.concat(
            skia.Matrix.MakeAll(
                across[0], down[0], centre[0], across[1], down[1], centre[1], 0, 0, 1
            )
        )
        canvas.drawCircle(0, 0, 1, _iris(self.person.face.eye_colour))
        canvas.drawCircle(0, 0, 0.46, _black())
        canvas.restore()

    def _catchlight(self, canvas: Any, head: Head, pose: Pose) -> None:
        """Lights stay where the light is, so they move only half with the gaze."""
        centre, across, _ = self._disc(head, pose)
        size = self.iris
        towards = -1.0 if head.side >= 0 else 1.0
        wide = min(1.0, float(np.hypot(*across)) / size)
        canvas.save()
        canvas.translate(
            float(centre[0]) + towards * 0.36 * size * wide, float(centre[1]) - 0.36 * size
        )
        canvas.drawCircle(0, 0, size * 0.24, _white(0.95))
        canvas.restore()
        canvas.drawCircle(
            float(centre[0]) - towards * 0.34 * size * wide,
            float(centre[1]) + 0.42 * size,
            size * 0.13,
            _white(0.40),
        )

    def _lashes(
        self, pen: Pen, head: Head, top: Points, bottom: Points, tones: Tones, shut: float
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
def _black() -> Any:
    return skia.Paint(AntiAlias=True, Color=argb("#140d10"))


@lru_cache(maxsize=8)
def _white(alpha: float) -> Any:
    return skia.Paint(AntiAlias=True, Color=argb("#ffffff", alpha))


def draw_brow(pen: Pen, head: Head, pose: Pose, person: Person, tones: Tones, side: int) -> None:
    """One brow: raised, lowered and knitted."""
    raised = pose.brow_left if side < 0 else pose.brow_right
    up = raised * (0.046 if raised > 0 else 0.026)
    frown = pose.frown
    arch = person.face.brow_arch
    centre, (width, _) = eye_x(person), eye_half(person)
    u = np.array([-1.18, -0.75, -0.2, 0.40, 0.92, 1.36])
    y = np.array([-0.104, -0.112, -0.119, -0.123, -0.114, -0.091])
    y = y - arch * np.array([-0.002, 0.001, 0.006, 0.013, 0.011, 0.004])
    y = y + 0.008 * (person.manly - 0.5) - 0.05 * (person.face.eye_size - 1)
    y = y - up * np.array([0.85, 0.95, 1.05, 1.1, 1.0, 0.8])
    y = y + frown * np.array([0.034, 0.024, 0.010, 0.0, -0.004, -0.004])
    x = centre + u * width - frown * 0.016 * np.array([1, 0.9, 0.6, 0.3, 0.1, 0])
    weight = (0.0200 + 0.010 * (person.manly - 0.5)) * person.face.brow_weight
    line = head.fixed(
        side * x, y - 0.006 * person.face.eye_tilt * u, 0.012 - 0.04 * np.maximum(u, 0) ** 1.5
    )
    widths = np.array([0.55, 0.95, 1.08, 0.95, 0.62, 0.05]) * weight
    pen.brush(line, widths.tolist(), tones.brow, 0.93)
    if frown > 0.05:
        crease = head.fixed(np.array([side * 0.024] * 3), np.array([-0.115, -0.09, -0.062]), 0.014)
        pen.brush(crease, (0.0, 0.006, 0.0), tones.deep, 0.55 * frown)
