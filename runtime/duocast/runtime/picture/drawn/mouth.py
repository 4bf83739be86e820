"""The mouth: exact visemes from one set of curves, which the drawing and the measure share."""

from dataclasses import dataclass

import numpy as np

from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.ink import Points, outline, points
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones
from duocast.runtime.picture.pose import Pose

HEIGHT = 0.318
"""Where the lips meet, in rig units below the eyes."""
_JAW = 0.150
"""The gap between the lips at jaw 1."""
_U = np.array([-1.0, -0.86, -0.62, -0.34, -0.14, 0.0, 0.14, 0.34, 0.62, 0.86, 1.0])
_BOW = np.array([0.0, 0.22, 0.58, 0.92, 1.0, 0.80, 1.0, 0.92, 0.58, 0.22, 0.0])
_LOW = np.array([0.0, 0.34, 0.72, 0.935, 0.99, 1.0, 0.99, 0.935, 0.72, 0.34, 0.0])
_SEAM = np.array([0.0, 0.001, 0.0015, -0.001, 0.001, 0.0035, 0.001, -0.001, 0.0015, 0.001, 0.0])


def opening(pose: Pose) -> float:
    """The distance between the inner lips at the middle, in rig units; 0 at press 1."""
    shown = 0.011 * pose.bite + 0.022 * pose.tongue
    gap = _JAW * pose.jaw * (1 - 0.80 * pose.bite) + shown
    return max(0.0, gap) * (1 - min(1.0, max(0.0, pose.press)))


def lowered(pose: Pose) -> float:
    """How far the jaw is down, 0 to 1. Lips that touch take up half of it; the rest stays, for bone is slow."""
    return min(1.0, max(0.0, pose.jaw)) * (1 - 0.5 * min(1.0, max(0.0, pose.press)))


@dataclass(frozen=True, slots=True, eq=False)
class Lips:
    """Curves over u: outer and inner edges of both lips (y), the half width, and how far they stand out."""

    top: Points
    upper: Points
    lower: Points
    bottom: Points
    x: Points
    out: Points
    gap: float


def lips(person: Person, pose: Pose) -> Lips:
    """The curves of the mouth in a pose, in rig units about the neutral face."""
    spread, round_ = max(0.0, pose.wide), max(0.0, -pose.wide)
    gap = opening(pose)
    full = person.face.lip_fullness * (1.08 - 0.20 * person.manly)
    half = 0.1085 * person.face.mouth_width
    half *= 1 + 0.20 * spread - 0.42 * round_ - 0.35 * gap + 0.10 * max(0.0, pose.smile)
    half *= 1 - 0.04 * pose.press
    thick = full * (1 - 0.42 * pose.press) * (1 - 0.14 * spread + 0.12 * round_ - 0.6 * gap)
    body = 1 - _U**2
    arc = np.maximum(body, 0) ** (0.62 - 0.22 * round_ + 0.10 * spread)
    corner = -0.024 * pose.smile - 0.004 * spread - 0.0085
    lift = corner * np.abs(_U) ** 1.7 + 0.25 * 0.024 * max(0.0, pose.smile)
    seam = _SEAM * (1 - 0.5 * round_) + lift + 0.12 * gap * (1 - body)
    upper = seam - (0.20 + 0.14 * round_) * gap * arc - 0.004 * pose.bite * (1 - pose.press) * body
    lower = seam + (0.80 - 0.14 * round_) * gap * arc
    top = upper - 0.0300 * thick * _BOW * (1 - 0.10 * max(0.0, pose.smile))
    low = 0.0400 * thick * _LOW * (1 - 0.40 * pose.bite)
    bottom = lower + low
    out = 0.010 + (0.012 + 0.034 * round_) * body
    return Lips(top + HEIGHT, upper + HEIGHT, lower + HEIGHT, bottom + HEIGHT, _U * half, out, gap)


def _lifted(head: Head, shape: Lips, y: Points) -> Points:
    """Places on the lips: the arch of the teeth carries them."""
    model = np.empty((len(y), 3))
    model[:, 0], model[:, 1] = shape.x, y
    model[:, 2] = 0.404 - 3.2 * shape.x**2 + shape.out - 0.30 * np.maximum(y - HEIGHT, 0)
    return head.turn.flat(model)


