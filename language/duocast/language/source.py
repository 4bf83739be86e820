"""A source: the text of one script file, and the places inside it."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, count
from operator import add

from msgspec import Struct

from duocast.language.pattern import pattern

_LINE_END = pattern(r"\r\n|\n|\r")


class Place(Struct, gc=False):
    """Where a passage begins in its file. It moves when the text above is edited, and its spans move with it."""

    path: str
    origin: int = 0


class Span(Struct, frozen=True, gc=False):
    """A stretch of one file: offsets in characters, half-open, and the file's path.

    `Span(3, 5, "film.scene")` stays where it is. One that is made with a `Place` counts from there.
    """

    begin: int
    finish: int
    place: Place | str = ""

    @property
    def start(self) -> int:
        """The offset of the first character in the file."""
        place = self.place
        return self.begin if isinstance(place, str) else place.origin + self.begin

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        place = self.place
        return self.finish if isinstance(place, str) else place.origin + self.finish

    @property
    def path(self) -> str:
        """The file."""
        place = self.place
        return place if isinstance(place, str) else place.path

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this span to the end of the other."""
        if self.place is other.place:
            return Span(self.begin, other.finish, self.place)
        return Span(self.start, other.end, self.path)

    @property
    def before(self) -> "Span":
        """The place before its first character."""
        return Span(self.begin, self.begin, self.place)

    @property
    def after(self) -> "Span":
        """The place behind its last character."""
        return Span(self.finish, self.finish, self.place)

    def part(self, start: int, end: int) -> "Span":
        """A part of this stretch, by offsets from its own start."""
        return Span(self.begin + start, self.begin + end, self.place)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        mine = (self.start, self.end, self.path)
        return mine == (other.start, other.end, other.path)

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.path))

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end}, {self.path!r})"


class Position(Struct, frozen=True):
    """Where a reader finds a place: line and column, both counted from 1."""

    line: int
    column: int


@lru_cache(maxsize=16)
def _starts(text: str) -> tuple[int, ...]:
    if text.count("\r") != text.count("\r\n"):
        return (0, *(match.end() for match in _LINE_END.finditer(text)))
    lengths = map(len, text.split("\n")[:-1])
    return tuple(map(add, accumulate(lengths, initial=0), count()))


class Source(Struct, frozen=True):
    """A script file: `path` as it is shown to people, `text` as it was decoded, line ends untouched."""

    path: str
    text: str

    @property
    def starts(self) -> tuple[int, ...]:
        """The offset at which each line starts."""
        return _starts(self.text)

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
