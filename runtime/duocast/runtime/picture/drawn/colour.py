"""Colour: hex strings moved about in OKLab, so that lights and shadows keep their harmony."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Lab = NDArray[np.float64]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS = np.linalg.inv(_TO_LMS)
_FROM_LAB = np.linalg.inv(_TO_LAB)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue bytes of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hex_of(red: float, green: float, blue: float) -> str:
    """The string "#rrggbb" of three values between 0 and 255."""
    return "#" + "".join(f"{min(255, max(0, round(v))):02x}" for v in (red, green, blue))


@lru_cache(maxsize=4096)
def _lab(colour: str) -> tuple[float, float, float]:
    srgb = np.array(channels(colour)) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    light, green_red, blue_yellow = (_TO_LAB @ np.cbrt(_TO_LMS @ linear)).tolist()
    return light, green_red, blue_yellow


def _from_lab(lab: Lab) -> str:
    linear = np.clip(_FROM_LMS @ (_FROM_LAB @ lab) ** 3, 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (srgb * 255).tolist()
    return hex_of(red, green, blue)


@lru_cache(maxsize=4096)
def mix(first: str, second: str, share: float) -> str:
    """`share` of the second colour in the first, mixed as the eye would."""
    return _from_lab(np.array(_lab(first)) * (1 - share) + np.array(_lab(second)) * share)


@lru_cache(maxsize=4096)
def tone(colour: str, light: float = 1.0, chroma: float = 1.0, turn: float = 0.0) -> str:
    """The colour with its lightness and chroma scaled and its hue turned by `turn` degrees."""
    level, first, second = _lab(colour)
    angle = np.deg2rad(turn)
    a = first * np.cos(angle) - second * np.sin(angle)
    b = first * np.sin(angle) + second * np.cos(angle)
    return _from_lab(np.array([min(level * light, 1.0), a * chroma, b * chroma]))


def lightness(colour: str) -> float:
    """Perceived lightness, 0 black to 1 white."""
    return _lab(colour)[0]


def shadow(colour: str, depth: float = 1.0) -> str:
    """The colour in shade: darker, richer, a little cooler."""
    return tone(colour, 1 - 0.17 * depth, 1 + 0.06 * depth, -7 * depth)


def glow(colour: str, strength: float = 1.0) -> str:
    """The colour in light: lighter and warmer."""
    return mix(tone(colour, 1 + 0.1 * strength), "#fff3dc", 0.16 * strength)


@lru_cache(maxsize=8192)
def argb(colour: str, alpha: float = 1.0) -> int:
    """The colour as Skia takes it."""
    red, green, blue = channels(colour)
    return (round(255 * min(1.0, max(0.0, alpha))) << 24) | (red << 16) | (green << 8) | blue
