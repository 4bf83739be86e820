"""The inside of a mouth: darkness, the upper teeth where the skull holds them, the lower ones, the tongue."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.level import Box
from duocast.runtime.picture.photo.lines import Line, ease
from duocast.runtime.picture.photo.reals import Reals

Plane = Reals

IVORY = np.array([214, 203, 186], np.float32)
DEEP = np.array([26, 9, 10], np.float32)
FLESH = np.array([92, 38, 38], np.float32)
TONGUE = np.array([158, 84, 82], np.float32)
TEETH = 0.028
"""How far the upper teeth reach below the line where the lips meet, in heads."""
TOOTH = 0.036
"""The width of a front tooth, in heads."""


@dataclass(frozen=True, slots=True)
class Interior:
    """What does not change: the head's size, how bright the face is lit, whether the photograph shows teeth."""

    head: float
    light: float
    photographed: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """The parted lips at the box's columns: the two inner lines, where they meet at rest, the photograph's own gap.

    `across` is -1 to 1 between the corners.
    """

    upper: Line
    lower: Line
    meet: Line
    teeth: Line
    """Down to where the photograph shows teeth."""
    bend: Line
    """How far the whole mouth is moved down to straighten it."""
    across: Line
    openness: float
    tongue: float
    gap: Line


def painted(
    skin: NDArray[np.uint8],
    photograph: NDArray[np.uint8] | None,
    opening: Opening,
    interior: Interior,
    box: Box,
) -> NDArray[np.uint8]:
    """The box with the mouth's inside where the lips are apart, and the line between them where they are not.

    `photograph` is the box with the photograph's own teeth, if it shows them.
    """
    inside = np.flatnonzero(np.abs(opening.across) < 1)
    if not inside.size:
        return skin
    left, right = int(inside[0]), int(inside[-1]) + 1
    top = max(0, int(opening.upper[left:right].min()) - box.y - 3)
    bottom = min(box.height, int(opening.lower[left:right].max()) - box.y + 4)
    part = (slice(top, bottom), slice(left, right))
    y = (np.arange(top, bottom, dtype=np.float32) + box.y)[:, None]
    cover = _cover(y, opening, left, right)
    lips = skin[part].astype(np.float32)
    lips[..., :3] *= 1 - _seam(y, opening, left, right, interior)[..., None]
    colour = _inside(y, opening, interior, (left, right), part, photograph)
    result = lips
    result[..., :3] += cover[..., None] * (colour - lips[..., :3])
    result[..., 3] += cover * (255 - lips[..., 3])
    drawn = skin.copy()
    drawn[part] = np.rint(result.clip(0, 255)).astype(np.uint8)
    return drawn


def _cover(y: Plane, opening: Opening, left: int, right: int) -> Plane:
    """How much of each pixel lies between the lips."""
    upper = opening.upper[left:right].astype(np.float32)
    lower = opening.lower[left:right].astype(np.float32)
    edge = np.minimum(y - upper, lower - y) + 0.5
    ends = ease((1 - np.abs(opening.across[left:right])) / 0.10)
    return np.asarray(np.clip(edge, 0, 1) * np.clip(lower - upper, 0, 1) * ends, np.float32)


def _seam(y: Plane, opening: Opening, left: int, right: int, interior: Interior) -> Plane:
    """The dark line where lips touch; a photograph of closed lips has its own."""
    if not interior.photographed and float(opening.gap.max()) < 0.012 * interior.head:
        return np.zeros((y.shape[0], right - left), np.float32)
    middle = (0.5 * (opening.upper + opening.lower))[left:right].astype(np.float32)
    near = np.exp(-(((y - middle) / (0.0055 * interior.head + 0.35)) ** 2))
    ends = np.clip(1 - opening.across[left:right] ** 2, 0, 1) ** 0.3
    return np.asarray(0.50 * near * ends, np.float32)


