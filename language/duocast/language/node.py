"""A node: what every part of the syntax tree has in common, and the smallest parts.

Nodes are frozen, and equal when they say the same: the place where they stand does not count.
"""

from dataclasses import dataclass, field
from typing import Literal

from duocast.language.source import Span

Unit = Literal["", "s", "dB", "%", "mm", "st", "fps", "x", "LUFS"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of the script that knows where it stands."""

    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Words as they were written, without the white space and the quotes around them."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name of somebody or something, as it was written."""

    text: str

    @property
    def key(self) -> str:
        """What names are compared by: upper case, single spaces."""
        return " ".join(self.text.split()).upper()


@dataclass(frozen=True, slots=True)
class Quantity(Node):
    """A number with its unit. Times are always in seconds: `200ms` is 0.2 s."""

    value: float
    unit: Unit = ""
