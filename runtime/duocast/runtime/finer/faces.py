"""Faces in a frame: laid upright on a square as restorers want them, and back into the frame with a soft edge. Pure."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import RGB
from duocast.runtime.finer.colour import true_to
from duocast.runtime.finer.tiles import Floats

SIDE = 512
PLACES = np.array(
    [(193.0, 240.0), (319.0, 240.0), (256.0, 314.0), (201.0, 371.5), (313.0, 371.5)], np.float64
)
"""Where the eyes, the tip of the nose and the corners of the mouth lie on the square of those who trained restorers."""
SOFT = 0.11
"""How wide the edge of the pasted square fades, of its side."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A face on its square (RGB, 0 to 1), and the matrix (2 x 3) that took it there from the frame."""

    face: Floats
    matrix: NDArray[np.float64]


def fitted(points: Points, places: Points = PLACES) -> NDArray[np.float64]:
    """The turn, size and shift (2 x 3) that lays `points` nearest to `places`, by least squares."""
    middle, aim = points.mean(axis=0), places.mean(axis=0)
    a, b = points - middle, places - aim
    size = float((a * a).sum())
    along = float((a * b).sum()) / size
    across = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / size
    turn = np.array([[along, -across], [across, along]])
    return np.column_stack([turn, aim - turn @ middle])


def aligned(frame: RGB, points: Points) -> Aligned:
    """The face whose eyes (as the picture shows them, left first), nose and mouth corners these points are."""
    matrix = fitted(points)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    soft = cv2.GaussianBlur(frame, (0, 0), 0.45 / scale) if scale < 0.8 else frame
    square = cv2.warpAffine(soft, matrix, (SIDE, SIDE), flags=way, borderMode=cv2.BORDER_REPLICATE)
    return Aligned(np.asarray(square, np.float32) / np.float32(255), matrix)


def mask() -> Floats:
    """1 in the middle of the square, 0 at its edge, soft between."""
    inside = np.arange(SIDE, dtype=np.float32) + 0.5
    near = np.clip(np.minimum(inside, SIDE - inside) / (SOFT * SIDE), 0, 1)
    smooth = near * near * (3 - 2 * near)
    return np.asarray(np.outer(smooth, smooth), np.float32)


def pasted(frame: RGB, at: Aligned, restored: Floats, strength: float) -> RGB:
    """The frame with the restored square over its face, as strongly as that is wanted, in the frame's colours."""
    tall, wide = frame.shape[:2]
    toned = np.clip(true_to(at.face, restored), 0, 1)
    back = cv2.invertAffineTransform(at.matrix)
    size = (wide, tall)
    over = cv2.warpAffine(toned, back, size, flags=cv2.INTER_LINEAR)
    share = cv2.warpAffine(mask(), back, size, flags=cv2.INTER_LINEAR)[..., None] * strength
    mixed = frame.astype(np.float32) * (1 - share) + over * 255 * share
    return np.where(share > 0, np.rint(np.clip(mixed, 0, 255)), frame).astype(np.uint8)
