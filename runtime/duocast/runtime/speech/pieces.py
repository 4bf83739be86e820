"""A phrase said and cut: pieces of sound that begin and end with a phone, ready to be laid on the line's clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from duocast.runtime.speech.alignment import Phone, aligned
from duocast.runtime.speech.delivery import LOUDER
from duocast.runtime.speech.score import Phrase, Score, timed
from duocast.runtime.speech.shape import energy, faded, smoothed_steps
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE, Said

HEAD, TAIL = 0.015, 0.045
"""Seconds of sound kept before a first phone and behind a last one, faded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sound whose first phone starts at time 0; `head` seconds of it come before. `rest` is the silence that
    the voice itself left before this piece, None at the start of a phrase."""

    sound: Sound
    head: float
    phones: tuple[Phone, ...]
    rest: float | None

    @property
    def end(self) -> float:
        """When the last phone ends."""
        return self.phones[-1].end

    @property
    def words(self) -> tuple[int, int]:
        """The first and the last word."""
        return self.phones[0].word, self.phones[-1].word


def pieces_of(phrase: Phrase, said: Said, score: Score) -> list[Piece]:
    """The phrase cut wherever something happens between its words, emphasis made louder."""
    return cut(said.sound, aligned(phrase.tokens, said), score)


def cut(whole: Sound, phones: Sequence[Phone], score: Score) -> list[Piece]:
    """A sound at `RATE` whose phones are known, cut wherever something happens between its words."""
    if not phones:
        return []
    sound = _emphasised(whole, phones, score)
    groups = _groups(phones, score)
    pieces = []
    for index, group in enumerate(groups):
        before = groups[index - 1][-1].end if index else None
        after = groups[index + 1][0].start if index + 1 < len(groups) else None
        pieces.append(_piece(sound, group, before, after))
    return pieces


def between(last: int, first: int) -> tuple[int, ...]:
    """The places of the events between two words that are said."""
    return tuple(range(last + 1, first + 1))


def _groups(phones: Sequence[Phone], score: Score) -> list[tuple[Phone, ...]]:
    groups: list[list[Phone]] = [[phones[0]]]
    for left, right in pairwise(phones):
        cut = any(timed(score.events[place]) for place in between(left.word, right.word))
        if cut and left.word != right.word:
            groups.append([])
        groups[-1].append(right)
    return [tuple(group) for group in groups]


def _piece(
    sound: Sound, group: Sequence[Phone], before: float | None, after: float | None
) -> Piece:
    """A group's sound from the middle of the rest before it to the middle of the rest behind it, at most."""
    start, end = group[0].start, group[-1].end
    low = max(start - HEAD, 0.0 if before is None else (before + start) / 2)
    high = end + TAIL if after is None else min(end + TAIL, (end + after) / 2)
    if before is not None and start - before < 0.02:
        low = _quietest(sound, start)
    if after is not None and after - end < 0.02:
        high = _quietest(sound, end)
    cut = sound[int(low * RATE) : int(high * RATE)]
    head, tail = max(0.004, start - low), max(0.006, high - end)
    moved = tuple(replace(p, start=p.start - start, end=p.end - start) for p in group)
    rest = None if before is None else start - before
    return Piece(faded(cut, int(head * RATE), int(tail * RATE)), start - low, moved, rest)


def _quietest(sound: Sound, near: float, reach: float = 0.03) -> float:
    """The quietest moment within `reach` seconds."""
    first = max(0, int((near - reach) * RATE))
    level = energy(sound[first : int((near + reach) * RATE)], RATE, 0.002, 0.006)
    return first / RATE + int(np.argmin(level)) * 0.002 if len(level) else near


def _emphasised(sound: Sound, phones: Sequence[Phone], score: Score) -> Sound:
    spans = []
    for word in dict.fromkeys(phone.word for phone in phones):
        louder = LOUDER[score.words[word].emphasis] + score.words[word].manner.gain
        if louder:
            own = [phone for phone in phones if phone.word == word]
            spans.append((int(own[0].start * RATE), int(own[-1].end * RATE), louder))
    if not spans:
        return sound
    curve = smoothed_steps(len(sound), spans, 0.0, int(0.025 * RATE))
    return (sound * 10 ** (curve / 20)).astype(np.float32)
