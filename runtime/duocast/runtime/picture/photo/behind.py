"""A photographed person from behind: no picture shows that, so they are drawn in the photograph's colours."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.data import RigData
from duocast.runtime.picture.photo.mesh import FOREHEAD
from duocast.runtime.picture.photo.reals import Reals
from duocast.runtime.picture.rig import Rig

BESIDE, BELOW = 0.32, 0.85
"""Where long hair hangs beside the face, in heads below the eyes: a bob reaches the one, long hair the other."""
SKIN = (50, 280, 101, 330, 205, 425)
"""Points of the cheeks."""


def back_of(data: RigData) -> Rig:
    """The person as they are drawn from behind."""
    from duocast.runtime.picture.drawn.casting import person_from_colours
    from duocast.runtime.picture.drawn.rig import DrawnRig

    colours = colours_of(data)
    style = _style(data, colours["hair"])
    person = person_from_colours(**colours, long_hair=style != "short")
    hair = person.hair.replace(style=style)
    return DrawnRig(person.replace(hair=hair))


def _style(data: RigData, hair: str) -> Literal["short", "bob", "long"]:
    """How long the hair is: down to where its colour is found beside the face."""
    long, bob = (
        min(
            _apart(_over(data, (side - 0.05, y - 0.05, side + 0.05, y + 0.05)), hair)
            for side in (-0.44, 0.44)
        )
        < 40
        for y in (BELOW, BESIDE)
    )
    return "long" if long and bob else "bob" if bob else "short"


def _apart(colour: Reals, other: str) -> float:
    red, green, blue = (int(other[i : i + 2], 16) for i in (1, 3, 5))
    return float(np.abs(colour - np.array([red, green, blue])).max())


def colours_of(data: RigData) -> dict[str, str]:
    """The colours of skin, hair and clothes as "#rrggbb": medians of what the photograph shows there."""
    points = data.to_rig(data.points[:, :2])
    top = float(points[FOREHEAD, 1])
    return {
        "skin": _hex(_around(data, data.points[list(SKIN), :2], 0.03)),
        "hair": _hex(_over(data, (-0.22, top - 0.20, 0.22, top - 0.06))),
        "clothes": _hex(_over(data, (-0.9, 1.0, 0.9, 1.9))),
    }


def _around(data: RigData, points: Reals, reach: float) -> Reals:
    size = max(1, round(reach * data.head))
    found = [
        data.pixels[max(0, y - size) : y + size + 1, max(0, x - size) : x + size + 1].reshape(-1, 4)
        for x, y in np.rint(points).astype(int)
    ]
    return _median(np.concatenate(found))


def _over(data: RigData, box: tuple[float, float, float, float]) -> Reals:
    """The colour inside a box of rig units; grey if it holds nobody."""
    left, top, right, bottom = (round(value * data.head) for value in box)
    x, y = (round(value) for value in data.origin)
    part = data.pixels[
        max(0, y + top) : max(0, y + bottom), max(0, x + left) : max(0, x + right)
    ].reshape(-1, 4)
    return _median(part)


def _median(pixels: NDArray[np.uint8]) -> Reals:
    solid = pixels[pixels[:, 3] > 250][:, :3]
    return np.asarray(
        np.median(solid, axis=0) if len(solid) else np.array([128, 128, 128]), np.float64
    )


def _hex(colour: Reals) -> str:
    red, green, blue = (int(value) for value in np.rint(colour))
    return f"#{red:02x}{green:02x}{blue:02x}"
