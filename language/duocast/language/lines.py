"""Lines: the text of a script cut at its line ends, each trimmed, each knowing where it stands."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from duocast.language.reading import Reading
from duocast.language.removed import Removed

EDGES = "\ufeff \t\r\n\v\f\u00a0"
"""What is trimmed off a line."""
_NEW_LINE = re.compile(r"\r\n|\n|\r")


class Line(NamedTuple):
    """A line without the white space around it; offsets in the file."""

    text: str
    start: int
    end: int
    indented: bool
    removed: bool
    """Nothing is left of it but what was removed (a note or a boneyard)."""


class Page(Struct):
    """The lines of a passage, and the notes and boneyards that begin on lines where nothing else stands."""

    reading: Reading
    lines: list[Line] = field(default_factory=list)
    removed: dict[int, Removed] = field(default_factory=dict)
    """By the number of the line (from 0) they begin on."""

    def add(self, start: int, end: int, removed: Sequence[Removed]) -> None:
        """Add the lines of a paragraph; `removed` is what was removed from it."""
        number = len(self.lines)
        self.lines.extend(cut_lines(self.reading.text, start, end))
        if removed:
            ends = _NEW_LINE.finditer(self.reading.text, start, end)
            starts = [start, *(match.end() for match in ends)]
            for one in removed:
                self._mark(number, starts, one)

    def _mark(self, number: int, starts: Sequence[int], one: Removed) -> None:
        """Mark the lines that `one` empties, so that they do not count as blank."""
        first = at = max(bisect_right(starts, one.start) - 1, 0)
        while at < len(starts) and starts[at] < one.end:
            if not self.lines[number + at].text:
                self.lines[number + at] = self.lines[number + at]._replace(removed=True)
                if at == first:
                    self.removed.setdefault(number + at, one)
            at += 1


def cut_lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines between two offsets, the first of which is the start of a line."""
    for match in _NEW_LINE.finditer(text, start, end):
        yield line_at(text, start, match.start())
        start = match.end()
    yield line_at(text, start, end)


def line_at(text: str, start: int, end: int) -> Line:
    """One line, from its own start to its line end."""
    raw = text[start:end]
    stripped = raw.strip(EDGES)
    first = start + raw.find(stripped) if stripped else start
    return Line(stripped, first, first + len(stripped), first > start, False)
