"""A solid: rows of half-superellipses stacked from top to bottom, with an exact outline from any side."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.drawn.ink import Points

Rows = NDArray[np.float64]
"""n x 5: y, half width, front z, back z, z of the widest place."""


def dense(rows: Rows, count: int) -> Rows:
    """The rows interpolated smoothly (cubic, no overshoot worth naming) to `count` rows."""
    step = np.hypot(np.diff(rows[:, 0]), np.diff(rows[:, 1]))
    place = np.concatenate([[0.0], np.cumsum(np.maximum(step, 1e-6))])
    slope = np.gradient(rows, place, axis=0)
    want = np.linspace(0, place[-1], count)
    index = np.clip(np.searchsorted(place, want, side="right") - 1, 0, len(rows) - 2)
    gap = (place[index + 1] - place[index])[:, None]
    t = ((want - place[index]) / gap[:, 0])[:, None]
    h00, h10 = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t
    h01, h11 = -2 * t**3 + 3 * t**2, t**3 - t**2
    return np.asarray(
        h00 * rows[index]
        + h10 * gap * slope[index]
        + h01 * rows[index + 1]
        + h11 * gap * slope[index + 1]
    )


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """`power` 2 is an ellipse; more is boxier."""

    rows: Rows
    power: float = 2.3

    def _row(self, y: Points) -> tuple[Points, Points, Points, Points]:
        """Half width, front, back and centre at each height."""
        rows = self.rows
        index = np.minimum(np.maximum(np.searchsorted(rows[:, 0], y), 1), len(rows) - 1)
        low = rows[index - 1]
        high = rows[index]
        share = np.minimum(np.maximum((y - low[:, 0]) / (high[:, 0] - low[:, 0]), 0), 1)
        row = (low + (high - low) * share[:, None]).T
        return row[1], row[2], row[3], row[4]

    def rim(self, yaw: float, side: int, top: float = -9.0, bottom: float = 9.0) -> Points:
        """The points (x, y, z) of the outline on one side (-1 left, 1 right) when turned by `yaw` radians.

        They run from top to bottom, between the heights `top` and `bottom`.
        """
        y = self.rows[:, 0]
        inside = y[(y > top) & (y < bottom)]
        heights = np.concatenate([[max(top, y[0])], inside, [min(bottom, y[-1])]])
        keep = np.concatenate([[True], np.diff(heights) > 1e-9])
        return self.edge(yaw, side, heights[keep])

    def down(self, yaw: float, side: int, bottom: float) -> Points:
        """As `rim`, but always the same number of points: those below `bottom` are put there."""
        return self.edge(yaw, side, np.minimum(self.rows[:, 0], bottom))

    def edge(self, yaw: float, side: int, y: Points) -> Points:
        """The outline points at the given heights."""
        return self._edge(yaw, side, y, self._row(y))

    def _edge(
        self, yaw: float, side: int, y: Points, row: tuple[Points, Points, Points, Points]
    ) -> Points:
        width, front, back, centre = row
        cos, sin = math.cos(yaw) * side, math.sin(yaw) * side
        depth = (front - centre) if sin >= 0 else (back - centre)
        q = self.power / (self.power - 1)
        across, along = width * abs(cos), np.abs(depth) * abs(sin)
        reach = np.maximum((across**q + along**q) ** (1 / q), 1e-9)
        out = np.empty((len(y), 3))
        out[:, 0] = (width if cos >= 0 else -width) * (across / reach) ** (q - 1)
        out[:, 1] = y
        out[:, 2] = centre + depth * (along / reach) ** (q - 1)
        return out

    def at(self, azimuth: Points, y: Points) -> Points:
        """Points on the surface: azimuth in radians, 0 at the front, positive to the picture's right."""
        return self._at(azimuth, y, self._row(y))

    def _at(self, azimuth: Points, y: Points, row: tuple[Points, Points, Points, Points]) -> Points:
        width, front, back, centre = row
        sin, cos = np.sin(azimuth), np.cos(azimuth)
        share = 2 / self.power
        depth = np.where(cos >= 0, front - centre, back - centre)
        out = np.empty((len(y), 3))
        out[:, 0] = np.copysign(width, sin) * np.abs(sin) ** share
        out[:, 1] = y
        out[:, 2] = centre + depth * np.abs(cos) ** share
        return out

    def over(self, x: Points, y: Points) -> Points:
        """The front surface's z above (x, y)."""
        width, front, _, centre = self._row(y)
        share = np.minimum(np.abs(x) / np.maximum(width, 1e-6), 1)
        return np.asarray(centre + (front - centre) * (1 - share**self.power) ** (1 / self.power))

    def seen(self, azimuth: Points, y: Points, yaw: float) -> Points:
        """Points as `at`, but those round the corner are put on the outline."""
        row = self._row(y)
        there = self._at(azimuth, y, row)
        turned = azimuth + yaw
        hidden, aside = np.cos(turned) < 0, np.sin(turned)
        cos, sin = math.cos(yaw), math.sin(yaw)
        place = there[:, 0] * cos + there[:, 2] * sin
        for side, here in ((-1, aside < 0), (1, aside >= 0)):
            if not here.any():
                continue
            edge = self._edge(yaw, side, y, row)
            beyond = side * place >= side * (edge[:, 0] * cos + edge[:, 2] * sin)
            swap = (hidden | beyond) & here
            there[swap] = edge[swap]
        return there


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A rotation about a pivot and a shift: from model points (x, y, z) to the picture's (x, y)."""

    matrix: Points
    pivot: Points
    shift: Points

    def flat(self, model: Points) -> Points:
        """n x 3 to n x 2, seen from straight ahead."""
        return np.asarray(((model - self.pivot) @ self.matrix + self.shift)[:, :2])


def turn(
    yaw: float,
    pitch: float,
    roll: float,
    *,
    pivot: tuple[float, float, float],
    shift: tuple[float, float] = (0.0, 0.0),
) -> Turn:
    """Angles in radians: `yaw` to the picture's right, `pitch` down, `roll` clockwise; a yaw of pi shows the back."""
    cy, sy, cp, sp, cr, sr = (f(v) for v in (yaw, pitch, roll) for f in (np.cos, np.sin))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    whole = about_z @ about_x @ about_y
    axis = np.array(pivot)
    offset = axis + np.array([shift[0], shift[1], 0.0])
    return Turn(whole.T, axis, offset)
