"""Strands: the strokes on a mass of hair, from a band of gloss to ringlets."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.ink import Points, points
from duocast.runtime.picture.drawn.mane import Mane
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones

_PRESSURE = {
    count: tuple(
        math.sin(math.pi * n / (count - 1)) ** 0.7 if 0 < n < count - 1 else 0.0
        for n in range(count)
    )
    for count in range(3, 9)
}
_CURL = (0.0, 0.010, 0.013, 0.010, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """A stroke through (degrees, y) places on the hair."""

    spots: Points
    width: float
    colour: str
    alpha: float


def draw_strands(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """The strands of the mass over the head."""
    if mane.cut.curl:
        _ringlets(mane, pen, head, body, tones)
        return
    part = {"left": -30.0, "right": 30.0, "centre": 0.0}.get(mane.person.hair.parting, 0.0)
    back = mane.person.hair.parting == "back" or mane.style in ("slick", "dreadlocks")
    side = -1 if head.side >= 0 else 1
    strands = _gloss(head, tones, side)
    for index, reach in enumerate((-78, -62, -44, -24, 22, 40, 56, 74)):
        if back:
            spots = points(
                (reach * 0.9, -0.24 + 0.002 * abs(reach)),
                (reach * 1.05, -0.40),
                (reach * 1.5, -0.50),
            )
        elif mane.person.hair.parting == "bangs":
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
    if part and not back and mane.person.hair.parting != "bangs":
        crown = points((part, -0.40), (part * 1.2, -0.455), (part * 1.8, -0.51))
        strands.append(Strand(crown, 0.012, tones.hair_deep, 0.8))
    if mane.cut.covers and mane.cut.bottom > 0.6:
        strands.extend(_falling(mane, tones))
    _lay(mane, pen, head, body, strands)


def draw_back_strands(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """The strands of the mass as seen from behind."""
    if mane.cut.curl:
        _ringlets(mane, pen, head, body, tones)
        return
    end = mane.cut.bottom - 0.03 if mane.cut.covers else 0.28
    y = np.array([-0.47, -0.36, -0.15, 0.08, end])
    spread = np.array([0.35, 0.75, 1.0, 1.0, 0.92])
    strands = []
    for offset in (-66, -48, -32, -15, 4, 20, 37, 52, 68):
        bright = offset in (-32, 20, -48)
        colour = tones.hair_gloss if bright else tones.hair_deep
        spots = np.stack([180 + offset * spread, y], axis=1)
        strands.append(Strand(spots, 0.018 if bright else 0.012, colour, 0.35))
    _lay(mane, pen, head, body, strands)


def _lay(mane: Mane, pen: Pen, head: Head, body: Body, strands: Sequence[Strand]) -> None:
    """Strands thin at both ends; those round the corner are left out."""
    spots = np.concatenate([strand.spots for strand in strands])
    line = mane.around(head, body, spots)
    front = np.cos(np.deg2rad(spots[:, 0]) + head.yaw) >= -0.1
    start = 0
    for strand in strands:
        end = start + len(strand.spots)
        widths = [strand.width * share for share in _PRESSURE[end - start]]
        alpha = strand.alpha if front[start:end].any() else 0.0
        pen.brush(line[start:end], widths, strand.colour, alpha)
        start = end


def _gloss(head: Head, tones: Tones, side: int) -> list[Strand]:
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


def _falling(mane: Mane, tones: Tones) -> list[Strand]:
    """Strands of the fall on both sides."""
    y = np.array([-0.05, 0.15, 0.35, 0.55, 0.75, mane.cut.bottom - 0.06])
    shift = 160 * mane.cut.wave * np.sin(y * 13) - 12 * np.clip(y - 0.3, 0, 1)
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


def _ringlets(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """Curls as small arcs, spread by a seeded hand; they fade where the hair turns away."""
    spots, arcs, lights = mane.curls
    places = mane.around(head, body, spots)
    facing = np.cos(np.deg2rad(spots[:, 0]) + head.yaw)
    shown = np.minimum(np.maximum((facing - 0.08) / 0.30, 0), 1).tolist()
    for place, arc, light, share in zip(places, arcs, lights, shown, strict=True):
        colour, alpha = (tones.hair_gloss, 0.40) if light else (tones.hair_deep, 0.55)
        pen.brush(place + arc, _CURL, colour, alpha * share)
