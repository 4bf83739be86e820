"""A bracket: the text of a direction becomes nodes, and what is not understood becomes a finding."""

from collections.abc import Collection
from functools import lru_cache

from duocast.language.cue import Cue
from duocast.language.cueline import BARE_KEYWORD, cue_of, cue_opening, report_no_colon
from duocast.language.cues import cue_keyword, parse_cue
from duocast.language.diagnostic import (
    Edit,
    Fix,
    Label,
    insertion,
    removal,
    removal_from_list,
    replacement,
)
from duocast.language.direction import Direction, Unknown
from duocast.language.lalr import Unread
from duocast.language.lines import Line
from duocast.language.misread import Misread, misread, number_title, united
from duocast.language.moved import moved
from duocast.language.node import Text
from duocast.language.phrasebook import items_of
from duocast.language.pieces import Piece, pieces
from duocast.language.reading import Reading
from duocast.language.shots import Facet, Item, assemble
from duocast.language.source import Source, Span
from duocast.language.vocabulary import CUE_KEYWORDS, MANNERS, OPENERS, offered

_REMEMBERED = 4096
_LONGEST = 200
"""Letters; nobody writes anything longer twice."""
_NOBODY = Reading(Source("", ""))

_FIELDS = {
    "size": "size",
    "framing": "framing",
    "subjects": "people",
    "lens_mm": "lens",
    "angle": "angle",
    "move": "move",
    "hold": "length",
    "thing": "thing",
    "camera": "camera",
    "look": "look",
    "engine": "engine",
}


def parse_bracket(reading: Reading, start: int, end: int) -> tuple[Direction, ...]:
    """The directions between the brackets at `start` and before `end` (both brackets included)."""
    text = reading.text[start:end]
    known = _plain(text) if len(text) <= _LONGEST else None
    if known is not None:
        return tuple([moved(one, start, reading.place) for one in known])
    return _parse(reading, start, end)


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> tuple[Direction, ...] | None:
    """The directions of a bracket that there is nothing to say about."""
    reading = Reading(Source("", text), text=text)
    directions = _parse(reading, 0, len(text))
    return None if reading.found else directions


def _parse(reading: Reading, start: int, end: int) -> tuple[Direction, ...]:
    span = reading.span(start, end)
    text = reading.text[start + 1 : end - 1]
    if not text.strip():
        _report_empty(reading, span)
        return ()
    if keyword := cue_keyword(text):
        kind, written = keyword
        return (parse_cue(reading, kind, start + 1 + written, end - 1, span),)
    items = _whole(reading, text, start + 1)
    if items is None and not reading.lenient and (cue := _misspelt(reading, start, end)):
        return (cue,)
    if items is None:
        items = [item for piece in pieces(text, start + 1) for item in _piece(reading, piece)]
    directions, clashes = assemble(items, span)
    for before, again in clashes:
        _report_clash(reading, before, again)
    return directions or (Unknown(text.strip(), span=span),)


def _misspelt(reading: Reading, start: int, end: int) -> Cue | None:
    """The cue in brackets whose keyword is nearly right: `[SX: phone, -12dB]`."""
    text = reading.text[start + 1 : end - 1]
    first = end - 1 - len(text.lstrip())
    line = Line(text.strip(), first, first + len(text.strip()), False, False)
    if bare := BARE_KEYWORD.match(line.text):
        end_of_word = reading.span(first + bare.end(1), first + bare.end(1))
        report_no_colon(reading, reading.span(first, first + bare.end(1)), end_of_word)
        kind = CUE_KEYWORDS[bare.group(1)]
        return parse_cue(reading, kind, first + bare.end(), line.end, reading.span(start, end))
    opening = cue_opening(line, lenient=False)
    return cue_of(reading, line, opening) if opening else None


def read_direction(value: Text, *, after: str = "") -> tuple[Direction, ...]:
    """The directions that a card's value means, as if it stood in brackets; none where it is not understood.

    `after` is added to what is written: `high` on a card is `high angle`.
    """
    text = value.text + after
    if not text.strip():
        return ()
    try:
        items = items_of(text, value.span.begin, value.span.place)
    except Unread:
        return ()
    return assemble(items, value.span)[0]


def understood(text: str) -> bool:
    """Whether a bracket with this text would be a direction."""
    if not text.strip() or cue_keyword(text):
        return bool(text.strip())
    return _whole(_NOBODY, text, 0) is not None


