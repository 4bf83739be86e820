"""Words of a policy in a text: lists of terms, found whatever the spelling hides.

Both are folded first: no case, no accents, look-alike letters and digits inside words put right, single letters with
spaces or dots between them joined.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property

_ALIKE = str.maketrans("аеорсухіјѕοανκτεіı", "aeopcyxijsoavkteii")
"""Letters of other alphabets that look like Latin ones."""
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_MIXED = re.compile(r"(?<![\w@$!])(?=[\w@$!]*[a-z])(?=[\w@$!]*[0134578@$!])[\w@$]+[\w@$!]*[\w@$]")
_AGE = re.compile(r"\d{1,2}(?:yo|yr|yrs|th|st|nd|rd|s|mm|k|p|d|am|pm|km|cm|m|kg|g|x)?")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){2,}\w(?!\w)")
_MARKS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAKS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text as words are compared: lower-case words of one alphabet, with single spaces."""
    folded = text.lower()
    if not folded.isascii():
        plain = unicodedata.normalize("NFKD", _MARKS.sub("", folded))
        folded = "".join(c for c in plain if not unicodedata.combining(c)).translate(_ALIKE)
    folded = _MIXED.sub(_put_right, folded.replace("'", ""))
    folded = _SPACED.sub(lambda found: _BREAKS.sub("", found.group()), folded)
    return _BREAKS.sub(" ", folded).strip()


def _put_right(found: re.Match[str]) -> str:
    word = found.group()
    return word if _AGE.fullmatch(word) else word.translate(_LEET)


class Terms:
    """A list of terms, ready to be found in folded text."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = tuple(dict.fromkeys(filter(None, map(_plain, terms))))
        begins = dict.fromkeys(term.partition("*")[0] for term in self._terms)
        self._begins = tuple((begin.partition(" ")[0], begin) for begin in begins)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_regex, self._terms))})(?!\w)")

    def find(self, folded: str) -> str | None:
        """The first term that stands in a folded text, as it stands there."""
        found = self._pattern.search(folded) if self._terms else None
        return found.group() if found else None

    def without(self, folded: str) -> str:
        """The text without any of the terms."""
        return self._pattern.sub(" ", folded) if self._terms else folded

    def perhaps(self, folded: str, words: str) -> list[str]:
        """How the terms begin that may stand in a folded text; quick, and none of them is a word by itself.

        `words` are those of the text, each once.
        """
        return [begin for first, begin in self._begins if first in words and begin in folded]


class Lexicon:
    """The lists of a policy, by name."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = {name: Terms(terms) for name, terms in lists.items()}

    def find(self, names: Iterable[str], folded: str) -> str | None:
        """The first term of any of these lists that stands in a folded text."""
        found = (self._lists[name].find(folded) for name in names if name in self._lists)
        return next((term for term in found if term is not None), None)

    def perhaps(self, names: Iterable[str], folded: str) -> tuple[str, ...]:
        """How the terms of these lists begin that may stand in a folded text."""
        words = " ".join(set(folded.split()))
        lists = (self._lists[name] for name in names if name in self._lists)
        begun = (terms.perhaps(folded, words) for terms in lists)
        return tuple({begin for found in begun for begin in found})


def _plain(term: str) -> str:
    return " ".join(
        f"{fold(part)}{'*' * part.endswith('*')}" for part in term.split() if fold(part)
    )


def _regex(term: str) -> str:
    """Plain words may be plural; a star is any ending."""
    parts = term.split()
    *first, last = (re.escape(part[:-1]) + r"\w*" if part[-1] == "*" else part for part in parts)
    return " ".join([*first, last if last.endswith("*") else f"{last}s?"])
