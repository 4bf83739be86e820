"""Reading a quantity: a number with its unit, as writers type them."""

import re

from msgspec import Struct

from duocast.language.node import Quantity, Unit
from duocast.language.source import Span

NUMBER = re.compile(
    r"(?<!\w)([+\-−–]?)(\d{1,12}(?:\.\d{1,12})?|\.\d{1,12})[ \t]?([A-Za-z]+|%)?(?!\w)"
)
"""A number, its sign and what may be its unit."""

_UNITS: dict[str, tuple[Unit, float]] = {
    "s": ("s", 1.0),
    "sec": ("s", 1.0),
    "secs": ("s", 1.0),
    "second": ("s", 1.0),
    "seconds": ("s", 1.0),
    "ms": ("s", 0.001),
    "min": ("s", 60.0),
    "minute": ("s", 60.0),
    "minutes": ("s", 60.0),
    "db": ("dB", 1.0),
    "%": ("%", 1.0),
    "mm": ("mm", 1.0),
    "st": ("st", 1.0),
    "semitone": ("st", 1.0),
    "semitones": ("st", 1.0),
    "fps": ("fps", 1.0),
    "lufs": ("LUFS", 1.0),
    "x": ("x", 1.0),
}


class Number(Struct, frozen=True, gc=False):
    """A number found in text: `unit` is None when what follows it is no unit (`written` has it)."""

    value: float
    unit: Unit | None
    written: str
    start: int
    end: int

    def quantity(self, path: str, *, offset: int = 0) -> Quantity:
        """The value with its place; an unknown unit counts as none."""
        span = Span(self.start + offset, self.end + offset, path)
        return Quantity(self.value, self.unit or "", span=span)


def read_number(text: str, position: int = 0) -> Number | None:
    """The number that starts at `position`, with the unit that belongs to it."""
    match = NUMBER.match(text, position)
    if match is None:
        return None
    sign, digits, written = match.group(1), match.group(2), match.group(3) or ""
    unit, scale = _UNITS.get(written.lower(), (None, 1.0)) if written else ("", 1.0)
    value = round(float(digits) * scale * (-1 if sign and sign != "+" else 1), 9)
    return Number(value, unit, written, match.start(), match.end())
