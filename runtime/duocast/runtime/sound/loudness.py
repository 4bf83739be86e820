"""Loudness as ITU-R BS.1770-4 and EBU Tech 3342 measure it: K-weighting, gates, range, true peak.

Filters run as products of spectra over overlapping blocks: their impulse responses are short (the 38 Hz
high-pass has died by 120 dB after 0.1 s), so nothing recursive is needed and numpy alone is fast.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.signal.product import product

Floats = NDArray[np.float32]

SILENCE = -70.0
"""LUFS of what is quieter than the absolute gate: the gate itself."""

STEPS = 10
"""Energies a second: the 100 ms hop of the gating blocks."""

_CALIBRATION = -0.691
_HOP_STEPS = 12
_CONTEXT_SECONDS = 0.165

PEAK_SPAN = 32
"""Samples that one value of a peak envelope covers."""

_TAPS = 24
_OVERSAMPLING = 4


@lru_cache(maxsize=32)
def _k_weighting(rate: int, length: int) -> NDArray[np.complex64]:
    """The K-weighting's spectrum on `length // 2 + 1` bins (BS.1770-4 annex 1, for any rate)."""
    turn = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    gain = 10 ** (3.999843853973347 / 20)
    middle = gain**0.4996667741545416
    warped, quality = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    scale = 1 + warped / quality + warped * warped
    shelf = (
        gain + middle * warped / quality + warped * warped,
        2 * (warped * warped - gain),
        gain - middle * warped / quality + warped * warped,
    )
    response = _biquad(turn, shelf, scale, warped, quality)
    warped, quality = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    # The standard's high-pass has the numerator 1, -2, 1 without the usual scaling.
    scale = 1 + warped / quality + warped * warped
    response *= _biquad(turn, (scale, -2 * scale, scale), scale, warped, quality)
    return response.astype(np.complex64)


def _biquad(
    turn: NDArray[np.complex128],
    numerator: tuple[float, float, float],
    scale: float,
    warped: float,
    quality: float,
) -> NDArray[np.complex128]:
    above = numerator[0] + numerator[1] * turn + numerator[2] * turn**2
    first = 2 * (warped * warped - 1)
    second = 1 - warped / quality + warped * warped
    below: NDArray[np.complex128] = scale + first * turn + second * turn**2
    return above / below


def k_weighted_power(spectrum: NDArray[np.complexfloating], rate: int) -> float:
    """A sound's K-weighted power, not gated, from its real transform; a measure to compare two like sounds by."""
    weights = _k_weighting(rate, 2 * (len(spectrum) - 1))
    return float(np.square(np.abs(spectrum * weights)).sum(dtype=np.float64))


def planes(samples: NDArray[np.floating]) -> Floats:
    """`samples` of shape (n,) or (n, channels) as contiguous float32 of shape (channels, n)."""
    sound = np.asarray(samples, np.float32)
    return np.ascontiguousarray(sound[np.newaxis] if sound.ndim == 1 else sound.T)


