"""Colour between the stage and the encoder: full-range sRGB bytes and BT.709 limited-range YUV 4:2:0 planes.

Chroma stands where H.264 says it does by default: level with every other luma column, between two luma rows.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Plane = NDArray[np.uint8]
RGB = NDArray[np.uint8]
"""height x width x 3, full range."""

KR, KB = 0.2126, 0.0722
KG = 1.0 - KR - KB


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """One frame: luma 16 to 235 at full size, chroma 16 to 240 (128 is grey) at half the width and height."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.y.shape[1], self.y.shape[0]


def yuv_matrix(saturation: float = 1.0) -> NDArray[np.float32]:
    """3 x 4: RGB bytes to YUV bytes, the chroma multiplied by `saturation`."""
    luma = np.array([KR, KG, KB])
    blue = (np.array([0.0, 0.0, 1.0]) - luma) / (2 * (1 - KB))
    red = (np.array([1.0, 0.0, 0.0]) - luma) / (2 * (1 - KR))
    rows = np.stack([luma * 219, blue * 224 * saturation, red * 224 * saturation]) / 255
    return np.hstack([rows, [[16.0], [128.0], [128.0]]]).astype(np.float32)


_STANDARD = yuv_matrix()


def as_bytes(array: ArrayLike) -> NDArray[np.uint8]:
    """The array as bytes; nothing is copied if it is already so."""
    return np.asarray(array, np.uint8)


def planes(rgb: RGB, matrix: NDArray[np.float32] = _STANDARD) -> Planes:
    """The frame as planes. Width and height must be even."""
    return from_yuv(as_bytes(cv2.transform(rgb, matrix)))


def from_yuv(yuv: NDArray[np.uint8]) -> Planes:
    """Planes of a frame that is YUV at every pixel (height x width x 3)."""
    y, u, v = (as_bytes(plane) for plane in cv2.split(yuv))
    return Planes(y, halved(u), halved(v))


def halved(chroma: Plane) -> Plane:
    """Half the width and height: weights 1 2 1 across (centred on even columns), the mean of two rows down."""
    height, width = chroma.shape
    size = (width // 2, height // 2)
    right = cv2.resize(chroma, size, interpolation=cv2.INTER_AREA)
    shifted = np.empty_like(chroma)
    shifted[:, 1:], shifted[:, 0] = chroma[:, :-1], chroma[:, 0]
    left = cv2.resize(shifted, size, interpolation=cv2.INTER_AREA)
    return as_bytes(cv2.addWeighted(left, 0.5, right, 0.5, 0.0))


def rgb(frame: Planes) -> RGB:
    """The planes as full-range RGB bytes (chroma enlarged linearly): for thumbnails and posters."""
    width, height = frame.size
    across = np.array([[0.5, 0, 0.0], [0, 0.5, -0.25]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    u, v = (
        cv2.warpAffine(plane, across, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        for plane in (frame.u, frame.v)
    )
    back = np.linalg.inv(_STANDARD[:, :3].astype(np.float64))
    offset = -back @ _STANDARD[:, 3:].astype(np.float64)
    matrix = np.hstack([back, offset]).astype(np.float32)
    return as_bytes(cv2.transform(cv2.merge([frame.y, u, v]), matrix))


def black(width: int, height: int) -> Planes:
    """A black frame."""
    half = (height // 2, width // 2)
    return Planes(
        np.full((height, width), 16, np.uint8),
        np.full(half, 128, np.uint8),
        np.full(half, 128, np.uint8),
    )
