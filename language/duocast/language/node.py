"""A node: what every part of the syntax tree has in common, and the smallest parts.

Nodes are frozen, and equal when they say the same: the place where they stand does not count.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Literal

import msgspec

from duocast.language.source import Span

Unit = Literal["", "s", "dB", "%", "mm", "st", "fps", "x", "LUFS"]

_SAID: dict[type, Callable[[object], object]] = {}
"""By kind of node: what one says, which is all its fields but the span."""


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of the script that knows where it stands."""

    span: Span

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        said = _said(type(self))
        return self is other or said(self) == said(other)

    def __hash__(self) -> int:
        return hash(_said(type(self))(self))

    def __repr__(self) -> str:
        fields = (field for field in self.__struct_fields__ if field != "span")
        said = ", ".join(f"{field}={getattr(self, field)!r}" for field in fields)
        return f"{type(self).__name__}({said})"


def _said(kind: type[Node]) -> Callable[[object], object]:
    found = _SAID.get(kind)
    if found is None:
        fields = [field for field in kind.__struct_fields__ if field != "span"]
        found = _SAID[kind] = attrgetter(*fields) if fields else _nothing
    return found


def _nothing(_: object) -> None:
    """What a page break says."""


class Text(Node, frozen=True):
    """Words as they were written, without the white space and the quotes around them."""

    text: str
    quoted: bool = False


class Name(Node, frozen=True):
    """A name of somebody or something, as it was written."""

    text: str

    @property
    def key(self) -> str:
        """What names are compared by: upper case, single spaces."""
        return " ".join(self.text.split()).upper()


class Quantity(Node, frozen=True):
    """A number with its unit. Times are always in seconds: `200ms` is 0.2 s."""

    value: float
    unit: Unit = ""