class LoudnessMeter:
    """Measures a sound that arrives in blocks; one K-weighted mean square for every 100 ms."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._step = max(1, round(rate / STEPS))
        self._hop = self._step * _HOP_STEPS
        self._context = math.ceil(rate * _CONTEXT_SECONDS / 64) * 64
        self._waiting = np.zeros((channels, self._context), np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def push(self, samples: NDArray[np.floating]) -> None:
        """Take the next samples, shape (n,) or (n, channels)."""
        self._waiting = np.concatenate([self._waiting, planes(samples)], axis=1)
        while self._waiting.shape[1] >= self._context + self._hop:
            self._measure(self._waiting[:, : self._context + self._hop])
            self._waiting = self._waiting[:, self._hop :]

    def _measure(self, window: Floats) -> None:
        weighted = self._weighted(window)
        whole = weighted.shape[1] // self._step
        steps = weighted[:, : whole * self._step].reshape(len(window), whole, self._step)
        self._energies.append(np.square(steps).mean(axis=2, dtype=np.float64).sum(axis=0))

    def _weighted(self, window: Floats) -> Floats:
        length = window.shape[1] + window.shape[1] % 2
        # norm: see `signal.spectrum.NORM`.
        spectrum = np.fft.rfft(window, length, norm="ortho") * _k_weighting(self._rate, length)
        weighted = np.fft.irfft(spectrum, length, norm="ortho")[:, self._context : window.shape[1]]
        return weighted.astype(np.float32, copy=False)

    def skip(self, samples: NDArray[np.floating], energies: NDArray[np.float64]) -> None:
        """Take the next samples with their energies, measured before: whole hops of 1.2 s after whole hops."""
        self._energies.append(energies)
        sound = planes(samples)
        both = np.concatenate([self._waiting, sound[:, -self._context :]], axis=1)
        self._waiting = both[:, -self._context :]

    def energies(self) -> NDArray[np.float64]:
        """The mean squares of every whole 100 ms (a sound below 0.4 s: one value, of all of it), and stop."""
        rest = self._waiting.shape[1] - self._context
        if not self._energies and 0 < rest < 4 * self._step:
            return np.atleast_1d(np.square(self._weighted(self._waiting)).mean(axis=1).sum())
        if rest >= self._step:
            self._measure(self._waiting)
            self._waiting = self._waiting[:, : self._context]
        return np.concatenate([*self._energies, np.zeros(0)])


def _moving_mean(energies: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    if len(energies) < steps:
        return energies.mean(keepdims=True) if len(energies) else energies
    total = np.concatenate([[0.0], np.cumsum(energies)])
    mean: NDArray[np.float64] = (total[steps:] - total[:-steps]) / steps
    return np.maximum(mean, 0.0)


def _level(energy: float) -> float:
    return _CALIBRATION + 10 * math.log10(energy) if energy > 0 else -math.inf


def _above(energies: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    return energies[energies > 10 ** ((level - _CALIBRATION) / 10)]


def gated_loudness(energies: NDArray[np.float64]) -> float:
    """Integrated loudness in LUFS from the 100 ms energies of a `LoudnessMeter`; `SILENCE` if all is gated."""
    blocks = _above(_moving_mean(energies, 4), SILENCE)
    if not len(blocks):
        return SILENCE
    loud = _above(blocks, _level(float(blocks.mean())) - 10)
    return max(SILENCE, _level(float(loud.mean())))


def loudness_range(energies: NDArray[np.float64]) -> float:
    """The loudness range in LU (EBU Tech 3342): the 10th to the 95th percentile of 3 s windows."""
    blocks = _above(_moving_mean(energies, 30), SILENCE)
    if not len(blocks):
        return 0.0
    loud = _above(blocks, _level(float(blocks.mean())) - 20)
    low, high = np.percentile(loud, [10, 95], method="nearest")
    return 10 * math.log10(high / low)


def integrated_loudness(samples: NDArray[np.floating], rate: int) -> float:
    """Integrated loudness in LUFS of samples (n,) or (n, channels); `SILENCE` for silence.

    A sound below 0.4 s, for which the standard gives no value, is measured as one block of its own length.
    """
    return gated_loudness(energies_of(samples, rate))


def energies_of(samples: NDArray[np.floating], rate: int) -> NDArray[np.float64]:
    """The K-weighted mean squares of every 100 ms of a whole sound."""
    sound = np.asarray(samples)
    meter = LoudnessMeter(rate, 1 if sound.ndim == 1 else sound.shape[1])
    for start in range(0, len(sound), 8 * rate):
        meter.push(sound[start : start + 8 * rate])
    return meter.energies()


@lru_cache(maxsize=1)
def _interpolation() -> Floats:
    """A matrix that turns 32 samples and their neighbours into the 3 points between each two of them."""
    half = _TAPS // 2
    offsets = np.arange(-half + 1, half + 1)
    matrix = np.zeros((PEAK_SPAN + _TAPS - 1, PEAK_SPAN, _OVERSAMPLING - 1))
    for phase in range(1, _OVERSAMPLING):
        distance = offsets - phase / _OVERSAMPLING
        inside = np.clip(1 - (distance / half) ** 2, 0, 1)
        taps = np.sinc(distance) * np.i0(6.0 * np.sqrt(inside)) / np.i0(6.0)
        for at in range(PEAK_SPAN):
            matrix[at : at + _TAPS, at, phase - 1] = taps / taps.sum()
    return matrix.reshape(matrix.shape[0], -1).astype(np.float32)


class PeakMeter:
    """The highest value of a sound oversampled four times, for every 32 samples, from blocks as they come."""

    def __init__(self, channels: int) -> None:
        self._waiting = np.zeros((channels, _TAPS // 2 - 1), np.float32)

    def push(self, samples: NDArray[np.floating]) -> Floats:
        """Peaks (linear) of the spans that the samples (n,) or (n, channels) so far complete."""
        self._waiting = np.concatenate([self._waiting, planes(samples)], axis=1)
        spans = max(0, (self._waiting.shape[1] - _TAPS + 1) // PEAK_SPAN)
        peaks = self._peaks(spans)
        self._waiting = self._waiting[:, spans * PEAK_SPAN :]
        return peaks

    def rest(self) -> Floats:
        """The peaks of what is left, as if silence followed."""
        missing = _TAPS // 2 + PEAK_SPAN - 1
        return self.push(np.zeros((missing, len(self._waiting)), np.float32))

    def _peaks(self, spans: int) -> Floats:
        peaks = np.zeros(spans, np.float32)
        if not spans:
            return peaks
        before = _TAPS // 2 - 1
        for channel in self._waiting:
            windows = np.lib.stride_tricks.sliding_window_view(channel, PEAK_SPAN + _TAPS - 1)
            rows = np.ascontiguousarray(windows[: spans * PEAK_SPAN : PEAK_SPAN])
            between = product(rows, _interpolation())
            for values in (between, rows[:, before : before + PEAK_SPAN]):
                np.maximum(peaks, values.max(axis=1), out=peaks)
                np.maximum(peaks, -values.min(axis=1), out=peaks)
        return peaks


def peak_envelope(samples: NDArray[np.floating]) -> Floats:
    """True peaks (linear) of every 32 samples of a whole sound (n,) or (n, channels)."""
    sound = np.asarray(samples)
    meter = PeakMeter(1 if sound.ndim == 1 else sound.shape[1])
    parts = [meter.push(sound[start : start + 65536]) for start in range(0, len(sound), 65536)]
    envelope: Floats = np.concatenate([*parts, meter.rest()])
    return envelope[: -(-len(sound) // PEAK_SPAN)]


def true_peak(samples: NDArray[np.floating], rate: int = 48_000) -> float:
    """The true peak in dBTP of samples (n,) or (n, channels), oversampled four times; -inf for silence.

    `rate` does not matter to the value: the oversampling follows the samples.
    """
    del rate
    envelope = peak_envelope(samples)
    return decibels(float(envelope.max())) if len(envelope) else -math.inf


def decibels(amplitude: float) -> float:
    """20 log10, -inf for 0."""
    return 20 * math.log10(amplitude) if amplitude > 0 else -math.inf


def amplitude(level: float) -> float:
    """The factor that `level` decibels are."""
    return float(10 ** (level / 20))


def to_loudness(
    samples: NDArray[np.floating], rate: int, loudness: float, ceiling: float = -1.0
) -> Floats:
    """`samples` scaled to `loudness` LUFS, or to `ceiling` dBTP if that comes first; silence stays."""
    measured, peak = integrated_loudness(samples, rate), true_peak(samples)
    if measured <= SILENCE or peak == -math.inf:
        return np.asarray(samples, np.float32)
    return np.asarray(samples, np.float32) * np.float32(
        amplitude(min(loudness - measured, ceiling - peak))
    )


__all__: Sequence[str] = (
    "SILENCE",
    "LoudnessMeter",
    "PeakMeter",
    "amplitude",
    "decibels",
    "energies_of",
    "gated_loudness",
    "integrated_loudness",
    "loudness_range",
    "peak_envelope",
    "to_loudness",
    "true_peak",
)
