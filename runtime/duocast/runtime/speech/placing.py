"""Placing: the phones of a recording by who made it, by a forced alignment, or by the share of the sound they get."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from duocast.runtime.speech.alignment import Phone
from duocast.runtime.speech.arpabet import spoken
from duocast.runtime.speech.forced import Alignment, forced
from duocast.runtime.speech.lexicon import VOWELS
from duocast.runtime.speech.shape import energy
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE

Spans = Sequence[tuple[float, float]]
"""Start and end of each word, in seconds."""
Way = Literal["told", "aligned", "shared"]
"""By whom words were placed: the voice itself, the recogniser, or nobody but an estimate."""

_STEP, _FLOOR = 0.01, 10 ** (-38 / 20)
_TOLD_START, _TOLD_END = 0.12, 0.2
"""How far an alignment may be from the times that a voice tells of its word, and still say where its phones are."""
_VOWEL = 1.6
"""The share of a vowel beside a consonant's 1."""
_GAP, _SNAP = 6, 15
"""Steps of a silence that words may part at, and how far it may be from where the share ends."""


def placed(
    sound: Sound, read: Sequence[str], told: Spans | None = None
) -> tuple[tuple[Phone, ...], Way, float]:
    """Every phone of the words `read` in a sound at `RATE`, how they were found, and how well they fit.

    A word without phones gets none. The fit is `Alignment.fit`, 0 where there is no alignment.
    """
    found = forced(sound, read)
    if told is not None:
        return _within(_clipped(told, sound), read, found), "told", found.fit if found else 0.0
    if found is not None:
        return found.phones, "aligned", found.fit
    return shared(sound, read), "shared", 0.0


def shared(sound: Sound, read: Sequence[str]) -> tuple[Phone, ...]:
    """Every word its share of the time in which something is heard, silences being nobody's; its phones share that."""
    said = {index: spoken(phones) for index, phones in enumerate(read) if spoken(phones)}
    if not said or not len(sound):
        return ()
    heard = _active(sound)
    weights = [sum(_VOWEL if phone in VOWELS else 1.0 for phone in own) for own in said.values()]
    ends = np.cumsum(weights) / sum(weights) * len(heard)
    edges = [0, *(_snapped(heard, float(end)) for end in ends[:-1]), len(heard)]
    return tuple(
        phone
        for (word, symbols), low, high in zip(said.items(), edges[:-1], edges[1:], strict=True)
        for phone in _equal(symbols, word, *_within_heard(heard, low, high))
    )


def _snapped(heard: npt.NDArray[np.intp], place: float) -> int:
    """A border between two words among the steps that are heard: at a silence, if one is near."""
    nearest = min(max(round(place), 1), len(heard) - 1) if len(heard) > 1 else 0
    gaps = np.flatnonzero(np.diff(heard) >= _GAP) + 1
    near = gaps[np.abs(gaps - place) <= _SNAP]
    return int(near[np.argmin(np.abs(near - place))]) if len(near) else nearest


def _within_heard(heard: npt.NDArray[np.intp], low: int, high: int) -> tuple[float, float]:
    """The seconds of the steps `low` up to `high` of those that are heard."""
    first = heard[min(low, len(heard) - 1)]
    last = heard[max(high - 1, min(low, len(heard) - 1))]
    return float(first) * _STEP, float(last + 1) * _STEP


def _active(sound: Sound) -> npt.NDArray[np.intp]:
    """The steps in which something is heard; all of them if nothing is."""
    level = energy(sound, RATE, _STEP, 0.02)
    active = np.flatnonzero(level > max(_FLOOR * float(np.percentile(level, 95)), 1e-5))
    return active if len(active) else np.arange(max(1, len(level)))


def _clipped(told: Spans, sound: Sound) -> Spans:
    """The words' own times without the silence before and behind all of them."""
    if not len(sound):
        return told
    heard = _active(sound)
    first, last = float(heard[0]) * _STEP, float(heard[-1] + 1) * _STEP
    return [(min(max(start, first), last), min(max(end, first), last)) for start, end in told]


def _within(told: Spans, read: Sequence[str], found: Alignment | None) -> tuple[Phone, ...]:
    """The phones inside the words' own times: as the alignment has them where it agrees, else in equal shares."""
    own: dict[int, list[Phone]] = {}
    for phone in found.phones if found is not None else ():
        own.setdefault(phone.word, []).append(phone)
    phones: list[Phone] = []
    at = 0.0
    for index, (start, end) in enumerate(told):
        symbols = spoken(read[index])
        start = max(start, at)
        end = max(end, start + 0.01 * len(symbols))
        if not symbols:
            continue
        at = end
        phones += _fitted(own.get(index, []), start, end) or _equal(symbols, index, start, end)
    return tuple(phones)


def _equal(symbols: Sequence[str], word: int, start: float, end: float) -> list[Phone]:
    """The phones of a word, each as long as the others."""
    edges = np.linspace(start, end, len(symbols) + 1)
    return [
        Phone(symbol, word, float(low), float(high))
        for symbol, low, high in zip(symbols, edges[:-1], edges[1:], strict=True)
    ]


def _fitted(phones: Sequence[Phone], start: float, end: float) -> list[Phone]:
    """A word's aligned phones stretched into its own times; none if they are somewhere else."""
    if (
        not phones
        or abs(phones[0].start - start) > _TOLD_START
        or abs(phones[-1].end - end) > _TOLD_END
    ):
        return []
    scale = (end - start) / max(phones[-1].end - phones[0].start, 1e-3)
    moved = [start + (phone.start - phones[0].start) * scale for phone in phones]
    return [
        Phone(phone.symbol, phone.word, low, high)
        for phone, low, high in zip(phones, moved, [*moved[1:], end], strict=True)
    ]
