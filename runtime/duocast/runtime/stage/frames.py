"""The frames of a shot: place, people and foreground, seen by a moving camera. RGB bytes, height x width x 3."""

import inspect
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.compiler.timeline import Rate
from duocast.runtime.picture.pose import NEUTRAL, Pose
from duocast.runtime.picture.rig import Matrix, Rig, Sheet
from duocast.runtime.stage.falling import Falling
from duocast.runtime.stage.layers import Bytes, lay_over, premultiplied, softened
from duocast.runtime.stage.moves import camera_at, moved, still
from duocast.runtime.stage.shading import Shading

Plane = NDArray[np.float64]

FOREGROUND_DEPTH, PEOPLE_DEPTH, BEHIND_DEPTH = -1.0, 0.0, 1.0


@dataclass(frozen=True, slots=True)
class _Front:
    """The foreground's rows that are not empty: premultiplied RGBA, and where they begin."""

    pixels: Bytes
    top: int


class ShotFrames:
    """Iterating yields `frames` frames of the layout's size; the same inputs give the same bytes.

    `background` is RGB and `foreground` RGBA (straight alpha), both of the stage's size. `performance` is frames x
    people x pose fields; None leaves everybody in the neutral pose.
    """

    def __init__(
        self,
        layout: Layout,
        background: Bytes,
        foreground: Bytes | None,
        rigs: Mapping[str, Rig],
        performance: NDArray[np.float32] | None,
        frames: int,
        rate: Rate,
    ) -> None:
        cv2.setNumThreads(1)
        self._layout = layout
        self._background = cv2.cvtColor(background, cv2.COLOR_RGB2RGBA).astype(np.uint8, copy=False)
        self._front = _front(foreground)
        self._rigs = rigs
        self._performance = performance
        self._frames = frames
        self._rate = rate
        self._lit = {role: _knows_light(rig) for role, rig in rigs.items()}
        self._shading = {
            p.role: Shading(p, layout, modelled=not self._lit[p.role]) for p in layout.people
        }
        self._falling = Falling(layout)
        self._still = still(layout)
        self._scratch: Bytes = np.empty((layout.height, layout.width, 4), np.uint8)
        self._seen_background: Bytes | None = None
        self._seen_front: tuple[Bytes, int] | None = None

    def __len__(self) -> int:
        return self._frames

    def __iter__(self) -> Iterator[Bytes]:
        for index in range(self._frames):
            yield self.frame(index)

    def frame(self, index: int) -> Bytes:
        """Frame number `index`."""
        part = index / max(1, self._frames - 1)
        seconds = float(self._rate.seconds(index))
        camera = camera_at(self._layout, part, seconds)
        part = moved(self._layout, part, seconds)
        picture = self._behind(camera)
        self._falling.behind(picture, seconds)
        for number, placed in enumerate(self._layout.people):
            if placed.depth > 0:
                self._shadow(picture, placed, camera)
                self._person(picture, placed, self._pose(index, number), camera, part)
        self._foreground(picture, camera)
        for number, placed in enumerate(self._layout.people):
            if placed.depth <= 0:
                self._person(picture, placed, self._pose(index, number), camera, part)
        self._falling.before(picture, seconds)
        return picture

    def _pose(self, index: int, person: int) -> Pose:
        if self._performance is None:
            return NEUTRAL
        row = self._performance[min(index, len(self._performance) - 1), person]
        return Pose(*map(float, row))

    def _matrix(self, camera: Framed, depth: float) -> Plane:
        """Stage to frame for things at a depth: what is farther moves and grows less."""
        layout = self._layout
        share = 1 - layout.parallax * depth
        rest_x, rest_y = self._background.shape[1] / 2, self._background.shape[0] / 2
        x, y = rest_x + (camera.x - rest_x) * share, rest_y + (camera.y - rest_y) * share
        zoom = 1 + (camera.zoom - 1) * share
        cos, sin = (zoom * f(math.radians(camera.roll)) for f in (math.cos, math.sin))
        return np.array(
            [
                [cos, -sin, layout.width / 2 - cos * x + sin * y],
                [sin, cos, layout.height / 2 - sin * x - cos * y],
            ]
        )

    def _behind(self, camera: Framed) -> Bytes:
        if self._seen_background is not None:
            return self._seen_background.copy()
        size = (self._layout.width, self._layout.height)
        matrix = self._matrix(camera, BEHIND_DEPTH)
        way, edge = cv2.INTER_LINEAR, cv2.BORDER_REFLECT_101
        cv2.warpAffine(
            self._background, matrix, size, dst=self._scratch, flags=way, borderMode=edge
        )
        picture = cv2.cvtColor(self._scratch, cv2.COLOR_RGBA2RGB).astype(np.uint8, copy=False)
        if self._still:
            self._seen_background = picture.copy()
        return picture

    def _shadow(self, picture: Bytes, placed: Placed, camera: Framed) -> None:
        """The dark on the floor where feet stand."""
        if placed.shadow is None:
            return
        x, y, wide, tall = placed.shadow
        stage = self._matrix(camera, PEOPLE_DEPTH)
        zoom = math.hypot(stage[0, 0], stage[1, 0])
        centre = stage @ np.array([x, y, 1.0])
        self._shading[placed.role].ground(picture, centre[0], centre[1], wide * zoom, tall * zoom)

    def _person(
        self, picture: Bytes, placed: Placed, pose: Pose, camera: Framed, part: float
    ) -> None:
        rig, shading = self._rigs[placed.role], self._shading[placed.role]
        depth = FOREGROUND_DEPTH if placed.depth <= 0 else PEOPLE_DEPTH
        matrix = then(placed.matrix, self._matrix(camera, depth))
        size = (self._layout.width, self._layout.height)
        sigma = shading.sigma(part) * camera.zoom
        shrink = 1 if sigma < 2.4 else 2 if sigma < 5 else 4
        if shrink > 1:
            matrix = scaled(matrix, 1 / shrink)
            size = (math.ceil(size[0] / shrink), math.ceil(size[1] / shrink))
        sheet = self._drawn(rig, placed, pose, matrix, size)
        pixels = shading.lit(sheet, matrix)
        if sigma > 0.3:
            sheet = softened(Sheet(sheet.x, sheet.y, pixels), sigma / shrink, size, shrink)
            pixels = sheet.pixels
        lay_over(picture, pixels, sheet.x, sheet.y)

    def _drawn(
        self, rig: Rig, placed: Placed, pose: Pose, matrix: Matrix, size: tuple[int, int]
    ) -> Sheet:
        if not self._lit[placed.role]:
            return rig.draw(pose, matrix, size, yaw=placed.yaw, view=placed.view)
        light = {"light": placed.light_from, "contrast": placed.contrast}
        return rig.draw(pose, matrix, size, yaw=placed.yaw, view=placed.view, **light)

    def _foreground(self, picture: Bytes, camera: Framed) -> None:
        if self._front is None:
            return
        seen = self._seen_front or self._before(self._front, camera)
        if self._still:
            self._seen_front = seen
        lay_over(picture, seen[0], 0, seen[1])

    def _before(self, front: _Front, camera: Framed) -> tuple[Bytes, int]:
        """The foreground's part in the frame, and the row at which it begins."""
        layout, matrix = self._layout, self._matrix(camera, FOREGROUND_DEPTH)
        corners = [matrix @ np.array([x, front.top, 1.0]) for x in (0, self._background.shape[1])]
        first = max(0, math.floor(min(corner[1] for corner in corners)) - 1)
        if first >= layout.height:
            return np.zeros((1, 1, 4), np.uint8), layout.height
        matrix[:, 2] += matrix[:, 1] * front.top
        matrix[1, 2] -= first
        size = (layout.width, layout.height - first)
        seen = cv2.warpAffine(front.pixels, matrix, size, flags=cv2.INTER_LINEAR)
        return seen.astype(np.uint8, copy=False), first


def _knows_light(rig: Rig) -> bool:
    """Whether the rig shades itself: drawn people do, photographs are shaded here."""
    return "light" in inspect.signature(rig.draw).parameters


def _front(foreground: Bytes | None) -> _Front | None:
    if foreground is None:
        return None
    rows = np.flatnonzero(foreground[..., 3].any(axis=1))
    if len(rows) == 0:
        return None
    top = int(rows[0])
    return _Front(premultiplied(foreground[top:]), top)


def then(first: Matrix, second: Plane) -> Matrix:
    """Rig to stage, then stage to frame."""
    a, b, c, d, e, f = first
    whole = second @ np.array([[a, c, e], [b, d, f], [0.0, 0.0, 1.0]])
    return (
        float(whole[0, 0]), float(whole[1, 0]), float(whole[0, 1]),
        float(whole[1, 1]), float(whole[0, 2]), float(whole[1, 2]),
    )  # fmt: skip


def scaled(matrix: Matrix, factor: float) -> Matrix:
    """The same place on a frame `factor` as large."""
    a, b, c, d, e, f = (factor * part for part in matrix)
    return a, b, c, d, e, f


__all__ = ["Bytes", "ShotFrames", "lay_over", "premultiplied", "scaled", "then"]
