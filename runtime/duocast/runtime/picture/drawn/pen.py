"""The pen: what puts shapes on a canvas, or notes down what it is asked to draw."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

import skia

from duocast.runtime.picture.drawn.colour import argb
from duocast.runtime.picture.drawn.ink import Points, Ramp, Shape, Stops, brush, thread
from duocast.runtime.picture.rig import Matrix

Path: TypeAlias = Any
"""A `skia.Path`. Skia has no type information."""
Paint: TypeAlias = Any
"""A `skia.Paint`."""
Canvas: TypeAlias = Any
"""A `skia.Canvas`."""
Map: TypeAlias = Any
"""A `skia.Matrix`."""
Shader: TypeAlias = Any
"""A `skia.Shader`."""
FAINTEST = 0.003
"""Less alpha than this is not drawn."""


class Pen(Protocol):
    """A hand that draws in rig units."""

    def fill(self, shape: Shape, colour: str, alpha: float = 1.0) -> None:
        """The shape in one flat colour."""

    def trace(self, shape: Shape, colour: str, width: float, alpha: float = 1.0) -> None:
        """The edge of a shape, with round ends."""

    def paint(self, shape: Shape, paint: Ramp) -> None:
        """The shape in a run of colour."""

    def spot(
        self,
        centre: Points,
        radius: tuple[float, float],
        colour: str,
        alpha: float,
        core: float = 0.0,
    ) -> None:
        """A soft ellipse that fades to nothing; `core` is the share that stays full."""

    def clip(self, shape: Shape, keep: bool = True) -> None:
        """Begin to draw inside (or outside) the shape only, until `free`."""

    def free(self) -> None:
        """End the last `clip`."""

    def stroke(self, line: Points, colour: str, width: float, alpha: float = 1.0) -> None:
        """A smooth line of one width with round ends."""
        self.trace(thread(line), colour, width, alpha)

    def brush(self, line: Points, widths: Sequence[float], colour: str, alpha: float = 1.0) -> None:
        """A stroke with pressure."""
        self.fill(brush(line, widths), colour, alpha)


def path_of(verbs: str, numbers: Sequence[float]) -> Path:
    """The `skia.Path` of a shape."""
    path = skia.Path()
    cubic, index = path.cubicTo, 0
    for verb in verbs:
        if verb == "C":
            cubic(*numbers[index : index + 6])
            index += 6
        elif verb == "Z":
            path.close()
        elif verb == "O":
            x, y, across, down = numbers[index : index + 4]
            path.addOval(skia.Rect.MakeLTRB(x - across, y - down, x + across, y + down))
            index += 4
        else:
            (path.moveTo if verb == "M" else path.lineTo)(numbers[index], numbers[index + 1])
            index += 2
    return path


@lru_cache(maxsize=2048)
def flat(colour: int) -> Paint:
    """The paint of one colour."""
    return skia.Paint(AntiAlias=True, Color=colour)


@lru_cache(maxsize=1024)
def line(colour: int, width: float) -> Paint:
    """The paint of a line with round ends."""
    return skia.Paint(
        AntiAlias=True,
        Color=colour,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


@lru_cache(maxsize=1024)
def _radial(colour: str, alpha: int, core: float) -> Paint:
    full, half, none = (argb(colour, share * alpha / 255) for share in (1.0, 0.5, 0.0))
    colours, places = [full, none], [0.0, 1.0]
    if core > 0:
        colours, places = [full, full, half, none], [0.0, core, core + (1 - core) * 0.5, 1.0]
    shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, colours, places)
    return skia.Paint(AntiAlias=True, Shader=shader)


@lru_cache(maxsize=1024)
def _linear(stops: Stops) -> Shader:
    colours, places = [argb(c, a) for _, c, a in stops], [p for p, _, _ in stops]
    return skia.GradientShader.MakeLinear([skia.Point(0, 0), skia.Point(1, 0)], colours, places)


def run(start: Sequence[float], end: Sequence[float], stops: Stops) -> Paint:
    """The paint of a ramp."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    place = skia.Matrix.MakeAll(dx, -dy, start[0], dy, dx, start[1], 0, 0, 1)
    return skia.Paint(AntiAlias=True, Shader=_linear(stops).makeWithLocalMatrix(place))


def dab(canvas: Canvas, place: Sequence[float], colour: str, alpha: float, core: float) -> None:
    """A soft ellipse at `place`: middle x and y, half width and half height."""
    if alpha <= FAINTEST:
        return
    x, y, across, down = place
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(across, down)
    canvas.drawCircle(0, 0, 1, _radial(colour, round(255 * min(1.0, alpha)), core))
    canvas.restore()


def bound(canvas: Canvas, path: Path, keep: bool) -> None:
    """Keep what is drawn next inside (or outside) the path."""
    canvas.save()
    canvas.clipPath(path, skia.ClipOp.kIntersect if keep else skia.ClipOp.kDifference, True)


class CanvasPen(Pen):
    """A pen that draws at once."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def fill(self, shape: Shape, colour: str, alpha: float = 1.0) -> None:
        """See `Pen`."""
        if alpha > FAINTEST:
            self.canvas.drawPath(path_of(shape.verbs, shape.numbers), flat(argb(colour, alpha)))

    def trace(self, shape: Shape, colour: str, width: float, alpha: float = 1.0) -> None:
        """See `Pen`."""
        if alpha > FAINTEST:
            paint = line(argb(colour, alpha), width)
            self.canvas.drawPath(path_of(shape.verbs, shape.numbers), paint)

    def paint(self, shape: Shape, paint: Ramp) -> None:
        """See `Pen`."""
        ink = run(paint.start, paint.end, paint.stops)
        self.canvas.drawPath(path_of(shape.verbs, shape.numbers), ink)

    def spot(
        self,
        centre: Points,
        radius: tuple[float, float],
        colour: str,
        alpha: float,
        core: float = 0.0,
    ) -> None:
        """See `Pen`."""
        place = (float(centre[0]), float(centre[1]), float(radius[0]), float(radius[1]))
        dab(self.canvas, place, colour, alpha, core)

    def clip(self, shape: Shape, keep: bool = True) -> None:
        """See `Pen`."""
        bound(self.canvas, path_of(shape.verbs, shape.numbers), keep)

    def free(self) -> None:
        """See `Pen`."""
        self.canvas.restore()


def map_of(matrix: Matrix) -> Map:
    """The `skia.Matrix` of a rig's matrix."""
    a, b, c, d, e, f = matrix
    return skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1)
