"""A source: the text of one script file, and the places inside it."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one file: offsets in characters, half-open, and the file's path."""

    start: int
    end: int
    path: str = ""

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this span to the end of the other."""
        return Span(self.start, other.end, self.path)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader finds a place: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A script file: `path` as it is shown to people, `text` as it was decoded, line ends untouched."""

    path: str
    text: str
    starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    """The offset at which each line starts."""

    def __post_init__(self) -> None:
        ends = [match.end() for match in _LINE_END.finditer(self.text)]
        object.__setattr__(self, "starts", (0, *ends))

    def span(self, start: int, end: int) -> Span:
        """The stretch of this file from `start` to before `end`."""
        return Span(start, end, self.path)

    def position(self, offset: int) -> Position:
        """The line and column of an offset; one beyond the end is taken as the end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line end; a line that is not there is empty."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]
