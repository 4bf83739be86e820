"""Lines: the text of a script cut at its line ends, each trimmed, each knowing where it stands."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from duocast.language.reading import Reading
from duocast.language.removed import Removed


class Line(NamedTuple):
    """A line without the white space around it; offsets in the file."""

    text: str
    start: int
    end: int
    indented: bool
    removed: bool
    """Nothing is left of it but what was removed (a note or a boneyard)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A script's lines, and the notes and boneyards that begin on lines where nothing else stands."""

    reading: Reading
    lines: tuple[Line, ...]
    removed: dict[int, Removed]
    """By the number of the line (from 0) they begin on."""


def cut_lines(reading: Reading, removed: tuple[Removed, ...]) -> Page:
    """The lines of `reading.text`."""
    starts, text = reading.source.starts, reading.text
    lines: list[Line] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        raw = text[start:end]
        stripped = raw.strip("\ufeff \t\r\n\v\f\u00a0")
        first = start + raw.find(stripped) if stripped else start
        lines.append(Line(stripped, first, first + len(stripped), first > start, False))
    found: dict[int, Removed] = {}
    for one in removed:
        _mark(lines, starts, one, found)
    return Page(reading, tuple(lines), found)


def _mark(
    lines: list[Line], starts: tuple[int, ...], one: Removed, found: dict[int, Removed]
) -> None:
    """Mark the lines that `one` empties, so that they do not count as blank."""
    number = bisect_left(starts, one.start + 1) - 1
    first = number
    while number < len(starts) and starts[number] < one.end:
        if not lines[number].text:
            lines[number] = lines[number]._replace(removed=True)
            if number == first:
                found.setdefault(first, one)
        number += 1
