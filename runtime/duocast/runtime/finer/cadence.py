"""Cadence: which frame of a video stands at each instant of a shot, and which must be made between two. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Generic, TypeVar

PARTS = 8
"""Frames are made at halves, quarters and eighths of the way from one to the next: the nearest to the instant."""
P = TypeVar("P")
Halfway = Callable[[P, P], P]


def steps(start: Fraction, end: Fraction, rate: Fraction, most: int) -> Iterator[tuple[int, int]]:
    """The instants from `start` until `end`, below `most`, each with the nearest part of the way, 0 to `PARTS`."""
    number = ceil(start * rate)
    while number < most and Fraction(number) / rate < end:
        way = (Fraction(number) / rate - start) / (end - start)
        yield number, floor(way * PARTS + Fraction(1, 2))
        number += 1


@dataclass(slots=True)
class Between(Generic[P]):
    """The frames between two, each made once, from the two nearest on either side."""

    first: P
    second: P
    halfway: Halfway[P]
    _made: dict[int, P] = field(default_factory=dict)

    def at(self, part: int) -> P:
        """The frame so many parts of the way from the first to the second."""
        if part == 0:
            return self.first
        if part == PARTS:
            return self.second
        if part not in self._made:
            reach = part & -part
            self._made[part] = self.halfway(self.at(part - reach), self.at(part + reach))
        return self._made[part]


def lacks_frames(rate: Fraction, wanted: Fraction) -> bool:
    """Whether a video of this rate has too few frames for so many instants a second."""
    return rate * Fraction(51, 50) < wanted
