"""Shades: the darkness behind words that keeps them readable over any picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import as_bytes
from duocast.runtime.delivery.lettering import RGBA

Mask = NDArray[np.float32]


def shadowed(pixels: RGBA, near: float, far: float, strength: float) -> tuple[RGBA, int]:
    """The lettering over its own soft shadow, and by how many pixels the picture grew on each side.

    `near` and `far` are the blurs (sigma, pixels) of the tight edge and of the wide glow.
    """
    grown = int(np.ceil(far * 2.5)) + 1
    bordered = cv2.copyMakeBorder(pixels, grown, grown, grown, grown, cv2.BORDER_CONSTANT, value=0)
    room = as_bytes(bordered)
    alpha = room[..., 3].astype(np.float32) / 255
    tight = np.minimum(cv2.GaussianBlur(alpha, (0, 0), near) * 1.6, 1.0)
    wide = np.minimum(cv2.GaussianBlur(alpha, (0, 0), far) * 1.5, 1.0)
    shade = 1 - (1 - 0.55 * strength * tight) * (1 - 0.6 * strength * wide)
    return over(room, shade), grown


def over(pixels: RGBA, shade: Mask) -> RGBA:
    """Premultiplied `pixels` over black of opacity `shade`."""
    alpha = pixels[..., 3].astype(np.float32) / 255
    out = pixels.copy()
    out[..., 3] = np.clip(np.rint(255 * (alpha + shade * (1 - alpha))), 0, 255)
    return out


def black_of(shade: Mask) -> RGBA:
    """Black of opacity `shade` as pixels, with noise below one step so that its gradient shows no bands."""
    noise = np.random.default_rng(0).random(shade.shape, dtype=np.float32)
    pixels = np.zeros((*shade.shape, 4), np.uint8)
    pixels[..., 3] = np.clip(np.floor(shade * 255 + noise), 0, 255)
    return pixels


def away(length: int, first: float, last: float, soft: float) -> Mask:
    """How far each of `length` pixels in a row lies outside [first, last], in units of `soft`; inf is no end."""
    at = np.arange(length, dtype=np.float32)
    return np.asarray(np.maximum(np.maximum(first - at, at - last), 0.0) / soft, np.float32)


def melting(across: Mask, down: Mask) -> Mask:
    """1 where both distances are 0, melting away to 0 where together they come to 1."""
    part = np.clip(1 - np.hypot(across[None, :], down[:, None]), 0, 1)
    return np.asarray(part * part * (3 - 2 * part), np.float32)


def veil(width: int, height: int, middle: float, rim: float) -> Mask:
    """Darkness over the whole frame: `middle` at its centre, `rim` at its corners."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    outside = np.clip((x * x + y * y) / 2, 0, 1)
    return (middle + (rim - middle) * outside).astype(np.float32)
