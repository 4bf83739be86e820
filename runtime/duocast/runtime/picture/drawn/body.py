"""The body: a solid for the torso, lines for the limbs, and how they sit in a frame."""

import math
from dataclasses import dataclass

import numpy as np

from duocast.runtime.picture.drawn.ink import Points
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.solid import Solid, Turn, dense
from duocast.runtime.picture.drawn.stance import Stance
from duocast.runtime.picture.rig import Matrix

# y, half width, front, back, z of the widest place
_MAN = np.array(
    [
        [0.58, 0.160, 0.06, -0.22, -0.07],
        [0.68, 0.185, 0.08, -0.25, -0.08],
        [0.75, 0.270, 0.11, -0.28, -0.08],
        [0.82, 0.445, 0.15, -0.30, -0.08],
        [0.89, 0.585, 0.19, -0.31, -0.07],
        [0.97, 0.685, 0.22, -0.32, -0.06],
        [1.10, 0.728, 0.26, -0.33, -0.05],
        [1.35, 0.700, 0.31, -0.33, -0.03],
        [1.65, 0.660, 0.33, -0.31, 0.00],
        [2.00, 0.635, 0.31, -0.28, 0.00],
        [2.35, 0.605, 0.30, -0.27, 0.00],
        [2.75, 0.610, 0.29, -0.30, 0.00],
        [3.10, 0.620, 0.28, -0.34, 0.00],
        [3.40, 0.600, 0.26, -0.34, 0.00],
    ]
)
_WOMAN = np.array(
    [
        [0.58, 0.140, 0.04, -0.19, -0.07],
        [0.68, 0.160, 0.06, -0.22, -0.08],
        [0.75, 0.215, 0.09, -0.24, -0.08],
        [0.82, 0.345, 0.13, -0.26, -0.08],
        [0.89, 0.480, 0.17, -0.27, -0.07],
        [0.97, 0.575, 0.21, -0.28, -0.06],
        [1.10, 0.605, 0.26, -0.29, -0.05],
        [1.35, 0.585, 0.34, -0.29, -0.02],
        [1.65, 0.550, 0.37, -0.27, 0.00],
        [2.00, 0.495, 0.29, -0.24, 0.00],
        [2.30, 0.470, 0.26, -0.23, 0.00],
        [2.70, 0.560, 0.27, -0.29, 0.00],
        [3.10, 0.625, 0.27, -0.35, 0.00],
        [3.40, 0.610, 0.25, -0.35, 0.00],
    ]
)
# Arm of the man, the right one: x, y, z, width
_ARM = np.array(
    [
        [0.640, 0.955, -0.05, 0.10],
        [0.705, 1.050, -0.05, 0.27],
        [0.765, 1.220, -0.05, 0.325],
        [0.825, 1.600, -0.06, 0.300],
        [0.872, 2.020, -0.06, 0.255],
        [0.890, 2.450, -0.01, 0.235],
        [0.885, 2.850, 0.06, 0.195],
        [0.870, 3.100, 0.10, 0.165],
    ]
)
AXIS = (0.0, 1.0, -0.08)
STILL = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SHOULDERS, _KNEES = 0.88, 4.4
NECK = np.array([0.20, 0.34, 0.46, 0.56, 0.64])
"""Heights at which the neck is drawn, from behind the jaw to the shoulders."""


