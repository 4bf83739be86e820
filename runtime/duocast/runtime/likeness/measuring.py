"""Measuring: how alike the people in a still, or in sampled frames of a clip, are to their own pictures."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from duocast.runtime.engine import Weights
from duocast.runtime.likeness.embedding import MODEL, Embedder, Embedding, likeness
from duocast.runtime.likeness.report import Figure
from duocast.runtime.picture.photo.build import DETECTOR, LANDMARKS
from duocast.runtime.picture.photo.detect import Face, find_faces
from duocast.runtime.picture.photo.mesh import face_points

SURE = 0.5
"""How sure the model of features must be that there is a face."""
SMALLEST = 24.0
"""Pixels of a face that can still be told apart."""
SAMPLED = (0.15, 0.5, 0.85)
"""Where in a clip frames are looked at, as parts of it."""
LARGEST_SIDE = 2048

RGB = NDArray[np.uint8]
Seen = tuple[Face, Embedding]


class Looker:
    """Sees faces and tells how alike they are. Raises `EngineError` V0102 and so on when a model can't be had."""

    def __init__(self, weights: Weights) -> None:
        self._detector, self._points = weights.path(DETECTOR), weights.path(LANDMARKS)
        self._embed = Embedder(weights.path(MODEL))

    def faces(self, picture: RGB) -> list[Seen]:
        """Every face that can be told, with its embedding, from left to right."""
        return list(self._faces(picture))

    def _faces(self, picture: RGB) -> Iterator[Seen]:
        for face in find_faces(picture, self._detector):
            if face.size >= SMALLEST:
                points, sure = face_points(picture, face, self._points)
                if sure >= SURE:
                    yield face, self._embed(picture, points)

    def known(self, files: Sequence[Path]) -> list[Embedding]:
        """The embedding of the largest face in each picture; those without a face tell nothing."""
        found = []
        for file in files:
            faces = self.faces(opened(file))
            if faces:
                found.append(max(faces, key=lambda one: one[0].size)[1])
        return found


def in_still(
    picture: RGB, looker: Looker, known: Mapping[str, Sequence[Embedding]], order: Sequence[str]
) -> tuple[Figure, ...]:
    """How alike everybody is whose face the still is to show, `order` being the roles from left to right.

    Where all faces are found each is the person's who is meant to be there, so that two who changed places are not
    alike; where some are missing everybody is the face that is most like them.
    """
    faces = looker.faces(picture)
    if len(faces) < len(order):
        return _nearest(faces, known)
    biggest = sorted(faces, key=lambda one: -one[0].size)[: len(order)]
    placed = dict(zip(order, sorted(biggest, key=lambda one: one[0].x), strict=True))
    return tuple(
        Figure(role=role, likeness=_alike(placed[role][1], known[role]) if role in placed else None)
        for role in sorted(known)
    )


def in_clip(
    clip: Path, looker: Looker, known: Mapping[str, Sequence[Embedding]]
) -> tuple[Figure, ...]:
    """How alike everybody is in the mean of the frames that are looked at, where their face is seen."""
    frames = [_nearest(looker.faces(frame), known) for frame in sampled(clip)]
    found = []
    for role in sorted(known):
        figures = [one.likeness for frame in frames for one in frame if one.role == role]
        seen = [figure for figure in figures if figure is not None]
        found.append(Figure(role=role, likeness=round(float(np.mean(seen)), 4) if seen else None))
    return tuple(found)


def _nearest(faces: Sequence[Seen], known: Mapping[str, Sequence[Embedding]]) -> tuple[Figure, ...]:
    """Everybody as the face that is most like them; a face is nobody's twice."""
    pairs = sorted(
        (
            (-_alike(face, known[role]), role, number)
            for role in sorted(known)
            for number, (_, face) in enumerate(faces)
        ),
    )
    found: dict[str, float] = {}
    taken: set[int] = set()
    for negative, role, number in pairs:
        if role not in found and number not in taken:
            found[role] = -negative
            taken.add(number)
    return tuple(Figure(role=role, likeness=found.get(role)) for role in sorted(known))


def _alike(face: Embedding, known: Sequence[Embedding]) -> float:
    """How alike a face is to the most alike of somebody's own pictures."""
    return round(max(likeness(face, one) for one in known), 4)


def opened(file: Path) -> RGB:
    """A picture as RGB bytes, upright, on grey where it is transparent, no larger than is looked at."""
    with Image.open(file) as picture:
        picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        turned = _upright(picture).convert("RGBA")
    turned.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    ground = Image.new("RGBA", turned.size, (128, 128, 128, 255))
    return np.asarray(Image.alpha_composite(ground, turned).convert("RGB"))


def _upright(picture: Image.Image) -> Image.Image:
    from PIL import ImageOps

    return ImageOps.exif_transpose(picture)


def sampled(clip: Path) -> list[RGB]:
    """A few frames of a clip, the same ones on every machine."""
    with av.open(str(clip)) as container:
        count = container.streams.video[0].frames or sum(1 for _ in container.decode(video=0))
    places = {min(count - 1, int(part * count)) for part in SAMPLED}
    found = []
    with av.open(str(clip)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in places:
                picture = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                found.append(np.ascontiguousarray(_smaller(picture)))
    return found


def _smaller(frame: RGB) -> RGB:
    scale = LARGEST_SIDE / max(frame.shape[:2])
    if scale >= 1:
        return frame
    return np.asarray(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
