"""Where every phone of a phrase sounds: the model's durations, corrected by the energy of its sound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from duocast.runtime.speech.reading import PUNCTUATION
from duocast.runtime.speech.score import Token
from duocast.runtime.speech.shape import energy
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE, Said

STRESS = frozenset("ˈˌ")
_LENGTH = frozenset("ːʰʲ")
_STEP = 0.005
_FLOOR = 10 ** (-40 / 20)
_ONSET = 10 ** (-33 / 20)
"""What counts as a first sound, beside the loud parts: a creak before it does not."""
REST_AT_MARK, REST_AT_SPACE = 0.04, 0.09
"""The shortest silences that count, at punctuation and between words."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A sound of speech, in seconds; `word` is its word's index."""

    symbol: str
    word: int
    start: float
    end: float


def aligned(tokens: Sequence[Token], said: Said) -> tuple[Phone, ...]:
    """The phones of a phrase, in order. What lies between two of them is silence."""
    phones, marks = _phones(tokens, said.bounds)
    return rested(phones, marks, said.sound)


def rested(
    phones: Sequence[Phone], marks: Sequence[float | None], sound: Sound
) -> tuple[Phone, ...]:
    """The phones of a sound at `RATE` with rests where it is quiet, and with its first and last energy as edges.

    After each phone `marks` has None, or the shortest silence (seconds) that counts as a rest there.
    """
    if not phones:
        return ()
    found = list(phones)
    active, onset = _louder(sound, _FLOOR), _louder(sound, _ONSET)
    for index in range(len(found) - 1):
        least = marks[index]
        if least is not None:
            found[index], found[index + 1] = _parted(found[index], found[index + 1], active, least)
    return tuple(_trimmed(found, onset, active))


def _phones(
    tokens: Sequence[Token], bounds: npt.NDArray[np.float64]
) -> tuple[list[Phone], list[float | None]]:
    """Phones as the model has them. After each: None, or the shortest silence that counts as a rest there."""
    phones: list[Phone] = []
    marks: list[float | None] = []
    begun: float | None = None
    for index, token in enumerate(tokens):
        start, end = float(bounds[index]), float(bounds[index + 1])
        if token.symbol in STRESS:
            begun = start if begun is None else begun
        elif token.symbol in _LENGTH and phones:
            phones[-1] = replace(phones[-1], end=end)
        elif token.symbol == " " or token.symbol in PUNCTUATION or token.word is None:
            least = REST_AT_SPACE if token.symbol == " " else REST_AT_MARK
            if marks:
                marks[-1] = min(least, marks[-1] or least)
        else:
            phones.append(Phone(token.symbol, token.word, start if begun is None else begun, end))
            marks.append(None)
            begun = None
    return phones, marks


def _louder(sound: Sound, floor: float) -> npt.NDArray[np.bool_]:
    """Frames louder than `floor` beside the loud parts."""
    level = energy(sound, RATE, _STEP, 0.012)
    loud = float(np.percentile(level, 95)) if len(level) else 0.0
    return level > max(loud * floor, 1e-5)


def _parted(
    left: Phone, right: Phone, active: npt.NDArray[np.bool_], least: float
) -> tuple[Phone, Phone]:
    """Two phones with a rest between them, if it is quiet there for `least` seconds; else they touch."""
    low, high = (left.start + left.end) / 2, (right.start + right.end) / 2
    first, last = round(low / _STEP), min(round(high / _STEP), len(active))
    start, length = _longest_quiet(active[first:last])
    if length * _STEP >= least:
        quiet = (first + start) * _STEP
        return replace(left, end=quiet), replace(right, start=quiet + length * _STEP)
    middle = (left.end + right.start) / 2
    return replace(left, end=middle), replace(right, start=middle)


def _longest_quiet(active: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Start and length of the longest run of False."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], active, [True]]).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return 0, 0
    best = int(np.argmax(ends - starts))
    return int(starts[best]), int(ends[best] - starts[best])


def _trimmed(
    phones: list[Phone], onset: npt.NDArray[np.bool_], active: npt.NDArray[np.bool_]
) -> list[Phone]:
    """The first and the last phone at the first and the last energy."""
    begun, sounding = np.flatnonzero(onset) * _STEP, np.flatnonzero(active) * _STEP
    if not len(begun):
        return phones
    begin = min(float(begun[0]), phones[0].end - 0.01)
    phones[0] = replace(phones[0], start=max(begin, phones[0].start - 0.15))
    finish = max(float(sounding[-1]) + _STEP, phones[-1].start + 0.01)
    phones[-1] = replace(phones[-1], end=finish)
    return phones
