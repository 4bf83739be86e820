"""The lens: a window of the plate on the stage, and what is out of focus in it."""

import cv2
import numpy as np

from duocast.runtime.stage.framing import BEHIND_METRES, SENSOR_METRES, Window, metres
from duocast.runtime.stage.pixels import Bytes, Floats, encoded, linear
from duocast.runtime.stage.placing import Stage

APERTURE = 2.4
BOKEH = 1.25
"""How much bigger than physics the discs are: drawn places have little detail to lose."""


def cropped(picture: Bytes, window: Window, stage: Stage) -> Bytes:
    """The window of the plate on the stage; a plate much larger than it is filtered down first."""
    scale = stage.scale(window)
    source, shrink = picture, 1.0
    while scale / shrink < 0.6:
        shrink *= 0.5
        half = (max(2, source.shape[1] // 2), max(2, source.shape[0] // 2))
        source = cv2.resize(source, half, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    step_x, step_y = picture.shape[1] / source.shape[1], picture.shape[0] / source.shape[0]
    left, top = stage.point(window, 0.0, 0.0)
    matrix = np.array([[scale * step_x, 0, left], [0, scale * step_y, top]])
    way = cv2.INTER_LINEAR if scale * step_x < 1.5 else cv2.INTER_CUBIC
    seen = cv2.warpAffine(
        source, matrix, (stage.width, stage.height), flags=way, borderMode=_border(picture)
    )
    return seen.astype(np.uint8, copy=False)


def _border(picture: Bytes) -> int:
    """A room goes on at its edge; a table's front side does too, downwards."""
    return cv2.BORDER_REFLECT_101 if picture.shape[2] == 3 else cv2.BORDER_REPLICATE


def disc(lens_mm: float, share: float) -> float:
    """Radius of a background point's disc, as a fraction of the frame's height, when the people are in focus."""
    focal, distance = lens_mm / 1000, metres(lens_mm, share)
    spread = focal * focal / (APERTURE * max(distance - focal, focal))
    return BOKEH * spread * BEHIND_METRES / (distance + BEHIND_METRES) / SENSOR_METRES / 2


def out_of_focus(background: Bytes, lens_mm: float, share: float, stage: Stage) -> Bytes:
    """The background as the lens sees it behind people in focus: every point becomes a disc, in linear light."""
    radius = disc(lens_mm, share) * stage.frame
    if radius < 0.5:
        return background
    return blurred(background, radius)


def blurred(picture: Bytes, radius: float) -> Bytes:
    """Each point spread over a disc of `radius` pixels; bright points keep their strength, as on film."""
    shrink = 2 if radius > 6 else 1
    size = (picture.shape[1] // shrink, picture.shape[0] // shrink)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if shrink > 1 else picture
    light = linear(small.astype(np.uint8, copy=False))
    light *= 1 + 1.5 * np.clip((light.max(axis=2, keepdims=True) - 0.82) / 0.18, 0, 1) ** 2
    spread = cv2.filter2D(light, -1, _kernel(radius / shrink), borderType=cv2.BORDER_REFLECT_101)
    over = np.maximum(spread - 0.8, 0)
    spread = spread - over + over / (1 + over / 0.2)
    out = encoded(np.asarray(spread, np.float32))
    if shrink > 1:
        out = np.asarray(
            cv2.resize(out, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_CUBIC),
            np.float32,
        )
    return np.asarray(np.clip(out + 0.5, 0, 255), np.uint8)


def _kernel(radius: float) -> Floats:
    reach = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    mask = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1) * (0.85 + 0.15 * np.hypot(x, y) / radius)
    return np.asarray(mask / mask.sum(), np.float32)
