"""The vignette: the corners fall off as a lens lets them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import Plane, Planes, as_bytes


class Vignette:
    """Darker corners, `strength` 0 none to 1 strong (a corner keeps two fifths of its light)."""

    def __init__(self, strength: float, width: int, height: int) -> None:
        mask = _mask(strength, width, height)
        half = np.asarray(
            cv2.resize(mask, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.float32
        )
        self._full, self._black = _bytes(mask * 255), _bytes((1 - mask) * 16)
        self._half, self._grey = _bytes(half * 255), _bytes((1 - half) * 128)

    def apply(self, frame: Planes) -> None:
        """Darken the frame, in place."""
        _fall(frame.y, self._full, self._black)
        _fall(frame.u, self._half, self._grey)
        _fall(frame.v, self._half, self._grey)


def _mask(strength: float, width: int, height: int) -> NDArray[np.float32]:
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * min(1.0, height / width * 1.4)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * min(1.0, width / height * 1.4)
    away = (x * x + y * y) / float((x * x).max() + (y * y).max())
    part = np.clip((away - 0.12) / 0.88, 0, 1)
    return (1 - 0.6 * strength * part * (0.4 + 0.6 * part)).astype(np.float32)


def _fall(plane: Plane, mask: Plane, floor: Plane) -> None:
    cv2.multiply(plane, mask, dst=plane, scale=1 / 255)
    cv2.add(plane, floor, dst=plane)


def _bytes(plane: NDArray[np.floating]) -> Plane:
    return as_bytes(np.clip(np.rint(plane), 0, 255).astype(np.uint8))
