"""Ink: smooth paths from points, tapered brush strokes, and the pen that puts them on a canvas."""

from collections.abc import Sequence
from functools import lru_cache
from math import dist, sqrt
from typing import Any, TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

from duocast.runtime.picture.drawn.colour import argb

Points = NDArray[np.float64]
Path: TypeAlias = Any
"""A `skia.Path`. Skia has no type information."""
Paint: TypeAlias = Any
"""A `skia.Paint`."""
Canvas: TypeAlias = Any
"""A `skia.Canvas`."""


def points(*pairs: Sequence[float]) -> Points:
    """Rows of coordinates as an array."""
    return np.array(pairs, dtype=np.float64)


_Line = list[list[float]]


def _smooth(path: Path, line: _Line) -> None:
    """Append cubics through the points with chord-scaled tangents. Plain floats: these lines are short."""
    cubic = path.cubicTo
    x, y = line[0]
    end_x, end_y = line[1]
    dx, dy = end_x - x, end_y - y
    length = sqrt(dx * dx + dy * dy) or 1e-9
    tx, ty = dx / length, dy / length
    last = len(line) - 1
    for index in range(1, last + 1):
        if index < last:
            next_x, next_y = line[index + 1]
            ahead_x, ahead_y = next_x - end_x, next_y - end_y
            ahead = sqrt(ahead_x * ahead_x + ahead_y * ahead_y) or 1e-9
            whole = length + ahead
            sx, sy = (next_x - x) / whole, (next_y - y) / whole
            reach = length / 3
            cubic(
                x + tx * reach, y + ty * reach, end_x - sx * reach, end_y - sy * reach, end_x, end_y
            )
            x, y, end_x, end_y, tx, ty, length = end_x, end_y, next_x, next_y, sx, sy, ahead
        else:
            sx, sy = (end_x - x) / length, (end_y - y) / length
            reach = length / 3
            cubic(
                x + tx * reach, y + ty * reach, end_x - sx * reach, end_y - sy * reach, end_x, end_y
            )


def _closed(segments: Sequence[_Line]) -> Path:
    path = skia.Path()
    for index, segment in enumerate(segments):
        x, y = segment[0]
        if index == 0:
            path.moveTo(x, y)
        else:
            path.lineTo(x, y)
        if len(segment) > 1:
            _smooth(path, segment)
    path.close()
    return path


def outline(*segments: Points) -> Path:
    """A closed path of smooth segments; where one ends and the next begins there is a corner."""
    return _closed([segment.tolist() for segment in segments])


def loop(line: Points) -> Path:
    """A closed smooth path."""
    rows = line.tolist()
    around = [*rows[-2:], *rows, *rows[:3]]
    path = skia.Path()
    path.moveTo(*rows[0])
    for index in range(2, len(rows) + 2):
        _arc(path, *around[index - 1 : index + 3])
    path.close()
    return path


def _arc(
    path: Path, before: list[float], start: list[float], end: list[float], after: list[float]
) -> None:
    """One cubic of a closed line, from `start` to `end`."""
    first, length, last = dist(before, start), dist(start, end) or 1e-9, dist(end, after)
    reach = length / 3
    ahead, behind = reach / (first + length), reach / (length + last)
    path.cubicTo(
        start[0] + (end[0] - before[0]) * ahead,
        start[1] + (end[1] - before[1]) * ahead,
        end[0] - (after[0] - start[0]) * behind,
        end[1] - (after[1] - start[1]) * behind,
        end[0],
        end[1],
    )


def thread(line: Points) -> Path:
    """An open smooth path."""
    rows = line.tolist()
    path = skia.Path()
    path.moveTo(*rows[0])
    _smooth(path, rows)
    return path


def brush(line: Points, widths: Sequence[float]) -> Path:
    """A stroke of pen pressure: full widths at even steps of its points."""
    rows: _Line = line.tolist()
    count = len(rows)
    if len(widths) != count:
        steps = np.linspace(0, len(widths) - 1, count)
        widths = np.interp(steps, np.arange(len(widths)), widths).tolist()
    left: _Line = []
    right: _Line = []
    for index in range(count):
        x, y = rows[index]
        x0, y0 = rows[index - 1] if index else (x, y)
        x1, y1 = rows[index + 1] if index + 1 < count else (x, y)
        dx, dy = x1 - x0, y1 - y0
        half = 0.5 * widths[index] / (sqrt(dx * dx + dy * dy) or 1e-9)
        left.append([x - dy * half, y + dx * half])
        right.append([x + dy * half, y - dx * half])
    right.reverse()
    return _closed((left, right))


