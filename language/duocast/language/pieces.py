"""Pieces of a comma list, with their places; commas inside quotes do not part."""

from collections.abc import Iterator

from msgspec import Struct

_QUOTES = {'"': '"', "“": "”"}


class Piece(Struct, frozen=True, gc=False):
    """A trimmed, non-empty part of a list; offsets in the file."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.start + len(self.text)


def pieces(text: str, offset: int) -> Iterator[Piece]:
    """The parts of `text`, which stands at `offset` in the file."""
    start = 0
    for comma in (*_commas(text), len(text)):
        written = text[start:comma]
        if written.strip():
            yield Piece(written.strip(), offset + start + len(written) - len(written.lstrip()))
        start = comma + 1


def _commas(text: str) -> Iterator[int]:
    """Where the commas outside quotes stand; a quote that is never closed is a character like any other."""
    last = {closing: text.rfind(closing) for closing in _QUOTES.values()}
    position = 0
    while position < len(text):
        closing = _QUOTES.get(text[position])
        if text[position] == ",":
            yield position
        elif closing and last[closing] > position:
            position = text.index(closing, position + 1)
        position += 1
