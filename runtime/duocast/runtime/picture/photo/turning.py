"""Head and body of a photograph: the head turned by its depth over a neck that follows, shoulders that breathe.

Motions are given at a coarse grid of rig points as where each point comes from; they are smooth, so the frame's
pixels are read between the grid's.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from duocast.runtime.picture.photo.data import RigData
from duocast.runtime.picture.photo.lines import ease
from duocast.runtime.picture.photo.mesh import SIDES
from duocast.runtime.picture.photo.reals import Reals
from duocast.runtime.picture.pose import Pose

Plane = Reals

YAW_LIMIT, PITCH_LIMIT, ROLL_LIMIT = 17.0, 13.0, 14.0
CELL = 0.04
"""The depth map's step, in heads."""
HALF = 0.8
"""The depth map's half side, in heads."""
NECK = (0.0, 0.62)
"""About where the head rolls, in rig units."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Degrees that the warp does, and the eyes' share of what it cannot do (added to the gaze)."""

    yaw: float
    pitch: float
    roll: float
    gaze_x: float
    gaze_y: float


def turn_of(data: RigData, pose: Pose, yaw: float) -> Turn:
    """How far the head is warped: the angles asked for, beside the photograph's own, bent over at their limits."""
    wanted = pose.yaw + yaw - 0.5 * data.facing
    done = _bent(wanted, YAW_LIMIT)
    pitch = _bent(pose.pitch, PITCH_LIMIT)
    gaze_x = float(np.clip((wanted - done) / 45, -0.6, 0.6))
    return Turn(done, pitch, _bent(pose.roll, ROLL_LIMIT), gaze_x, float((pose.pitch - pitch) / 60))


def _bent(value: float, limit: float) -> float:
    return float(limit * np.tanh(value / limit))


class Depth:
    """How far in front of the ears each point of the head stands, in heads, over the rig's plane."""

    def __init__(self, data: RigData) -> None:
        side = round(2 * HALF / CELL) + 1
        axis = np.linspace(-HALF, HALF, side)
        x, y = np.meshgrid(axis, axis)
        points = data.to_rig(data.points[:, :2])
        depth = (data.points[list(SIDES), 2].mean() - data.points[:, 2]) / data.head
        weights = np.exp(
            -((x[..., None] - points[:, 0]) ** 2 + (y[..., None] - points[:, 1]) ** 2)
            / (2 * 0.035**2)
        )
        mass = weights.sum(axis=-1)
        face = (weights * depth).sum(axis=-1) / (mass + 1e-9)
        skull = 0.40 * np.sqrt(np.clip(1 - (x / 0.42) ** 2 - ((y + 0.06) / 0.60) ** 2, 0, 1))
        share = ease(mass / 2.0)
        self._map = cv2.GaussianBlur(
            (share * face + (1 - share) * skull).astype(np.float32), (0, 0), 1.1
        )

    def at(self, x: Plane, y: Plane) -> Plane:
        """The depth at rig points; 0 far from the head."""
        column = ((x + HALF) / CELL).astype(np.float32)
        row = ((y + HALF) / CELL).astype(np.float32)
        found = cv2.remap(
            self._map, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
        )
        return np.asarray(found, np.float64)


def origins(depth: Depth, x: Plane, y: Plane, turn: Turn, pose: Pose) -> tuple[Plane, Plane]:
    """Where the picture at rig points (x, y) comes from, in the neutral rig's units."""
    x, y = _body(x, y, pose)
    x, y = _rolled(x, y, turn.roll)
    return _turned(depth, x, y, turn)


def _body(x: Plane, y: Plane, pose: Pose) -> tuple[Plane, Plane]:
    """Lean, breath and shrug undone: the trunk sways from the hips, the shoulders rise under a head that rises less."""
    down = ease((2.6 - y) / 3.2)
    shoulders = np.exp(-(((y - 1.15) / 0.42) ** 2)) * (0.35 + 0.65 * ease((np.abs(x) - 0.1) / 0.5))
    head = ease((0.95 - y) / 0.5)
    breath = pose.breath * (0.017 * shoulders + 0.006 * head)
    shrug = pose.shrug * (0.095 * shoulders + 0.012 * head)
    chest = 1 + 0.010 * pose.breath * np.exp(-(((y - 1.6) / 0.6) ** 2))
    return (x - pose.lean_x * down) / chest, y - pose.lean_y * down + breath + shrug


def _rolled(x: Plane, y: Plane, degrees: float) -> tuple[Plane, Plane]:
    """The head's roll undone: all of it above the chin, none of it at the shoulders."""
    angle = np.radians(degrees) * ease((1.05 - y) / 0.75)
    cosine, sine = np.cos(angle), np.sin(angle)
    dx, dy = x - NECK[0], y - NECK[1]
    return NECK[0] + cosine * dx + sine * dy, NECK[1] - sine * dx + cosine * dy


def _turned(depth: Depth, x: Plane, y: Plane, turn: Turn) -> tuple[Plane, Plane]:
    """Yaw and pitch undone by three rounds of: where would this point have gone?"""
    yaw, pitch = np.radians(turn.yaw), np.radians(turn.pitch)
    head = ease((0.98 - y) / 0.62)
    from_x, from_y = x.copy(), y.copy()
    for _ in range(3):
        z = depth.at(from_x, from_y) * head
        shift = 0.055 * head
        to_x = from_x * (1 + head * (np.cos(yaw) - 1)) + (z + shift) * np.sin(yaw)
        to_y = from_y + head * (from_y - 0.15) * (np.cos(pitch) - 1) + (z + shift) * np.sin(pitch)
        from_x, from_y = from_x + (x - to_x), from_y + (y - to_y)
    return from_x, from_y
