"""Grains: short sounds scattered in time and space, of which rain, fire, applause and streams are made."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import burst, rise
from duocast.runtime.sound.signal.modes import decay_rate, panned, ringing
from duocast.runtime.sound.signal.reverb import Place, impulse
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE, Curve, convolved, noise

Random = np.random.Generator


def samples_of(seconds: float) -> int:
    """Seconds as samples."""
    return max(1, round(seconds * RATE))


def struck(
    hertz: Sequence[float],
    falls: Sequence[float],
    weights: Sequence[float],
    seconds: float,
    soft: float = 0.001,
    side: float = 0.0,
) -> Floats:
    """A body that is hit: modes in Hz, their times to fall by 60 dB in s, their weights. (n, 2)."""
    sound = ringing(hertz, decay_rate(falls), panned(np.asarray(weights, float), side), seconds)
    up = min(len(sound), samples_of(soft))
    sound[:up] *= rise(up)[:, np.newaxis]
    return sound


def puff(rng: Random, curve: Curve, attack: float, decay: float, channels: int = 1) -> Floats:
    """A burst of noise (n, channels) under a curve, that falls by 60 dB in `decay` s."""
    seconds = attack + decay
    sound = noise(rng, samples_of(seconds), curve, channels)
    return sound * burst(seconds, attack, decay)[: len(sound), np.newaxis]


def placed(mono: NDArray[np.floating], side: float, gain: float = 1.0) -> Floats:
    """A mono sound (n,) or (n, 1) at a side from -1 to 1."""
    return np.asarray(panned(np.asarray(mono).reshape(-1) * gain, side) * np.sqrt(0.5), np.float32)


def scatter(
    ring: Ring,
    rng: Random,
    grains: Sequence[Floats],
    rate: float,
    spread: float = 0.6,
    width: float = 0.9,
    level: float = 1.0,
) -> None:
    """Grains (n, 1) at random moments, `rate` a second, of log-normal strengths, at random sides."""
    count = rng.poisson(rate * len(ring.samples) / RATE)
    moments = rng.integers(0, len(ring.samples), count)
    kinds = rng.integers(0, len(grains), count)
    strengths = np.exp(rng.normal(0, spread, count)) * level
    sides = rng.uniform(-width, width, count)
    for moment, kind, strength, side in zip(moments, kinds, strengths, sides, strict=True):
        ring.add(int(moment), placed(grains[int(kind)], float(side), float(strength)))


def in_place(sound: Floats, place: Place, wet: float) -> Floats:
    """A sound (n, 2) with its place's answer: longer by the tail."""
    answer = convolved(sound, impulse(place)) * np.float32(wet)
    answer[: len(sound)] += sound
    return answer


def looped_in_place(ring: Ring, place: Place, wet: float) -> Floats:
    """A ring with its place's answer; the tail goes round."""
    result = Ring(len(ring.samples))
    result.add(0, in_place(ring.samples, place, wet))
    return result.samples


def moved(bed: Floats, curve: Floats) -> Floats:
    """A bed (n, 2) under a level (n,)."""
    return np.asarray(bed * curve[:, np.newaxis], np.float32)
