"""An excerpt: one line of a source as a terminal can show it, and where a span lies in it."""

import unicodedata

from msgspec import Struct

from duocast.language.source import Source, Span

_WIDEST = 110
_BEFORE = 40
_TAB = "    "


class Excerpt(Struct, frozen=True, gc=False):
    """A line cut to what fits, the cells before the marked part, and how many cells that is wide (at least 1)."""

    line: int
    column: int
    text: str
    indent: int
    width: int


def excerpt(source: Source, span: Span) -> Excerpt:
    """The line on which `span` starts; of a span over several lines, the part on the first."""
    position = source.position(span.start)
    text = source.line(position.line)
    start = min(position.column - 1, len(text))
    end = max(start, min(start + span.end - span.start, len(text)))
    first = max(0, start - _BEFORE) if len(text) > _WIDEST else 0
    last = min(len(text), first + _WIDEST)
    before, marked, after = (
        text[first:start],
        text[start : min(end, last)],
        text[min(end, last) : last],
    )
    lead = "…" * (first > 0)
    shown = lead + "".join(map(_shown, (before, marked, after))) + "…" * (last < len(text))
    indent = len(lead) + _cells(_shown(before))
    return Excerpt(
        position.line, position.column, shown.rstrip(), indent, max(1, _cells(_shown(marked)))
    )


def _shown(text: str) -> str:
    """Tabs as spaces; what could move a terminal's cursor as a replacement character."""
    return "".join(
        _TAB
        if letter == "\t"
        else "\ufffd"
        if unicodedata.category(letter) in ("Cc", "Cs")
        else letter
        for letter in text.replace("\ufeff", "")
    )


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
