"""Cuts inside a video: two frames that follow one another and show different things. Nothing is made between them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import RGB

WIDE, TALL = 64, 36
APART = 34.0
"""The mean difference (of 255) of small, levelled copies from which on two frames are two shots."""
LIKE = 0.45
"""The correlation of brightness under which they must be, too."""


def is_cut(first: RGB, second: RGB) -> bool:
    """Whether a cut lies between the frames: they differ everywhere, and have no shapes in common."""
    one, other = _small(first), _small(second)
    if float(np.abs(one - other).mean()) < APART / 2:
        return False
    alike = _correlation(one.mean(axis=2), other.mean(axis=2))
    return alike < LIKE and float(np.abs(one - other).mean()) >= APART * max(0.5, alike)


def _small(picture: RGB) -> NDArray[np.float32]:
    small = cv2.resize(picture, (WIDE, TALL), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small.astype(np.float32), (0, 0), 1.5), np.float32)


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / size if size > 1e-6 else 1.0
