"""A voice's channel strip: high-pass, a touch of presence, de-esser, light compression, panning, room."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats, amplitude, k_weighted_power
from duocast.runtime.sound.mix.room import in_room, over_telephone
from duocast.runtime.sound.signal.dynamics import limited
from duocast.runtime.sound.signal.spectrum import NORM, RATE, Curve, gain, good_length

_CURVE: Curve = (
    (20, -60), (45, -30), (70, -6), (95, 0), (180, 0), (320, -1.5), (700, 0), (2500, 0.5), (4200, 1.5),
    (8000, 0.5), (15000, 0), (20000, -12),
)  # fmt: skip
_SIBILANTS: Curve = ((20, -90), (3800, -60), (4800, -6), (5400, 0), (24000, 0))
_FRAME = 240
"""5 ms."""
_PEAK = -4.0
"""dBTP of a voice at most."""
_PADDING = 2400
_SILENT = 1e-4
_SIZES = 12_000
"""Transforms come in few sizes, so that their curves are mostly there already."""


def strip(take: Floats, pan: float, room: str) -> tuple[Floats, Floats]:
    """A take (n,) made ready: the voice alone (n,), and the voice in its room (n + tail, 2).

    As loud as it came (within the peak limit), whatever the room.
    """
    if not np.abs(take).max() > _SILENT:
        return take, np.zeros((len(take), 2), np.float32)
    before, voice, high = _bands(take)
    voice = _compressed(_softer_sibilants(voice, high))
    if room == "phone":
        voice = over_telephone(voice)
    power = k_weighted_power(_transform(voice), RATE)
    voice = voice * np.float32(math.sqrt(before / max(power, 1e-20)))
    if np.abs(voice).max() > amplitude(_PEAK - 3):
        voice = limited(voice[:, np.newaxis], _PEAK)[:, 0]
    angle = (np.clip(pan, -1, 1) + 1) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)], np.float32)
    half = voice[:, np.newaxis] * np.float32(np.sqrt(0.5))
    return voice, in_room(half, voice[:, np.newaxis] * sides, room)


def _transform(voice: Floats) -> NDArray[np.complexfloating]:
    size = good_length(-(-(len(voice) + 2 * _PADDING) // _SIZES) * _SIZES)
    padded = np.pad(voice, (_PADDING, size - len(voice) - _PADDING))
    return np.fft.rfft(padded, norm=NORM)


@lru_cache(maxsize=32)
def _gain(curve: Curve, size: int) -> Floats:
    return gain(curve, size)


def _bands(take: Floats) -> tuple[float, Floats, Floats]:
    """The take's K-weighted power, the take equalised, and what of that lies above 5 kHz."""
    spectrum = _transform(take)
    size = 2 * (len(spectrum) - 1)
    power = k_weighted_power(spectrum, RATE)
    kept = slice(_PADDING, _PADDING + len(take))
    spectrum = spectrum * _gain(_CURVE, size)
    voice = np.fft.irfft(spectrum, size, norm=NORM)[kept].astype(np.float32, copy=False)
    high = np.fft.irfft(spectrum * _gain(_SIBILANTS, size), size, norm=NORM)[kept]
    return power, voice, high.astype(np.float32, copy=False)


def _softer_sibilants(voice: Floats, high: Floats) -> Floats:
    """The band above 5 kHz gives way by up to 6 dB while it stands out from the voice."""
    whole, part = _levels(voice), _levels(high)
    speech = _speech_level(whole)
    reduction = np.clip((part - (speech - 9)) * 0.6, 0, 6)
    return voice - high * (1 - _smooth_gain(-reduction, 3, len(voice)))


def _compressed(voice: Floats) -> Floats:
    """2 : 1 above the voice's own mean level, over 40 ms; it never lifts what is soft."""
    levels = _levels(voice)
    reduction = np.clip((levels - _speech_level(levels)) * 0.5, 0, 7)
    return voice * _smooth_gain(-reduction, 8, len(voice))


def _levels(voice: Floats) -> Floats:
    """RMS in dB of every 5 ms."""
    frames = -(-len(voice) // _FRAME)
    squares = np.square(np.pad(voice, (0, frames * _FRAME - len(voice)))).reshape(frames, _FRAME)
    return np.asarray(10 * np.log10(squares.mean(axis=1) + 1e-10), np.float32)


def _speech_level(levels: Floats) -> float:
    """The mean level of the frames that are speech."""
    powers = 10 ** (levels[levels > levels.max() - 30] / 10)
    return float(10 * np.log10(powers.mean()))


def _smooth_gain(decibels: Floats, reach: int, samples: int) -> Floats:
    """Frames of dB as a gain for each sample, smoothed over `reach` frames to both sides."""
    window = np.hanning(2 * reach + 3)[1:-1]
    padded = np.pad(decibels, reach, mode="edge")
    smooth = np.convolve(padded, window / window.sum(), "valid")
    places = (np.arange(samples) - _FRAME / 2) / _FRAME
    return np.asarray(10 ** (np.interp(places, np.arange(len(smooth)), smooth) / 20), np.float32)
