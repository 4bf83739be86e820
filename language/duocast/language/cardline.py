"""The first line of a card: `character MARA`."""

import re
from typing import get_args

from msgspec import Struct

from duocast.language.diagnostic import Label, replacement
from duocast.language.keys import is_card_key
from duocast.language.lines import Line
from duocast.language.nearest import nearest
from duocast.language.node import Name
from duocast.language.nodes import CardKind
from duocast.language.reading import Reading

_OPENING = re.compile(r"([A-Za-z]{3,12})(?:[ \t]+(\S.{0,80}))?$")
_KINDS: tuple[CardKind, ...] = get_args(CardKind)


class CardOpening(Struct, frozen=True, gc=False):
    """The kind of a card, and where its name begins in the line (its end, for a card without one)."""

    kind: CardKind
    name: int
    mistake: str = ""
    """The word that was written instead of the kind."""


def card_opening(line: Line, following: Line | None, *, lenient: bool) -> CardOpening | None:
    """What card `line` opens, if any; `following` is the line under it when that is not blank.

    A kind and a name in capitals are enough. Otherwise a line with one of the card's keys must stand under it,
    because `look away` is also something that a writer may say. A lenient reading always wants that line.
    """
    match = _OPENING.match(line.text)
    if match is None:
        return None
    word, name = match.group(1), match.group(2) or ""
    start = match.start(2) if name else len(line.text)
    kind = next((kind for kind in _KINDS if kind == word.lower()), None)
    if (
        kind
        and word.islower()
        and not lenient
        and (name.isupper() or (kind == "lexicon" and not name))
    ):
        return CardOpening(kind, start)
    if following is None or line.indented:
        return None
    if kind and is_card_key(following, kind):
        return CardOpening(kind, start)
    meant = nearest(word, _KINDS) if not (kind or lenient) and word.islower() else None
    slip = next((kind for kind in _KINDS if kind == meant), None)
    if slip and following.indented and is_card_key(following, slip):
        return CardOpening(slip, start, word)
    return None


def may_open_card(line: Line) -> bool:
    """Whether `line` opens a card, or would if the right line stood under it."""
    match = _OPENING.match(line.text)
    if match is None:
        return False
    word = match.group(1)
    return word.lower() in _KINDS or (word.islower() and nearest(word, _KINDS) is not None)


def card_name_node(reading: Reading, line: Line, opening: CardOpening) -> Name:
    """The name on a card, with findings about the line."""
    start = line.start + opening.name
    if opening.mistake:
        span = reading.span(line.start, line.start + len(opening.mistake))
        reading.error(
            "N0105",
            f"there is no card “{opening.mistake}”",
            Label(span, f"did you mean {opening.kind}?"),
            fix=replacement(span, opening.kind),
        )
    text = line.text[opening.name :]
    if not text and opening.kind != "lexicon":
        reading.error(
            "N0106",
            f"this {opening.kind} has no name",
            Label(reading.span(line.start, line.end)),
            hint=f"write {opening.kind} and a name in capitals, as in {opening.kind} MARA",
        )
    return Name(text, span=reading.span(start, line.end))
