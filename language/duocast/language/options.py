"""A comma list: the value of a card's entry in parts, as in `amber, pace 0.95, warm`."""

import re

from duocast.language.node import Node, Quantity, Text
from duocast.language.pieces import Piece, pieces
from duocast.language.quantity import NUMBER, read_number
from duocast.language.source import Span

QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”')
"""Text in quotes, straight or typographic."""


class Option(Node, frozen=True):
    """One part of a comma list: `pace 0.95` has the words `pace` and the quantity 0.95."""

    text: str
    """As written, without quotes around the whole."""
    words: str
    """The text without its last number, single spaces; empty for `-24dB`."""
    quantity: Quantity | None = None
    quoted: bool = False


def worded(option: Option) -> Span:
    """Where the words of an option stand, without the number after them."""
    if option.quantity is None:
        return option.span
    before = option.text[: option.quantity.span.start - option.span.start]
    return option.span.part(0, len(before.rstrip()))


def parse_options(value: Text) -> tuple[Option, ...]:
    """The parts of a value, in order; empty parts are left out. Commas inside quotes do not part."""
    path = value.span.path
    return tuple(_option(piece, path) for piece in pieces(value.text, value.span.start))


def _option(piece: Piece, path: str) -> Option:
    written, span = piece.text, Span(piece.start, piece.end, path)
    if QUOTED.fullmatch(written):
        text = written[1:-1].strip()
        return Option(text, text, quoted=True, span=span)
    number = next(
        (found for found in NUMBER.finditer(written) if found.end() == len(written)), None
    )
    read = read_number(written, number.start()) if number else None
    if read is None or read.unit is None:
        return Option(written, " ".join(written.split()), span=span)
    words = " ".join(written[: read.start].split())
    return Option(written, words, read.quantity(path, offset=piece.start), span=span)
