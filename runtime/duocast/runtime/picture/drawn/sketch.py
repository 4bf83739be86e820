"""A sketch: a drawing as marks over one row of numbers, so that sketches of one form can be blended."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.drawn.colour import argb
from duocast.runtime.picture.drawn.ink import Points, Ramp, Shape, Stops
from duocast.runtime.picture.drawn.pen import (
    FAINTEST,
    Canvas,
    Path,
    Pen,
    bound,
    dab,
    flat,
    line,
    path_of,
    run,
)

Numbers = NDArray[np.float64]
_SIZES = {"M": 2, "L": 2, "C": 6, "O": 4, "Z": 0}
_EXTRAS = {"fill": 1, "trace": 1, "paint": 4, "spot": 5, "keep": 0, "cut": 0, "free": 0}
"""How many numbers beside the path's a mark has."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: on which path (-1: none), in which colours, how wide."""

    kind: str
    path: int = -1
    colour: str = ""
    width: float = 0.0
    """Of a line; the core of a spot."""
    stops: Stops = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What sketches must share to be blended: the verbs of the paths, and the marks."""

    paths: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A form and its numbers: those of the paths, then those of the marks."""

    form: Form
    numbers: Numbers


class SketchPen(Pen):
    """A pen that notes down what it draws."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []
        self._shapes: list[Shape] = []
        self._places: dict[int, int] = {}
        self._extras: list[float] = []

    def sketch(self) -> Sketch:
        """What was drawn."""
        paths = tuple(shape.verbs for shape in self._shapes)
        numbers = [n for shape in self._shapes for n in shape.numbers]
        return Sketch(Form(paths, tuple(self._marks)), np.array(numbers + self._extras))

    def _path(self, shape: Shape) -> int:
        place = self._places.get(id(shape))
        if place is None:
            place = self._places[id(shape)] = len(self._shapes)
            self._shapes.append(shape)
        return place

    def fill(self, shape: Shape, colour: str, alpha: float = 1.0) -> None:
        """See `Pen`."""
        self._marks.append(Mark("fill", self._path(shape), colour))
        self._extras.append(alpha)

    def trace(self, shape: Shape, colour: str, width: float, alpha: float = 1.0) -> None:
        """See `Pen`."""
        self._marks.append(Mark("trace", self._path(shape), colour, width))
        self._extras.append(alpha)

    def paint(self, shape: Shape, paint: Ramp) -> None:
        """See `Pen`."""
        self._marks.append(Mark("paint", self._path(shape), stops=paint.stops))
        self._extras += (*paint.start, *paint.end)

    def spot(
        self,
        centre: Points,
        radius: tuple[float, float],
        colour: str,
        alpha: float,
        core: float = 0.0,
    ) -> None:
        """See `Pen`."""
        self._marks.append(Mark("spot", colour=colour, width=core))
        self._extras += (float(centre[0]), float(centre[1]), *radius, alpha)

    def clip(self, shape: Shape, keep: bool = True) -> None:
        """See `Pen`."""
        self._marks.append(Mark("keep" if keep else "cut", self._path(shape)))

    def free(self) -> None:
        """See `Pen`."""
        self._marks.append(Mark("free"))


class Player:
    """Draws sketches of one form."""

    def __init__(self, form: Form) -> None:
        sizes = [sum(_SIZES[verb] for verb in verbs) for verbs in form.paths]
        ends = list(accumulate(sizes))
        self._paths = [
            (verbs, end - size, end)
            for verbs, size, end in zip(form.paths, sizes, ends, strict=True)
        ]
        self.form = form
        self._marks = form.marks
        self.extras = ends[-1] if ends else 0
        """Where the numbers of the marks begin."""

    def draw(self, canvas: Canvas, numbers: list[float]) -> None:
        """Put the sketch on the canvas."""
        paths: dict[int, Any] = {}
        place = self.extras
        for mark in self._marks:
            size = _EXTRAS[mark.kind]
            extras = numbers[place : place + size]
            place += size
            if mark.kind == "free":
                canvas.restore()
            elif mark.kind == "spot":
                dab(canvas, extras[:4], mark.colour, extras[4], mark.width)
            elif size != 1 or extras[0] > FAINTEST:
                path = paths.get(mark.path)
                if path is None:
                    verbs, start, end = self._paths[mark.path]
                    path = paths[mark.path] = path_of(verbs, numbers[start:end])
                _put(canvas, mark, path, extras)


def _put(canvas: Canvas, mark: Mark, path: Path, extras: list[float]) -> None:
    if mark.kind == "fill":
        canvas.drawPath(path, flat(argb(mark.colour, extras[0])))
    elif mark.kind == "trace":
        canvas.drawPath(path, line(argb(mark.colour, extras[0]), mark.width))
    elif mark.kind == "paint":
        canvas.drawPath(path, run(extras[:2], extras[2:], mark.stops))
    else:
        bound(canvas, path, mark.kind == "keep")
