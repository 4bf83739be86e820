"""Where a line's weight falls: its phrases, and the words that head and brows come down on."""

import re
from dataclasses import dataclass

from duocast.compiler.operations.speak import WordTime
from duocast.runtime.performance.chance import draw
from duocast.runtime.performance.phones import Segment, segments_of
from duocast.runtime.performance.view import Spoken

PHRASE_GAP = 0.16
NEAREST = 0.45
"""Seconds between two beats of the head."""

_SMALL = (
    "a an the and or but if of to in on at by for from with as is am are was were be been do does did have has had "
    "will would can could should may might i you he she it we they me him her us them my your his its our their "
    "this that these those there here what which who when where how why so not no just than then too very i'm it's "
    "you're that's don't"
)
_SMALL_WORDS = frozenset(_SMALL.split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between two pauses or commas, in take seconds. `pause` is the silence after it."""

    start: float
    end: float
    pause: float
    question: bool
    closes: bool
    """It ends a sentence."""


@dataclass(frozen=True, slots=True)
class Accent:
    """A stressed instant of a line (take seconds). `written` accents are the writer's emphasis."""

    at: float
    strength: float
    written: bool


def phrases(spoken: Spoken) -> tuple[Phrase, ...]:
    """The line cut at its pauses and punctuation."""
    words, found, first = spoken.words, [], 0
    for i, word in enumerate(words):
        pause = words[i + 1].start - word.end if i + 1 < len(words) else 1.0
        if pause >= PHRASE_GAP or _mark(word) or i + 1 == len(words):
            mark = _mark(word)
            found.append(
                Phrase(
                    words[first].start, word.end, pause, "?" in mark, bool(set(mark) & set(".?!"))
                )
            )
            first = i + 1
    return tuple(found)


def accents(spoken: Spoken, role: str, emphasis: float = 1.0) -> tuple[Accent, ...]:
    """The words with a beat: every emphasised one, and the likeliest of the others, never too close together.

    `emphasis` is how often and how much somebody stresses words, beside the ordinary.
    """
    wanted = sorted(_candidates(spoken, role, emphasis), key=lambda a: (-a.strength, a.at))
    kept: list[Accent] = []
    for accent in wanted:
        if accent.written or all(abs(accent.at - other.at) >= NEAREST for other in kept):
            kept.append(accent)
    return tuple(sorted(kept, key=lambda a: a.at))


def _candidates(spoken: Spoken, role: str, emphasis: float) -> list[Accent]:
    found = []
    vowels = [s for s in segments_of(spoken.take.phones) if s.voiced_vowel]
    for i, word in enumerate(spoken.words):
        at = _peak(word, vowels)
        chance = draw(role, spoken.line, "accent", i)
        if word.emphasis:
            strength = 0.85 if word.emphasis == 1 else 1.15
            found.append(Accent(at, strength * min(emphasis, 1.4), True))
        elif _weighty(word) and chance < 0.72 * emphasis:
            found.append(Accent(at, 0.28 + 0.34 * min(chance, 1.0), False))
    return found


def _peak(word: WordTime, vowels: list[Segment]) -> float:
    """The middle of the word's stressed vowel, of its longest if no stress is told; early in it if it has none."""
    inside = [s for s in vowels if word.start <= (s.start + s.end) / 2 < word.end]
    if not inside:
        return word.start + 0.4 * (word.end - word.start)
    best = max(inside, key=lambda s: (s.stress, s.end - s.start))
    return (best.start + best.end) / 2


def _weighty(word: WordTime) -> bool:
    plain = re.sub(r"[^\w']", "", word.text.lower())
    return len(plain) > 2 and plain not in _SMALL_WORDS


def _mark(word: WordTime) -> str:
    """The punctuation that ends a word and a phrase."""
    found = re.search(r"[.,;:?!…—-]+[\"'”’)]*$", word.text)
    return found.group() if found else ""
