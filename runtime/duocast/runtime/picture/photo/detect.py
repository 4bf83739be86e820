"""Where the face is: BlazeFace (MediaPipe's short-range detector), its anchors decoded here.

Bazarevsky et al. 2019, arXiv 1907.05047. Far faces are looked for in overlapping parts of the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.network import Network
from duocast.runtime.picture.photo.reals import Reals

SIDE = 128
SURE = 0.55
TILES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Face:
    """A face in picture pixels: its box's centre and size, the two eyes as the picture shows them, how sure."""

    x: float
    y: float
    size: float
    left_eye: tuple[float, float]
    right_eye: tuple[float, float]
    score: float

    @property
    def roll(self) -> float:
        """The turn of the line between the eyes, radians clockwise."""
        return float(
            np.arctan2(self.right_eye[1] - self.left_eye[1], self.right_eye[0] - self.left_eye[0])
        )


def find_face(rgb: NDArray[np.uint8], model: Path) -> Face | None:
    """The largest face that the detector is sure of, or None."""
    network = Network(model)
    for tiles in TILES:
        found = [
            face
            for part in _parts(rgb.shape[1], rgb.shape[0], tiles)
            for face in _in_part(rgb, part, network)
        ]
        if found:
            return max(found, key=lambda face: (face.size, face.score))
    return None


def find_faces(rgb: NDArray[np.uint8], model: Path) -> tuple[Face, ...]:
    """Every face that the detector is sure of, in whatever tiles it was seen, from left to right; each once."""
    network = Network(model)
    seen = [
        face
        for tiles in TILES
        for part in _parts(rgb.shape[1], rgb.shape[0], tiles)
        for face in _in_part(rgb, part, network)
    ]
    kept: list[Face] = []
    for face in sorted(seen, key=lambda one: -one.score):
        if all(abs(face.x - o.x) + abs(face.y - o.y) > max(face.size, o.size) for o in kept):
            kept.append(face)
    return tuple(sorted(kept, key=lambda one: one.x))


def _parts(width: int, height: int, tiles: int) -> Iterator[tuple[float, float, float]]:
    """Squares (x, y, side) that cover the picture: one around it, or overlapping ones in rows and columns."""
    if tiles == 1:
        side = float(max(width, height))
        yield (width - side) / 2, (height - side) / 2, side
        return
    side = 1.35 * max(width, height) / tiles
    for row in range(tiles):
        for column in range(tiles):
            x = (width - side) * column / (tiles - 1)
            y = (height - side) * row / (tiles - 1)
            yield x, y, side


def _in_part(
    rgb: NDArray[np.uint8], part: tuple[float, float, float], network: Network
) -> list[Face]:
    x, y, side = part
    scale = SIDE / side
    matrix = np.array([[scale, 0, -x * scale], [0, scale, -y * scale]])
    small = cv2.warpAffine(
        _shrunk(rgb, scale), matrix @ _undone(rgb, scale), (SIDE, SIDE), flags=cv2.INTER_LINEAR
    )
    regressors, scores = network(small.astype(np.float32)[None] / 127.5 - 1)
    sure = 1 / (1 + np.exp(-np.clip(scores[0, :, 0], -80, 80)))
    best = [int(i) for i in np.argsort(-sure, kind="stable")[:12] if sure[i] >= SURE]
    return [_face(regressors[0, i], _anchors()[i], float(sure[i]), part) for i in best]


def _shrunk(rgb: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """The picture averaged down by a whole factor first, so that the small input is not made of single pixels."""
    factor = max(1, int(0.7 / scale))
    size = (max(1, rgb.shape[1] // factor), max(1, rgb.shape[0] // factor))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if factor > 1 else rgb)


def _undone(rgb: NDArray[np.uint8], scale: float) -> Reals:
    small = _shrunk(rgb, scale)
    return np.diag([rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0], 1.0])


def _face(
    row: Reals,
    anchor: Reals,
    score: float,
    part: tuple[float, float, float],
) -> Face:
    x, y, side = part
    points = row.reshape(-1, 2).astype(float) / SIDE
    centre = (points[0] + anchor) * side + (x, y)
    eyes = (points[2:4] + anchor) * side + (x, y)
    return Face(
        x=float(centre[0]),
        y=float(centre[1]),
        size=float(points[1].max() * side),
        left_eye=(float(eyes[0, 0]), float(eyes[0, 1])),
        right_eye=(float(eyes[1, 0]), float(eyes[1, 1])),
        score=score,
    )


@cache
def _anchors() -> Reals:
    """The 896 anchor centres, 0 to 1: two for each of 16 x 16 cells, six for each of 8 x 8."""
    rows = []
    for cells, each in ((16, 2), (8, 6)):
        centres = (np.arange(cells) + 0.5) / cells
        grid = np.stack(np.meshgrid(centres, centres), axis=-1).reshape(-1, 2)
        rows.append(np.repeat(grid, each, axis=0))
    return np.concatenate(rows)
