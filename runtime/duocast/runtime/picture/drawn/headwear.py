"""Headwear: the headscarf, the cap and the beanie."""

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.cloth import line_of, shade_of
from duocast.runtime.picture.drawn.colour import glow, mix
from duocast.runtime.picture.drawn.ink import Points, Ramp, loop, outline, points, ramp
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.solid import Solid

_OPENING = points(
    (0, -0.300),
    (22, -0.292),
    (42, -0.245),
    (56, -0.150),
    (62, -0.02),
    (63, 0.12),
    (60, 0.26),
    (50, 0.375),
    (32, 0.465),
    (12, 0.505),
    (0, 0.510),
)

# How a scarf falls from the neck to the shoulder, its hem, and its folds: x, y, z.
_DRAPE = points(
    (0.305, 0.44, -0.02),
    (0.305, 0.58, 0.0),
    (0.350, 0.71, 0.02),
    (0.450, 0.82, 0.03),
    (0.540, 0.93, 0.05),
)
_HEM = points(
    (0.540, 0.93, 0.05),
    (0.44, 1.06, 0.16),
    (0.25, 1.19, 0.26),
    (0.02, 1.25, 0.30),
    (-0.22, 1.20, 0.26),
    (-0.43, 1.06, 0.16),
    (-0.540, 0.93, 0.05),
)
_FOLDS = (
    ((-0.25, 0.36, 0.12), (-0.02, 0.66, 0.16), (0.30, 0.74, 0.12), 0.030),
    ((-0.29, 0.28, 0.06), (-0.06, 0.79, 0.20), (0.36, 0.86, 0.14), 0.036),
    ((-0.31, 0.20, 0.02), (-0.14, 0.92, 0.22), (0.34, 1.03, 0.18), 0.030),
    ((0.24, 0.40, 0.12), (0.22, 0.54, 0.12), (0.14, 0.62, 0.16), 0.022),
)


def swell(skull: Solid, top: float, side: float) -> Solid:
    """The skull with an even layer on it."""
    rows = skull.rows.copy()
    weight = np.clip(rows[:, 1] / 0.30, 0, 1)
    rows[:, 0] -= top * np.clip((0.1 - rows[:, 0]) / 0.5, 0, 1)
    rows[:, 1] += side * weight
    rows[:, 2] += side * weight
    rows[:, 3] -= (side + 0.03) * weight
    return Solid(rows, 2.15)


