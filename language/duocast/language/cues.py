"""Cue lines: `MUSIC: theme.wav, fade in 2s` becomes a `Cue`."""

import re
from typing import Any

from duocast.language.cue import Cue, CueKind
from duocast.language.diagnostic import Label, insertion, removal, removal_from_list
from duocast.language.lalr import Unread
from duocast.language.misread import Misread, misread, number_title, united
from duocast.language.node import Text
from duocast.language.options import QUOTED
from duocast.language.pattern import pattern
from duocast.language.phrasebook import facets_of
from duocast.language.pieces import Piece, pieces
from duocast.language.reading import Reading
from duocast.language.shots import Facet
from duocast.language.source import Place, Span
from duocast.language.vocabulary import CUE_KEYWORDS, CUE_OPTIONS

_KEYWORD = re.compile(
    r"\s{0,200}(" + "|".join(re.escape(word) for word in CUE_KEYWORDS) + r")[ \t]{0,40}:"
)
_WRITTEN_FIRST = frozenset({"title", "lower third", "chapter"})
"""Kinds whose first part is always text, even `STOP`."""
_UNITS = frozenset({"s", "ms", "db"})
_NUMBER_FIRST = pattern(r"[+\-−–]?[\d.]")


def cue_keyword(text: str) -> tuple[CueKind, int] | None:
    """The kind of the cue that `text` is, and how long its keyword is with the colon."""
    match = _KEYWORD.match(text)
    return (CUE_KEYWORDS[match.group(1)], match.end()) if match else None


def parse_cue(reading: Reading, kind: CueKind, start: int, end: int, span: Span) -> Cue:
    """The cue whose parts stand from `start` to `end`; `span` is the whole cue with its keyword."""
    texts: list[Text] = []
    fields: dict[str, Any] = {}
    for piece in pieces(reading.text[start:end], start):
        first = not texts and not fields
        facets = None if first and kind in _WRITTEN_FIRST else _option(piece, span.place)
        if facets is not None:
            _put(reading, kind, fields, facets)
        elif first or _is_text(reading, piece):
            _add(reading, texts, piece)
    if not texts and not fields:
        _report_empty(reading, kind, span)
    return Cue(kind, tuple(texts), **{key: facet.value for key, facet in fields.items()}, span=span)


def _option(piece: Piece, place: Place | str) -> tuple[Facet, ...] | None:
    try:
        return facets_of(piece.text, piece.start, place)
    except Unread:
        return None


def is_option(text: str) -> bool:
    """Whether a part of a cue with this text is an option, and no words of the writer's."""
    try:
        facets_of(text, 0, "")
    except Unread:
        return False
    return True


def _put(
    reading: Reading, kind: CueKind, fields: dict[str, Any], facets: tuple[Facet, ...]
) -> None:
    for facet in facets:
        before = fields.get(facet.field)
        if before is not None and before.value is not None:
            reading.error(
                "D0104",
                f"this {kind} cue says the same thing twice",
                Label(facet.span, "this one is not used"),
                Label(before.span, "first given here"),
                fix=removal_from_list(reading.text, facet.span, "remove the second one"),
            )
            return
    fields.update((facet.field, facet) for facet in facets)


def _is_text(reading: Reading, piece: Piece) -> bool:
    """Whether a part that is no option is meant as words; if it is a slip for an option, say so."""
    if QUOTED.fullmatch(piece.text) or reading.lenient:
        return True
    if piece.text.lower() in _UNITS:
        _report_unit(reading, piece)
        return False
    try:
        facets_of(piece.text, piece.start, reading.place)
    except Unread as unread:
        token, expected = unread.token, unread.expected
    else:
        return False
    found = misread(piece, token, CUE_OPTIONS, _understood, reading.place)
    numeric = _NUMBER_FIRST.match(piece.text) is not None
    if found.kind == "unknown" and not numeric:
        return True
    if found.kind == "comma":
        _report_no_comma(reading, piece, found)
        return False
    number = found.kind == "number"
    title = number_title(found) if number else f"the option “{piece.text[:40]}” is not understood"
    hint = "write 2s or 500ms for a time, -24dB for a level, and words of your own in quotes"
    reading.error(
        "D0103" if number or numeric else "D0106",
        title,
        Label(found.span, found.label),
        hint="" if found.meant else hint,
        fix=found.fix or united(token, expected),
    )
    return False


def _report_unit(reading: Reading, piece: Piece) -> None:
    """A unit whose number was lost."""
    reading.error(
        "D0103",
        f"a number is missing before “{piece.text}”",
        Label(reading.span(piece.start, piece.end), "how much?"),
        hint="write 2s or 500ms for a time, -24dB for a level, and words of your own in quotes",
    )


def _understood(text: str) -> bool:
    try:
        return bool(facets_of(text.strip(), 0, ""))
    except Unread:
        return False


def _report_no_comma(reading: Reading, piece: Piece, found: Misread) -> None:
    """`4s under MARA`: two options in one."""
    end = piece.start + len(piece.text[: found.span.start - piece.start].rstrip())
    reading.error(
        "D0131",
        "two options stand together without a comma",
        Label(found.span, "a comma is missing before this"),
        fix=insertion(reading.span(end, end), ",", "put a comma between them"),
    )


def _add(reading: Reading, texts: list[Text], piece: Piece) -> None:
    """Add a text; bare descriptions that follow one another are one: `soft piano, hopeful`."""
    span = reading.span(piece.start, piece.end)
    if QUOTED.fullmatch(piece.text):
        texts.append(Text(piece.text[1:-1].strip(), quoted=True, span=span))
    elif (
        texts
        and not texts[-1].quoted
        and not reading.text[texts[-1].span.end : piece.start].strip(", \t")
    ):
        both = texts.pop().span.to(span)
        texts.append(Text(reading.text[both.start : both.end], span=both))
    else:
        texts.append(Text(piece.text, span=span))


def _report_empty(reading: Reading, kind: CueKind, span: Span) -> None:
    if not reading.lenient:
        reading.error(
            "D0109",
            f"this {kind} cue says nothing",
            Label(span, "what should start here?"),
            hint="name a file, or describe it in words",
            fix=removal(span, "remove the cue", safe=False),
        )
