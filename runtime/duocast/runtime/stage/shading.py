"""Shading: how the light of the place falls on one person of a shot, made ready once for all frames."""

import cv2
import numpy as np

from duocast.compiler.operations.compose import Layout, Placed
from duocast.runtime.picture.rig import Matrix, Sheet
from duocast.runtime.stage.layers import Bytes, tone_table

_WIDTH = 512
"""Columns of the key light's ramp: four heads, the face in the middle."""


class Shading:
    """The tables of one person. `table` is the place's colour; see `layers.toned`."""

    def __init__(self, placed: Placed, layout: Layout) -> None:
        self._placed = placed
        self._layout = layout
        self.table = tone_table(placed.gain)
        self._ramp = _ramp(placed.light_from, placed.contrast)
        self._ground = _pool()

    def sigma(self, part: float) -> float:
        """Blur in stage pixels when `part` of the shot is over: focus may travel."""
        start, end = self._placed.blur, self._placed.blur_end
        if end is None:
            return start
        eased = part * part * (3 - 2 * part)
        return start + (end - start) * eased

    def modelled(self, pixels: Bytes, sheet: Sheet, matrix: Matrix) -> Bytes:
        """Key light and shade across somebody who doesn't shade themself: a photograph."""
        if self._ramp is None:
            return pixels
        head, face = abs(matrix[0]) + abs(matrix[1]), matrix[4]
        scale = _WIDTH / (4 * head)
        columns = np.arange(sheet.x, sheet.x + pixels.shape[1], dtype=np.float32)
        at = np.clip((columns - face) * scale + _WIDTH / 2, 0, _WIDTH - 1).astype(np.intp)
        row = self._ramp[:, at]
        tall = cv2.resize(row, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)
        return cv2.multiply(pixels, tall, scale=1 / 255).astype(np.uint8, copy=False)

    def ground(self, picture: Bytes, x: float, y: float, wide: float, tall: float) -> None:
        """Darken the floor about (x, y), in place, over an ellipse of these half axes (frame pixels)."""
        height, width = picture.shape[:2]
        left, right = max(0, round(x - wide)), min(width, round(x + wide))
        top, low = max(0, round(y - tall)), min(height, round(y + tall))
        if right - left < 2 or low - top < 2:
            return
        size = self._ground.shape[0]
        scale_x, scale_y = size / (2 * wide), size / (2 * tall)
        matrix = np.array([[scale_x, 0, (left - x + wide) * scale_x], [0, scale_y, (top - y + tall) * scale_y]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        mask = cv2.warpAffine(
            self._ground, matrix, (right - left, low - top), flags=flags, borderValue=(255.0, 255.0, 255.0)
        )
        spot = picture[top:low, left:right]
        cv2.multiply(spot, mask, dst=spot, scale=1 / 255)


def _ramp(light_from: float, contrast: float) -> Bytes | None:
    """One row of factors over RGBA: light on one side of the face, shade on the other."""
    strength = abs(light_from) * contrast
    if strength < 0.02:
        return None
    across = np.linspace(-2, 2, _WIDTH) * np.sign(light_from)
    side = 1 / (1 + np.exp(-4.5 * (across + 0.1)))
    factor = 1 - 0.62 * strength * (1 - side)
    row = np.full((1, _WIDTH, 4), 255, np.uint8)
    row[0, :, :3] = np.clip(255 * factor[:, None], 0, 255)
    return row


def _pool() -> Bytes:
    """Factors of a round shadow, three channels."""
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    far = np.hypot(x, y)
    dark = 0.62 * np.clip(1 - far, 0, 1) ** 1.3
    factor = np.clip(255 * (1 - dark), 0, 255).astype(np.uint8)
    return np.repeat(factor[..., None], 3, axis=2)
