"""Lips read from a finished film's frames: the face mesh finds every face, drawn or photographed, as it finds people's.

The distance of the inner lips over the height of the face, for each frame in which a role is seen from the front.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duocast.cli.studio import weights
from duocast.compiler.operations.compose import Layout, Placed
from duocast.compiler.timeline import PictureClip
from duocast.runtime.picture.photo.build import DETECTOR, LANDMARKS
from duocast.runtime.picture.photo.detect import find_face
from duocast.runtime.picture.photo.mesh import CHIN, FOREHEAD, LOWER_INNER, UPPER_INNER, face_points
from duocast.runtime.stage.moves import camera_at
from measure.picture import frames_rgb
from measure.rendered import Rendered

Bytes = NDArray[np.uint8]
Floats = NDArray[np.floating]

SURE = 0.5
MARGIN = 0.9
"""How much of a face's height is looked at around its box."""
SMALLEST = 40
"""Pixels: faces below this are not read."""
_MIDDLE = slice(3, 8)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the frame in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, picture: Bytes) -> Bytes:
        """The part of a picture."""
        return np.ascontiguousarray(picture[self.top : self.bottom, self.left : self.right])


def seen_lips(film: Rendered, clip: PictureClip) -> dict[str, Floats]:
    """A row for each role whose face is seen; NaN where the mesh is not sure."""
    layout = film.layout(clip.shot)
    people = [p for p in layout.people if p.view == "front"] if layout else []
    if layout is None or not people:
        return {}
    rows: dict[str, list[float]] = {person.role: [] for person in people}
    for number, picture in enumerate(frames_rgb(film.film, clip.start, clip.frames)):
        for person in people:
            box = face_box(layout, person, number, clip, film)
            rows[person.role].append(lip_distance(box.of(picture)) if box else float("nan"))
    return {role: np.array(row) for role, row in rows.items()}


def face_box(
    layout: Layout, person: Placed, number: int, clip: PictureClip, film: Rendered
) -> Box | None:
    """Where a person's face is in frame `number` of a clip, with a margin; None if it is too small or outside."""
    part = number / max(1, clip.frames - 1)
    camera = camera_at(layout, part, float(film.timeline.rate.seconds(number)))
    x, y, width, height = person.face
    if height * camera.zoom < SMALLEST:
        return None
    grown = MARGIN * height
    corners = [
        ((at_x - camera.x) * camera.zoom, (at_y - camera.y) * camera.zoom)
        for at_x, at_y in ((x - grown, y - grown), (x + width + grown, y + height + grown))
    ]
    (left, top), (right, bottom) = corners
    middle_x, middle_y = layout.width / 2, layout.height / 2
    box = Box(
        max(0, round(left + middle_x)),
        max(0, round(top + middle_y)),
        min(layout.width, round(right + middle_x)),
        min(layout.height, round(bottom + middle_y)),
    )
    return box if box.right - box.left > SMALLEST and box.bottom - box.top > SMALLEST else None


def lip_distance(picture: Bytes) -> float:
    """The distance of the inner lips over the face's height; NaN where no face is found."""
    detector, landmarks = _models()
    face = find_face(picture, detector)
    if face is None:
        return float("nan")
    points, sure = face_points(picture, face, landmarks)
    if sure < SURE:
        return float("nan")
    upper, lower = (
        points[list(row)[_MIDDLE], :2].mean(axis=0) for row in (UPPER_INNER, LOWER_INNER)
    )
    height = float(np.linalg.norm(points[CHIN, :2] - points[FOREHEAD, :2]))
    return float(np.linalg.norm(lower - upper)) / height


@cache
def _models() -> tuple[Path, Path]:
    found = weights()
    return found.path(DETECTOR), found.path(LANDMARKS)
