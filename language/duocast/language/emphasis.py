"""Emphasis: `*word*`, `**word**` and `_word_` in a text that directions may interrupt."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from duocast.language.pattern import pattern

_DELIMITER = pattern(r"\\[*_\\\[\]()]|\*{1,3}|_")
_LEVELS = {"*": 1, "**": 2, "***": 2, "_": 1}


class Stretch(NamedTuple):
    """A stretch of text between directions, offsets in the file."""

    start: int
    end: int


Piece = tuple[int, int, int]
"""Start, end, emphasis."""


def emphasised(text: str, stretches: Sequence[Stretch]) -> Iterator[list[Piece]]:
    """The pieces of each stretch, delimiters left out. A delimiter without its partner is a letter like any other."""
    if not stretches or not _DELIMITER.search(text, stretches[0].start, stretches[-1].end):
        for part in stretches:
            yield [(part.start, part.end, 0)] if part.start < part.end else []
        return
    found = [list(_DELIMITER.finditer(text, part.start, part.end)) for part in stretches]
    partners = _partners(text, [match for matches in found for match in matches])
    open_: list[str] = []
    for part, matches in zip(stretches, found, strict=True):
        pieces: list[Piece] = []
        position = part.start
        for match in matches:
            escape = match.group()[0] == "\\"
            if not escape and match.start() not in partners:
                continue
            _add(pieces, position, match.start(), open_)
            position = match.start() + 1 if escape else match.end()
            if not escape:
                _toggle(open_, match.group(), closing=partners[match.start()])
        _add(pieces, position, part.end, open_)
        yield pieces


def _add(pieces: list[Piece], start: int, end: int, open_: list[str]) -> None:
    if start < end:
        pieces.append((start, end, max((_LEVELS[mark] for mark in open_), default=0)))


def _toggle(open_: list[str], mark: str, *, closing: bool) -> None:
    if closing:
        open_.remove(mark)
    else:
        open_.append(mark)


def _partners(text: str, marks: Sequence[re.Match[str]]) -> dict[int, bool]:
    """The delimiters that pair up, by offset: False opens, True closes."""
    waiting: dict[str, int] = {}
    partners: dict[int, bool] = {}
    for match in marks:
        mark, start, end = match.group(), match.start(), match.end()
        if mark[0] == "\\":
            continue
        before = text[start - 1 : start]
        after = text[end : end + 1]
        closes = mark in waiting and not before.isspace() and (mark != "_" or not after.isalnum())
        if closes:
            partners[waiting.pop(mark)] = False
            partners[start] = True
        elif after and not after.isspace() and (mark != "_" or not before.isalnum()):
            waiting[mark] = start
    return partners
