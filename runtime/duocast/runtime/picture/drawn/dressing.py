"""Dressing: a body in one frame that is being dressed, and what every garment begins with: trunk, sleeves, ribbing."""

from dataclasses import dataclass

import numpy as np

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.cloth import NAPE, draw_sleeve, draw_torso, shade_of, torso
from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.ink import Points, Shape, ovals
from duocast.runtime.picture.drawn.limbs import draw_bare_arm, draw_hand
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Clothes, Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones


@dataclass(frozen=True, slots=True, eq=False)
class Dressing:
    """What a garment needs to be drawn on somebody in one frame."""

    pen: Pen
    head: Head
    body: Body
    person: Person
    tones: Tones
    contrast: float

    @property
    def clothes(self) -> Clothes:
        """What they wear."""
        return self.person.clothes

    def front(self, *spots: tuple[float, float], lift: float = 0.02) -> Points:
        """(degrees, y) places on the chest."""
        spot = np.array(spots)
        return self.body.at(spot[:, 0], spot[:, 1], lift)


def _neckline(dress: Dressing, front: Points) -> Points:
    return NAPE if dress.body.back else front


def draw_trunk(
    dress: Dressing, neckline: Points, colour: str, bottom: float = 3.25, grow: float = 0.012
) -> None:
    """The garment from the neckline (degrees, y) down to `bottom`, `grow` off the skin, with its pattern."""
    path = torso(dress.body, _neckline(dress, neckline), bottom, grow)
    draw_torso(dress.pen, dress.body, path, colour, dress.contrast)
    _pattern(dress, path)


def _pattern(dress: Dressing, path: Shape) -> None:
    pattern, pen = dress.clothes.pattern, dress.pen
    if pattern == "plain" or dress.clothes.garment not in ("t-shirt", "sweater", "shirt", "dress"):
        return
    pen.clip(path)
    if pattern == "dots":
        _dots(dress)
    else:
        _stripes(dress)
    pen.free()


def _stripes(dress: Dressing) -> None:
    for y in np.arange(0.98, 3.2, 0.17):
        degrees = np.array([-89, -60, -30, 0, 30, 60, 89.0])
        sag = 0.03 * np.cos(np.deg2rad(degrees))
        dress.pen.stroke(dress.body.at(degrees, y + sag), dress.clothes.under, 0.055, 0.85)


def _dots(dress: Dressing) -> None:
    """Dots in staggered rows; they turn away with the body."""
    for row, y in enumerate(np.arange(0.86, 3.2, 0.15)):
        degrees = np.arange(-85 + 8.5 * (row % 2), 86, 17.0)
        middles = dress.body.at(degrees, np.full_like(degrees, y))
        wide = 0.030 * np.cos(np.deg2rad(degrees * 0.92))
        shape = ovals(middles, np.stack([wide, np.full_like(wide, 0.030)], axis=1))
        dress.pen.fill(shape, dress.clothes.under, 0.85)


def draw_arms(
    dress: Dressing, colour: str, *, end: float = 1.0, grow: float = 0.03, cuff: str = ""
) -> None:
    """Both arms, the far one first: sleeves down to `end` of the arm, bare below it, and the hands."""
    for side in _far_first(dress.body):
        if end < 0.95:
            draw_bare_arm(dress.pen, dress.body, dress.tones, side)
        draw_hand(dress.pen, dress.body, dress.tones, side)
        draw_sleeve(dress.pen, dress.body, side, colour, end=end, grow=grow, cuff=cuff)


def _far_first(body: Body) -> tuple[int, int]:
    return (1, -1) if np.sin(body.yaw) >= 0 else (-1, 1)


def draw_ribbing(dress: Dressing, neckline: Points, colour: str, width: float = 0.042) -> None:
    """The knitted band along a neckline."""
    line = dress.body.at(neckline[:, 0], neckline[:, 1], 0.02)
    dress.pen.stroke(line + np.array([0.0, 0.014]), shade_of(colour), width, 1.0)
    dress.pen.stroke(
        line + np.array([0.0, 0.014 - width * 0.30]),
        mix(colour, shade_of(colour), 0.35),
        width * 0.45,
        1.0,
    )
