"""The reference: a recording that a voice shall sound like, made ready for models."""

from pathlib import Path

import numpy as np

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.sound.file import read_sound, resample
from duocast.runtime.speech.engines import write_sound
from duocast.runtime.speech.loudness import equalised
from duocast.runtime.speech.shape import energy, faded
from duocast.runtime.speech.signal import Sound

RATE = 24_000
LEAST, MOST = 1.0, 30.0
"""Seconds of speech: with less no voice is known, more is not listened to."""
_STEP, _FLOOR, _EDGE = 0.02, 10 ** (-40 / 20), 0.15


def prepared(recording: Path, folder: Path) -> Path:
    """The recording as `reference.wav` in `folder`: mono, 24 kHz, at most 30 s from its first word, equally loud.

    Raises `EngineError` V0203 for a file that is no sound or has less than a second of it.
    """
    try:
        samples, rate = read_sound(recording)
    except Exception as problem:
        told = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise _unusable(f"it can't be read as a sound ({told})") from problem
    sound = resample(samples.mean(axis=1, dtype=np.float32), rate, RATE)
    spoken = _trimmed(sound)
    if len(spoken) < LEAST * RATE:
        raise _unusable(f"{len(spoken) / RATE:.1f} s of it can be heard")
    file = folder / "reference.wav"
    write_sound(file, equalised(faded(spoken[: int(MOST * RATE)], 240, 480), RATE), RATE)
    return file


def _trimmed(sound: Sound) -> Sound:
    level = energy(sound, RATE, _STEP, 0.03)
    loud = np.flatnonzero(level > max(float(level.max(initial=0.0)) * _FLOOR, 1e-4))
    if not len(loud):
        return sound[:0]
    start = max(0, int((loud[0] * _STEP - _EDGE) * RATE))
    return sound[start : int(((loud[-1] + 1) * _STEP + _EDGE) * RATE)]


def _unusable(why: str) -> EngineError:
    return EngineError(
        FailureClass.INVALID,
        "V0203",
        f"no voice can be taken from the recording: {why}",
        "give 3 to 30 seconds of one person who speaks clearly, without music or echo",
    )
