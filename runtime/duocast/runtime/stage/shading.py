"""Shading: how the light of the place falls on one person of a shot, made ready once for all frames."""

import cv2
import numpy as np

from duocast.compiler.operations.compose import Layout, Placed
from duocast.runtime.picture.rig import Matrix, Sheet
from duocast.runtime.stage.layers import Bytes

NEUTRAL = 220
"""The factor that changes nothing."""
RIM_HEADS = 0.022
"""How wide the light on the outline is, in heads."""
_WIDTH = 512
"""Columns of the key light's ramp: four heads, the face in the middle."""


class Shading:
    """The light on one person, made ready once."""

    def __init__(self, placed: Placed, layout: Layout, *, modelled: bool) -> None:
        """`modelled`: shade the person too, because the rig doesn't do it itself."""
        self._placed = placed
        self._plain = tone(placed.gain)
        self._ramp = _ramp(placed.light_from, placed.contrast, self._plain) if modelled else None
        self._flat = np.empty((layout.height, layout.width, 4), np.uint8)
        self._flat[:] = self._plain
        bright = max(placed.rim) > 0.02
        self._rim = tuple(255 * part for part in placed.rim) if bright else None
        self._rim_side = 1 if placed.light_from < 0 else -1
        self._ground = _pool() if placed.shadow is not None else None

    def sigma(self, part: float) -> float:
        """Blur in stage pixels when `part` of the shot is over: focus may travel."""
        start, end = self._placed.blur, self._placed.blur_end
        if end is None:
            return start
        eased = part * part * (3 - 2 * part)
        return start + (end - start) * eased

    def lit(self, sheet: Sheet, matrix: Matrix) -> Bytes:
        """The sheet's pixels in the light of the place. `matrix` says where the face is."""
        pixels = sheet.pixels
        factor = self._flat[: pixels.shape[0], : pixels.shape[1]]
        if self._ramp is not None:
            factor = self._modelling(self._ramp, sheet, matrix)
        seen = cv2.multiply(pixels, factor, scale=1 / NEUTRAL).astype(np.uint8, copy=False)
        if self._rim is not None:
            _add_rim(seen, self._rim, self._rim_side, abs(matrix[0]) + abs(matrix[1]))
        return seen

    @staticmethod
    def _modelling(ramp: Bytes, sheet: Sheet, matrix: Matrix) -> Bytes:
        """The ramp over the sheet: half a head to each side of the face it has done its work."""
        height, width = sheet.pixels.shape[:2]
        head, face = abs(matrix[0]) + abs(matrix[1]), matrix[4]
        columns = np.arange(sheet.x, sheet.x + width, dtype=np.float32)
        at = np.clip((columns - face) * (_WIDTH / (4 * head)) + _WIDTH / 2, 0, _WIDTH - 1)
        row = ramp[:, at.astype(np.intp)]
        return np.asarray(
            cv2.resize(row, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8
        )

    def ground(self, picture: Bytes, x: float, y: float, wide: float, tall: float) -> None:
        """Darken the floor about (x, y), in place, over an ellipse of these half axes (frame pixels)."""
        if self._ground is None:
            return
        height, width = picture.shape[:2]
        left, right = max(0, round(x - wide)), min(width, round(x + wide))
        top, low = max(0, round(y - tall)), min(height, round(y + tall))
        if right - left < 2 or low - top < 2:
            return
        size = self._ground.shape[0]
        scale_x, scale_y = size / (2 * wide), size / (2 * tall)
        matrix = np.array(
            [[scale_x, 0, (left - x + wide) * scale_x], [0, scale_y, (top - y + tall) * scale_y]]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        mask = cv2.warpAffine(
            self._ground,
            matrix,
            (right - left, low - top),
            flags=flags,
            borderValue=(255.0, 255.0, 255.0),
        )
        spot = picture[top:low, left:right]
        cv2.multiply(spot, mask, dst=spot, scale=1 / 255)


def _add_rim(pixels: Bytes, colour: tuple[float, ...], side: int, head: float) -> None:
    """Light from behind along one side of the outline, in place: where the person ends a little farther on."""
    wide = max(1, round(RIM_HEADS * head))
    height, width = pixels.shape[:2]
    if width <= 2 * wide or height <= 2 * wide:
        return
    alpha = cv2.extractChannel(pixels, 3)
    grown = cv2.copyMakeBorder(alpha, wide, 0, wide, wide, cv2.BORDER_REPLICATE)
    start = 2 * wide if side > 0 else 0
    beyond = grown[wide // 2 : wide // 2 + height, start : start + width]
    edge = cv2.blur(cv2.subtract(alpha, beyond), (2 * (wide // 2) + 1, 2 * (wide // 2) + 1))
    edge = cv2.min(edge, alpha)
    light = cv2.merge([cv2.convertScaleAbs(edge, alpha=part / 255) for part in colour] + [edge * 0])
    cv2.add(pixels, light, dst=pixels)
    inside = cv2.cvtColor(cv2.extractChannel(pixels, 3), cv2.COLOR_GRAY2RGBA)
    cv2.min(pixels, inside, dst=pixels)


def tone(gain: tuple[float, float, float]) -> Bytes:
    """A gain in linear light as factors over premultiplied sRGB RGBA; `NEUTRAL` is 1."""
    factors = [NEUTRAL * min(value, 1.25) ** (1 / 2.2) for value in gain]
    return np.clip(np.array([*factors, NEUTRAL]) + 0.5, 0, 255).astype(np.uint8)


def _ramp(light_from: float, contrast: float, plain: Bytes) -> Bytes | None:
    """One row of factors over RGBA: light on one side of the face, shade on the other."""
    strength = abs(light_from) * contrast
    if strength < 0.02:
        return None
    across = np.linspace(-2, 2, _WIDTH) * np.sign(light_from)
    side = 1 / (1 + np.exp(-4.5 * (across + 0.1)))
    factor = 1 - 0.62 * strength * (1 - side)
    row = np.empty((1, _WIDTH, 4), np.uint8)
    row[0, :, :3] = np.clip(plain[:3] * factor[:, None] + 0.5, 0, 255)
    row[0, :, 3] = plain[3]
    return row


def _pool() -> Bytes:
    """Factors of a round shadow, three channels."""
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    far = np.hypot(x, y)
    dark = 0.62 * np.clip(1 - far, 0, 1) ** 1.3
    factor = np.clip(255 * (1 - dark), 0, 255).astype(np.uint8)
    return np.repeat(factor[..., None], 3, axis=2)
