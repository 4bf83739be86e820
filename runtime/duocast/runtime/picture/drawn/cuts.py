"""Hair cuts as data: how thick the hair stands, where its edge runs, how far it falls."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from duocast.runtime.picture.drawn.ink import Points, points
from duocast.runtime.picture.drawn.person import Hair
from duocast.runtime.picture.drawn.solid import Rows, Solid, dense

# Edges are (degrees, y), from the middle of the forehead to the picture's right; the left is mirrored.
EAR = points((-1, 0), (79, 0.070), (84, 0.020), (88, -0.040), (100, -0.072), (114, -0.030), (120, 0.070), (124,
0.180), (130, 0.310))[1:]  # fmt: skip
_TEMPLE = points((58, -0.215), (63, -0.150), (67, -0.070), (70, 0.010), (72, 0.066))
_NATURAL = points((0, -0.318), (16, -0.322), (34, -0.302), (48, -0.262))
_HIGH = points((0, -0.345), (14, -0.352), (30, -0.395), (44, -0.372), (52, -0.300))
_LOW_SIDE = points((12, -0.285), (30, -0.235), (46, -0.175), (58, -0.105), (66, -0.040))


@dataclass(frozen=True, slots=True)
class Cut:
    """Thickness in rig units; `bottom` is where the fall ends; `covers` says that it hides the ears."""

    top: float
    side: float
    front: float
    back: float
    bottom: float = 0.30
    covers: bool = False
    curl: float = 0.0
    """Depth of curls on the outline."""
    curls: int = 0
    wave: float = 0.0
    width: float = 0.0
    """Half width of the fall at its lower third, beyond the head's."""


CUTS = {
    "buzz": Cut(0.012, 0.010, 0.008, 0.012),
    "receding": Cut(0.030, 0.020, 0.012, 0.028),
    "short": Cut(0.062, 0.026, 0.030, 0.045),
    "crop": Cut(0.060, 0.018, 0.034, 0.040),
    "quiff": Cut(0.095, 0.020, 0.060, 0.040),
    "slick": Cut(0.045, 0.016, 0.020, 0.045),
    "curly-short": Cut(0.105, 0.062, 0.050, 0.075, curl=0.32, curls=14),
    "wavy-short": Cut(0.085, 0.036, 0.050, 0.058, curl=0.15, curls=9),
    "afro": Cut(0.250, 0.215, 0.100, 0.220, 0.18, curl=0.24, curls=25),
    "pixie": Cut(0.070, 0.040, 0.035, 0.060),
    "bob": Cut(0.062, 0.062, 0.035, 0.075, 0.430, True, width=0.075),
    "curly-bob": Cut(0.110, 0.120, 0.060, 0.120, 0.470, True, curl=0.34, curls=19, width=0.17),
    "wavy-bob": Cut(0.075, 0.075, 0.038, 0.085, 0.520, True, wave=0.026, width=0.110),
    "long": Cut(0.060, 0.050, 0.030, 0.070, 1.20, True, wave=0.008, width=0.105),
    "wavy": Cut(0.075, 0.075, 0.038, 0.085, 1.08, True, wave=0.024, width=0.125),
    "curly-long": Cut(0.115, 0.125, 0.060, 0.130, 0.98, True, curl=0.34, curls=25, width=0.20),
    "ponytail": Cut(0.045, 0.022, 0.018, 0.055),
    "bun": Cut(0.045, 0.022, 0.018, 0.055),
    "dreadlocks": Cut(0.062, 0.040, 0.028, 0.070),
    "braid": Cut(0.050, 0.030, 0.020, 0.060),
}


def hair_solid(skull: Solid, hair: Hair, *, behind: bool = False) -> Solid:
    """The outside of the hair, on top of a skull; seen from behind, short curls reach down to the nape."""
    cut, base = CUTS[hair.style], skull.rows
    volume = hair.volume
    head = base[base[:, 0] <= 0.02]
    y, width = head[:, 0], head[:, 1]
    crown = np.clip((-0.05 - y) / 0.45, 0, 1) ** 0.8
    low = np.clip(1 + y / 0.5 * 0.35, 0, 1)
    grow = np.clip(width / 0.30, 0, 1)
    rows = head.copy()
    rows[:, 0] = y - cut.top * volume * crown
    rows[:, 1] = width + cut.side * volume * grow * (0.72 + 0.28 * low)
    rows[:, 2] = head[:, 2] + cut.front * volume * grow
    rows[:, 3] = head[:, 3] - cut.back * volume * grow
    return Solid(
        np.concatenate([rows, _fall(cut, rows[-1], volume, cut.curl > 0 and not behind)]), 2.15
    )


