"""Ringing modes: sums of decaying sinusoids, as a struck or plucked body gives them.

A decaying sinusoid is a power z**n, and z**(128 a + b) = z**(128 a) * z**b: so a bank of K modes over n samples is
one product of an (n/128, 2K) and a (2K, 128) matrix, some hundred times as fast as summing sines.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.product import product
from duocast.runtime.sound.signal.spectrum import RATE

_BLOCK = 128


def ringing(
    hertz: Sequence[float] | NDArray[np.floating],
    decays: Sequence[float] | NDArray[np.floating],
    amplitudes: NDArray[np.floating],
    seconds: float,
) -> Floats:
    """Sines from phase 0: K frequencies, decay rates in 1/s, amplitudes (K, channels). Returns (n, channels)."""
    frequencies = np.asarray(hertz, np.float64)
    power = (2j * np.pi * frequencies - np.asarray(decays, np.float64)) / RATE
    blocks = max(1, -(-round(seconds * RATE) // _BLOCK))
    within = np.exp(power[:, np.newaxis] * np.arange(_BLOCK))
    starts = np.exp(power[np.newaxis] * (np.arange(blocks) * _BLOCK)[:, np.newaxis])
    right = np.concatenate([within.real, within.imag]).astype(np.float32)
    channels = []
    for weights in np.asarray(amplitudes, np.float64).T:
        turned = starts * (-1j * weights)
        left = np.concatenate([turned.real, -turned.imag], axis=1).astype(np.float32)
        channels.append(product(left, right).reshape(-1))
    return np.stack(channels, axis=1)[: max(1, round(seconds * RATE))]


def decay_rate(seconds: float | Sequence[float] | NDArray[np.floating]) -> NDArray[np.float64]:
    """The rate in 1/s of what falls by 60 dB in `seconds`."""
    return np.asarray(6.907755 / np.asarray(seconds, np.float64))


def panned(
    amplitudes: NDArray[np.floating], places: NDArray[np.floating] | float
) -> NDArray[np.float64]:
    """Amplitudes (K,) as (K, 2) at places from -1 (left) to 1, of constant power."""
    angle = (np.clip(places, -1, 1) + 1) * np.pi / 4
    sides = [amplitudes * np.cos(angle), amplitudes * np.sin(angle)]
    return np.asarray(np.stack(sides, axis=-1) * np.sqrt(2), np.float64)
