"""The one interface of every rig, drawn or photographed: so both are driven and placed alike.

Rig units: the origin lies midway between the eyes of the neutral pose, x to the picture's right, y down, and a head
(chin to crown, hair not counted) is 1 high.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.pose import Pose

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): rig (x, y) -> pixel (a x + c y + e, b x + d y + f)."""

Picture = NDArray[np.uint8]
"""height x width x 4, RGBA, premultiplied alpha, sRGB bytes."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a rig can show, in rig units. `bottom` says how far down the body goes before it is cut off."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where things are in the neutral pose, in rig units, as (x, y)."""

    eyes: tuple[float, float]
    mouth: tuple[float, float]
    chin: tuple[float, float]
    crown: tuple[float, float]
    shoulders: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn part of the frame: `pixels` belong at (x, y) of the frame."""

    x: int
    y: int
    pixels: Picture


class Rig(Protocol):
    """A person that can be posed."""

    extent: Extent
    anchors: Anchors

    def draw(
        self,
        pose: Pose,
        matrix: Matrix,
        size: tuple[int, int],
        *,
        yaw: float = 0.0,
        view: str = "front",
    ) -> Sheet:
        """The person in `pose`, placed by `matrix` on a frame of `size` (width, height).

        `yaw` is where the whole person faces at rest, degrees. `view` "back" shows the person from behind. Only
        the part of the frame that the person covers is drawn; nothing outside the frame.
        """
        ...
