"""Sound by its spectrum: curves in decibels, filters of no delay, noise that loops without a seam.

A whole sound is transformed at once, so every filter here is circular: what rings past the end comes back at
the start. That is what a loop wants; pad a one-shot with silence.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats

RATE = 48_000

NORM: Literal["ortho"] = "ortho"
"""Both ways scaled alike. (numpy copies a transform that needs no scaling through buffers, at a third of the speed.)"""

Curve = Sequence[tuple[float, float]]
"""(hertz, decibels) points, rising; straight lines over the logarithm of frequency join them."""


def gain(curve: Curve, samples: int, rate: int = RATE) -> Floats:
    """The curve's amplitude on the bins of a real transform of `samples` samples; nothing at 0 Hz."""
    hertz = np.fft.rfftfreq(samples, 1 / rate)
    hertz[0] = hertz[1] if len(hertz) > 1 else 1.0
    points = np.log([point[0] for point in curve])
    levels = np.interp(np.log(hertz), points, [point[1] for point in curve])
    amplitudes: Floats = (10 ** (levels / 20)).astype(np.float32)
    amplitudes[0] = 0.0
    return amplitudes


def shaped(samples: NDArray[np.floating], curve: Curve) -> Floats:
    """`samples` (n,) or (n, channels) with the curve put on its spectrum, circularly and without delay."""
    sound = np.asarray(samples, np.float32)
    spectrum = np.fft.rfft(sound, axis=0, norm=NORM)
    amplitudes = gain(curve, len(sound))
    spectrum *= amplitudes if sound.ndim == 1 else amplitudes[:, np.newaxis]
    return np.fft.irfft(spectrum, len(sound), axis=0, norm=NORM).astype(np.float32, copy=False)


def noise(rng: np.random.Generator, samples: int, curve: Curve, channels: int = 1) -> Floats:
    """Gaussian noise (n, channels) under a curve, of root mean square 1; its end runs into its start."""
    bins = samples // 2 + 1
    amplitudes = gain(curve, samples)
    parts = []
    for _ in range(channels):
        random = rng.standard_normal(2 * bins, np.float32).view(np.complex64)
        parts.append(np.fft.irfft(random * amplitudes, samples))
    sound = np.stack(parts, axis=1).astype(np.float32, copy=False)
    level: np.float32 = np.sqrt(np.square(sound).mean())
    return np.asarray(sound / level, np.float32) if level > 0 else sound


def wander(
    rng: np.random.Generator, samples: int, hertz: float, low: float = 0.0, high: float = 1.0
) -> Floats:
    """A slow random curve (n,) between `low` and `high` that changes at about `hertz`, and loops."""
    points = max(4, round(samples / RATE * hertz * 2))
    slow = rng.standard_normal(points).astype(np.float32)
    spectrum = np.fft.rfft(slow)
    spectrum[0] = 0
    # Few points blown up by their spectrum: as smooth as can be, and circular.
    padded = np.zeros(samples // 2 + 1, np.complex64)
    padded[: len(spectrum)] = spectrum[: len(padded)]
    curve = np.fft.irfft(padded, samples).astype(np.float32, copy=False)
    spread = float(curve.std()) or 1.0
    return np.asarray(low + (high - low) * (0.5 + 0.5 * np.tanh(curve / spread)), np.float32)


def good_length(samples: int) -> int:
    """The next even length from `samples` on that a fast transform likes (2^a 3^b 5^c)."""
    samples += samples % 2
    best = 1 << (max(1, samples) - 1).bit_length()
    five = 1
    while five < best:
        three = five
        while three < best:
            two = three * 2
            while two < samples:
                two *= 2
            best = min(best, two)
            three *= 3
        five *= 5
    return best


def convolved(samples: NDArray[np.floating], impulse: NDArray[np.floating]) -> Floats:
    """The whole (not circular) convolution along the first axis; both (n, channels), or one of 1 channel."""
    length = len(samples) + len(impulse) - 1
    size = good_length(length)
    spectrum = np.fft.rfft(np.asarray(samples, np.float32), size, axis=0, norm=NORM)
    spectrum = spectrum * np.fft.rfft(np.asarray(impulse, np.float32), size, axis=0)
    return np.fft.irfft(spectrum, size, axis=0, norm=NORM)[:length].astype(np.float32, copy=False)
