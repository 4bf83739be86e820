"""Curves in time: the few shapes that every movement is made of."""

import numpy as np

from duocast.runtime.performance.chance import Floats


def smooth_step(x: Floats) -> Floats:
    """0 below 0, 1 above 1, and between them the path of least jerk."""
    u = np.clip(x, 0.0, 1.0)
    return u**3 * (10 - 15 * u + 6 * u**2)


def rise(time: Floats, start: float, seconds: float) -> Floats:
    """From 0 at `start` to 1 `seconds` later."""
    return smooth_step((time - start) / max(seconds, 1e-6))


def bump(time: Floats, start: float, attack: float, hold: float, release: float) -> Floats:
    """Up from `start` in `attack`, at 1 for `hold`, down in `release` (seconds)."""
    return rise(time, start, attack) * (1 - rise(time, start + attack + hold, release))


def blur(values: Floats, sigma: float) -> Floats:
    """Gaussian low-pass of evenly spaced `values`; `sigma` in steps. The ends are held."""
    if sigma <= 0:
        return values
    reach = max(1, int(np.ceil(3 * sigma)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.pad(values, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def savitzky_golay(values: Floats, window: int, order: int = 2) -> Floats:
    """The polynomial of `order` fitted to `window` (odd) steps around each, read at its middle; ends are held."""
    half = window // 2
    design = np.vander(np.arange(-half, half + 1), order + 1, increasing=True).astype(float)
    kernel = np.linalg.pinv(design)[0][::-1]
    padded = np.pad(values, half, mode="edge")
    return np.convolve(padded, kernel, mode="valid")


def soft_clamp(values: Floats, limit: float) -> Floats:
    """Unchanged while small, never beyond `limit`: bent over from 70 % of it on."""
    knee = 0.7 * limit
    over = np.abs(values) - knee
    bent = knee + (limit - knee) * np.tanh(np.maximum(over, 0) / (limit - knee))
    return np.where(over > 0, np.sign(values) * bent, values)