def _inside(
    y: Plane,
    opening: Opening,
    interior: Interior,
    span: tuple[int, int],
    part: tuple[slice, slice],
    photograph: NDArray[np.uint8] | None,
) -> Reals:
    """The colour of the mouth's inside, lit from the front and dark towards the corners and the throat."""
    left, right = span
    u = opening.across[left:right].astype(np.float32)
    upper, lower = (line[left:right].astype(np.float32) for line in (opening.upper, opening.lower))
    height = np.maximum(lower - upper, 1e-3)
    down = np.clip((y - upper) / height, 0, 1)
    colour = DEEP + (FLESH - DEEP) * (ease(down * 1.1 - 0.35) * 0.8)[..., None]
    colour = _tongue(colour, y, u, lower, height, opening, interior)
    colour = _lower_teeth(colour, y, u, lower, opening, interior)
    colour = _upper_teeth(colour, y, u, opening, interior, span, part, photograph)
    lip_shadow = 0.58 + 0.42 * ease((y - upper) / (0.020 * interior.head + 0.5))
    corners = 1 - 0.55 * np.abs(u) ** 2.5
    return np.asarray(colour * (lip_shadow * corners * interior.light)[..., None], np.float32)


def _upper_teeth(
    colour: Reals,
    y: Plane,
    u: Line,
    opening: Opening,
    interior: Interior,
    span: tuple[int, int],
    part: tuple[slice, slice],
    photograph: NDArray[np.uint8] | None,
) -> Reals:
    left, right = span
    head = interior.head
    if photograph is not None:
        shown = photograph[part][..., :3].astype(np.float32)
        edge = (opening.teeth[left:right] - 0.006 * head).astype(np.float32)
        teeth = shown / max(interior.light, 0.4)
    else:
        arc = TEETH * head * np.clip(1 - 0.55 * u**2, 0, 1)
        edge = (opening.meet[left:right] + arc - _scallop(u, opening, head)).astype(np.float32)
        teeth = np.broadcast_to(IVORY, colour.shape)
    cover = np.clip(edge - y + 0.5, 0, 1) * ease((0.94 - np.abs(u)) / 0.15)
    return np.asarray(colour + cover[..., None] * (teeth - colour), np.float32)


def _scallop(u: Line, opening: Opening, head: float) -> Line:
    """The edge of the row of teeth: each a little round at its corners."""
    width = _half_width(opening)
    place = u * width / (TOOTH * head)
    return np.asarray(0.0045 * head * np.abs(np.cos(np.pi * (place + 0.5))) ** 6)


def _half_width(opening: Opening) -> float:
    """Half the distance of the inner corners, in pixels."""
    steps = np.diff(opening.across)
    return float(1 / max(steps.mean(), 1e-6))


def _lower_teeth(
    colour: Reals,
    y: Plane,
    u: Line,
    lower: Line,
    opening: Opening,
    interior: Interior,
) -> Reals:
    shown = ease(np.array((opening.openness - 0.30) / 0.5)) * 0.016 * interior.head
    top = lower - shown * np.clip(1 - 1.3 * u**2, 0, 1)
    cover = np.clip(y - top + 0.5, 0, 1) * np.clip(shown, 0, 1) * 0.6
    return np.asarray(
        colour + cover[..., None] * (np.array([168, 142, 122], np.float32) - colour), np.float32
    )


def _tongue(
    colour: Reals,
    y: Plane,
    u: Line,
    lower: Line,
    height: Line,
    opening: Opening,
    interior: Interior,
) -> Reals:
    """A soft mound behind the lower lip, lifted to the teeth for th and l."""
    lift = 0.30 + 0.62 * opening.tongue
    top = lower - lift * height * np.clip(1 - (u / 0.8) ** 2, 0, 1) ** 0.5
    cover = ease((y - top) / (0.022 * interior.head)) * ease((0.85 - np.abs(u)) / 0.3)
    strength = 0.55 + 0.45 * opening.tongue
    return np.asarray(colour + (strength * cover)[..., None] * (TONGUE * 0.8 - colour), np.float32)
