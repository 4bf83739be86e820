"""Loudness of speech by ITU-R BS.1770, equalised and limited."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from duocast.runtime.speech.signal import Curve, Sound, convolved, transform_size

TARGET = -19.0
"""LUFS of every take (a podcast's mono)."""
CEILING = 0.84
"""Highest sample of a take: -1.5 dB of full scale."""
_BLOCK, _STEP = 0.4, 0.1
_OFFSET = -0.691


def loudness(sound: Sound, rate: int) -> float:
    """Integrated loudness in LUFS of a mono sound; a sound shorter than a block is one block. Silence is -inf."""
    power = _weighted(sound, rate) ** 2
    block, step = int(_BLOCK * rate), int(_STEP * rate)
    if len(power) <= block:
        return _level(float(power.mean()) if len(power) else 0.0)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, len(power) - block + 1, step)
    means = (sums[starts + block] - sums[starts]) / block
    loud = means[means > 10 ** ((-70 - _OFFSET) / 10)]
    if not len(loud):
        return -np.inf
    return _level(float(loud[loud > loud.mean() / 10].mean()))


def equalised(sound: Sound, rate: int, target: float = TARGET) -> Sound:
    """The sound at `target` LUFS, its peaks limited softly below the ceiling."""
    out = sound
    for _ in range(3):  # limiting takes a little loudness away
        level = loudness(out, rate)
        if not np.isfinite(level):
            return sound
        out = out * np.float32(10 ** ((target - level) / 20))
        if float(np.abs(out).max()) <= CEILING:
            return out
        out = limited(out, rate)
    return out


def limited(sound: Sound, rate: int, ceiling: float = CEILING) -> Sound:
    """Peaks held below `ceiling` by a gain that moves smoothly and ahead of them."""
    peak = np.abs(sound)
    if not len(peak) or float(peak.max()) <= ceiling:
        return sound
    needed = np.minimum(1.0, ceiling / np.maximum(peak, 1e-9))
    reach = max(1, rate // 200)
    held = _sliding_minimum(needed, 2 * reach + 1)
    window = np.hanning(2 * reach + 3)[1:-1]
    padded = np.pad(held, reach, mode="edge")
    gain = convolved(padded, window / window.sum())[reach : reach + len(sound)]
    return (sound * np.minimum(gain, needed)).astype(np.float32)


def _level(power: float) -> float:
    return float(_OFFSET + 10 * np.log10(power)) if power > 0 else -np.inf


def _weighted(sound: Sound, rate: int) -> Curve:
    """K-weighting: a high shelf for the head and a high pass, as one response in the frequency domain."""
    size = transform_size(len(sound) + rate // 4)
    spectrum = np.fft.rfft(sound, size) * _response(size, rate)
    return np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float64)


@lru_cache(maxsize=8)
def _response(size: int, rate: int) -> npt.NDArray[np.complex64]:
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    return (_biquad(*_shelf(rate), turn) * _biquad(*_high_pass(rate), turn)).astype(np.complex64)


Coefficients = tuple[float, float, float]


def _shelf(rate: int) -> tuple[Coefficients, Coefficients]:
    """BS.1770's first stage: +4 dB above about 1.7 kHz, by the bilinear transform for any rate."""
    k = float(np.tan(np.pi * 1681.974450955533 / rate))
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    norm = 1 + k / q + k * k
    b = (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k)
    a = (norm, 2 * (k * k - 1), 1 - k / q + k * k)
    return b, a


def _high_pass(rate: int) -> tuple[Coefficients, Coefficients]:
    """BS.1770's second stage: a high pass at 38 Hz. Its numerator is not normalised, as the standard has it."""
    k = float(np.tan(np.pi * 38.13547087602444 / rate))
    q = 0.5003270373238773
    norm = 1 + k / q + k * k
    return (norm, -2 * norm, norm), (norm, 2 * (k * k - 1), 1 - k / q + k * k)


def _biquad(
    b: Coefficients, a: Coefficients, turn: npt.NDArray[np.complex128]
) -> npt.NDArray[np.complex128]:
    top = b[0] + b[1] * turn + b[2] * turn * turn
    return top / (a[0] + a[1] * turn + a[2] * turn * turn)


def _sliding_minimum(values: Curve, width: int) -> Curve:
    """The least value within `width` samples around each sample, by doubling."""
    reach = width // 2
    out = np.pad(values, reach, constant_values=1.0)
    span = 1
    while span < width:
        shift = min(span, width - span)
        out = np.minimum(out[:-shift], out[shift:])
        span += shift
    return out
