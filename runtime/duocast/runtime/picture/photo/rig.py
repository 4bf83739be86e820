"""A photographed person as a rig: face redrawn on the sheet, then one warp of the sheet into the frame."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.data import RigData, load_rig_data
from duocast.runtime.picture.photo.eyeband import EyeBand
from duocast.runtime.picture.photo.level import Level, level_of
from duocast.runtime.picture.photo.lips import LowerFace
from duocast.runtime.picture.photo.mesh import CHIN
from duocast.runtime.picture.photo.reals import Reals
from duocast.runtime.picture.photo.turning import Depth, Turn, origins, turn_of
from duocast.runtime.picture.pose import Pose
from duocast.runtime.picture.rig import Anchors, Extent, Matrix, Rig, Sheet

GRID = 0.055
"""The step at which the warp is computed, in heads; between it is read linearly."""
SPARE = 0.16
"""How far the pose can carry anything beyond the neutral extent, in heads."""
SHARPEST = 1.7
"""Sheet pixels to a frame pixel beyond which the next smaller level is used."""


class _Face:
    """One level of the sheet with its face."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.lower = LowerFace(level)
        self.eyes = EyeBand(level)

    def posed(self, pose: Pose) -> NDArray[np.uint8]:
        """The level's pixels with the face in `pose`."""
        pixels = self.level.pixels.copy()
        pixels[self.lower.box.slices] = self.lower.drawn(pose)
        pixels[self.eyes.box.slices] = self.eyes.drawn(pixels, pose)
        return pixels


class PhotoRig:
    """A `Rig` made from a photograph."""

    def __init__(self, data: RigData) -> None:
        self._data = data
        self._depth = Depth(data)
        self._faces: dict[int, _Face] = {}
        self._back: Rig | None = None
        self.extent = Extent(*data.extent)
        self.anchors = _anchors(data)

    @classmethod
    def load(cls, path: Path) -> "PhotoRig":
        """The rig in a rig.npz. Raises `EngineError` (poisoned, A0211) if it is none."""
        return cls(load_rig_data(path))

    def draw(
        self,
        pose: Pose,
        matrix: Matrix,
        size: tuple[int, int],
        *,
        yaw: float = 0.0,
        view: str = "front",
    ) -> Sheet:
        """The person in `pose`; from behind they are drawn in the photograph's colours."""
        if view == "back":
            return self._behind(pose, matrix, size, yaw)
        turn = turn_of(self._data, pose, yaw)
        x, y, width, height = _covered(self.extent, matrix, size)
        if width <= 0 or height <= 0:
            return Sheet(0, 0, np.zeros((0, 0, 4), np.uint8))
        face = self._face(_scale(matrix))
        gaze = replace(
            pose, gaze_x=_held(pose.gaze_x + turn.gaze_x), gaze_y=_held(pose.gaze_y + turn.gaze_y)
        )
        pixels = face.posed(gaze)
        origin = self._map(face.level, pose, turn, matrix, (x, y, width, height))
        drawn = cv2.remap(  # type: ignore[call-overload]  # OpenCV's types forget that one map may hold both
            pixels, origin, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
        )
        return Sheet(x, y, np.asarray(drawn, np.uint8))

    def _face(self, scale: float) -> _Face:
        """The level of the sheet that suits a head of `scale` frame pixels."""
        halvings = max(0, int(np.ceil(np.log2(self._data.head / max(scale, 1.0) / SHARPEST))))
        halvings = min(halvings, 4)
        if halvings not in self._faces:
            self._faces[halvings] = _Face(level_of(self._data, halvings))
        return self._faces[halvings]

    def _map(
        self, level: Level, pose: Pose, turn: Turn, matrix: Matrix, box: tuple[int, int, int, int]
    ) -> Reals:
        """For each pixel of the frame's box, where on the level it comes from: height x width x (x, y).

        Computed at a grid of cells that reaches one cell beyond the box, and read linearly between their middles.
        """
        x, y, width, height = box
        step = max(4, round(GRID * _scale(matrix)))
        across, down = (
            _middles(start, length, step) for start, length in ((x, width), (y, height))
        )
        rig_x, rig_y = _into_rig(matrix, *np.meshgrid(across, down))
        from_x, from_y = origins(self._depth, rig_x, rig_y, turn, pose)
        cells = _onto_sheet(self._data, level, from_x, from_y)
        size = (len(across) * step, len(down) * step)
        every = cv2.resize(cells, size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(every[step : step + height, step : step + width])

    def _behind(self, pose: Pose, matrix: Matrix, size: tuple[int, int], yaw: float) -> Sheet:
        from duocast.runtime.picture.photo.behind import back_of

        if self._back is None:
            self._back = back_of(self._data)
        return self._back.draw(pose, matrix, size, yaw=yaw, view="back")


def _held(value: float) -> float:
    return float(np.clip(value, -1, 1))


def _scale(matrix: Matrix) -> float:
    """Frame pixels to a head."""
    a, b, c, d, _, _ = matrix
    return float(np.sqrt(abs(a * d - b * c)))


def _covered(extent: Extent, matrix: Matrix, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part (x, y, width, height) of a frame of `size` that the person can cover."""
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (extent.left - SPARE, extent.right + SPARE)
        for y in (extent.top - SPARE, extent.bottom + SPARE)
    ]
    x0, y0 = (max(0, int(np.floor(min(corner[i] for corner in corners)))) for i in range(2))
    x1, y1 = (min(size[i], int(np.ceil(max(corner[i] for corner in corners)))) for i in range(2))
    return x0, y0, x1 - x0, y1 - y0


def _into_rig(matrix: Matrix, x: Reals, y: Reals) -> tuple[Reals, Reals]:
    """Frame pixels (middles) in rig units."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    dx, dy = x + 0.5 - e, y + 0.5 - f
    return (d * dx - c * dy) / determinant, (a * dy - b * dx) / determinant


def _middles(start: int, length: int, step: int) -> Reals:
    """The middles of cells `step` pixels wide that cover `length` pixels from `start`, and one cell more each side."""
    cells = -(-length // step) + 2
    return start - step + (np.arange(cells) + 0.5) * step - 0.5


def _onto_sheet(data: RigData, level: Level, x: Reals, y: Reals) -> Reals:
    """Rig units in the level's pixels (numbered from their middles), as (x, y) in the last axis."""
    cosine, sine = np.cos(data.turn) * data.head, np.sin(data.turn) * data.head
    sheet_x = (cosine * x + sine * y + data.origin[0] + 0.5) * level.scale[0] - 0.5
    sheet_y = (-sine * x + cosine * y + data.origin[1] + 0.5) * level.scale[1] - 0.5
    return np.stack([sheet_x, sheet_y], axis=-1).astype(np.float32)


def _anchors(data: RigData) -> Anchors:
    points = data.to_rig(data.points[:, :2])
    mouth = points[[13, 14]].mean(axis=0)
    return Anchors(
        eyes=(0.0, 0.0),
        mouth=(float(mouth[0]), float(mouth[1])),
        chin=(float(points[CHIN, 0]), float(points[CHIN, 1])),
        crown=(0.0, float(points[CHIN, 1]) - 1.0),
        shoulders=(0.0, min(1.05, data.extent[3])),
    )
