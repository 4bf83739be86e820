"""Pieces: how long each is, and several laid one after the other. Everything here is stereo at 48 kHz."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from duocast.runtime.scoring.loops import correlation, cross_fade
from duocast.runtime.sound.file import resample, stereo
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import rise
from duocast.runtime.sound.signal.spectrum import RATE

ROOM = 6.0
"""Seconds that a piece is longer than wanted, so that a loop can be found in it."""
OVERLAP = 1.0
"""Seconds in which two pieces of a sound that goes on lie over each other."""
REST = RATE // 4
ENDING = 3.0
"""Seconds of the longest fade at the end of music that is cut."""
SILENCE = 50.0
"""Decibels under a sound's peak that are no longer it."""
TAIL = 0.06


def conformed(samples: Floats, rate: int) -> Floats:
    """(n, channels) at any rate as (n, 2) at 48 kHz, without its mean."""
    both = resample(stereo(samples), rate, RATE)
    return np.asarray(both - both.mean(axis=0, dtype=np.float64), np.float32)


def counts(seconds: float, most: float, overlap: float) -> int:
    """How many pieces of `most` seconds that lie over each other by `overlap` make at least `seconds`."""
    return max(1, ceil((seconds - overlap) / (most - overlap) - 1e-9))


def joined(pieces: Sequence[Floats], overlap: float) -> Floats:
    """Pieces (n, 2) with `overlap` seconds of each laid over the end of the one before, at equal power."""
    whole = pieces[0]
    for piece in pieces[1:]:
        length = min(round(overlap * RATE), len(whole) // 2, len(piece) // 2)
        end, start = whole[len(whole) - length :], piece[:length]
        out, into = cross_fade(length, correlation(end, start))
        whole = np.concatenate(
            [whole[: len(whole) - length], end * out + start * into, piece[length:]]
        )
    return whole


def ended(music: Floats, seconds: float) -> Floats:
    """Music cut to the length asked and faded as if it died away by itself (a third of it, 3 s at most).

    A moment of silence follows it, so that rounding to frames never lets it begin again.
    """
    samples = min(len(music), round(seconds * RATE))
    length = min(round(ENDING * RATE), samples // 3)
    result = music[:samples].copy()
    fall = rise(length)[::-1] ** 2
    result[samples - length :] *= fall[:, np.newaxis]
    return np.pad(result, ((0, REST), (0, 0)))


def trimmed(sound: Floats) -> Floats:
    """A sound without the silence before and after it."""
    loud = np.abs(sound).max(axis=1)
    heard = np.flatnonzero(loud > loud.max(initial=0.0) * 10 ** (-SILENCE / 20))
    if not len(heard):
        return sound
    tail = round(TAIL * RATE)
    return sound[max(0, int(heard[0]) - tail // 4) : int(heard[-1]) + tail]