class Headwear:
    """What somebody wears on the head."""

    def __init__(self, person: Person, skull: Solid) -> None:
        self.kind = person.headwear
        self.colour = person.headwear_colour
        self.skull = skull
        thick = {"hijab": (0.060, 0.050), "cap": (0.075, 0.034), "beanie": (0.110, 0.052)}
        self.solid = swell(skull, *thick[self.kind]) if self.kind != "none" else skull

    def _paint(self, head: Head) -> Ramp:
        side = 1 if head.side >= 0 else -1
        ends = head.turn.flat(
            np.array([[0.0, -0.5, 0.0], [0.0, 1.0 if self.kind == "hijab" else 0.2, 0.0]])
        )
        shift = np.array([0.34 * side, 0.0])
        stops = (
            (0.0, glow(self.colour, 0.6), 1.0),
            (0.45, self.colour, 1.0),
            (1.0, shade_of(self.colour), 1.0),
        )
        return ramp(ends[0] - shift, ends[1] + shift, stops)

    def _around(self, head: Head, edge: Points, jaw: bool = False) -> Points:
        model = self.solid.seen(np.deg2rad(edge[:, 0]), edge[:, 1], head.yaw)
        return head.turn.flat(head.moved(model) if jaw else model)

    def draw_back(self, pen: Pen, head: Head) -> None:
        """The inside of a scarf, behind the head."""
        if self.kind == "hijab":
            left, right = (
                head.turn.flat(head.moved(self.solid.rim(head.yaw, s, bottom=0.42)))
                for s in (-1, 1)
            )
            pen.fill(outline(np.concatenate([left[::-1], right[1:]])), shade_of(self.colour))

    def draw_front(self, pen: Pen, head: Head, body: Body, back: bool) -> None:
        """The part over head, brow and shoulders."""
        if self.kind == "hijab":
            self._scarf(pen, head, body, back)
        elif self.kind in ("cap", "beanie"):
            self._crown(pen, head, back)

    def _scarf(self, pen: Pen, head: Head, body: Body, back: bool) -> None:
        seam, dark = line_of(self.colour), shade_of(self.colour)
        left, right = (
            head.turn.flat(head.moved(self.solid.rim(head.yaw, s, bottom=0.30))) for s in (-1, 1)
        )
        facing = 1.0 if np.cos(body.yaw) >= 0 else -1.0
        wide = facing * (0.88 + 0.16 * body.build.manly) * (0.3 + 0.7 * body.build.scale)
        down = body.flat(_DRAPE * (wide, 1, 1))
        up = body.flat((_DRAPE * (-wide, 1, 1))[::-1])
        foot = body.flat(_HEM * (wide, 1, 1))
        path = outline(
            np.concatenate([left[::-1], right[1:], down]), foot, np.concatenate([up, left[-1:]])
        )
        if not back:
            half = _OPENING
            whole = np.concatenate([half, (half * (-1, 1))[-2:0:-1]])
            model = self.skull.seen(np.deg2rad(whole[:, 0]), whole[:, 1], head.yaw)
            face = head.turn.flat(head.moved(model))
            hole = loop(face)
            pen.clip(hole, keep=False)
        pen.paint(path, self._paint(head))
        pen.clip(path)
        self._scarf_folds(pen, head, body, dark, back)
        pen.free()
        if not back:
            pen.trace(hole, dark, 0.050, 0.75)
            pen.free()
            pen.trace(hole, seam, 0.006, 0.5)

    def _scarf_folds(self, pen: Pen, head: Head, body: Body, dark: str, back: bool) -> None:
        if back:
            for x in (-0.2, 0.0, 0.2):
                line = head.turn.flat(
                    np.array([[x * 0.6, -0.3, -0.4], [x, 0.1, -0.5], [x * 0.9, 0.6, -0.3]])
                )
                pen.brush(line, (0.0, 0.03, 0.0), dark, 0.7)
            return
        for start, middle, end, width in _FOLDS:
            first = head.turn.flat(head.moved(np.array([start])))
            rest = body.flat(np.array([middle, end]))
            pen.brush(np.concatenate([first, rest]), (0.004, width, 0.0), dark, 0.8)
        for degrees in (40, 62, -48):
            line = self._around(
                head,
                points((degrees * 0.5, -0.43), (degrees * 0.95, -0.36), (degrees * 1.25, -0.20)),
            )
            pen.brush(line, (0.0, 0.020, 0.0), dark, 0.55)

    def _crown(self, pen: Pen, head: Head, back: bool) -> None:
        cap = self.kind == "cap"
        level = -0.235 if cap else -0.190
        sides = 0.02 if cap else 0.03
        degrees = np.array([-150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150.0])
        behind = 180.0 if back else 0.0
        yaw = np.rad2deg(head.yaw) - behind
        drop = np.array([0.10, 0.09, 0.07, 0.03, 0.005, 0.0, 0.005, 0.03, 0.07, 0.09, 0.10])
        if back:
            drop = 0.10 - drop
        seen = np.clip(degrees, -90 - yaw, 90 - yaw)
        height = level + np.interp(seen, degrees, drop)
        front = self._around(head, np.stack([seen + behind, height], axis=1))
        low = level + 0.10 + sides
        left, right = (
            head.turn.flat(self.solid.rim(head.yaw, s, bottom=low - 0.03)) for s in (-1, 1)
        )
        path = outline(front, np.concatenate([right[::-1], left[1:]]))
        pen.paint(path, self._paint(head))
        pen.clip(path)
        if cap:
            for turn in (-52, 0, 52):
                line = points((turn, -0.26), (turn * 1.1, -0.42), (turn * 1.6, -0.54))
                seam = self._around(head, line + np.array([behind, 0.0]))
                pen.stroke(seam, line_of(self.colour), 0.008, 0.45)
        else:
            pen.stroke(
                front + np.array([0.0, -0.055]), mix(self.colour, shade_of(self.colour), 0.5), 0.125
            )
            for turn in range(-84, 96, 12):
                down = 0.045 * (turn / 90) ** 2
                line = points((turn + behind, down - 0.20), (turn + behind, down - 0.31))
                rib = self._around(head, line)
                pen.stroke(rib, line_of(self.colour), 0.006, 0.35)
        pen.free()
        if cap and not back:
            self._visor(pen, head, level)

    def _visor(self, pen: Pen, head: Head, level: float) -> None:
        turn = np.array([-62.0, -42, -21, 0, 21, 42, 62])
        share = turn / 62
        root = self._around(head, np.stack([turn, level + 0.034 * share**2], axis=1))
        out = np.stack([0.325 * share, -0.125 - 0.075 * share**4, 0.66 - 0.44 * share**2], axis=1)
        edge = head.turn.flat(out)
        path = outline(root, edge[::-1])
        cast = edge + np.array([0.0, 0.045])
        pen.fill(outline(root, cast[::-1]), "#2a1712", 0.22)
        pen.fill(path, mix(self.colour, shade_of(self.colour), 0.75))
        top = root * 0.35 + edge * 0.65
        pen.fill(outline(root, top[::-1]), mix(self.colour, shade_of(self.colour), 0.3))
        pen.brush(edge, (0.0, 0.014, 0.018, 0.018, 0.018, 0.014, 0.0), line_of(self.colour), 0.8)
        pen.brush(root, (0.0, 0.01, 0.012, 0.012, 0.012, 0.01, 0.0), line_of(self.colour), 0.5)
