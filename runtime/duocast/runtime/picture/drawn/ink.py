"""Ink: smooth paths from points, tapered brush strokes, and the pen that puts them on a canvas."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from duocast.runtime.picture.drawn.colour import argb

Points = NDArray[np.float64]
Path = Any
"""A `skia.Path`."""


def points(*pairs: Sequence[float]) -> Points:
    """Rows of coordinates as an array."""
    return np.array(pairs, dtype=np.float64)


def _controls(line: Points, closed: bool) -> list[list[float]]:
    """Cubic rows (c1x, c1y, c2x, c2y, x, y) through the points, with chord-scaled tangents."""
    if closed:
        line = np.concatenate([line, line[:1]])
    step = np.diff(line, axis=0)
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, None]
    tangent = np.empty_like(line)
    tangent[1:-1] = (line[2:] - line[:-2]) / (length[1:] + length[:-1])
    if closed:
        tangent[0] = tangent[-1] = (line[1] - line[-2]) / (length[0] + length[-1])
    else:
        tangent[0] = step[0] / length[0]
        tangent[-1] = step[-1] / length[-1]
    reach = length / 3
    rows = np.concatenate(
        [line[:-1] + tangent[:-1] * reach, line[1:] - tangent[1:] * reach, line[1:]], axis=1
    )
    return rows.tolist()  # type: ignore[no-any-return]


def outline(*segments: Points) -> Path:
    """A closed path of smooth segments; where one ends and the next begins there is a corner."""
    path = skia.Path()
    cubic = path.cubicTo
    for index, segment in enumerate(segments):
        x, y = segment[0].tolist()
        if index == 0:
            path.moveTo(x, y)
        else:
            path.lineTo(x, y)
        if len(segment) > 1:
            for row in _controls(segment, False):
                cubic(*row)
    path.close()
    return path


def loop(line: Points) -> Path:
    """A closed smooth path."""
    path = skia.Path()
    path.moveTo(*line[0].tolist())
    for row in _controls(line, True):
        path.cubicTo(*row)
    path.close()
    return path


def thread(line: Points) -> Path:
    """An open smooth path."""
    path = skia.Path()
    path.moveTo(*line[0].tolist())
    for row in _controls(line, False):
        path.cubicTo(*row)
    return path


def brush(line: Points, widths: Sequence[float]) -> Path:
    """A stroke of pen pressure: full widths at even steps of its points."""
    steps = np.linspace(0, len(widths) - 1, len(line))
    half = np.interp(steps, np.arange(len(widths)), widths)[:, None] / 2
    along = np.empty_like(line)
    along[1:-1] = line[2:] - line[:-2]
    along[0] = line[1] - line[0]
    along[-1] = line[-1] - line[-2]
    size = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1) / size[:, None]
    return outline(line + normal * half, (line - normal * half)[::-1])


def fine(line: Points, count: int) -> Points:
    """The smooth line through the points, sampled at `count` even steps of its parameter."""
    rows = np.asarray(_controls(line, False))
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
    for share, height in ((0.0, 0.0), (0.22, 0.75), (0.5, 1.0), (0.78, 0.75)):
        out.append(knots[:-1] + chord * share + normal * height * grow)
    return np.concatenate([np.stack(out, axis=1).reshape(-1, 2), knots[-1:]])


@lru_cache(maxsize=2048)
def _flat(colour: int) -> Any:
    return skia.Paint(AntiAlias=True, Color=colour)


@lru_cache(maxsize=1024)
def _line(colour: int, width: float) -> Any:
    return skia.Paint(
        AntiAlias=True,
        Color=colour,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


@lru_cache(maxsize=1024)
def _radial(colours: tuple[int, ...], places: tuple[float, ...]) -> Any:
    shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, list(colours), list(places))
    return skia.Paint(AntiAlias=True, Shader=shader)


@lru_cache(maxsize=1024)
def _ramp(colours: tuple[int, ...], places: tuple[float, ...]) -> Any:
    return skia.GradientShader.MakeLinear(
        [skia.Point(0, 0), skia.Point(1, 0)], list(colours), list(places)
    )


def ramp(
    start: Sequence[float], end: Sequence[float], stops: Sequence[tuple[float, str, float]]
) -> Any:
    """A paint that runs from `start` to `end` through (place, colour, alpha) stops."""
    shader = _ramp(tuple(argb(c, a) for _, c, a in stops), tuple(float(p) for p, _, _ in stops))
    dx, dy = float(end[0] - start[0]), float(end[1] - start[1])
    place = skia.Matrix.MakeAll(dx, -dy, float(start[0]), dy, dx, float(start[1]), 0, 0, 1)
    return skia.Paint(AntiAlias=True, Shader=shader.makeWithLocalMatrix(place))


class Pen:
    """A canvas with a hand: fills, lines and soft spots, all in rig units."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    def fill(self, path: Path, colour: str, alpha: float = 1.0) -> None:
        """The path in one flat colour."""
        if alpha > 0.003:
            self.canvas.drawPath(path, _flat(argb(colour, alpha)))

    def paint(self, path: Path, paint: Any) -> None:
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
        centre: Sequence[float],
        radius: Sequence[float],
        colour: str,
        alpha: float,
        core: float = 0.0,
    ) -> None:
        """A soft ellipse that fades to nothing; `core` is the share that stays full."""
        if alpha <= 0.003:
            return
        full, none = argb(colour, alpha), argb(colour, 0.0)
        half = argb(colour, alpha * 0.5)
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
