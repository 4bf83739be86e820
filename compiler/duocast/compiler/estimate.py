"""How long a line will take before anybody has said it: syllables at a speaker's pace, and the pauses of its
punctuation."""

import re
from functools import lru_cache

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

SYLLABLE = 0.0945
"""Seconds, with `WORD` and `PAUSES` fitted to 47 takes of the examples: unbiased over a film, 0.43 s rms a line."""
WORD = 0.168
PAUSES = {".": 0.10, "?": 0.10, "!": 0.10, "…": 0.15, "—": 0.05, "–": 0.05}
VOCALS = {"breath": 0.45, "laugh": 0.9, "sigh": 0.8, "gasp": 0.35, "cough": 0.5}
SLOW = {"slow": 0.88, "slowly": 0.88, "tired": 0.92, "sad": 0.94, "whisper": 0.94, "quiet": 0.96}
FAST = {"fast": 1.15, "quickly": 1.15, "excited": 1.08, "angry": 1.05}

_VOWELS = re.compile(r"[aeiouyáéíóúäöüàèìòùâêîôûåøæœ]+", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_SILENT_E = re.compile(r"[^aeiou]e\W*$", re.IGNORECASE)
_WORDS_KNOWN = 20_000
"""Words whose length is kept: a long film has some 3,000."""


def estimate_take(params: SpeakParams) -> TakeTimes:
    """A take as it will probably be. Its words and marks are those that the measured take will have."""
    usual = pace = params.voice.pace * _manner_pace(params.manner)
    at, words, marks, vocals = 0.0, [], [], []
    for segment in params.segments:
        if isinstance(segment, Words):
            for text in segment.text.split():
                end = at + word_seconds(text) / pace
                words.append(WordTime(text=text, start=at, end=end, emphasis=segment.emphasis))
                at = end + PAUSES.get(text[-1], 0.0)
        elif isinstance(segment, Delivery):
            pace = usual * segment.pace * _manner_pace(segment.manner)
        elif isinstance(segment, Pause):
            at += segment.seconds
        elif isinstance(segment, Vocal):
            end = at + VOCALS[segment.sound]
            vocals.append(VocalTime(sound=segment.sound, start=at, end=end))
            at = end
        else:
            marks.append(MarkTime(name=segment.name, at=at))
    end = _last_sound(at, words)
    return TakeTimes(
        seconds=max(end, 0.2),
        words=tuple(words),
        phones=(),
        vocals=tuple(vocals),
        marks=tuple(marks),
    )


def _last_sound(at: float, words: list[WordTime]) -> float:
    """A take ends with its last sound: the pause of its last full stop is not part of it."""
    if not words:
        return at
    return max(words[-1].end, at - PAUSES.get(words[-1].text[-1], 0.0))


@lru_cache(maxsize=_WORDS_KNOWN)
def word_seconds(word: str) -> float:
    """The length of one word at an ordinary pace; a digit counts as one and a half syllables."""
    syllables = len(_VOWELS.findall(word)) - bool(_SILENT_E.search(word))
    return WORD + SYLLABLE * (max(1, syllables) + 1.5 * len(_DIGITS.findall(word)))


def _manner_pace(manner: tuple[str, ...]) -> float:
    pace = 1.0
    for word in manner:
        pace *= SLOW.get(word, FAST.get(word, 1.0))
    return pace
