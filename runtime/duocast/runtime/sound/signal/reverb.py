"""Reverberation: impulse responses of places, made from reflections and decaying noise."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import rise
from duocast.runtime.sound.signal.modes import panned
from duocast.runtime.sound.signal.spectrum import RATE

_BANDS = (90.0, 250.0, 700.0, 2000.0, 5000.0, 11000.0)


@dataclass(frozen=True, slots=True)
class Place:
    """How a place answers.

    `decay` is the time to fall by 60 dB at 700 Hz, `damping` how much sooner the highs are gone (1: four times),
    `delay` the first gap in seconds, `early` the share of energy in single reflections, `reflections` how many
    stand within `spread` seconds.
    """

    decay: float
    damping: float = 0.6
    delay: float = 0.005
    early: float = 0.5
    reflections: int = 12
    spread: float = 0.04


def _band_masks(bins: int, samples: int) -> list[Floats]:
    hertz = np.fft.rfftfreq(samples, 1 / RATE)
    octaves = np.log2(np.maximum(hertz, 1.0))
    centres = np.log2(_BANDS)
    masks = []
    for number in range(len(_BANDS)):
        shape = np.zeros(len(_BANDS))
        shape[number] = 1.0
        masks.append(np.interp(octaves, centres, shape).astype(np.float32)[:bins])
    return masks


def tail(place: Place, seed: int) -> Floats:
    """The late, dense part as (n, 2): noise whose bands die at their own pace."""
    samples = max(64, round(place.decay * 1.15 * RATE))
    rng = np.random.default_rng(seed)
    time = np.arange(samples, dtype=np.float32) / RATE
    masks = _band_masks(samples // 2 + 1, samples)
    result = np.zeros((samples, 2), np.float32)
    for channel in range(2):
        spectrum = np.fft.rfft(rng.standard_normal(samples).astype(np.float32))
        for mask, centre in zip(masks, _BANDS, strict=True):
            slope = 1 + place.damping * max(0.0, np.log2(centre / 700) * 0.75)
            fall = np.exp(-6.907755 * slope / place.decay * time)
            result[:, channel] += np.fft.irfft(spectrum * mask, samples) * fall
    onset = min(samples, round(min(0.03, place.decay / 12) * RATE) + 1)
    result[:onset] *= rise(onset)[:, np.newaxis]
    fade = samples // 8
    result[-fade:] *= rise(fade)[::-1, np.newaxis]
    return np.asarray(result / np.sqrt(np.square(result).sum() / 2), np.float32)


def reflections(place: Place, seed: int) -> Floats:
    """The early part as (n, 2): single echoes from all sides, each a little duller than the one before."""
    rng = np.random.default_rng(seed + 1)
    samples = round((place.delay + place.spread) * RATE) + 64
    result = np.zeros((samples, 2), np.float32)
    times = place.delay + np.sort(rng.random(place.reflections)) * place.spread
    for number, time in enumerate(times):
        strength = (place.delay + 0.003) / (time + 0.003) * (-1) ** int(rng.integers(2))
        width = 2 + number
        bump = np.hanning(width + 2)[1:-1]
        echo = panned(bump / bump.sum() * strength, float(rng.uniform(-0.9, 0.9)))
        at = round(time * RATE)
        result[at : at + width] += echo[: samples - at]
    return result / max(1e-9, float(np.sqrt(np.square(result).sum() / 2)))


@lru_cache(maxsize=8)
def impulse(place: Place, seed: int = 7) -> Floats:
    """The place's wet answer (n, 2) of energy 1 a channel; the direct sound is not in it."""
    late = tail(place, seed)
    first = reflections(place, seed)
    start = round((place.delay + place.spread * 0.4) * RATE)
    result = np.zeros((max(start + len(late), len(first)), 2), np.float32)
    result[: len(first)] += first * np.float32(np.sqrt(place.early))
    result[start : start + len(late)] += late * np.float32(np.sqrt(1 - place.early))
    result.setflags(write=False)
    return result
