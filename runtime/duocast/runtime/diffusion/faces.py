"""Faces found again in a painted still: who is who, and the rig that makes the painted lips move."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from duocast.compiler.operations.compose import PaintParams, Placed
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.engine import EngineError, FailureClass, Weights
from duocast.runtime.picture.photo.build import DETECTOR, LANDMARKS, build_rig, head_of
from duocast.runtime.picture.photo.data import RigData, save_rig
from duocast.runtime.picture.photo.detect import Face, find_face, find_faces
from duocast.runtime.picture.photo.mesh import eyes_of, face_points, roll_of

REACH = 3.0
"""How much of the picture around a face its rig is made from, in sizes of the face."""
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Bound:
    """A person of the shot and the face that is theirs."""

    role: str
    face: Face


def bound(params: PaintParams, faces: Sequence[Face]) -> tuple[Bound, ...]:
    """The people with their faces, from left to right: seats keep their order in every picture.

    With more faces than people the biggest count. With fewer, `EngineError` (invalid, A0601) if lips are to move;
    else nobody is bound, for nobody knows who is missing.
    """
    roles = params.faces
    if len(faces) < len(roles):
        if not params.rigged:
            return ()
        message = f"{len(faces)} of {len(roles)} faces are found again in the painted picture"
        hint = "ask for a nearer shot, or let a video model animate it"
        raise EngineError(FailureClass.INVALID, "A0601", message, hint)
    biggest = sorted(faces, key=lambda one: -one.size)[: len(roles)]
    ordered = sorted(biggest, key=lambda one: one.x)
    return tuple(Bound(role, face) for role, face in zip(roles, ordered, strict=True))


def faces_in(picture: RGB, weights: Weights) -> tuple[Face, ...]:
    """All faces of the picture, from left to right."""
    return find_faces(picture, weights.path(DETECTOR))


def placed(one: Bound) -> Placed:
    """A person known by the face's box alone."""
    face = one.face
    box = (face.x - face.size / 2, face.y - face.size / 2, face.size, face.size)
    x, y = (face.left_eye[0] + face.right_eye[0]) / 2, (face.left_eye[1] + face.right_eye[1]) / 2
    head = 1.6 * face.size
    return Placed(role=one.role, matrix=(head, 0, 0, head, x, y), yaw=0.0, depth=0.0, face=box)


def rigged(
    picture: RGB, people: Sequence[Bound], folder: Path, weights: Weights
) -> tuple[tuple[Placed, ...], Mapping[str, Path]]:
    """Where everybody's rig lies exactly over their own painted face, and the rigs' files by output name.

    Raises `EngineError`: A0601 for a face that has no features, and what `build_rig` raises.
    """
    found = []
    files: dict[str, Path] = {}
    for number, one in enumerate(people):
        x, y, part = _around(picture, one.face)
        crop = folder / f"face-{number}.png"
        Image.fromarray(part).save(crop)
        head, eyes, turn = _measured(part, one.role, weights)
        data: RigData = build_rig(crop, weights)
        crop.unlink()
        files[f"rig.{one.role}"] = folder / f"rig-{number}.npz"
        save_rig(files[f"rig.{one.role}"], data)
        cos, sin = head * math.cos(turn), head * math.sin(turn)
        matrix = (cos, sin, -sin, cos, eyes[0] + x, eyes[1] + y)
        found.append(placed(one).replace(matrix=matrix, yaw=data.facing))
    return tuple(found), files


def _around(picture: RGB, face: Face) -> tuple[int, int, RGB]:
    """The part of the picture around a face, and where it begins."""
    tall, wide = picture.shape[:2]
    reach = REACH * face.size
    left, top = max(0, int(face.x - reach / 2)), max(0, int(face.y - reach / 2))
    right, low = min(wide, math.ceil(face.x + reach / 2)), min(tall, math.ceil(face.y + reach / 2))
    return left, top, np.ascontiguousarray(picture[top:low, left:right])


def _measured(part: RGB, role: str, weights: Weights) -> tuple[float, tuple[float, float], float]:
    """The head's height, the middle between the eyes and the turn, as `build_rig` sees them."""
    face = find_face(part, weights.path(DETECTOR))
    points, sure = (
        face_points(part, face, weights.path(LANDMARKS)) if face is not None else (None, 0.0)
    )
    if points is None or sure < SURE:
        message = f"the face of {role} in the painted picture has no features that can be followed"
        hint = "ask for a nearer shot, or let a video model animate it"
        raise EngineError(FailureClass.INVALID, "A0601", message, hint)
    left, right = eyes_of(points)
    middle = (left + right) / 2
    return head_of(points), (float(middle[0]), float(middle[1])), roll_of(points)
