"""The sheet at one size of the pyramid, with the face's points in its pixels."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.data import RigData
from duocast.runtime.picture.photo.reals import Reals


@dataclass(frozen=True, slots=True)
class Level:
    """`pixels` (premultiplied RGBA) with `head` pixels a head; `points` (468 x 2) and `origin` in its pixels."""

    pixels: NDArray[np.uint8]
    points: Reals
    origin: Reals
    head: float
    scale: tuple[float, float]
    """This level's pixels over the sheet's, across and down."""


def level_of(data: RigData, halvings: int) -> Level:
    """The sheet halved `halvings` times by averaging."""
    height, width = data.pixels.shape[:2]
    size = (max(1, width >> halvings), max(1, height >> halvings))
    pixels = data.pixels
    if halvings:
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    scale = (size[0] / width, size[1] / height)
    return Level(
        pixels=pixels,
        points=data.points[:, :2] * scale,
        origin=np.asarray(data.origin) * scale,
        head=data.head * float(np.sqrt(scale[0] * scale[1])),
        scale=scale,
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the level that a part of the face is redrawn in."""

    x: int
    y: int
    width: int
    height: int

    @property
    def slices(self) -> tuple[slice, slice]:
        """Its rows and columns."""
        return slice(self.y, self.y + self.height), slice(self.x, self.x + self.width)

    @property
    def rows(self) -> Reals:
        """The y of its rows, in the level's coordinates (a pixel's own number)."""
        return np.arange(self.height, dtype=np.float64) + self.y

    @property
    def columns(self) -> Reals:
        """The x of its columns."""
        return np.arange(self.width, dtype=np.float64) + self.x


def box_around(level: Level, low: tuple[float, float], high: tuple[float, float]) -> Box:
    """The box from corner `low` to corner `high` (pixels), kept inside the level."""
    height, width = level.pixels.shape[:2]
    x0, y0 = max(0, int(np.floor(low[0]))), max(0, int(np.floor(low[1])))
    x1, y1 = min(width, int(np.ceil(high[0]))), min(height, int(np.ceil(high[1])))
    return Box(x0, y0, max(1, x1 - x0), max(1, y1 - y0))
