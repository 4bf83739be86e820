"""Ink: smooth shapes from points, tapered brush strokes, ramps of colour. Numbers only; a pen puts them on a canvas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Stops = tuple[tuple[float, str, float], ...]
"""(place, colour, alpha) rows of a ramp."""


@dataclass(slots=True, eq=False)
class Shape:
    """A path: `verbs` are M (move), L (line), C (cubic), O (oval: middle, half sizes) and Z (close).

    `numbers` are their coordinates in order.
    """

    verbs: str
    numbers: list[float]


@dataclass(frozen=True, slots=True, eq=False)
class Ramp:
    """A run of colour between two points."""

    start: tuple[float, float]
    end: tuple[float, float]
    stops: Stops


def points(*pairs: Sequence[float]) -> Points:
    """Rows of coordinates as an array."""
    return np.array(pairs, dtype=np.float64)


def ramp(start: Sequence[float], end: Sequence[float], stops: Stops) -> Ramp:
    """A paint that runs from `start` to `end` through (place, colour, alpha) stops."""
    return Ramp((float(start[0]), float(start[1])), (float(end[0]), float(end[1])), stops)


def _smooth(rows: list[list[float]], out: list[float]) -> None:
    """Append cubics (c1x, c1y, c2x, c2y, x, y) through the points, with chord-scaled tangents."""
    (x0, y0), (x1, y1) = rows[0], rows[1]
    length = hypot(x1 - x0, y1 - y0) or 1e-9
    tx, ty = (x1 - x0) / length, (y1 - y0) / length
    for x2, y2 in rows[2:]:
        after = hypot(x2 - x1, y2 - y1) or 1e-9
        span, third = length + after, length / 3
        ux, uy = (x2 - x0) / span, (y2 - y0) / span
        out += (x0 + tx * third, y0 + ty * third, x1 - ux * third, y1 - uy * third, x1, y1)
        x0, y0, x1, y1, length, tx, ty = x1, y1, x2, y2, after, ux, uy
    third = length / 3
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    out += (x0 + tx * third, y0 + ty * third, x1 - ux * third, y1 - uy * third, x1, y1)


def _joined(parts: Iterable[list[list[float]]], close: bool) -> Shape:
    """The parts one after the other, each smooth, with corners between them."""
    verbs, numbers = "", []
    for rows in parts:
        numbers += rows[0]
        verbs += "L" if verbs else "M"
        if len(rows) > 1:
            _smooth(rows, numbers)
            verbs += "C" * (len(rows) - 1)
    return Shape(verbs + "Z" if close else verbs, numbers)


def outline(*segments: Points) -> Shape:
    """A closed shape of smooth segments; where one ends and the next begins there is a corner."""
    return _joined([segment.tolist() for segment in segments], True)


def thread(line: Points) -> Shape:
    """An open smooth path."""
    return _joined([line.tolist()], False)


def loop(line: Points) -> Shape:
    """A closed smooth shape."""
    rows = line.tolist()
    numbers: list[float] = []
    _smooth([rows[-1], *rows, rows[0], rows[1]], numbers)
    return Shape("M" + "C" * len(rows) + "Z", [*rows[0], *numbers[6:-6]])


def ovals(middles: Points, halves: Points) -> Shape:
    """Ellipses at `middles` with the half sizes (x, y) in `halves`."""
    return Shape("O" * len(middles), np.concatenate([middles, halves], axis=1).ravel().tolist())


def _spread(widths: Sequence[float], count: int) -> Sequence[float]:
    """Widths at `count` even steps."""
    if len(widths) == count:
        return widths
    steps = np.linspace(0, len(widths) - 1, count)
    return np.interp(steps, np.arange(len(widths)), widths).tolist()  # type: ignore[no-any-return]


def brush(line: Points, widths: Sequence[float]) -> Shape:
    """A stroke of pen pressure: full widths at even steps of its points."""
    rows = line.tolist()
    last = len(rows) - 1
    one, other = [], []
    for index, (width, (x, y)) in enumerate(zip(_spread(widths, last + 1), rows, strict=True)):
        before, after = rows[index - 1 if index else 0], rows[index + 1 if index < last else last]
        dx, dy = after[0] - before[0], after[1] - before[1]
        share = 0.5 * width / (hypot(dx, dy) or 1e-9)
        one.append([x - dy * share, y + dx * share])
        other.append([x + dy * share, y - dx * share])
    other.reverse()
    return _joined((one, other), True)


def fine(line: Points, count: int) -> Points:
    """The smooth line through the points, sampled at `count` even steps of its parameter."""
    numbers: list[float] = []
    _smooth(line.tolist(), numbers)
    rows = np.array(numbers).reshape(-1, 6)
    place = np.linspace(0, len(rows) - 1e-9, count)
    index = place.astype(int)
    t = (place - index)[:, None]
    p0, p1, p2, p3 = line[index], rows[index, 0:2], rows[index, 2:4], rows[index, 4:6]
    s = 1 - t
    return np.asarray(s**3 * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t**3 * p3)


def along(line: Points, shares: Points) -> Points:
    """The points at given shares of a polyline's length."""
    step = np.hypot(*np.diff(line, axis=0).T)
    place = np.concatenate([[0.0], np.cumsum(step)])
    want = shares * place[-1]
    return np.stack(
        [np.interp(want, place, line[:, 0]), np.interp(want, place, line[:, 1])], axis=1
    )


def scallop(line: Points, count: int, depth: float, seed: int = 0) -> Points:
    """The line as a row of `count` bumps to its left side (seen along it), for curls."""
    generator = np.random.default_rng(seed)
    share = np.cumsum(generator.uniform(0.65, 1.35, count))
    knots = along(line, np.concatenate([[0.0], share / share[-1]]))
    chord = np.diff(knots, axis=0)
    normal = np.stack([chord[:, 1], -chord[:, 0]], axis=1)
    grow = depth * generator.uniform(0.75, 1.25, count)[:, None]
    out = []
    for part, height in ((0.0, 0.0), (0.22, 0.75), (0.5, 1.0), (0.78, 0.75)):
        out.append(knots[:-1] + chord * part + normal * height * grow)
    return np.concatenate([np.stack(out, axis=1).reshape(-1, 2), knots[-1:]])