def _fall(cut: Cut, last: Points, volume: float, taper: bool) -> Rows:
    """Rows below the ears: to the nape, or as far as long hair falls."""
    wide = float(last[1])
    if not cut.covers:
        end = np.array(
            [
                [0.12, wide * (0.80 if taper else 0.95), last[2], -0.47, -0.10],
                [0.22, wide * (0.55 if taper else 0.80), 0.1, -0.38, -0.12],
                [0.32, wide * (0.30 if taper else 0.55), 0.0, -0.30, -0.16],
            ]
        )
        if cut.curls > 20:
            end = np.array(
                [
                    [0.10, wide * 0.95, 0.2, -0.60, -0.1],
                    [0.20, wide * 0.80, 0.1, -0.52, -0.1],
                    [0.30, wide * 0.50, 0.0, -0.36, -0.12],
                ]
            )
        return dense(np.concatenate([last[None], end]), 10)[1:]
    full = 0.356 + cut.width * volume
    bottom = cut.bottom
    share = np.array([0.30, 0.60, 0.85, 1.0])
    y = 0.02 + (bottom - 0.02) * share
    width = wide + (full - wide) * np.array([0.45, 0.95, 1.0, 0.90])
    if bottom < 0.6:
        width = wide + (full - wide) * np.array([0.6, 1.0, 0.80, 0.55])
    front = np.array([0.32, 0.28, 0.27, 0.24])
    back = np.array([-0.47, -0.43, -0.42, -0.38])
    rows = np.stack([y, width, front, back, np.full(4, -0.06)], axis=1)
    return dense(np.concatenate([last[None], rows]), 16)[1:]


def mirrored(edge: Points) -> Points:
    """The same edge on the picture's left, running toward the middle."""
    return np.asarray((edge * (-1, 1))[::-1])


def _joined(half: Points) -> tuple[Points, ...]:
    return (np.concatenate([mirrored(half), half[1:]]),)


def _tooth(first: tuple[float, float], tip: tuple[float, float]) -> Points:
    """A lock of a fringe from its root to its tip."""
    middle = ((first[0] * 0.35 + tip[0] * 0.65), first[1] * 0.45 + tip[1] * 0.55 + 0.004)
    return points(first, middle, tip)


def _fringe(tips: tuple[tuple[float, float], ...], cut: float) -> tuple[Points, ...]:
    """Locks side by side: each falls to its tip, the next begins a little higher."""
    return tuple(_tooth((a[0] + 1.5, a[1] - cut), b) for a, b in pairwise(tips))


def front_edge(hair: Hair) -> tuple[Points, ...]:
    """The edge over the forehead, left temple to right temple: smooth segments with corners between."""
    style, parting = hair.style, hair.parting
    temple = np.concatenate([_NATURAL, _TEMPLE])
    if style == "receding":
        return _joined(np.concatenate([_HIGH, _TEMPLE[1:]]))
    if style in ("buzz", "afro", "dreadlocks", "slick") or parting == "back":
        return _joined(temple)
    covered = CUTS[style].covers
    if parting == "bangs":
        return _bangs(style, covered)
    if parting == "centre":
        half = points(
            (0, -0.400), (9, -0.325), (24, -0.245), (42, -0.160), (58, -0.070), (67, 0.020)
        )
        return (mirrored(half), half)
    side = np.concatenate([points((-30, -0.402), (-14, -0.330)), _LOW_SIDE, points((70, 0.030))])
    short = points(
        (-72, 0.02), (-66, -0.07), (-61, -0.165), (-52, -0.255), (-40, -0.330), (-30, -0.402)
    )
    if style in ("quiff", "short", "curly-short", "wavy-short"):
        side = np.concatenate(
            [
                points(
                    (-30, -0.402),
                    (-20, -0.330),
                    (-6, -0.300),
                    (14, -0.300),
                    (34, -0.282),
                    (48, -0.245),
                ),
                _TEMPLE,
            ]
        )
    edge = (short, side)
    if parting == "right":
        return tuple(mirrored(part) for part in reversed(edge))
    return edge


def _bangs(style: str, covered: bool) -> tuple[Points, ...]:
    if style in ("crop", "pixie", "short", "quiff", "curly-short", "wavy-short"):
        tips = (
            (-64, -0.120),
            (-48, -0.190),
            (-30, -0.178),
            (-13, -0.205),
            (6, -0.182),
            (24, -0.212),
            (42, -0.190),
            (62, -0.120),
        )
        start = points((-72, 0.060), (-69, -0.03), (-64, -0.12))
        return (start, *_fringe(tips, 0.020), points((62, -0.13), (69, -0.03), (72, 0.060)))
    even = ((-62, -0.085), (-42, -0.132), (-18, -0.138), (8, -0.134), (34, -0.136), (60, -0.085))
    low = 0.03 if covered else 0.06
    start = points((-69, low), (-67, -0.02), (-62, -0.085))
    return (start, *_fringe(even, 0.012), points((60, -0.09), (67, -0.02), (69, low)))
