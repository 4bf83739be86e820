"""Film grain: noise drawn once and moved about, another piece of it for every frame."""

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import Plane

_SPARE = 192
_STRONGEST = 7.0
"""Standard deviation in levels of luma at strength 1."""


class Grain:
    """Grain of one shot. The same seed and frame number give the same grain in every process."""

    def __init__(self, strength: float, width: int, height: int, seed: int) -> None:
        self._strength = strength
        self._seed = seed
        self._noise = _noise(strength, width + _SPARE, height + _SPARE, seed)

    def add(self, luma: Plane, index: int) -> None:
        """Put the grain of frame `index` on the luma, in place."""
        dice = np.random.default_rng((self._seed & 0x7FFF_FFFF, index))
        x, y, flip = (int(n) for n in dice.integers(0, (_SPARE + 1, _SPARE + 1, 4)))
        height, width = luma.shape
        piece = self._noise[y : y + height, x : x + width]
        piece = piece[:: -1 if flip & 1 else 1, :: -1 if flip & 2 else 1]
        cv2.addWeighted(luma, 1.0, np.ascontiguousarray(piece), 1.0, -128.0, dst=luma)


def _noise(strength: float, width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """Soft noise around 128: grains about a 700th of the frame's height big."""
    dice = np.random.default_rng(seed & 0x7FFF_FFFF)
    white = dice.standard_normal((height, width), dtype=np.float32)
    size = max(0.35, (height - _SPARE) / 1400)
    soft = np.asarray(cv2.GaussianBlur(white, (0, 0), size), np.float32)
    soft *= _STRONGEST * strength / float(soft.std())
    return np.clip(np.rint(soft + 128), 0, 255).astype(np.uint8)
