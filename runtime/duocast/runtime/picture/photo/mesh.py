"""The face's 468 points (MediaPipe's face landmark model), in picture pixels, and the lines they lie on.

Kartynnik et al. 2019, arXiv 1907.06724. Lists run from the picture's left to its right.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.detect import Face
from duocast.runtime.picture.photo.network import Network
from duocast.runtime.picture.photo.reals import Reals

SIDE = 192
REACH = 1.5
"""The crop's side over the face box's."""

Points = Reals

UPPER_OUTER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
UPPER_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
LOWER_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
JAW = (
    234,
    93,
    132,
    58,
    172,
    136,
    150,
    149,
    176,
    148,
    152,
    377,
    400,
    378,
    379,
    365,
    397,
    288,
    361,
    323,
    454,
)
OVAL = (*JAW, 356, 389, 251, 284, 332, 297, 338, 10, 109, 67, 103, 54, 21, 162, 127)
LEFT_UPPER_LID = (33, 246, 161, 160, 159, 158, 157, 173, 133)
LEFT_LOWER_LID = (33, 7, 163, 144, 145, 153, 154, 155, 133)
RIGHT_UPPER_LID = (362, 398, 384, 385, 386, 387, 388, 466, 263)
RIGHT_LOWER_LID = (362, 382, 381, 380, 374, 373, 390, 249, 263)
LEFT_BROW = (70, 63, 105, 66, 107)
RIGHT_BROW = (336, 296, 334, 293, 300)
LEFT_BROW_LOW = (46, 53, 52, 65, 55)
RIGHT_BROW_LOW = (285, 295, 282, 283, 276)
NOSE_BASE = (98, 97, 2, 326, 327)
NOSE_TIP, CHIN, FOREHEAD = 4, 152, 10
SIDES = (234, 454)


def face_points(rgb: NDArray[np.uint8], face: Face, model: Path) -> tuple[Points, float]:
    """468 x 3 (x, y in pixels, z towards the picture in the same unit) and how sure the model is, 0 to 1.

    A second pass over a crop made from the first one's points centres the face.
    """
    network = Network(model)
    points, _ = _points_in(rgb, (face.x, face.y), REACH * face.size, face.roll, network)
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    centre, size = (low + high) / 2, float((high - low).max())
    return _points_in(
        rgb, (float(centre[0]), float(centre[1])), REACH * size, roll_of(points), network
    )


def _points_in(
    rgb: NDArray[np.uint8], centre: tuple[float, float], side: float, roll: float, network: Network
) -> tuple[Points, float]:
    scale = SIDE / side
    cosine, sine = np.cos(-roll) * scale, np.sin(-roll) * scale
    turn = np.array([[cosine, -sine], [sine, cosine]])
    shift = SIDE / 2 - turn @ np.asarray(centre)
    factor = max(1, int(0.7 / scale))
    small = (
        rgb
        if factor == 1
        else cv2.resize(rgb, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    )
    matrix = np.column_stack(
        [turn @ np.diag([rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0]]), shift]
    )
    crop = cv2.warpAffine(
        small, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    raw, presence = network(crop.astype(np.float32)[None] / 255)
    flat = raw.reshape(-1, 3).astype(float)
    back = np.linalg.inv(turn)
    points = np.empty_like(flat)
    points[:, :2] = (flat[:, :2] - shift) @ back.T
    points[:, 2] = flat[:, 2] / scale
    return points, float(1 / (1 + np.exp(-np.clip(presence.ravel()[0], -80, 80))))


def roll_of(points: Points) -> float:
    """The turn of the line between the eyes' outer corners, radians clockwise."""
    across = points[263, :2] - points[33, :2]
    return float(np.arctan2(across[1], across[0]))


def eyes_of(points: Points) -> tuple[Points, Points]:
    """The middles of the two eyes, the picture's left first."""
    left = points[[33, 133], :2].mean(axis=0)
    right = points[[362, 263], :2].mean(axis=0)
    return left, right
