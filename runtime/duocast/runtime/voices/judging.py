"""Judging: whether a sound can be the words that were asked for, or is silence, a runaway, or noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from duocast.compiler.estimate import word_seconds
from duocast.runtime.speech.shape import energy
from duocast.runtime.speech.signal import Curve, Sound
from duocast.runtime.speech.synthesis import RATE

_STEP = 0.02
_SILENT = 10 ** (-50 / 20)
"""Of full scale: what is never louder is silence."""
_FLOOR = 10 ** (-35 / 20)
"""Beside the loud parts: what counts as heard."""
_LONGEST, _LONGEST_MORE = 2.2, 1.2
"""A sound longer than so many times the estimate, and so many seconds more, has run away."""
_SHORTEST = 0.35
"""A sound shorter than this share of the estimate lacks words."""
_MODULATION = 5.0
"""dB between loud and soft moments: speech has 20 and more, steady noise 2."""
_ENOUGH = 0.6
"""Seconds of sound from which its modulation says something."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a sound, and how bad it is beside others (0: nothing, 3: nothing is heard)."""

    reason: str = ""
    badness: int = 0


def expected_seconds(words: Sequence[str], pace: float) -> float:
    """How long the words probably take, pauses left out."""
    return sum(map(word_seconds, words)) / max(pace, 0.1)


def judged(sound: Sound, expected: float) -> Verdict:
    """The verdict on a sound at `RATE` that should be about `expected` seconds of speech."""
    if not len(sound) or not np.isfinite(sound).all() or float(np.abs(sound).max()) < _SILENT:
        return Verdict("nothing is heard", 3)
    level = energy(sound, RATE, _STEP, 0.03)
    heard = level > _FLOOR * float(np.percentile(level, 95))
    seconds = float(heard.sum()) * _STEP
    if seconds > expected * _LONGEST + _LONGEST_MORE:
        return Verdict(f"it ran on: {seconds:.1f} s for words of {expected:.1f} s", 2)
    if seconds < expected * _SHORTEST:
        return Verdict(f"words are missing: {seconds:.1f} s for words of {expected:.1f} s", 2)
    if seconds >= _ENOUGH and _modulation(level[heard]) < _MODULATION:
        return Verdict("it is noise without syllables", 1)
    return Verdict()


def _modulation(level: Curve) -> float:
    """dB between the loud and the soft moments of what is heard."""
    soft, loud = np.percentile(level, [10, 90])
    return float(20 * np.log10(max(loud, 1e-9) / max(soft, 1e-9)))
