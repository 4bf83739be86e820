"""How long a line will take before anybody has said it: syllables at a speaker's pace, and the pauses of its
punctuation."""

import re
from functools import lru_cache

from msgspec import Struct

from duocast.compiler.operations.speak import (
    Delivery,
    MarkTime,
    Pause,
    SpeakParams,
    TakeTimes,
    Vocal,
    VocalTime,
    Words,
    WordTime,
)
from duocast.compiler.voices import tempo_of

SYLLABLE = 0.1245
"""Seconds at pace 1, with `WORD` and `PAUSES` fitted to the takes of the examples: each film comes within 5 %."""
WORD = 0.164
PAUSES = {".": 0.15, "?": 0.15, "!": 0.15, "…": 0.2, "—": 0.05, "–": 0.05}
VOCALS = {"breath": 0.45, "laugh": 0.9, "sigh": 0.8, "gasp": 0.35, "cough": 0.5}
MANNERS = {
    "angry": 1.05,
    "calm": 0.95,
    "excited": 1.08,
    "fast": 1.16,
    "gently": 0.96,
    "grave": 0.9,
    "quickly": 1.16,
    "quiet": 0.96,
    "quietly": 0.96,
    "sad": 0.9,
    "slow": 0.86,
    "slowly": 0.86,
    "softly": 0.96,
    "tired": 0.88,
    "warm": 0.97,
    "whisper": 0.94,
    "whispering": 0.94,
}
"""How much the commonest acting notes change the pace, as the voices do it."""

_VOWELS = re.compile(r"[aeiouyáéíóúäöüàèìòùâêîôûåøæœ]+", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_SILENT_E = re.compile(r"[^aeiou]e\W*$", re.IGNORECASE)
STRONGEST = 2
"""Emphasis: `**word**`."""
_WORDS_KNOWN = 20_000
"""Words whose length is kept: a long film has some 3,000."""


class Estimate(Struct, gc=False):
    """What coverage asks of a probable take. When each word comes is found out where somebody asks."""

    params: SpeakParams
    seconds: float
    count: int
    """Words."""
    first: str = ""
    """The first word, as it is written."""
    last: str = ""
    opening: float = 0.0
    """Seconds before the first word."""
    stressed: bool = False
    """Whether a word has the strongest emphasis."""
    take: TakeTimes | None = None

    @property
    def words(self) -> tuple[WordTime, ...]:
        """When every word comes."""
        take = self.take
        if take is None:
            take = self.take = estimate_take(self.params)
        return take.words


def estimate(params: SpeakParams) -> Estimate:
    """As `estimate_take`, without the times of the words."""
    usual = pace = params.voice.pace * tempo_of(params.voice.id) * _manner_pace(params.manner)
    at, sounded, opening, count, stressed = 0.0, 0.0, 0.0, 0, False
    first = last = ""
    for segment in params.segments:
        if type(segment) is Words:
            texts = segment.text.split()
            if not texts:
                continue
            if not count:
                first, opening = texts[0], at
            last = texts[-1]
            at += sum(map(_taken, texts)) / pace
            sounded = at - PAUSES.get(last[-1], 0.0) / pace
            count += len(texts)
            stressed = stressed or segment.emphasis == STRONGEST
        elif isinstance(segment, Delivery):
            pace = usual * segment.pace * _manner_pace(segment.manner)
        elif isinstance(segment, Pause):
            at = sounded = at + segment.seconds
        elif isinstance(segment, Vocal):
            at = sounded = at + VOCALS[segment.sound]
    return Estimate(params, max(sounded, 0.2), count, first, last, opening, stressed)


def estimate_take(params: SpeakParams) -> TakeTimes:
    """A take as it will probably be. Its words and marks are those that the measured take will have.

    It ends with its last sound: the pause of its last full stop is not part of it.
    """
    usual = pace = params.voice.pace * tempo_of(params.voice.id) * _manner_pace(params.manner)
    at, sounded, words, marks, vocals = 0.0, 0.0, [], [], []
    for segment in params.segments:
        if isinstance(segment, Words):
            emphasis = segment.emphasis
            for text in segment.text.split():
                sounded = at + word_seconds(text) / pace
                words.append(WordTime(text=text, start=at, end=sounded, emphasis=emphasis))
                pause = PAUSES.get(text[-1])
                at = sounded if pause is None else sounded + pause / pace
        elif isinstance(segment, Delivery):
            pace = usual * segment.pace * _manner_pace(segment.manner)
        elif isinstance(segment, Pause):
            at = sounded = at + segment.seconds
        elif isinstance(segment, Vocal):
            end = at + VOCALS[segment.sound]
            vocals.append(VocalTime(sound=segment.sound, start=at, end=end))
            at = sounded = end
        else:
            marks.append(MarkTime(name=segment.name, at=at))
    return TakeTimes(
        seconds=max(sounded, 0.2),
        words=tuple(words),
        phones=(),
        vocals=tuple(vocals),
        marks=tuple(marks),
    )


@lru_cache(maxsize=_WORDS_KNOWN)
def _taken(word: str) -> float:
    """Seconds of a word and of the pause that its last sign makes."""
    return word_seconds(word) + PAUSES.get(word[-1], 0.0)


@lru_cache(maxsize=_WORDS_KNOWN)
def word_seconds(word: str) -> float:
    """The length of one word at an ordinary pace; a digit counts as one and a half syllables."""
    syllables = len(_VOWELS.findall(word)) - bool(_SILENT_E.search(word))
    return WORD + SYLLABLE * (max(1, syllables) + 1.5 * len(_DIGITS.findall(word)))


def _manner_pace(manner: tuple[str, ...]) -> float:
    pace = 1.0
    for word in manner:
        pace *= MANNERS.get(word, 1.0)
    return pace