class Mouth:
    """A person's mouth."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def draw(self, pen: Pen, head: Head, pose: Pose, tones: Tones) -> None:
        """Cavity, teeth, tongue and lips."""
        shape = lips(self.person, pose)
        top, upper = _lifted(head, shape, shape.top), _lifted(head, shape, shape.upper)
        lower, bottom = _lifted(head, shape, shape.lower), _lifted(head, shape, shape.bottom)
        self._around(pen, head, shape, pose, tones)
        if shape.gap > 1e-4:
            pen.clip(outline(upper, lower[::-1]))
            self._inside(pen, head, shape, pose)
            pen.free()
        self._lower(pen, lower, bottom, tones)
        if pose.bite > 0.02:
            self._bite(pen, head, shape, pose, upper)
        self._upper(pen, top, upper, tones)
        self._seam(pen, upper, lower, shape, pose, tones)

    def _around(self, pen: Pen, head: Head, shape: Lips, pose: Pose, tones: Tones) -> None:
        """The dip above, the shade below, the folds beside."""
        under = _lifted(head, shape, shape.bottom + 0.013)[2:9]
        pen.brush(under, (0.0, 0.010, 0.016, 0.018, 0.016, 0.010, 0.0), tones.shade, 0.62)
        dip = head.fixed(np.array([0.0, 0.0, 0.0]), np.array([0.226, 0.246, 0.272]), 0.02)
        pen.brush(dip, (0.004, 0.013, 0.004), tones.shade, 0.38)
        old = min(1.0, max(0.0, (self.person.age - 38) / 34))
        fold = 0.62 * old + 0.45 * max(0.0, pose.smile) * (
            0.35 + 0.65 * min(1, self.person.age / 40)
        )
        if fold > 0.02 and self.person.beard not in ("short", "full"):
            young = min(1.0, max(0.0, (40 - self.person.age) / 14))
            for side in (-1, 1):
                reach = float(abs(shape.x[0]))
                x = side * np.array(
                    [0.070 + 0.035 * young, 0.094 + 0.02 * young, reach + 0.026, reach + 0.030]
                )
                y = (
                    np.array([0.188 + 0.05 * young, 0.220 + 0.036 * young, 0.285, 0.335])
                    - 0.010 * pose.smile
                )
                line = head.fixed(x, y, 0.004)
                pen.brush(line, (0.0, 0.006, 0.0065, 0.0), tones.deep, min(0.7, fold))

    def _inside(self, pen: Pen, head: Head, shape: Lips, pose: Pose) -> None:
        """The cavity, teeth that stay with the skull and with the jaw, and the tongue."""
        back = _lifted(head, shape, np.full_like(_U, HEIGHT))
        low, high = back.min(axis=0) - 0.08, back.max(axis=0) + 0.25
        box = outline(
            points((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))
        )
        pen.fill(box, "#4a1216")
        deep = _lifted(head, shape, shape.upper + 0.45 * (shape.lower - shape.upper))
        pen.brush(
            deep, np.maximum(0.002, 0.5 * (shape.lower - shape.upper)).tolist(), "#2c090d", 0.8
        )
        self._tongue(pen, head, shape, pose)
        self._teeth(pen, head, shape, pose)

    def _tongue(self, pen: Pen, head: Head, shape: Lips, pose: Pose) -> None:
        gap, half = shape.gap, float(abs(shape.x[0]))
        rise = 0.30 * gap * (1 - pose.tongue) - 0.004
        top = HEIGHT + 0.80 * gap - rise - 0.010 - pose.tongue * 0.55 * gap
        x = np.array([-0.66, -0.42, -0.15, 0.0, 0.15, 0.42, 0.66]) * half
        y = top + np.array([0.034, 0.010, 0.0, 0.003, 0.0, 0.010, 0.034])
        z = np.full_like(x, 0.375 + 0.03 * pose.tongue)
        crown = head.turn.flat(np.stack([x, y, z], axis=1))
        base = head.turn.flat(np.stack([x[::-1], np.full_like(x, top + 0.16), z], axis=1))
        pen.fill(outline(crown, base), "#c4605d" if pose.tongue > 0.05 else "#a8484a")
        groove = crown[3:4] + np.array([[0.0, 0.004], [0.0, 0.03]])
        pen.brush(groove, (0.004, 0.0), "#8f3a40", 0.6)

    def _teeth(self, pen: Pen, head: Head, shape: Lips, pose: Pose) -> None:
        """The upper row hangs from the skull; the lower one rides on the jaw."""
        half = 0.088 * self.person.face.mouth_width
        x = np.linspace(-1, 1, 9) * half
        arch = 0.392 - 6.0 * x**2
        edge = HEIGHT + 0.0140 - 0.010 * (np.abs(x) / half) ** 2
        lift = min(0.006, 0.10 * shape.gap) + 0.034 * max(0.0, -pose.wide)
        top = np.stack([x, np.full_like(x, HEIGHT - 0.075), arch], axis=1)
        rim = np.stack([x, edge - lift, arch], axis=1)
        upper, lower_edge = head.turn.flat(top), head.turn.flat(rim)
        pen.fill(outline(upper, lower_edge[::-1]), "#f7f2ea")
        if lift < 0.02:
            self._gaps(pen, head, half, float(edge[4]) - lift)
        lip_shade = _lifted(head, shape, shape.upper + 0.004)
        pen.brush(lip_shade, [0.013] * len(_U), "#5c2c30", 0.42)
        rise = HEIGHT + 0.80 * shape.gap + 0.010 - 0.10 * shape.gap
        if shape.gap > 0.05:
            y = rise - 0.020 + 0.010 * (np.abs(x) / half) ** 2
            edge2 = head.turn.flat(np.stack([x * 0.84, y, arch - 0.02], axis=1))
            base = head.turn.flat(np.stack([x[::-1] * 0.84, y + 0.05, arch - 0.02], axis=1))
            pen.fill(outline(edge2, base), "#dcd3cb", min(1.0, (shape.gap - 0.05) / 0.03))

    def _gaps(self, pen: Pen, head: Head, half: float, edge: float) -> None:
        for share in (-0.62, -0.34, 0.0, 0.34, 0.62):
            x = np.array([share, share]) * half
            line = np.stack([x, np.array([edge - 0.034, edge]), 0.393 - 6.0 * x**2], axis=1)
            pen.stroke(head.turn.flat(line), "#b9a79c", 0.0018, 0.34)

    def _bite(self, pen: Pen, head: Head, shape: Lips, pose: Pose, upper: Points) -> None:
        """Upper teeth resting on the lower lip."""
        inner = np.abs(_U) < 0.63
        reach = shape.lower + pose.bite * (0.0075 - 0.012 * (_U / 0.70) ** 2)
        edge = _lifted(head, shape, reach)[inner]
        pen.fill(outline(upper[inner], edge[::-1]), "#f7f2ea", min(1.0, pose.bite * 1.5))
        pen.brush(edge, [0.0, *[0.003] * (len(edge) - 2), 0.0], "#8c4a48", 0.5 * pose.bite)

    @property
    def _strong(self) -> float:
        """How far lips stand out from skin: a man's little, but for those that a beard frames."""
        if self.person.face.lip_colour:
            return 1.0
        shown = 0.62 if self.person.beard in ("none", "stubble") else 1.0
        return shown + (1 - shown) * (1 - self.person.manly)

    def _upper(self, pen: Pen, top: Points, upper: Points, tones: Tones) -> None:
        colour = mix(tones.skin, tones.lip, self._strong)
        pen.fill(outline(top[:5], top[4:7], top[6:], upper[::-1]), colour)

    def _lower(self, pen: Pen, lower: Points, bottom: Points, tones: Tones) -> None:
        strong = self._strong
        pen.fill(outline(lower, bottom[::-1]), mix(tones.skin, tones.lip_light, strong))
        height = float(bottom[5, 1] - lower[5, 1])
        shine = (lower * 0.58 + bottom * 0.42)[3:8]
        light = mix(tones.lip_light, "#fff4ea", 0.50)
        widths = [share * height for share in (0.0, 0.16, 0.22, 0.16, 0.0)]
        pen.brush(shine, widths, light, 0.5 * strong)

    def _seam(
        self, pen: Pen, upper: Points, lower: Points, shape: Lips, pose: Pose, tones: Tones
    ) -> None:
        """The line between closed lips, the corners always."""
        widths = np.array([0.35, 0.8, 0.9, 0.85, 1.0, 1.15, 1.0, 0.85, 0.9, 0.8, 0.35])
        colour, open_ = tones.lip_line, min(1.0, shape.gap / 0.010)
        pen.brush((upper + lower) / 2, (widths * 0.0062).tolist(), colour, 0.92 * (1 - open_))
        if open_ > 0:
            pen.brush(upper, (widths * 0.0040).tolist(), colour, 0.75 * open_)
            pen.brush(lower[:3], (0.003, 0.0025, 0.0), colour, 0.7 * open_)
            pen.brush(lower[-3:], (0.0, 0.0025, 0.003), colour, 0.7 * open_)
        for end, other in ((0, 1), (-1, -2)):
            out = upper[end] - upper[other]
            out = out / max(float(np.hypot(*out)), 1e-9)
            tail = upper[end] + out * 0.010 + np.array([0.0, -0.006 * pose.smile])
            pen.brush(np.stack([upper[other], upper[end], tail]), (0.0, 0.0055, 0.0), colour, 0.6)
