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
from duocast.runtime.stage.moves import camera_at

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float64]

FOREGROUND_DEPTH, PEOPLE_DEPTH, BEHIND_DEPTH = -1.0, 0.0, 1.0


@dataclass(frozen=True, slots=True)
class _Front:
    """The foreground's rows that are not empty: premultiplied RGBA, and where they begin."""

    pixels: Bytes
    top: int


class ShotFrames:
    """Iterating yields `frames` frames of the layout's size; the same inputs give the same bytes.

    `background` is RGB and `foreground` RGBA (straight alpha), both of the stage's size. `performance` is
    frames x people x
    pose fields; None leaves everybody in the neutral pose.
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
        self._background = background
        self._front = _front(foreground)
        self._rigs = rigs
        self._performance = performance
        self._frames = frames
        self._rate = rate
        self._lit = {
            role: "light" in inspect.signature(rig.draw).parameters for role, rig in rigs.items()
        }

    def __len__(self) -> int:
        return self._frames

    def __iter__(self) -> Iterator[Bytes]:
        for index in range(self._frames):
            yield self.frame(index)

    def frame(self, index: int) -> Bytes:
        """Frame number `index`."""
        part = index / max(1, self._frames - 1)
        camera = camera_at(self._layout, part, float(self._rate.seconds(index)))
        size = (self._layout.width, self._layout.height)
        matrix = self._matrix(camera, BEHIND_DEPTH)
        picture = cv2.warpAffine(
            self._background,
            matrix,
            size,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        ).astype(np.uint8, copy=False)
        near = [p for p in self._layout.people if p.depth <= 0]
        for number, placed in enumerate(self._layout.people):
            if placed not in near:
                self._person(picture, placed, self._pose(index, number), camera)
        self._foreground(picture, camera)
        for number, placed in enumerate(self._layout.people):
            if placed in near:
                self._person(picture, placed, self._pose(index, number), camera)
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

    def _person(self, picture: Bytes, placed: Placed, pose: Pose, camera: Framed) -> None:
        rig = self._rigs[placed.role]
        depth = FOREGROUND_DEPTH if placed.depth <= 0 else PEOPLE_DEPTH
        matrix = _then(placed.matrix, self._matrix(camera, depth))
        size = (self._layout.width, self._layout.height)
        extra = (
            {"light": placed.light_from, "contrast": placed.contrast}
            if self._lit[placed.role]
            else {}
        )
        sheet = rig.draw(pose, matrix, size, yaw=placed.yaw, view=placed.view, **extra)
        pixels = _toned(sheet.pixels, placed.gain)
        if placed.blur > 0.3:
            sheet, pixels = _blurred(sheet, pixels, placed.blur * camera.zoom, size)
        lay_over(picture, pixels, sheet.x, sheet.y)

    def _foreground(self, picture: Bytes, camera: Framed) -> None:
        if self._front is None:
            return
        matrix = self._matrix(camera, FOREGROUND_DEPTH)
        top = min(
            matrix[1, 0] * x + matrix[1, 1] * self._front.top + matrix[1, 2]
            for x in (0, self._background.shape[1])
        )
        first = max(0, math.floor(top) - 1)
        if first >= picture.shape[0]:
            return
        shifted = matrix.copy()
        shifted[:, 2] += matrix[:, 1] * self._front.top
        shifted[1, 2] -= first
        size = (picture.shape[1], picture.shape[0] - first)
        seen = cv2.warpAffine(self._front.pixels, shifted, size, flags=cv2.INTER_LINEAR)
        lay_over(picture, seen.astype(np.uint8, copy=False), 0, first)


def lay_over(picture: Bytes, pixels: Bytes, x: int, y: int) -> None:
    """Lay premultiplied RGBA over an RGB picture, in place; what lies outside is cut off."""
    left, top = max(0, x), max(0, y)
    right = min(picture.shape[1], x + pixels.shape[1])
    bottom = min(picture.shape[0], y + pixels.shape[0])
    if right <= left or bottom <= top:
        return
    source = pixels[top - y : bottom - y, left - x : right - x]
    through = cv2.cvtColor(255 - np.ascontiguousarray(source[..., 3]), cv2.COLOR_GRAY2RGB)
    colour = cv2.cvtColor(source, cv2.COLOR_RGBA2RGB)
    target = np.ascontiguousarray(picture[top:bottom, left:right])
    behind = cv2.multiply(target, through, scale=1 / 255)
    picture[top:bottom, left:right] = cv2.add(colour, behind)


def _front(foreground: Bytes | None) -> _Front | None:
    if foreground is None:
        return None
    rows = np.flatnonzero(foreground[..., 3].any(axis=1))
    if len(rows) == 0:
        return None
    top = int(rows[0])
    return _Front(premultiplied(foreground[top:]), top)


def premultiplied(straight: Bytes) -> Bytes:
    """RGBA with colour multiplied by alpha."""
    alpha = cv2.cvtColor(np.ascontiguousarray(straight[..., 3]), cv2.COLOR_GRAY2RGB)
    colour = cv2.multiply(np.ascontiguousarray(straight[..., :3]), alpha, scale=1 / 255)
    return np.dstack([colour, straight[..., 3]]).astype(np.uint8, copy=False)


def _then(first: Matrix, second: Plane) -> Matrix:
    """Rig to stage, then stage to frame."""
    a, b, c, d, e, f = first
    whole = second @ np.array([[a, c, e], [b, d, f], [0.0, 0.0, 1.0]])
    return (
        float(whole[0, 0]), float(whole[1, 0]), float(whole[0, 1]),
        float(whole[1, 1]), float(whole[0, 2]), float(whole[1, 2]),
    )  # fmt: skip


def _toned(pixels: Bytes, gain: tuple[float, float, float]) -> Bytes:
    """The light of the place on a person: a gain in linear light, applied to premultiplied sRGB."""
    if gain == (1.0, 1.0, 1.0):
        return pixels
    table = np.empty((256, 1, 4), np.uint8)
    for channel, value in enumerate((*gain, 1.0)):
        table[:, 0, channel] = np.clip(np.arange(256) * value ** (1 / 2.2) + 0.5, 0, 255)
    return cv2.LUT(pixels, table).astype(np.uint8, copy=False)


def _blurred(
    sheet: Sheet, pixels: Bytes, sigma: float, size: tuple[int, int]
) -> tuple[Sheet, Bytes]:
    """Out of focus, at half the size: nobody sees the difference. Edges of the frame are carried on."""
    reach = math.ceil(2.5 * sigma / 2) * 2
    sides = (
        reach if sheet.y > 0 else 0,
        reach if sheet.y + pixels.shape[0] < size[1] else 0,
        reach if sheet.x > 0 else 0,
        reach if sheet.x + pixels.shape[1] < size[0] else 0,
    )
    padded = cv2.copyMakeBorder(pixels, *sides, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    half = cv2.resize(padded, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(half, (0, 0), sigma / 2, borderType=cv2.BORDER_REPLICATE)
    full = cv2.resize(soft, (padded.shape[1], padded.shape[0]), interpolation=cv2.INTER_LINEAR)
    return Sheet(sheet.x - sides[2], sheet.y - sides[0], pixels), full.astype(np.uint8, copy=False)
