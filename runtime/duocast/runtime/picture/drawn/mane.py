"""A mane: the mass of hair behind the head and over it, as outlines from any side."""

import math
from functools import cached_property
from itertools import pairwise

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.cuts import CUTS, EAR, Cut, front_edge, hair_solid
from duocast.runtime.picture.drawn.ink import Points, Ramp, Shape, outline, points, ramp, scallop
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.solid import Solid
from duocast.runtime.picture.drawn.tones import Tones

# Inner edge of hair that falls beside the face: degrees, y from the temple down.
_CURTAIN = points(
    (70, 0.06), (71, 0.16), (70, 0.30), (66, 0.42), (60, 0.55), (56, 0.72), (54, 0.90), (60, 1.08)
)
_BOB = points((70, 0.06), (70, 0.16), (66, 0.26), (60, 0.36))


class Mane:
    """The mass of a person's hair, seen from any side."""

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

    def _seen(self, head: Head) -> Solid:
        return self.solid if math.cos(head.yaw) >= 0 else self.behind

    def around(self, head: Head, body: Body, edge: Points) -> Points:
        """Picture points of (degrees, y) places on the hair."""
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
        return self.around(head, body, edge * (side, 1)), bottom

    def front_path(self, head: Head, body: Body) -> Shape:
        """The mass over the head as seen from the front: edge below, outline above."""
        parts = [self.around(head, body, part) for part in self.edge]
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
        line = self.around(head, body, edge)
        top = self.rim(head, body, near, -0.17)
        far = self.rim(head, body, -near, 0.31)
        nape = self.around(head, body, points((150, 0.345), (180, 0.335), (210, 0.345)))
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

    @cached_property
    def curls(self) -> tuple[Points, Points, list[bool]]:
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
