"""A token: a terminal of the script grammar, which is a line or a whole block, and how it was recognised."""

import msgspec

from duocast.language.cardline import CardOpening
from duocast.language.cueline import CueOpening
from duocast.language.heading import Opening
from duocast.language.lines import Line
from duocast.language.reading import Reading
from duocast.language.removed import Removed
from duocast.language.source import Span

Opened = Opening | CardOpening | CueOpening | Removed | None
NOTHING = -1


class Token(msgspec.Struct, gc=False):
    """Offsets are in the file. A speech and a paragraph of action are one token each, other lines one each."""

    type: str
    reading: Reading
    start: int
    head: int
    """The end of its first line."""
    inside: int
    """Where what stands under the first line begins, or NOTHING."""
    end: int
    opening: Opened = None

    @property
    def line(self) -> Line:
        """The first line."""
        start, text = self.start, self.reading.text
        indented = start > 0 and text[start - 1] not in "\r\n"
        return Line(text[start : self.head], start, self.head, indented, False)

    @property
    def span(self) -> Span:
        """All of it."""
        return Span(self.start, self.end, self.reading.place)


def token_of(kind: str, reading: Reading, line: Line, opening: Opened) -> Token:
    """The token of a line."""
    return Token(kind, reading, line.start, line.end, NOTHING, line.end, opening)
