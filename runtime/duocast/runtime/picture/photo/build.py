"""From a photograph to a rig: face found, person cut out, everything laid on one upright sheet."""

from pathlib import Path

import cv2
import numpy as np

from duocast.runtime.engine import EngineError, FailureClass, Weights
from duocast.runtime.picture.photo.data import RigData
from duocast.runtime.picture.photo.decode import Photograph, read_photograph
from duocast.runtime.picture.photo.detect import find_face
from duocast.runtime.picture.photo.matte import foreground, person_matte
from duocast.runtime.picture.photo.mesh import (
    CHIN,
    FOREHEAD,
    SIDES,
    Points,
    eyes_of,
    face_points,
    roll_of,
)
from duocast.runtime.picture.photo.reals import Reals

DETECTOR = "mediapipe/face_detection_short_range.tflite"
LANDMARKS = "mediapipe/face_landmark.tflite"
SELFIE = "mediapipe/selfie_segmentation.tflite"
SALIENT = "matting/u2netp.onnx"

HEAD_PIXELS = (360.0, 640.0)
"""A head on the sheet: small ones are enlarged once, large ones made smaller."""
SMALLEST_HEAD = 56.0
REACH = (-2.4, -1.4, 2.4, 3.6)
"""How much around the face is kept, in rig units."""
FADE = 0.12
"""Where the picture's side cuts the person off, they fade out over this much, in heads."""


def build_rig(picture: Path, weights: Weights) -> RigData:
    """The rig of the person in `picture`.

    Raises `EngineError` (invalid): A0201 to A0204 as `read_photograph`, A0205 no face found, A0206 face too small.
    """
    photograph = read_photograph(picture)
    points = _face(picture, photograph, weights)
    head = head_of(points)
    if head < SMALLEST_HEAD:
        message = f"the face in {picture.name} is only {head * 0.6:.0f} pixels high"
        raise EngineError(
            FailureClass.INVALID, "A0206", message, "Crop the picture nearer, or use a larger one."
        )
    alpha = photograph.alpha
    if alpha is None:
        alpha = person_matte(photograph.rgb, weights.path(SALIENT), weights.path(SELFIE))
    colours = foreground(photograph.rgb, alpha)
    return _laid_out(colours, _faded(alpha, head), points, head)


def _face(picture: Path, photograph: Photograph, weights: Weights) -> Points:
    face = find_face(photograph.rgb, weights.path(DETECTOR))
    if face is not None:
        points, sure = face_points(photograph.rgb, face, weights.path(LANDMARKS))
        if sure >= 0.5:
            return points
    hint = "Use a picture with one face, seen from the front, evenly lit and not covered."
    raise EngineError(FailureClass.INVALID, "A0205", f"no face was found in {picture.name}", hint)


def head_of(points: Points) -> float:
    """The head's height, chin to crown, in the points' unit: the eyes stand about in its middle."""
    left, right = eyes_of(points)
    chin, top = points[CHIN, :2], points[FOREHEAD, :2]
    below = float(np.linalg.norm(chin - (left + right) / 2))
    face = float(np.linalg.norm(chin - top))
    return below + 0.63 * face


def facing_of(points: Points) -> float:
    """Degrees by which the head looks to the picture's right, from the depth of its two sides."""
    across = points[SIDES[1]] - points[SIDES[0]]
    return float(np.clip(np.degrees(np.arctan2(across[2], across[0])), -40, 40))


def _faded(alpha: Reals, head: float) -> Reals:
    """Alpha that goes out towards the picture's left, right and upper edge; the lower one stays hard."""
    height, width = alpha.shape
    reach = max(2.0, FADE * head)
    x, y = np.arange(width) + 0.5, np.arange(height) + 0.5
    across = np.clip(np.minimum(x, width - x) / reach, 0, 1)
    down = np.clip(y / (0.4 * reach), 0, 1)
    soft = np.asarray(
        cv2.GaussianBlur(alpha, (0, 0), float(np.clip(0.004 * head, 0.7, 2.0))), np.float32
    )
    smooth = (across**2 * (3 - 2 * across))[None] * (down**2 * (3 - 2 * down))[:, None]
    return np.asarray(soft * smooth, np.float32)


def _laid_out(colours: Reals, alpha: Reals, points: Points, head: float) -> RigData:
    """The premultiplied picture and the points, turned level and scaled onto the sheet."""
    turn = roll_of(points)
    size = float(np.clip(head, *HEAD_PIXELS))
    left, right = eyes_of(points)
    eyes = (left + right) / 2
    extent = _extent(alpha, eyes, head)
    matrix, width, height = _sheet_matrix(eyes, size / head, turn, extent, head)
    rgba = np.dstack([colours * alpha[..., None], alpha])
    laid = _resampled(rgba, matrix, (width, height), size / head)
    placed = np.empty(points.shape, np.float64)
    placed[:, :2] = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    placed[:, 2] = points[:, 2] * size / head
    origin = matrix[:, :2] @ eyes + matrix[:, 2]
    return RigData(
        pixels=np.rint(laid.clip(0, 1) * 255).astype(np.uint8),
        points=placed,
        origin=(float(origin[0]), float(origin[1])),
        head=size,
        turn=turn,
        facing=facing_of(placed),
        extent=extent,
    )


def _resampled(rgba: Reals, matrix: Reals, size: tuple[int, int], scale: float) -> Reals:
    """The picture through `matrix`; blurred first where it shrinks, so that nothing flickers."""
    soft = np.asarray(
        cv2.GaussianBlur(rgba, (0, 0), 0.45 / scale) if scale < 0.8 else rgba, np.float32
    )
    laid = cv2.warpAffine(
        soft, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT
    ).clip(0, 1)
    return np.asarray(np.minimum(laid, laid[..., 3:]), np.float32)


def _extent(alpha: Reals, eyes: Reals, head: float) -> tuple[float, float, float, float]:
    """What the picture holds of the person, in rig units."""
    rows = np.flatnonzero((alpha > 0.5).any(axis=1))
    columns = np.flatnonzero((alpha > 0.5).any(axis=0))
    if not rows.size:
        raise EngineError(
            FailureClass.INVALID, "A0205", "nobody could be cut out of the picture", "Use another."
        )
    found = (
        (columns[0] - eyes[0]) / head,
        (rows[0] - eyes[1]) / head,
        (columns[-1] + 1 - eyes[0]) / head,
        (rows[-1] + 1 - eyes[1]) / head,
    )
    left, top, right, bottom = found
    return (
        float(max(left, REACH[0])),
        float(max(top, REACH[1])),
        float(min(right, REACH[2])),
        float(min(bottom, REACH[3])),
    )


def _sheet_matrix(
    eyes: Reals,
    scale: float,
    turn: float,
    extent: tuple[float, float, float, float],
    head: float,
) -> tuple[Reals, int, int]:
    """Picture pixels to sheet pixels (2 x 3), and the sheet's size: just large enough for the extent, turned."""
    cosine, sine = np.cos(-turn) * scale, np.sin(-turn) * scale
    rotation = np.array([[cosine, -sine], [sine, cosine]])
    left, top, right, bottom = extent
    corners = (
        np.array([(x, y) for x in (left - 0.1, right + 0.1) for y in (top - 0.1, bottom)]) * head
    )
    spread = corners @ rotation.T
    low = np.floor(spread.min(axis=0))
    size = np.ceil(spread.max(axis=0)) - low
    shift = -low - rotation @ eyes
    return np.column_stack([rotation, shift]), int(size[0]), int(size[1])
