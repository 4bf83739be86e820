"""How alike two speeches are: the letters of the words that they share, and of what is spelt nearly the same."""

from collections import Counter
from difflib import SequenceMatcher

SAME = 0.45
"""Likeness from which a line between the same neighbours is the old one, edited. Measured by benchmarks/identity.py."""
MOVED = 0.85
"""Likeness from which a line that went elsewhere is the old one, edited."""
_LONGEST = 400
"""Letters of a line that are compared one by one."""


_SPELT = 0.9
"""The most that spelling alone can make of likeness."""


def likeness(old: str, new: str, enough: float = 1.0) -> float:
    """0 for nothing in common to 1 for the same words; case and punctuation do not count.

    Where the words alone make `enough` of it, nobody looks how the others are spelt.
    """
    one, other = _bare(old), _bare(new)
    if not one or not other:
        return 0.0
    shared = _letters(one & other)
    words = 2.0 * shared / (_letters(one) + _letters(other))
    if words >= min(_SPELT, enough):
        return words
    if words >= 0.5 or _may_be_spelt_alike(one, other):
        return max(words, _spelt(old, new))
    return words


def _bare(text: str) -> Counter[str]:
    words = (word.strip(".,;:!?…\"'“”‘’()—–-*_") for word in text.lower().split())
    return Counter(word for word in words if word)


def _letters(words: Counter[str]) -> int:
    return sum(len(word) * count for word, count in words.items())


def _may_be_spelt_alike(one: Counter[str], other: Counter[str]) -> bool:
    """Short lines are compared by letters; long ones have words in common when they are one line."""
    few = sorted((one.total(), other.total()))
    return few[0] <= 3 and few[1] <= 6


def _spelt(old: str, new: str) -> float:
    matcher = SequenceMatcher(None, old[:_LONGEST].lower(), new[:_LONGEST].lower(), autojunk=False)
    return matcher.ratio() * _SPELT
