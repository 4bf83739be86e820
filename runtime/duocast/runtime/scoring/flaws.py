"""Flaws: what makes a sound that came out of a model unusable."""

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import decibels, integrated_loudness

SILENT = -55.0
"""LUFS under which nothing was made."""
FLAT = 0.01
"""The share of samples at the very top, three and more in a row, from which on a sound is clipped."""
STANDING = 0.9
"""The share of a sound's amplitude that stands still and is not heard."""
SHORT = 0.5
"""Of the length that was asked for."""


def flaw(samples: NDArray[np.floating], rate: int, seconds: float) -> str | None:
    """Why samples (n, channels) of which `seconds` were asked are no sound; None if they are one."""
    if not len(samples) or len(samples) / rate < SHORT * seconds:
        return f"it has {len(samples) / rate:.1f} of {seconds:.1f} seconds"
    if not np.isfinite(samples).all():
        return f"{np.mean(~np.isfinite(samples)):.0%} of its samples are no numbers"
    peak = float(np.abs(samples).max())
    if peak == 0 or decibels(peak) < -60:
        return "it is silent"
    plain = np.asarray(samples, np.float32)
    if abs(float(plain.mean())) > STANDING * float(np.sqrt(np.square(plain).mean())):
        return "it stands still"
    if integrated_loudness(plain - plain.mean(axis=0), rate) < SILENT:
        return "it is silent"
    flat = clipped(plain)
    return f"{flat:.0%} of it is clipped" if flat > FLAT else None


def clipped(samples: NDArray[np.floating]) -> float:
    """The share of samples (n, channels) that lie in runs at the highest value, as a limit of the numbers leaves."""
    top = np.abs(samples) >= 0.999 * np.abs(samples).max()
    inside = top[2:] & top[1:-1] & top[:-2]
    return float(inside.sum() / max(1, top.size))
