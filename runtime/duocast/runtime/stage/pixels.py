"""Bytes and light: sRGB bytes to linear values and back."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_STEPS = 4096


def _linear_table() -> Floats:
    v = np.arange(256) / 255.0
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _byte_table() -> Floats:
    v = (np.arange(_STEPS) / (_STEPS - 1)) ** 2
    out = np.where(v <= 0.0031308, v * 12.92, 1.055 * np.maximum(v, 1e-9) ** (1 / 2.4) - 0.055)
    return (out * 255).astype(np.float32)


_TO_LINEAR = _linear_table()
_TO_BYTES = _byte_table()


def linear(pixels: Bytes) -> Floats:
    """Linear light, 0 to 1, of sRGB bytes; the same shape."""
    return _TO_LINEAR[pixels]


def encoded(light: Floats) -> Floats:
    """sRGB values 0 to 255 (not yet rounded) of linear light; the same shape."""
    steps = np.sqrt(np.clip(light, 0, 1)) * (_STEPS - 1)
    return _TO_BYTES[(steps + 0.5).astype(np.uint16)]


def dithered(values: Floats, seed: int, strength: float = 1.0) -> Bytes:
    """Values 0 to 255 rounded to bytes with a seeded noise of about `strength` steps, so that soft gradients
    show no bands."""
    generator = np.random.default_rng(seed)
    noise = generator.integers(0, 256, (256, 256), dtype=np.uint8).astype(np.float32)
    noise = (noise - 127.5) / 127.5 * strength * 0.5
    height, width = values.shape[:2]
    tiled = np.tile(noise, (height // 256 + 1, width // 256 + 1))[:height, :width]
    return np.asarray(np.clip(values + tiled[..., None] + 0.5, 0, 255), np.uint8)


def srgb_of(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """One linear colour as sRGB, 0 to 1."""
    out = encoded(np.array(light, np.float32)) / 255
    return (float(out[0]), float(out[1]), float(out[2]))
