"""A study: one piece of a person, sketched at the knots of a grid of stances and blended between them."""

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product

from duocast.runtime.picture.drawn.pen import Canvas, CanvasPen, Map, Pen
from duocast.runtime.picture.drawn.sketch import Form, Numbers, Player, Sketch, SketchPen
from duocast.runtime.picture.drawn.stance import Place, Stance

_KEPT = 160
"""Knots that a study remembers. What is forgotten is drawn again, the same."""
Draw = Callable[[Pen, Stance], None]


@dataclass(slots=True, eq=False)
class _Knot:
    """A sketch of one stance, and how its numbers change along the straight axes."""

    stance: Stance
    sketch: Sketch
    slopes: dict[str, Numbers | None] = field(default_factory=dict)


class Study:
    """Draws a piece in any stance.

    `grid` maps the names of the stance's fields that bend the drawing to the distance of their knots: the numbers are
    blended between the knots around. `straight` maps those that move it in straight lines, or nearly so, to the step
    by which that is measured; their rest is 0. Fields named in neither must not matter. Where the knots around a
    stance have no common form, the piece is drawn directly. The same stance gives the same drawing, whatever was
    drawn before.
    """

    def __init__(
        self, draw: Draw, grid: Mapping[str, float], straight: Mapping[str, float] | None = None
    ) -> None:
        self._draw = draw
        self._grid = dict(grid)
        self._straight = dict(straight or {})
        self._knots: OrderedDict[tuple[Place, int, tuple[int, ...]], _Knot] = OrderedDict()
        self._players: dict[Form, Player] = {}

    def draw(self, canvas: Canvas, stance: Stance, frame: Map | None = None) -> None:
        """Put the piece on the canvas, or in a `frame` of it."""
        if frame is not None:
            canvas.save()
            canvas.concat(frame)
        blended = self._blended(stance)
        if blended is None:
            self._draw(CanvasPen(canvas), stance)
        else:
            player, numbers = blended
            player.draw(canvas, numbers)
        if frame is not None:
            canvas.restore()

    def _blended(self, stance: Stance) -> tuple[Player, list[float]] | None:
        knots = self._around(stance)
        form = knots[0][1].sketch.form
        numbers = knots[0][1].sketch.numbers * knots[0][0]
        for weight, knot in knots[1:]:
            if knot.sketch.form is not form:
                return None
            numbers += weight * knot.sketch.numbers
        for name, step in self._straight.items():
            value = getattr(stance, name)
            if value != 0.0:
                for weight, knot in knots:
                    slope = self._slope(knot, name, step)
                    if slope is None:
                        return None
                    numbers += (weight * value) * slope
        return self._players[form], numbers.tolist()

    def _around(self, stance: Stance) -> list[tuple[float, _Knot]]:
        """The knots around a stance and their weights."""
        cells, shares = [], []
        towards = 1
        for name, step in self._grid.items():
            place = getattr(stance, name) / step
            cell = math.floor(place)
            cells.append(cell)
            shares.append(place - cell)
            if name == "yaw":
                towards = 1 if stance.place.yaw + (cell + 0.5) * step >= 0 else -1
        found = []
        for corner in product((0, 1), repeat=len(cells)):
            weight = 1.0
            for up, share in zip(corner, shares, strict=True):
                weight *= share if up else 1 - share
            if weight > 0.0:
                index = tuple(c + up for c, up in zip(cells, corner, strict=True))
                found.append((weight, self._knot(stance.place, towards, index)))
        return found

    def _knot(self, place: Place, towards: int, index: tuple[int, ...]) -> _Knot:
        key = (place, towards, index)
        knot = self._knots.get(key)
        if knot is not None:
            self._knots.move_to_end(key)
            return knot
        axes = zip(self._grid.items(), index, strict=True)
        stance = Stance(place, towards)
        for (name, step), at in axes:
            stance = stance.moved(name, step * at)
        knot = self._knots[key] = _Knot(stance, self._sketch(stance))
        if len(self._knots) > _KEPT:
            self._knots.popitem(last=False)
        return knot

    def _sketch(self, stance: Stance) -> Sketch:
        pen = SketchPen()
        self._draw(pen, stance)
        sketch = pen.sketch()
        player = self._players.get(sketch.form)
        if player is None:
            player = self._players[sketch.form] = Player(sketch.form)
        return Sketch(player.form, sketch.numbers)

    def _slope(self, knot: _Knot, name: str, step: float) -> Numbers | None:
        if name not in knot.slopes:
            there = self._sketch(knot.stance.moved(name, step))
            same = there.form is knot.sketch.form
            knot.slopes[name] = (there.numbers - knot.sketch.numbers) / step if same else None
        return knot.slopes[name]
