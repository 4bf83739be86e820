"""A recording that the writer brought: any sound file as stereo at 48 kHz."""

from pathlib import Path

import numpy as np

from duocast.runtime.sound.file import read_sound, resample, stereo
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import faded
from duocast.runtime.sound.signal.spectrum import RATE


def recording(path: Path) -> Floats:
    """The file's sound as (n, 2) at 48 kHz, without its mean.

    Raises `EngineError` (invalid): A0321 no sound, A0322 empty, A0323 too long.
    """
    sound, rate = read_sound(path)
    both = resample(stereo(sound), rate, RATE)
    centred: Floats = both - both.mean(axis=0, dtype=np.float64).astype(np.float32)
    return centred


def looped(sound: Floats, seam: float = 0.5) -> Floats:
    """A loop of (n, channels) whose end runs into its start: the last `seam` seconds are faded into the first.

    It is shorter by the seam (a quarter of the sound at most). The two parts are taken as unlike, so the fades keep
    their power.
    """
    length = min(round(seam * RATE), len(sound) // 4)
    if length < 2:
        return sound
    turn = (np.arange(length, dtype=np.float32) + 0.5) / length * np.float32(np.pi / 2)
    result = sound[:-length].copy()
    result[:length] *= np.sin(turn)[:, np.newaxis]
    result[:length] += sound[-length:] * np.cos(turn)[:, np.newaxis]
    return result


def cut(sound: Floats, seconds: float) -> Floats:
    """At most `seconds` of a sound (0: all of it), with a short fade where it is cut."""
    samples = round(seconds * RATE)
    if seconds <= 0 or samples >= len(sound):
        return sound
    return faded(sound[:samples], 0, min(samples, RATE // 10))
