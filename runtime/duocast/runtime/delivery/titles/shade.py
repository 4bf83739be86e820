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


def cloud(width: int, height: int, soft: float, strength: float) -> Mask:
    """Darkness around a box: it melts away to nothing at the edges, `soft` pixels outside the box."""
    box = np.zeros((height, width), np.float32)
    rim = round(soft * 0.8)
    box[rim : height - rim, rim : width - rim] = strength
    return cv2.GaussianBlur(box, (0, 0), soft * 0.3).astype(np.float32)


def veil(width: int, height: int, middle: float, edge: float) -> Mask:
    """Darkness over the whole frame: `middle` at its centre, `edge` at its corners."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    away = np.clip((x * x + y * y) / 2, 0, 1)
    return (middle + (edge - middle) * away).astype(np.float32)
