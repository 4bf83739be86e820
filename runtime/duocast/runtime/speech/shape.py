"""Small tools on mono sounds: rate, fades, gain curves, tilt of the spectrum, energy."""

import numpy as np

from duocast.runtime.speech.signal import Curve, Sound, convolved, transform_size


def doubled(sound: Sound) -> Sound:
    """The sound at twice its rate, by a windowed sinc (flat to 0.46 of the old rate, 90 dB down above)."""
    reach = 96
    n = np.arange(-reach, reach + 1)
    taps = np.sinc(n / 2) * np.kaiser(len(n), 9.0)
    spread = np.zeros(2 * len(sound), np.float32)
    spread[::2] = sound
    return convolved(spread, taps).astype(np.float32)


def faded(sound: Sound, rise: int, fall: int) -> Sound:
    """The sound with its first `rise` and last `fall` samples faded by a raised cosine."""
    out = sound.copy()
    rise, fall = min(rise, len(out)), min(fall, len(out))
    out[:rise] *= _ramp(rise)
    if fall:
        out[-fall:] *= _ramp(fall)[::-1]
    return out


def tilted(sound: Sound, rate: int, decibels: float, pivot: float = 900.0) -> Sound:
    """The spectrum tilted around `pivot` hertz: +6 is 3 dB more far below and 3 dB less far above; phase is kept."""
    if not decibels or not len(sound):
        return sound
    size = transform_size(len(sound) + 2048)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(size, 1 / rate), 20.0) / pivot)
    gain = 10 ** (-decibels / 2 * np.tanh(octaves / 2) / 20)
    return np.fft.irfft(np.fft.rfft(sound, size) * gain, size)[: len(sound)].astype(np.float32)


def notched(sound: Sound, rate: int, hertz: float, width: float = 60.0) -> Sound:
    """The sound without one steady tone."""
    size = transform_size(len(sound) + 4096)
    frequency = np.fft.rfftfreq(size, 1 / rate)
    gain = 1 - 0.97 * np.exp(-0.5 * ((frequency - hertz) / width) ** 2)
    return np.fft.irfft(np.fft.rfft(sound, size) * gain, size)[: len(sound)].astype(np.float32)


def above(sound: Sound, rate: int, hertz: float) -> Sound:
    """The sound without what swings more slowly than `hertz`, and without an offset; phase is kept."""
    if not len(sound):
        return sound
    size = transform_size(len(sound) + rate // 5)
    frequency = np.fft.rfftfreq(size, 1 / rate)
    ratio = (frequency / hertz) ** 4
    gain = ratio / (1 + ratio)
    return np.fft.irfft(np.fft.rfft(sound, size) * gain, size)[: len(sound)].astype(np.float32)


def energy(sound: Sound, rate: int, step: float, window: float) -> Curve:
    """Root mean square of the sound, one value each `step` seconds, over a Hann window of `window` seconds."""
    hop, width = round(step * rate), round(window * rate) | 1
    weight = np.hanning(width + 2)[1:-1]
    power = convolved(sound**2, weight / weight.sum())
    return np.sqrt(np.maximum(power[hop // 2 :: hop], 0.0))


def smoothed_steps(
    length: int, spans: list[tuple[int, int, float]], base: float, reach: int
) -> Curve:
    """A curve of `length` that is `base`, with spans of other values and ramps of `reach` samples between."""
    curve = np.full(length + 2 * reach, base)
    for start, end, value in spans:
        curve[start + reach : end + reach] = value
    window = np.hanning(2 * reach + 1)
    return convolved(curve, window / window.sum())[reach : reach + length]


def _ramp(length: int) -> Sound:
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(1, length))).astype(
        np.float32
    )
