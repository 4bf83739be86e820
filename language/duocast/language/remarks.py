"""Remarks inside a paragraph: notes and text taken out that stand among its words, or right behind them."""

from collections.abc import Iterator

from duocast.language.nodes import Boneyard, Note
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.removed import Removed, remove

_VISIBLE = pattern(r"\S")
_EMPTY_LINE = pattern("(?>\r\n|\n|\r)[ \t\v\f\u00a0\ufeff]*+(?:\r|\n)")
_LINE_END = pattern(r"[\r\n]")

Remark = Note | Boneyard


def remark(reading: Reading, one: Removed) -> Remark:
    """The node of something removed."""
    text = reading.source.text[one.start : one.end]
    span = reading.span(one.start, one.end)
    if one.kind == "note":
        return Note(text.removeprefix("[[").removesuffix("]]").strip(), span=span)
    return Boneyard(text[2:].removesuffix("*/").strip(), span=span)


def remarks(reading: Reading, start: int, end: int, *, under: bool = True) -> tuple[Remark, ...]:
    """The remarks between two offsets and behind the second one, on the same line and (`under`) on the next ones."""
    if reading.text is reading.source.text:
        return ()
    following = _VISIBLE.search(reading.text, end)
    bound = following.start() if following else len(reading.text)
    text = reading.source.text
    if text.find("[[", start, bound) < 0 and text.find("/*", start, bound) < 0:
        return ()
    silent = Reading(reading.source, reading.lenient, place=reading.place)
    found = remove(silent, start, bound)
    return tuple(remark(reading, one) for one in _joined(text, end, found, under=under))


def _joined(text: str, end: int, found: tuple[Removed, ...], *, under: bool) -> Iterator[Removed]:
    """Those that no empty line (or no line end at all) parts from what ends at `end`."""
    parts = _EMPTY_LINE if under else _LINE_END
    for one in found:
        if one.start >= end:
            if parts.search(text, end, one.start):
                return
            end = one.end
        yield one
