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

_CHUNK = 1 << 16


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
    over = 20 * np.log10(np.maximum(np.asarray(peaks, np.float32) / np.float32(ceiling), 1.0))
    gains = np.ones(len(over), np.float32)
    held = np.zeros(LOOK_AHEAD_SPANS)
    for start in range(0, len(over), _CHUNK):
        part = over[start : start + _CHUNK + LOOK_AHEAD_SPANS]
        if not part.any() and not held.any():
            continue
        length = min(_CHUNK, len(over) - start)
        held = _held(np.pad(part, (0, length + LOOK_AHEAD_SPANS - len(part))), held)
        window = np.hanning(LOOK_AHEAD_SPANS + 3)[1:-1]
        smooth = np.convolve(held, window / window.sum(), "valid")
        gains[start : start + length] = 10 ** (-smooth / 20)
        held = held[-LOOK_AHEAD_SPANS:]
    return gains


def _held(over: Floats, before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Decibels to give way: the most of what comes within the look-ahead, let go at the release's pace.

    `before` are the last values of the stretch before; they stand at the start of the result.
    """
    windows = np.lib.stride_tricks.sliding_window_view(over, LOOK_AHEAD_SPANS + 1)
    need = windows.max(axis=1).astype(np.float64)
    slope = RELEASE * PEAK_SPAN / RATE * np.arange(1, len(need) + 1)
    held = np.maximum(np.maximum.accumulate(need + slope), before[-1]) - slope
    return np.concatenate([before, np.maximum(held, 0.0)])


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
