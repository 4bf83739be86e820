"""The level: which gain and which limiter bring a film to its norm, found on its measures alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import (
    PEAK_SPAN,
    SILENCE,
    STEPS,
    Floats,
    amplitude,
    gated_loudness,
)
from duocast.runtime.sound.signal.dynamics import limiter_gain
from duocast.runtime.sound.signal.spectrum import RATE

_SPANS_A_STEP = RATE // STEPS // PEAK_SPAN
_HIGHEST_GAIN = 30.0


@dataclass(frozen=True, slots=True)
class Measures:
    """The sum of all stems at unit gain: mean squares of each 100 ms, true peaks of each 32 samples.

    `loudest` is the highest sample of each stem.
    """

    energies: NDArray[np.float64]
    peaks: Floats
    loudest: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Level:
    """A gain in dB, and the limiter's gain for every 32 samples."""

    gain: float
    limiter: Floats


def level(measures: Measures, loudness: float, ceiling: float) -> Level:
    """What brings the measured film to `loudness` LUFS under `ceiling` dBTP.

    The limiter takes a little loudness away, so the gain is corrected until what it leaves is right. A film that
    cannot be so loud (a single click) stays below it.
    """
    measured = gated_loudness(measures.energies)
    if measured <= SILENCE:
        return Level(0.0, np.ones(len(measures.peaks), np.float32))
    gain = min(loudness - measured, _HIGHEST_GAIN)
    limiter = np.ones(len(measures.peaks), np.float32)
    for _ in range(8):
        limiter = limiter_gain(measures.peaks * np.float32(amplitude(gain)), amplitude(ceiling))
        missing = loudness - gated_loudness(_limited(measures.energies, limiter, gain))
        if abs(missing) < 0.01 or gain + missing > _HIGHEST_GAIN:
            break
        gain += missing
    return Level(gain, limiter)


def _limited(energies: NDArray[np.float64], limiter: Floats, gain: float) -> NDArray[np.float64]:
    needed = len(energies) * _SPANS_A_STEP
    gains = np.pad(limiter, (0, max(0, needed - len(limiter))), constant_values=1.0)[:needed]
    share = np.square(gains).reshape(len(energies), -1).mean(axis=1, dtype=np.float64)
    return np.asarray(energies * share * amplitude(gain) ** 2, np.float64)
