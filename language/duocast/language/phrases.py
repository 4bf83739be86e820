"""The phrase lexer: what stands in brackets, cut into phrases of the vocabulary, names, numbers and marks.

Which reading of a word counts depends on what the grammar can take at that place: after `close on`, CRANE is
somebody; at the start of a direction it is a move.
"""

import re

from duocast.language.lalr import Accepts
from duocast.language.options import QUOTED
from duocast.language.quantity import Number, read_number
from duocast.language.source import Place, Span
from duocast.language.vocabulary import LONGEST_PHRASE, PHRASES

_SPACE = re.compile(r"[\s\-]+")
_WORD = re.compile(r"[^\s,:\"“”\-]+")
_MARK = re.compile(r"#\s?([\w\-]+)")
_UNIT_TERMINALS = {
    "s": "TIME",
    "mm": "MILLIMETRES",
    "dB": "DECIBELS",
    "%": "PERCENT",
    "st": "SEMITONES",
}
_JOINING = frozenset({"and", "&", "onto", "speaks"})
_LINKING = _JOINING | {"on", "to", "from", "until", "for", "over", "looks"}


Value = str | Number


class PhraseToken:
    """A terminal with its place. `value` is the meaning of a phrase, a name, a text or a number."""

    __slots__ = ("end", "place", "start", "type", "value")

    def __init__(self, kind: str, value: Value, start: int, end: int, place: Place | str) -> None:
        self.type = kind
        self.value = value
        self.start = start
        self.end = end
        self.place = place

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end, self.place)

    def __repr__(self) -> str:
        return f"PhraseToken({self.type}, {self.value!r})"


class PhraseLexer:
    """Cuts a text into phrases, one at a time. It must know which terminals fit before it decides."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = _skip(text, 0)

    def following(self, accepts: Accepts) -> PhraseToken | None:
        """The next phrase, or None at the end; offsets are in the text."""
        if self._position >= len(self._text):
            return None
        token, position = _next(self._text, self._position, accepts)
        self._position = _skip(self._text, position)
        return token


def _skip(text: str, position: int) -> int:
    """Past white space and hyphens, but not past the minus of a number."""
    while match := _SPACE.match(text, position):
        if text[match.end() - 1] == "-" and read_number(text, match.end() - 1):
            return match.end() - 1
        position = match.end()
    return position


def _next(text: str, position: int, accepts: Accepts) -> tuple[PhraseToken, int]:
    kind, value, end = (
        _phrase(text, position, accepts)
        or _sign(text, position)
        or _number(text, position)
        or _name(text, position, accepts)
        or _anything(text, position)
    )
    return PhraseToken(kind, value, position, end, ""), end


_Found = tuple[str, Value, int]


def _phrase(text: str, position: int, accepts: Accepts) -> _Found | None:
    """The longest phrase of the vocabulary that starts here and fits here."""
    words: list[tuple[str, int]] = []
    while len(words) < LONGEST_PHRASE and (match := _WORD.match(text, position)):
        words.append((match.group().lower().replace("’", "'"), match.end()))
        space = _SPACE.match(text, match.end())
        if space is None:
            break
        position = space.end()
    for count in range(len(words), 0, -1):
        for terminal, meaning in PHRASES.get(tuple(word for word, _ in words[:count]), ()):
            if terminal in accepts:
                return terminal, meaning, words[count - 1][1]
    return None


def _sign(text: str, position: int) -> _Found | None:
    if text[position] == ",":
        return "COMMA", ",", position + 1
    if text[position] == ":":
        return "COLON", ":", position + 1
    if match := QUOTED.match(text, position):
        return "QUOTED", match.group()[1:-1].strip(), match.end()
    if match := _MARK.match(text, position):
        return "MARK", match.group(1), match.end()
    return None


def _number(text: str, position: int) -> _Found | None:
    number = read_number(text, position)
    if number is None:
        return None
    return _UNIT_TERMINALS.get(number.unit or "", "NUMBER"), number, number.end


def _name(text: str, position: int, accepts: Accepts) -> _Found | None:
    """A name goes on to a comma or a linking word; one that begins with a capital also ends before a small word."""
    match = _WORD.match(text, position)
    if match is None or "NAME" not in accepts:
        return None
    capital = not match.group()[0].islower()
    named = accepts.keys() & {"COMMA", "$END", "SIZE"}
    if named and not match.group().isupper() and not ("SIZE" not in accepts and capital):
        return None
    end = match.end()
    while (space := _SPACE.match(text, end)) and (match := _WORD.match(text, space.end())):
        word = match.group()
        if word.lower() in (_JOINING if capital and word.isupper() else _LINKING):
            break
        if (capital and word[0].islower()) or _has_unit(text, space.end()):
            break
        end = match.end()
    return "NAME", text[position:end], end


def _has_unit(text: str, position: int) -> bool:
    number = read_number(text, position)
    return number is not None and number.unit is not None and number.unit != ""


def _anything(text: str, position: int) -> _Found:
    match = _WORD.match(text, position)
    end = match.end() if match else position + 1
    return "WORD", text[position:end], end
