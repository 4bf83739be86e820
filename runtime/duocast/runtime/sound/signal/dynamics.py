"""Dynamics: a compressor that breathes slowly, and a limiter that holds the true peak.

Both know the whole sound, so their gains are drawn beforehand: no attack is ever late.
"""

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import PEAK_SPAN, Floats, amplitude, peak_envelope, true_peak
from duocast.runtime.sound.signal.envelope import stretched
from duocast.runtime.sound.signal.spectrum import RATE

_STEP = 480
"""10 ms: the pace at which a compressor's gain is drawn."""

LOOK_AHEAD_SPANS = 6
"""4 ms: how long before a peak the limiter starts to give way."""

RELEASE = 40.0
"""Decibels a second by which the limiter comes back."""


def compressed(sound: Floats, threshold: float, ratio: float, seconds: float) -> Floats:
    """(n, channels) with less between loud and soft: level above `threshold` dB RMS grows by 1/`ratio`.

    The level is a mean over `seconds`, taken circularly, so that a loop stays one.
    """
    blocks = -(-len(sound) // _STEP)
    padded = np.zeros((blocks * _STEP, sound.shape[1]), np.float32)
    padded[: len(sound)] = sound
    power = np.square(padded).reshape(blocks, -1).mean(axis=1, dtype=np.float64) + 1e-12
    spread = max(1.0, seconds * RATE / _STEP)
    window = np.exp(
        -0.5 * (np.minimum(np.arange(blocks), blocks - np.arange(blocks)) / spread) ** 2
    )
    smooth = np.fft.irfft(np.fft.rfft(power) * np.fft.rfft(window / window.sum()), blocks)
    level = 10 * np.log10(np.maximum(smooth, 1e-12))
    reduction = -np.maximum(0.0, level - threshold) * (1 - 1 / ratio)
    places = (np.arange(len(sound)) - _STEP / 2) / _STEP
    curve = np.interp(places, np.arange(blocks), 10 ** (reduction / 20), period=blocks)
    return sound * curve[:, np.newaxis].astype(np.float32)


def limiter_gain(peaks: NDArray[np.floating], ceiling: float) -> Floats:
    """The gain of each span of 32 samples that keeps `peaks` (linear, one a span) under `ceiling` (linear).

    Full when the peak comes, begun 4 ms before it on a smooth curve, back at 40 dB a second. 1 where nothing peaks.
    """
    over = 20 * np.log10(np.maximum(np.asarray(peaks, np.float64) / ceiling, 1.0))
    if not over.any():
        return np.ones(len(over), np.float32)
    reach = LOOK_AHEAD_SPANS
    padded = np.pad(over, (0, reach))
    need = np.lib.stride_tricks.sliding_window_view(padded, reach + 1).max(axis=1)
    fall = RELEASE * PEAK_SPAN / RATE
    slope = fall * np.arange(len(need))
    held = np.maximum.accumulate(need + slope) - slope
    smooth = np.convolve(
        np.pad(held, (reach, 0), mode="edge"), np.hanning(reach + 3)[1:-1] / (reach + 2) * 2
    )
    return (10 ** (-smooth[reach : reach + len(held)] / 20)).astype(np.float32)


def limited(sound: Floats, ceiling: float, loops: bool = False) -> Floats:
    """(n, channels) held under `ceiling` dBTP; a loop is limited as one."""
    around = RATE if loops and len(sound) > 2 * RATE else 0
    whole = np.concatenate([sound[-around:], sound, sound[:around]]) if around else sound
    peaks, wanted = peak_envelope(whole), ceiling
    for _ in range(4):
        gains = limiter_gain(peaks, amplitude(wanted))
        if gains.min() >= 1:
            return sound
        held = whole * ramp(gains, len(whole))[:, np.newaxis]
        over = true_peak(held) - ceiling
        if over <= 0:
            break
        wanted -= over + 0.01
    return held[around : around + len(sound)]


def ramp(gains: Floats, samples: int) -> Floats:
    """Gains a span as gains a sample: straight lines between the spans' middles."""
    around = np.pad(gains, 1, mode="edge")
    return stretched(around, PEAK_SPAN)[PEAK_SPAN // 2 :][:samples]