def _whole(reading: Reading, text: str, offset: int) -> list[Item] | None:
    try:
        return items_of(text, offset, reading.place)
    except Unread:
        return None


def _piece(reading: Reading, piece: Piece) -> list[Item]:
    try:
        return items_of(piece.text, piece.start, reading.place)
    except Unread as unread:
        if not reading.lenient:
            _report(reading, piece, unread)
        return []


def _report(reading: Reading, piece: Piece, unread: Unread) -> None:
    following = offered(unread.expected)
    found = misread(piece, unread.token, OPENERS, understood, reading.place, following=following)
    if found.kind == "number":
        reading.error(
            "D0103",
            number_title(found),
            Label(found.span),
            hint="write 2s or 500ms for a time, 35mm for a lens, -24dB for a level",
            fix=united(unread.token, unread.expected),
        )
    elif found.kind == "comma":
        reading.error(
            "D0111",
            "two directions stand together without a comma",
            Label(found.span, "a comma is missing before this"),
            fix=Fix("put a comma between them", (Edit(_before(reading, found.span), ","),)),
        )
    elif found.kind == "unfinished":
        _report_unfinished(reading, piece, found, unread.expected)
    else:
        reading.error(
            "D0102",
            f"the direction “{_short(piece.text)}” is not understood",
            Label(found.span, found.label),
            hint=_advice(piece.text) if not found.meant else "",
            fix=found.fix or _quoted(reading, found, unread.expected),
        )


def _quoted(reading: Reading, found: Misread, expected: Collection[str]) -> Fix | None:
    """The fix for the last words of `say "GIF" as jif`, which want quotes."""
    words = reading.text[found.span.start : found.span.end].strip()
    if "QUOTED" not in expected or '"' in words or " as " in f" {words} ":
        return None
    return replacement(found.span, f'"{words}"')


def _report_unfinished(
    reading: Reading, piece: Piece, found: Misread, expected: Collection[str]
) -> None:
    end = found.span.after
    timed = "TIME" in expected
    reading.error(
        "D0108",
        f"the direction “{piece.text}” stops too early",
        Label(found.span, found.label),
        hint=_missing(piece.text, expected),
        fix=insertion(end, " 2s", "say that it takes 2s", safe=False) if timed else None,
    )


def _before(reading: Reading, span: Span) -> Span:
    """The place after the last character that is no white space before `span`."""
    at = span.start
    while at > 0 and reading.text[at - 1].isspace():
        at -= 1
    return reading.span(at, at)


def _missing(text: str, expected: Collection[str]) -> str:
    """What to add to a direction that stops too early, from what the grammar would have taken next."""
    for terminal, question, example in _MISSING:
        if terminal in expected:
            example = "JONAS" if example in text else example
            return f"say {question}, as in [{text} {example}]"
    return "say more, or leave it out"


_MISSING = (
    ("TIME", "how long", "2s"),
    ("ONTO", "onto whom", "onto JONAS"),
    ("MOVE", "what moves", "push in"),
    ("POLICY", "which coverage", "podcast"),
    ("NAME", "whom or what", "MARA"),
)


def _advice(text: str) -> str:
    if MANNERS & set(text.lower().split()):
        return f"how a line is said stands in parentheses: ({text.strip().lower()})"
    return "a direction is a shot, a pause, a gesture, a sound of the voice or a #mark; a remark is [[...]]"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _report_empty(reading: Reading, span: Span) -> None:
    if not reading.lenient:
        reading.error(
            "D0107",
            "there is nothing between the brackets",
            Label(span),
            fix=removal(_with_space(reading, span), "remove the brackets"),
        )


def _with_space(reading: Reading, span: Span) -> Span:
    """The span, with one of the spaces where there is one on both sides."""
    text, start, end = reading.text, span.start, span.end
    both = text[start - 1 : start] == " " == text[end : end + 1]
    return span.part(-1, end - start) if both else span


def _report_clash(reading: Reading, before: Facet, again: Facet) -> None:
    field = _FIELDS[again.field]
    reading.error(
        "D0104",
        f"the {field} of this shot is given twice",
        Label(again.span, "this one is not used"),
        Label(before.span, "first given here"),
        hint="write two directions, each in brackets of its own",
        fix=removal_from_list(reading.text, again.span, "remove the second one"),
    )
