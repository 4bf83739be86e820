"""A region: the square of a still around one face, which a program sees alone; what it makes goes back softly."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.compose import Layout, Placed
from duocast.runtime.delivery.colour import RGB

_LEAST = 32
_SOFT = 0.06
"""How wide the soft edge is, in the square's side."""


@dataclass(frozen=True, slots=True)
class Region:
    """A square of the still, in pixels."""

    x: int
    y: int
    side: int

    def cut(self, still: RGB) -> RGB:
        """What the program sees."""
        return np.ascontiguousarray(still[self.y : self.y + self.side, self.x : self.x + self.side])

    def put(self, picture: RGB, made: RGB) -> None:
        """Put a made square of any size into the picture."""
        if made.shape[:2] != (self.side, self.side):
            made = np.asarray(
                cv2.resize(made, (self.side, self.side), interpolation=cv2.INTER_AREA), np.uint8
            )
        here = picture[self.y : self.y + self.side, self.x : self.x + self.side]
        share = self.mask()[:, :, None]
        here[:] = np.rint(here * (1 - share) + made * share).astype(np.uint8)

    def mask(self) -> NDArray[np.float32]:
        """1 inside, falling to 0 at the edges."""
        edge = max(1.0, _SOFT * self.side)
        at = np.minimum(np.arange(self.side) + 0.5, self.side - np.arange(self.side) - 0.5)
        ramp = np.clip(at / edge, 0.0, 1.0).astype(np.float32)
        return np.asarray(np.minimum(ramp[:, None], ramp[None, :]), np.float32)


def region(person: Placed, layout: Layout, still: RGB, margin: float) -> Region | None:
    """The square around a person's face with `margin` faces of room on each side; None where no face is seen."""
    tall, wide = still.shape[:2]
    start, (x, y, width, height) = layout.start, person.face
    left = ((x - start.x) * start.zoom + layout.width / 2) * wide / layout.width
    top = ((y - start.y) * start.zoom + layout.height / 2) * tall / layout.height
    face = (width * start.zoom * wide / layout.width, height * start.zoom * tall / layout.height)
    middle = (left + face[0] / 2, top + face[1] / 2)
    side = round(min(max(face) * (1 + 2 * margin), wide, tall)) // 2 * 2
    inside = 0 <= middle[0] < wide and 0 <= middle[1] < tall
    if person.view == "back" or not inside or side < _LEAST:
        return None
    at_x = round(min(max(middle[0] - side / 2, 0), wide - side))
    at_y = round(min(max(middle[1] - side / 2, 0), tall - side))
    return Region(at_x, at_y, side)
