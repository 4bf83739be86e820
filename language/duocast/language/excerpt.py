"""An excerpt: one line of a source as a terminal can show it, and where a span lies in it."""

import unicodedata

from msgspec import Struct

from duocast.language.source import Source, Span

WIDEST = 110
"""Cells of a line where the width of the terminal is not known."""
_BEFORE = 40
_NARROWEST = 24
_TAB = "    "
_UNSAFE = ("Cc", "Cs", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
_ELLIPSIS = "…"


class Excerpt(Struct, frozen=True, gc=False):
    """A line cut to what fits, the cells before the marked part, and how many cells that is wide (at least 1)."""

    line: int
    column: int
    text: str
    indent: int
    width: int


def excerpt(source: Source, span: Span, widest: int = WIDEST) -> Excerpt:
    """The line on which `span` starts, in at most `widest` cells; of several lines, the first."""
    position = source.position(span.start)
    text = source.line(position.line)
    start = min(position.column - 1, len(text))
    end = max(start, min(start + span.end - span.start, len(text)))
    widest = max(widest, _NARROWEST)
    first, last = _window(text, start, widest)
    before, marked, after = text[first:start], text[start : min(end, last)], text[end:last]
    lead = _ELLIPSIS * (first > 0)
    shown = lead + "".join(map(visible, (before, marked, after))) + _ELLIPSIS * (last < len(text))
    indent = len(lead) + cells(visible(before))
    width = max(1, cells(visible(marked)))
    return Excerpt(position.line, position.column, shown.rstrip(), indent, width)


def _window(text: str, start: int, widest: int) -> tuple[int, int]:
    """The part of a line that is shown: all of it where it fits, or else what stands around the span."""
    if len(text) <= widest and cells(visible(text)) <= widest:
        return 0, len(text)
    before = min(_BEFORE, widest * 3 // 8)
    first = (
        _back(text, start, before) if cells(visible(text[: start + 1][-widest:])) > before else 0
    )
    room = widest - 2
    last = first
    while last < len(text) and room > 0:
        room -= cells(visible(text[last]))
        last += room >= 0
    return first, max(last, start)


def _back(text: str, start: int, room: int) -> int:
    """How far before `start` a stretch of `room` cells begins."""
    first = start
    while first > 0 and room > 0:
        room -= cells(visible(text[first - 1]))
        first -= 1
    return first


def visible(text: str) -> str:
    """Tabs as spaces; what can't be seen, or could move a terminal's cursor, as a replacement character."""
    return "".join(map(_visible, text)) if not text.isprintable() or not text.isascii() else text


def _visible(letter: str) -> str:
    if letter == "\t":
        return _TAB
    category = unicodedata.category(letter)
    hidden = category in _UNSAFE or (category == "Cf" and letter not in _JOINERS)
    return "\ufffd" if hidden else letter


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    if "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
