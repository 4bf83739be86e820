"""Envelopes: rises, falls and fades."""

import numpy as np

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.spectrum import RATE


def rise(samples: int) -> Floats:
    """From 0 to 1 along half a cosine."""
    points = np.arange(samples, dtype=np.float32) / np.float32(max(1, samples))
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * points), np.float32)


def stretched(points: Floats, step: int) -> Floats:
    """Straight lines through points that stand `step` samples apart: (len(points) - 1) * step samples."""
    moves = np.diff(points).astype(np.float32)[:, np.newaxis]
    share = np.arange(step, dtype=np.float32) / np.float32(step)
    return np.asarray(points[:-1, np.newaxis] + moves * share, np.float32).reshape(-1)


def faded(sound: Floats, fade_in: int, fade_out: int) -> Floats:
    """A copy of (n, channels) with cosine fades of so many samples at its ends."""
    result = sound.copy()
    fade_in, fade_out = min(fade_in, len(sound)), min(fade_out, len(sound))
    if fade_in:
        result[:fade_in] *= rise(fade_in)[:, np.newaxis]
    if fade_out:
        result[-fade_out:] *= rise(fade_out)[::-1, np.newaxis]
    return result


def swell(seconds: float, attack: float, release: float) -> Floats:
    """A held note's envelope: up in `attack` s, held to `seconds`, down in `release` s after it."""
    held, tail = round(seconds * RATE), round(release * RATE)
    up = min(round(attack * RATE), held)
    curve = np.ones(held + tail, np.float32)
    curve[:up] = rise(up)
    curve[held:] = rise(tail)[::-1]
    return curve


def burst(seconds: float, attack: float, decay: float) -> Floats:
    """A struck sound's envelope: a rise of `attack` s, then a fall by 60 dB each `decay` s."""
    time = np.arange(round(seconds * RATE), dtype=np.float32) / np.float32(RATE)
    curve: Floats = np.exp(-6.907755 * time / decay).astype(np.float32)
    up = min(len(curve), max(1, round(attack * RATE)))
    curve[:up] *= rise(up)
    return curve
