"""The sketch: the stage's own drawn composition, to be painted over, and where each person stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.compose import Framed, Layout, PaintParams, Placed
from duocast.compiler.operations.plate import PlateGeometry
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.picture.load import load_rig
from duocast.runtime.picture.pose import NEUTRAL
from duocast.runtime.picture.rig import Rig
from duocast.runtime.stage.compose import compose
from duocast.runtime.stage.files import read_picture
from duocast.runtime.stage.frames import ShotFrames

Mask = NDArray[np.uint8]
"""height x width, 255 where it counts."""
AROUND = 0.035
"""How far around people the painter may go, as a fraction of the picture's height."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawn composition of the whole stage. `people` are the masks of those who are seen from the front, by role.

    Who is behind somebody, or behind a table, is not there.
    """

    picture: RGB
    """height x width x 3."""
    people: Mapping[str, Mask]
    painted: Mask
    """Everybody, with room around them; all of the picture where nobody is."""


def sketched(params: PaintParams, inputs: Mapping[str, Path]) -> Sketch:
    """The composition of the inputs `plate`, `front`, `geometry` and `rig.<role>`."""
    geometry = PlateGeometry.from_json(inputs["geometry"].read_bytes())
    rigs = {one.role: load_rig(inputs[f"rig.{one.role}"]) for one in params.people}
    plate, front = read_picture(inputs["plate"], 3), read_picture(inputs["front"], 4)
    background, foreground, layout = compose(params, geometry, plate, front, rigs)
    return whole(background, foreground, layout, rigs)


def whole(background: RGB, foreground: RGB, layout: Layout, rigs: Mapping[str, Rig]) -> Sketch:
    """Everything on the stage as one picture, and the masks of the people."""
    tall, wide = background.shape[:2]
    start = Framed(x=wide / 2, y=tall / 2, zoom=1.0)
    stage = layout.replace(width=wide, height=tall, start=start, end=start, handheld=0.0)
    drawn = ShotFrames(stage, background, foreground, rigs, None, 1, Rate(numerator=24)).frame(0)
    covered = np.zeros((tall, wide), np.uint8)
    seen: dict[str, Mask] = {}
    for placed in sorted(layout.people, key=lambda one: one.depth):
        own = np.minimum(_alpha(placed, rigs[placed.role], (wide, tall)), 255 - covered)
        if placed.depth > 0:
            own = np.minimum(own, 255 - foreground[..., 3])
        covered = np.maximum(covered, own)
        if placed.view == "front":
            seen[placed.role] = own
    return Sketch(drawn, seen, _painted(covered, layout.people))


def _alpha(placed: Placed, rig: Rig, size: tuple[int, int]) -> Mask:
    """Where a person is on the stage."""
    sheet = rig.draw(NEUTRAL, placed.matrix, size, yaw=placed.yaw, view=placed.view)
    mask = np.zeros((size[1], size[0]), np.uint8)
    rows, columns = sheet.pixels.shape[:2]
    mask[sheet.y : sheet.y + rows, sheet.x : sheet.x + columns] = sheet.pixels[..., 3]
    return mask


def _painted(covered: Mask, people: tuple[Placed, ...]) -> Mask:
    if not people:
        return np.full_like(covered, 255)
    reach = max(3, round(AROUND * covered.shape[0]))
    round_brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    grown = cv2.dilate(np.where(covered > 127, 255, 0).astype(np.uint8), round_brush)
    return np.asarray(cv2.GaussianBlur(grown, (0, 0), reach / 3), np.uint8)
