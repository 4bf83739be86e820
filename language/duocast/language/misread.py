"""A misreading: why a piece of a direction or an option could not be read, and what was probably meant."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal

from msgspec import Struct

from duocast.language.diagnostic import Fix, replacement
from duocast.language.nearest import distance, nearest
from duocast.language.phrases import PhraseToken
from duocast.language.pieces import Piece
from duocast.language.quantity import Number
from duocast.language.source import Place, Span
from duocast.language.vocabulary import LONGEST_PHRASE


class Misread(Struct, frozen=True, gc=False):
    """Why.

    number: a wrong or missing unit; comma: two pieces in one; unfinished: it stops too early; slip: nearly
    `meant`; rest: it begins well, and `span` is what does not belong; unknown: none of these.
    """

    kind: Literal["number", "comma", "unfinished", "slip", "rest", "unknown"]
    span: Span
    meant: str = ""
    unit: str = ""
    fix: Fix | None = None

    @property
    def label(self) -> str:
        """What is to be said at the place itself."""
        if self.meant:
            return f"did you mean {self.meant}?"
        said = {"unfinished": "what comes after this?", "rest": "this part is not understood"}
        return said.get(self.kind, "")


def misread(
    piece: Piece,
    token: object,
    candidates: Sequence[str],
    understood: Callable[[str], bool],
    place: Place | str,
    *,
    following: Sequence[str] = (),
) -> Misread:
    """Why `piece` failed at `token` (None when it was too short); `following` is what could have stood there."""
    whole = Span(piece.start, piece.end, place)
    if not isinstance(token, PhraseToken):
        return Misread("unfinished", whole)
    if isinstance(token.value, Number) and token.type == "NUMBER":
        return Misread("number", token.span, unit=token.value.written)
    at = token.start - piece.start
    if at > 0 and understood(piece.text[:at]) and understood(piece.text[at:]):
        return Misread("comma", Span(token.start, piece.end, place))
    for start in dict.fromkeys((at, 0)):
        choice = (*candidates, *following) if start else candidates
        if found := _slip(piece.text[start:], choice):
            written, meant = found
            span = Span(piece.start + start, piece.start + start + len(written), place)
            safe = distance(written.casefold(), meant.casefold(), 1) <= 1
            return Misread("slip", span, meant, fix=replacement(span, meant, safe=safe))
    if at > 0:
        return Misread("rest", Span(token.start, piece.end, place))
    return Misread("unknown", whole)


_FARTHEST = 0.3
"""Letters wrong beside letters written: `tender` is no slip for `under`."""


def number_title(found: Misread) -> str:
    """What is wrong with a number."""
    return f"“{found.unit}” is no unit" if found.unit else "a number without its unit"


_UNITS = {"TIME": "s", "MILLIMETRES": "mm", "DECIBELS": "dB"}
_SHORTEST_LENS = 10
"""Millimetres: a bare number from here on is a lens where a time could stand too."""
_LONGEST_SECONDS = 100
"""A bare number from here on is milliseconds where it is a time."""


def united(token: object, expected: Collection[str]) -> Fix | None:
    """The fix that gives the number at `token` a unit that the grammar would have taken there."""
    if not (isinstance(token, PhraseToken) and isinstance(token.value, Number)):
        return None
    number = token.value
    fitting = [
        unit
        for terminal, unit in _UNITS.items()
        if terminal in expected and (number.value >= 0 or unit == "dB")
    ]
    if not fitting:
        return None
    long = number.value >= _SHORTEST_LENS and "mm" in fitting
    unit = "mm" if long else fitting[0]
    safe = not number.written and len(fitting) == 1
    if unit == "s" and number.value >= _LONGEST_SECONDS:
        unit, safe = "ms", False
    return replacement(token.span, f"{number.value:g}{unit}", safe=safe)


def _slip(text: str, candidates: Sequence[str]) -> tuple[str, str] | None:
    """The first words of `text` that are a slip for a phrase: (as written, what was meant)."""
    ends = [
        end for end in range(1, min(len(text), 60) + 1) if end == len(text) or text[end].isspace()
    ]
    if not text[:1].isalnum():
        return None
    known = frozenset(candidate.casefold() for candidate in candidates)
    best: tuple[float, str, str] | None = None
    for end in ends[:LONGEST_PHRASE]:
        written = text[:end].rstrip()
        meant = nearest(written.replace("-", " "), candidates)
        if written.casefold() in known:
            best = None
            continue
        if meant is None:
            continue
        wrong = distance(written.casefold(), meant.casefold(), len(written))
        share = wrong / len(written)
        if wrong > 1 and share > _FARTHEST:
            continue
        if best is None or share < best[0]:
            best = (share, written, meant)
    return None if best is None else best[1:]