def _controls(line: Points) -> Points:
    """Cubic rows (c1x, c1y, c2x, c2y, x, y) through the points, with chord-scaled tangents."""
    step = line[1:] - line[:-1]
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, None]
    tangent = np.empty_like(line)
    tangent[1:-1] = (line[2:] - line[:-2]) / (length[1:] + length[:-1])
    tangent[0] = step[0] / length[0]
    tangent[-1] = step[-1] / length[-1]
    reach = length / 3
    return np.concatenate(
        [line[:-1] + tangent[:-1] * reach, line[1:] - tangent[1:] * reach, line[1:]], axis=1
    )


def fine(line: Points, count: int) -> Points:
    """The smooth line through the points, sampled at `count` even steps of its parameter."""
    rows = _controls(line)
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


@lru_cache(maxsize=2048)
def _flat(colour: int) -> Paint:
    return skia.Paint(AntiAlias=True, Color=colour)


@lru_cache(maxsize=1024)
def _line(colour: int, width: float) -> Paint:
    return skia.Paint(
        AntiAlias=True,
        Color=colour,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


@lru_cache(maxsize=1024)
def _radial(colours: tuple[int, ...], places: tuple[float, ...]) -> Paint:
    shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, list(colours), list(places))
    return skia.Paint(AntiAlias=True, Shader=shader)


@lru_cache(maxsize=1024)
def _ramp(colours: tuple[int, ...], places: tuple[float, ...]) -> Paint:
    return skia.GradientShader.MakeLinear(
        [skia.Point(0, 0), skia.Point(1, 0)], list(colours), list(places)
    )


def ramp(
    start: Sequence[float], end: Sequence[float], stops: Sequence[tuple[float, str, float]]
) -> Paint:
    """A paint that runs from `start` to `end` through (place, colour, alpha) stops."""
    shader = _ramp(tuple(argb(c, a) for _, c, a in stops), tuple(float(p) for p, _, _ in stops))
    dx, dy = float(end[0] - start[0]), float(end[1] - start[1])
    place = skia.Matrix.MakeAll(dx, -dy, float(start[0]), dy, dx, float(start[1]), 0, 0, 1)
    return skia.Paint(AntiAlias=True, Shader=shader.makeWithLocalMatrix(place))


class Pen:
    """A canvas with a hand: fills, lines and soft spots, all in rig units."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def fill(self, path: Path, colour: str, alpha: float = 1.0) -> None:
        """The path in one flat colour."""
        if alpha > 0.003:
            self.canvas.drawPath(path, _flat(argb(colour, alpha)))

    def paint(self, path: Path, paint: Paint) -> None:
        """The path in a paint of its own."""
        self.canvas.drawPath(path, paint)

    def stroke(self, line: Points, colour: str, width: float, alpha: float = 1.0) -> None:
        """A smooth line of one width with round ends."""
        if alpha > 0.003:
            self.canvas.drawPath(thread(line), _line(argb(colour, alpha), width))

    def trace(self, path: Path, colour: str, width: float, alpha: float = 1.0) -> None:
        """The edge of a path."""
        if alpha > 0.003:
            self.canvas.drawPath(path, _line(argb(colour, alpha), width))

    def brush(self, line: Points, widths: Sequence[float], colour: str, alpha: float = 1.0) -> None:
        """A stroke with pressure."""
        if alpha > 0.003:
            self.fill(brush(line, widths), colour, alpha)

    def spot(
        self,
        centre: Points,
        radius: tuple[float, float],
        colour: str,
        alpha: float,
        core: float = 0.0,
    ) -> None:
        """A soft ellipse that fades to nothing; `core` is the share that stays full."""
        if alpha <= 0.003:
            return
        full, none = argb(colour, alpha), argb(colour, 0.0)
        half = argb(colour, alpha * 0.5)
        paint = _radial((full, none), (0.0, 1.0))
        if core > 0:
            paint = _radial((full, full, half, none), (0.0, core, core + (1 - core) * 0.5, 1.0))
        canvas = self.canvas
        canvas.save()
        canvas.translate(float(centre[0]), float(centre[1]))
        canvas.scale(float(radius[0]), float(radius[1]))
        canvas.drawCircle(0, 0, 1, paint)
        canvas.restore()

    def clip(self, path: Path, keep: bool = True) -> None:
        """Begin to draw inside (or outside) the path only, until `free`."""
        self.canvas.save()
        operation = skia.ClipOp.kIntersect if keep else skia.ClipOp.kDifference
        self.canvas.clipPath(path, operation, True)

    def free(self) -> None:
        """End the last `clip`."""
        self.canvas.restore()