def standing(y: Points, scale: float) -> Points:
    """Where an adult's heights stand in a body of this scale."""
    return np.asarray(0.62 + (y - 0.62) * scale - 0.055 * np.clip((y - 0.60) / 0.15, 0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Build:
    """The measures of a body: `scale` is how big it is beside the head, 1 for an adult."""

    solid: Solid
    arm: Points
    neck: float
    scale: float
    manly: float
    breadth: float


def build(person: Person) -> Build:
    """The body of a person."""
    lean = person.manly if person.age >= 16 else 0.35 + 0.3 * person.manly
    rows = _WOMAN * (1 - lean) + _MAN * lean
    breadth = person.build
    soft = np.interp(rows[:, 0], (0.7, 1.1, 2.2, 3.0), (0.25, 0.6, 1.35, 1.0))
    rows = rows.copy()
    rows[:, 1:] *= (1 + (breadth - 1) * soft)[:, None]
    arm = _ARM.copy()
    shoulder = float(np.interp(1.10, rows[:, 0], rows[:, 1]))
    arm[:, 0] += shoulder - 0.79 + 0.012
    arm[:, 3] *= (0.80 + 0.20 * lean) * (1 + 0.8 * (breadth - 1))
    scale = float(np.interp(person.age, (6, 10, 14, 18), (0.72, 0.80, 0.91, 1.0)))
    rows[:, 0], arm[:, 1] = standing(rows[:, 0], scale), standing(arm[:, 1], scale)
    rows[:, 1:] *= scale
    arm[:, 0] *= scale
    arm[:, 2:] *= scale
    neck = (0.140 + 0.034 * lean) * (1 + 0.5 * (breadth - 1)) * (0.5 + 0.5 * scale)
    return Build(Solid(dense(rows, 40), 2.2), arm, neck, scale, lean, breadth)


def sway(stance: Stance) -> Matrix:
    """How a stance moves the body: in full at the shoulders, not at all at the knees.

    It is affine, so that a body drawn once can follow every frame.
    """
    across = stance.lean_x + 0.05 * math.sin(math.radians(stance.yaw))
    down = stance.lean_y - 0.016 * stance.breath - 0.085 * stance.shrug
    wide = 1 + 0.007 * stance.breath
    rate = 1 / (_KNEES - _SHOULDERS)
    start = 1 + _SHOULDERS * rate
    return (wide, 0.0, -across * rate, 1 - down * rate, across * start, down * start)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The body in one frame."""

    build: Build
    turn: Turn
    yaw: float
    sway: Matrix
    """The stance's breath, lean and shrug as one affine map of the picture."""
    side: float
    back: bool

    def flat(self, model: Points) -> Points:
        """Model points to the picture, moved by the stance."""
        turned = ((model - self.turn.pivot) @ self.turn.matrix + self.turn.pivot)[:, :2]
        a, b, c, d, e, f = self.sway
        if (a, b, c, d, e, f) == STILL:
            return np.asarray(turned)
        return np.asarray(turned @ np.array([[a, b], [c, d]]) + np.array([e, f]))

    def height(self, y: float) -> float:
        """An adult's height as it stands in this body."""
        return float(standing(np.array(y), self.build.scale))

    def rim(self, side: int, top: float, bottom: float, grow: float = 0.0) -> Points:
        """The torso's outline on one side, `grow` outside the skin."""
        line = self.flat(
            self.build.solid.rim(self.yaw, side, self.height(top), self.height(bottom))
        )
        line[:, 0] += side * grow
        return line

    def at(self, degrees: Points, y: Points, lift: float = 0.0) -> Points:
        """Places on the torso by azimuth in degrees and (adult) height; hidden ones lie on the outline."""
        heights = standing(y, self.build.scale)
        model = self.build.solid.seen(np.deg2rad(degrees), heights, self.yaw)
        if lift:
            model = model * np.array([1 + lift, 1.0, 1 + lift])
        return self.flat(model)

    def through(self, degrees: Points, y: Points) -> Points:
        """Places on the torso by azimuth and height, the hidden ones too."""
        heights = standing(y, self.build.scale)
        return self.flat(self.build.solid.at(np.deg2rad(degrees), heights))

    def arm(self, side: int) -> tuple[Points, Points]:
        """The middle line of an arm in the picture, and its widths."""
        arm = self.build.arm
        model = arm[:, :3] * np.array([side, 1.0, 1.0])
        return self.flat(model), arm[:, 3]
