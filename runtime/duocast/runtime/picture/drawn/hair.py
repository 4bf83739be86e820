"""Hair: the mass behind the head, the mass over it, its strands and gloss, from any side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.cuts import CUTS, EAR, Cut, front_edge, hair_solid
from duocast.runtime.picture.drawn.ink import (
    Points,
    Ramp,
    Shape,
    brush,
    outline,
    points,
    ramp,
    scallop,
)
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.solid import Solid
from duocast.runtime.picture.drawn.tones import Tones

# Inner edge of hair that falls beside the face: degrees, y from the temple down.
_CURTAIN = points(
    (70, 0.06), (71, 0.16), (70, 0.30), (66, 0.42), (60, 0.55), (56, 0.72), (54, 0.90), (60, 1.08)
)
_BOB = points((70, 0.06), (70, 0.16), (66, 0.26), (60, 0.36))


_PRESSURE = {
    count: tuple(
        math.sin(math.pi * n / (count - 1)) ** 0.7 if 0 < n < count - 1 else 0.0
        for n in range(count)
    )
    for count in range(3, 9)
}


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """A stroke through (degrees, y) places on the hair."""

    spots: Points
    width: float
    colour: str
    alpha: float


_CURL = (0.0, 0.010, 0.013, 0.010, 0.0)


class Mane:
    """A person's hair."""

    def __init__(self, person: Person, skull: Solid) -> None:
        self.person = person
        self.style = person.hair.style
        self.cut: Cut = CUTS[self.style]
        self.solid = hair_solid(skull, person.hair)
        self.behind = hair_solid(skull, person.hair, behind=True)
        self.edge = front_edge(person.hair)

    @property
    def covers(self) -> bool:
        """Whether the ears are under the hair."""
        return self.cut.covers

    @property
    def falls(self) -> bool:
        """Whether some of it lies as low as the neck, and so moves with the body."""
        return self.cut.bottom > 0.42 or self.style in ("dreadlocks", "braid", "ponytail")

    def flat(self, head: Head, body: Body, model: Points) -> Points:
        """Hair follows the head above the jaw and the shoulders below."""
        there = head.turn.flat(model)
        share = np.clip((model[:, 1] - 0.42) / 0.55, 0, 1)
        if not share.any():
            return there
        share = (share * share * (3 - 2 * share))[:, None]
        return np.asarray(there * (1 - share) + body.flat(model) * share)

    def rim(self, head: Head, body: Body, side: int, bottom: float = 9.0) -> Points:
        """The outline of the hair on one side from crown to tip, with its waves and curls."""
        line = self.flat(head, body, self._seen(head).down(head.yaw, side, bottom))
        cut = self.cut
        self._sweep(line, side, head)
        if cut.wave:
            y = line[:, 1] - float(line[0, 1])
            grow = np.clip((y - 0.35) / 0.5, 0, 1)
            line[:, 0] += side * cut.wave * grow * np.sin(y * 13 + 0.6 * side)
        return line

    def _sweep(self, line: Points, side: int, head: Head) -> None:
        """More hair on the side it is combed to, a dip at the parting."""
        part = {"left": -1, "right": 1}.get(self.person.hair.parting, 0)
        if self.cut.curl or part == 0 or self.style in ("slick", "buzz", "receding"):
            return
        away = -part if np.cos(head.yaw) >= 0 else part
        height = np.clip((line[:, 1] - line[0, 1]) / 0.42, 0, 1)
        swell = (
            np.sin(np.pi * height) * (0.026 if side == away else -0.006) * self.person.hair.volume
        )
        line[:, 0] += side * 0.6 * swell
        line[:, 1] -= swell

    def silhouette(self, head: Head, body: Body) -> Shape:
        """The whole mass as seen, for what lies behind head and shoulders."""
        left, right = self.rim(head, body, -1), self.rim(head, body, 1)
        cut = self.cut
        if cut.curl:
            crown = np.concatenate([left[::-1], right[1:]])
            depth = cut.curl
            low = scallop(
                np.stack([right[-1], (left[-1] + right[-1]) / 2 + np.array([0, 0.05]), left[-1]]),
                max(5, cut.curls // 4),
                depth,
                5,
            )
            return outline(scallop(crown, cut.curls, depth, 3), low)
        foot = self._foot(left[-1], right[-1])
        return outline(np.concatenate([left[::-1], right[1:]]), *foot)

    def _foot(self, left: Points, right: Points) -> list[Points]:
        """The lower end of a mass: straight for short, locks for long."""
        if self.cut.bottom < 0.6:
            return [np.stack([right, (left + right) / 2 + np.array([0.0, 0.03]), left])]
        out = []
        places = np.linspace(1, 0, 6)
        for first, last in pairwise(places):
            a, b = left * (1 - first) + right * first, left * (1 - last) + right * last
            out.append(
                np.stack([a, (a + b) / 2 + np.array([0.012, 0.055]), b + np.array([0.0, -0.01])])
            )
        return out

    def draw_back(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        """What lies behind the head and the neck."""
        self._tail(pen, head, body, tones)
        colour = (
            mix(tones.hair_shade, tones.hair_deep, 0.55) if self.cut.covers else tones.hair_shade
        )
        pen.fill(self.silhouette(head, body), colour)

    def _seen(self, head: Head) -> Solid:
        return self.solid if math.cos(head.yaw) >= 0 else self.behind

    def _around(self, head: Head, body: Body, edge: Points) -> Points:
        model = self._seen(head).seen(np.deg2rad(edge[:, 0]), edge[:, 1], head.yaw)
        return self.flat(head, body, model)

    def _sides(self) -> tuple[Points, float]:
        """The edge below the right temple, and the height at which the outline takes over."""
        cut = self.cut
        if not cut.covers:
            return EAR, float(EAR[-1, 1])
        if cut.bottom < 0.6:
            return _BOB[_BOB[:, 1] < cut.bottom], cut.bottom
        curtain = _CURTAIN[_CURTAIN[:, 1] < cut.bottom - 0.05]
        return curtain, cut.bottom

    def _beside(self, head: Head, body: Body, side: int) -> tuple[Points, float]:
        """The edge below a temple, down to where it goes round the corner, and that height."""
        edge, bottom = self._sides()
        if self.cut.curl and not self.cut.covers:
            edge = edge[:5]
            bottom = float(edge[4, 1])
        elif not self.cut.covers:
            corner = 90 - side * math.degrees(head.yaw)
            bottom = float(np.interp(corner, edge[:, 0], edge[:, 1]))
            y = np.where(edge[:, 0] > corner, bottom, edge[:, 1])
            edge = np.stack([np.minimum(edge[:, 0], corner), y], axis=1)
        return self._around(head, body, edge * (side, 1)), bottom

    def front_path(self, head: Head, body: Body) -> Shape:
        """The mass over the head as seen from the front: edge below, outline above."""
        parts = [self._around(head, body, part) for part in self.edge]
        left, left_bottom = self._beside(head, body, -1)
        right, right_bottom = self._beside(head, body, 1)
        left = left[::-1]
        cut = self.cut
        if cut.wave:
            for line, sign in ((left, -1), (right, 1)):
                y = line[:, 1]
                grow = np.clip((y - 0.1) / 0.3, 0, 1)
                line[:, 0] += sign * 0.8 * cut.wave * grow * np.sin(y * 13 + 1.2)
        crown = np.concatenate(
            [self.rim(head, body, 1, right_bottom)[::-1], self.rim(head, body, -1, left_bottom)[1:]]
        )
        if cut.curl:
            crown = scallop(crown[::-1], cut.curls, cut.curl, 3)[::-1]
            parts = [scallop(np.concatenate(parts)[::-1], 8, cut.curl * 0.6, 9)[::-1]]
            if cut.covers:
                left = scallop(left[::-1], 5, 0.20, 4)[::-1]
                right = scallop(right[::-1], 5, 0.20, 4)[::-1]
        return outline(left, *parts, right, crown)

    def back_path(self, head: Head, body: Body) -> Shape:
        """The mass as seen from behind, with the cheek free on the side that is turned to us."""
        if self.cut.covers or self.cut.curl:
            return self.silhouette(head, body)
        near = head.towards
        # On the near side of the picture stand the person's own temple and ear.
        model_side = -near if np.cos(head.yaw) < 0 else near
        half = np.concatenate([points((62, -0.16), (67, -0.07), (72, 0.066)), EAR])
        edge = half if model_side > 0 else half * (-1, 1)
        line = self._around(head, body, edge)
        top = self.rim(head, body, near, -0.17)
        far = self.rim(head, body, -near, 0.31)
        nape = self._around(head, body, points((150, 0.345), (180, 0.335), (210, 0.345)))
        if nape[0, 0] * near < nape[-1, 0] * near:
            nape = nape[::-1]
        return outline(np.concatenate([far[::-1], top[1:]]), line, nape)

    def paint(self, head: Head, tones: Tones) -> Ramp:
        """The paint of the mass: lit above on the side of the light."""
        side = 1 if head.side >= 0 else -1
        ends = head.turn.flat(np.array([[0.0, -0.55, 0.0], [0.0, 0.30, 0.0]]))
        start, end = ends[0] + np.array([-0.30 * side, 0.0]), ends[1] + np.array([0.30 * side, 0.0])
        return ramp(
            start,
            end,
            ((0.0, tones.hair_light, 1.0), (1.0, mix(tones.hair, tones.hair_shade, 0.8), 1.0)),
        )

    def draw_front(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        """The mass over the head, with strands."""
        path = self.front_path(head, body)
        alpha = 0.80 if self.style == "buzz" else 1.0
        if self.style == "buzz":
            pen.fill(path, tones.hair, alpha)
            return
        pen.paint(path, self.paint(head, tones))
        pen.clip(path)
        self._strands(pen, head, body, tones)
        pen.free()
        if self.style == "braid":
            self._braid(pen, head, body, tones)
        if self.style == "dreadlocks":
            self._dreads(pen, head, body, tones, front=True)

    def draw_behind(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        """The mass in a view from the back."""
        path = self.back_path(head, body)
        pen.paint(path, self.paint(head, tones))
        pen.clip(path)
        self._back_strands(pen, head, body, tones)
        pen.free()
        self._tail(pen, head, body, tones)

    def _draw_strands(self, pen: Pen, head: Head, body: Body, strands: Sequence[Strand]) -> None:
        """Strands thin at both ends; those round the corner are left out."""
        spots = np.concatenate([strand.spots for strand in strands])
        line = self._around(head, body, spots)
        front = np.cos(np.deg2rad(spots[:, 0]) + head.yaw) >= -0.1
        start = 0
        for strand in strands:
            end = start + len(strand.spots)
            widths = [strand.width * share for share in _PRESSURE[end - start]]
            alpha = strand.alpha if front[start:end].any() else 0.0
            pen.brush(line[start:end], widths, strand.colour, alpha)
            start = end

    def _strands(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        if self.cut.curl:
            self._ringlets(pen, head, body, tones)
            return
        part = {"left": -30.0, "right": 30.0, "centre": 0.0}.get(self.person.hair.parting, 0.0)
        back = self.person.hair.parting == "back" or self.style in ("slick", "dreadlocks")
        side = -1 if head.side >= 0 else 1
        strands = self._gloss(head, tones, side)
        for index, reach in enumerate((-78, -62, -44, -24, 22, 40, 56, 74)):
            if back:
                spots = points(
                    (reach * 0.9, -0.24 + 0.002 * abs(reach)),
                    (reach * 1.05, -0.40),
                    (reach * 1.5, -0.50),
                )
            elif self.person.hair.parting == "bangs":
                spots = points(
                    (reach * 0.25, -0.52),
                    (reach * 0.75, -0.36),
                    (reach * 0.95, -0.12 + 0.0016 * abs(reach)),
                )
            else:
                spots = points(
                    (part + reach * 0.10, -0.46),
                    (part * 0.5 + reach * 0.7, -0.33),
                    (reach * 1.05, -0.14),
                    (reach * 1.12, 0.02),
                )
            if np.sign(reach) == side and index % 2:
                strands.append(Strand(spots, 0.016, tones.hair_gloss, 0.45))
            else:
                strands.append(Strand(spots, 0.011, tones.hair_deep, 0.42))
        if part and not back and self.person.hair.parting != "bangs":
            crown = points((part, -0.40), (part * 1.2, -0.455), (part * 1.8, -0.51))
            strands.append(Strand(crown, 0.012, tones.hair_deep, 0.8))
        if self.cut.covers and self.cut.bottom > 0.6:
            strands.extend(self._falling(tones))
        self._draw_strands(pen, head, body, strands)

    def _gloss(self, head: Head, tones: Tones, side: int) -> list[Strand]:
        """A band of light across the crown's lit side, broken by the strands."""
        middle = -np.rad2deg(head.yaw) + side * 22
        turn = np.array([-1.0, -0.6, -0.2, 0.2, 0.6, 1.0])
        return [
            Strand(
                np.stack(
                    [middle + reach * turn, level + 0.055 * turn**2 + 0.020 * side * turn], axis=1
                ),
                width,
                tones.hair_gloss,
                alpha,
            )
            for level, reach, width, alpha in (
                (-0.405, 40, 0.052, 0.26),
                (-0.400, 30, 0.028, 0.34),
                (-0.330, 26, 0.016, 0.26),
            )
        ]

    def _falling(self, tones: Tones) -> list[Strand]:
        """Strands of the fall on both sides."""
        y = np.array([-0.05, 0.15, 0.35, 0.55, 0.75, self.cut.bottom - 0.06])
        shift = 160 * self.cut.wave * np.sin(y * 13) - 12 * np.clip(y - 0.3, 0, 1)
        return [
            Strand(np.stack([side * (degrees + shift), y], axis=1), width, colour, alpha)
            for side in (-1, 1)
            for degrees, width, colour, alpha in (
                (86, 0.030, tones.hair_shade, 0.55),
                (77, 0.016, tones.hair_gloss, 0.30),
                (98, 0.020, tones.hair_deep, 0.45),
                (70, 0.010, tones.hair_deep, 0.35),
            )
        ]

    def _ringlets(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        """Curls as small arcs, spread by a seeded hand; they fade where the hair turns away."""
        spots, arcs, lights = self._curls
        places = self._around(head, body, spots)
        facing = np.cos(np.deg2rad(spots[:, 0]) + head.yaw)
        shown = np.minimum(np.maximum((facing - 0.08) / 0.30, 0), 1).tolist()
        for place, arc, light, share in zip(places, arcs, lights, shown, strict=True):
            colour, alpha = (tones.hair_gloss, 0.40) if light else (tones.hair_deep, 0.55)
            pen.brush(place + arc, _CURL, colour, alpha * share)

    @cached_property
    def _curls(self) -> tuple[Points, Points, list[bool]]:
        """Where curls sit (degrees, y), their arcs, and which catch the light."""
        generator = np.random.default_rng(11)
        count = 34 + self.cut.curls * 3
        low = self.cut.bottom if self.cut.covers else 0.0
        degrees = generator.uniform(-175, 175, count)
        y = generator.uniform(-0.50 - self.cut.top * 0.6, low, count)
        size = generator.uniform(0.028, 0.050, (count, 1))
        light = generator.uniform(0, 1, count)
        angle = np.linspace(0.4, 3.6, 5) + light[:, None] * 5
        arcs = np.stack([size * np.cos(angle), size * np.sin(angle) * 0.85], axis=2)
        return np.stack([degrees, y], axis=1), arcs, (light > 0.62).tolist()

    def _back_strands(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        if self.cut.curl:
            self._ringlets(pen, head, body, tones)
            return
        end = self.cut.bottom - 0.03 if self.cut.covers else 0.28
        y = np.array([-0.47, -0.36, -0.15, 0.08, end])
        spread = np.array([0.35, 0.75, 1.0, 1.0, 0.92])
        strands = []
        for offset in (-66, -48, -32, -15, 4, 20, 37, 52, 68):
            bright = offset in (-32, 20, -48)
            colour = tones.hair_gloss if bright else tones.hair_deep
            spots = np.stack([180 + offset * spread, y], axis=1)
            strands.append(Strand(spots, 0.018 if bright else 0.012, colour, 0.35))
        self._draw_strands(pen, head, body, strands)

    def _tail(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        """What is gathered behind: bun, ponytail, dreadlocks."""
        if self.style == "bun":
            self._bun(pen, head, tones)
        elif self.style == "ponytail":
            self._ponytail(pen, head, body, tones)
        elif self.style == "dreadlocks":
            self._dreads(pen, head, body, tones, front=False)

    def _bun(self, pen: Pen, head: Head, tones: Tones) -> None:
        centre = head.turn.flat(np.array([[0.0, -0.60, -0.22]]))[0]
        angle = np.linspace(0, 2 * np.pi, 15)[:-1]
        wobble = 1 + 0.03 * np.sin(angle * 3 + 0.5)
        ring = (
            centre
            + np.stack([0.175 * np.cos(angle), 0.150 * np.sin(angle)], axis=1) * wobble[:, None]
        )
        path = outline(np.concatenate([ring, ring[:1]]))
        pen.paint(path, self.paint(head, tones))
        pen.clip(path)
        for shift in (-0.10, -0.02, 0.07):
            arc = centre + points(
                (-0.16, 0.10 + shift),
                (-0.05, shift - 0.03),
                (0.08, shift - 0.02),
                (0.17, 0.08 + shift),
            )
            pen.brush(arc, (0.0, 0.014, 0.014, 0.0), tones.hair_deep, 0.5)
        side = -1 if head.side >= 0 else 1
        shine = centre + points((side * 0.10, -0.02), (side * 0.07, -0.08), (side * 0.0, -0.11))
        pen.brush(shine, (0.0, 0.028, 0.0), tones.hair_gloss, 0.5)
        pen.free()

    def _ponytail(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        model = np.array(
            [
                [0.0, -0.30, -0.50],
                [0.05, -0.27, -0.64],
                [0.16, -0.05, -0.66],
                [0.24, 0.25, -0.56],
                [0.30, 0.60, -0.46],
                [0.32, 0.95, -0.40],
            ]
        )
        line = self.flat(head, body, model)
        widths = (0.10, 0.20, 0.26, 0.27, 0.21, 0.02)
        path = brush(line, widths)
        pen.paint(path, self.paint(head, tones))
        for shift, colour in ((-0.05, tones.hair_deep), (0.03, tones.hair_gloss)):
            pen.brush(
                line[1:] + np.array([shift, 0.0]), (0.0, 0.02, 0.024, 0.018, 0.0), colour, 0.4
            )

    def _braid(self, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
        """A plait that lies over the shoulder on the picture's right."""
        model = np.array(
            [
                [0.28, 0.30, -0.05],
                [0.32, 0.50, 0.06],
                [0.36, 0.72, 0.16],
                [0.36, 0.98, 0.24],
                [0.34, 1.22, 0.30],
                [0.32, 1.38, 0.32],
            ]
        )
        line = self.flat(head, body, model)
        count = 9
        place = np.linspace(0, len(line) - 1.0, count)
        x = np.interp(place, np.arange(len(line)), line[:, 0])
        y = np.interp(place, np.arange(len(line)), line[:, 1])
        wide = np.linspace(0.105, 0.062, count)
        for index in range(count - 1):
            for side in (1, -1):
                a = np.array([x[index] + side * wide[index] * 0.55, y[index] - 0.03])
                b = np.array([x[index + 1], y[index + 1] + 0.02])
                bulge = np.array([x[index] + side * wide[index] * 0.95, y[index] + 0.06])
                inner = np.array([x[index] - side * 0.012, y[index] + 0.01])
                leaf = outline(
                    np.stack([inner, a, bulge, b]),
                    np.stack([b, (b + inner) / 2 + np.array([side * 0.01, 0]), inner]),
                )
                pen.fill(leaf, tones.hair if side < 0 else tones.hair_shade)
                pen.brush(np.stack([a, bulge, b]), (0.0, 0.010, 0.0), tones.hair_deep, 0.5)
                pen.brush(
                    np.stack([inner, (inner + bulge) / 2]), (0.0, 0.014), tones.hair_gloss, 0.3
                )
        tie = np.array([[x[-1] - 0.035, y[-1] + 0.015], [x[-1] + 0.035, y[-1] + 0.015]])
        pen.stroke(tie, "#c9584c", 0.030)
        tuft = np.array(
            [[x[-1], y[-1] + 0.02], [x[-1] + 0.01, y[-1] + 0.10], [x[-1] + 0.0, y[-1] + 0.17]]
        )
        pen.brush(tuft, (0.07, 0.085, 0.0), tones.hair)

    def _dreads(self, pen: Pen, head: Head, body: Body, tones: Tones, *, front: bool) -> None:
        """Locks that hang from the sides and the back."""
        sides = (
            (76, 88, 100)
            if front
            else (84, 104, 118, 132, 148, 164, 180, 196, 212, 228, 242, 256, 276)
        )
        degrees = [d for value in sides for d in ((value, -value) if front else (value,))]
        for index, azimuth in enumerate(degrees):
            lower = 0.74 + 0.10 * ((index * 7) % 5) / 4
            y = np.array([-0.36, -0.10, 0.18, 0.42, 0.62, lower])
            spread = np.array([0.97, 1.05, 1.10, 1.10, 1.06, 1.04])
            angle = np.deg2rad(azimuth)
            base = self.solid.at(np.full(6, angle), np.minimum(y, 0.06))
            base[:, 1] = y
            base[:, [0, 2]] *= spread[:, None]
            base[:, 0] += 0.012 * np.sin(y * 9 + index)
            facing = float(np.cos(angle + head.yaw))
            shown = min(1.0, max(0.0, (facing + 0.55) / 0.35)) if front else 1.0
            shades = (tones.hair, tones.hair_light) if front else (tones.hair_shade, tones.hair)
            line = self.flat(head, body, base)
            pen.brush(line, _DREAD, shades[index % 2], shown)
            _wraps(pen, line, tones.hair_deep, shown)


_DREAD = (0.030, 0.058, 0.062, 0.058, 0.052, 0.026)


def _wraps(pen: Pen, line: Points, colour: str, shown: float) -> None:
    """The short creases across a lock."""
    across = np.array([[-0.022, -0.006], [0.022, 0.008]])
    for first, share in ((1, 0.10), (1, 0.90), (2, 0.70), (3, 0.50), (4, 0.30)):
        middle = line[first] * (1 - share) + line[first + 1] * share
        pen.stroke(middle + across, colour, 0.007, 0.45 * shown)
