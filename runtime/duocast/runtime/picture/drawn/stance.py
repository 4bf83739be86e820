"""A stance: the numbers that everything drawn of a person in one frame depends on, but the acting of the face."""

import math
from dataclasses import dataclass, replace

from duocast.runtime.picture.pose import Pose
from duocast.runtime.picture.rig import Matrix

FURTHEST = 52.0
"""Degrees beyond which a face is not turned."""


@dataclass(frozen=True, slots=True)
class Place:
    """What stays during a shot: where somebody faces at rest (degrees), the side seen, and the light."""

    yaw: float = 0.0
    back: bool = False
    light: float = 0.0
    contrast: float = 0.35

    @property
    def side(self) -> float:
        """Where the shade lies: -1 the picture's left, 1 its right; its size is how strong it is."""
        return min(1.0, max(-1.0, -self.light + 0.45 * (1 - abs(self.light))))


@dataclass(frozen=True, slots=True)
class Stance:
    """Angles in degrees and leans in head heights, as in a pose."""

    place: Place
    towards: int = 1
    """The side to which the face is turned, -1 left, 1 right: given, since at 0 it may be either."""
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    lean_x: float = 0.0
    lean_y: float = 0.0
    breath: float = 0.0
    shrug: float = 0.0
    drop: float = 0.0
    """How far the chin is lowered, in head heights."""
    cheek: float = 0.0
    """How much the cheeks are lifted, 0 to 1."""

    def moved(self, field: str, value: float) -> "Stance":
        """The stance with another value in one of its fields, from `yaw` on."""
        return replace(self, **{field: value})  # type: ignore[arg-type] # those fields are numbers


def stance(pose: Pose, place: Place, drop: float) -> Stance:
    """How somebody stands in a pose, with the chin lowered by `drop`."""
    yaw = min(FURTHEST, max(-FURTHEST, place.yaw + pose.yaw)) - place.yaw
    return Stance(
        place,
        1 if place.yaw + yaw >= 0 else -1,
        yaw,
        pose.pitch,
        pose.roll,
        pose.lean_x,
        pose.lean_y,
        pose.breath,
        pose.shrug,
        drop,
        max(0.0, pose.smile),
    )


def head_frame(stance: Stance, pivot: tuple[float, float, float]) -> Matrix:
    """Where an upright head stands in the picture: its roll about the pivot, and its lean."""
    angle = math.radians(stance.roll)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y, _ = pivot
    across, down = stance.lean_x, stance.lean_y - 0.005 * stance.breath
    return (cos, sin, -sin, cos, x - cos * x + sin * y + across, y - sin * x - cos * y + down)


def within(outer: Matrix, inner: Matrix) -> Matrix:
    """`inner`, a map of the picture, as it is seen in the frame of `outer`."""
    a, b, c, d, e, f = outer
    size = a * d - b * c
    turned = []
    for x, y in (inner[0:2], inner[2:4], (inner[4] - e, inner[5] - f)):
        turned += [(d * x - c * y) / size, (a * y - b * x) / size]
    return (turned[0], turned[1], turned[2], turned[3], turned[4], turned[5])
