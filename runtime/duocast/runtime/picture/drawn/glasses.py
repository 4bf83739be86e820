"""Glasses: two rims before the eyes, a bridge, and temples that run to the ears."""

import numpy as np

from duocast.runtime.picture.drawn.colour import mix, tone
from duocast.runtime.picture.drawn.eyes import eye_x
from duocast.runtime.picture.drawn.ink import Points, Shape, loop, points
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head

_SHAPES = {
    "round": points((-0.108, 0.0), (-0.094, -0.062), (-0.05, -0.094), (0.0, -0.104), (0.05, -0.094), (0.094,
    -0.062), (0.108, 0.0), (0.092, 0.066), (0.05, 0.100), (0.0, 0.110), (-0.05, 0.100), (-0.092, 0.066)),
    "square": points((-0.108, -0.02), (-0.108, -0.062), (-0.088, -0.076), (0.0, -0.082), (0.098, -0.080),
    (0.118, -0.062), (0.118, -0.01), (0.106, 0.062), (0.080, 0.082), (0.0, 0.086), (-0.070, 0.080), (-0.098, 0.056)),
    "cat-eye": points((-0.106, 0.0), (-0.100, -0.056), (-0.05, -0.078), (0.03, -0.090), (0.10, -0.106), (0.136,
    -0.112), (0.122, -0.040), (0.098, 0.048), (0.05, 0.084), (0.0, 0.090), (-0.05, 0.080), (-0.092, 0.050)),
    "half-rim": points((-0.106, -0.02), (-0.104, -0.056), (-0.080, -0.068), (0.0, -0.072), (0.095, -0.070),
    (0.114, -0.054), (0.114, 0.0), (0.098, 0.056), (0.05, 0.076), (0.0, 0.078), (-0.06, 0.070), (-0.096, 0.04)),
}  # fmt: skip


def _rim(head: Head, person: Person, side: int) -> Points:
    shape = _SHAPES[person.glasses]
    x = side * (eye_x(person) + shape[:, 0])
    y = shape[:, 1] + 0.012
    z = 0.445 - 0.55 * np.maximum(np.abs(x) - 0.10, 0) - 0.04 * np.abs(x)
    return head.turn.flat(np.stack([x, y, z], axis=1))


def draw_glasses(pen: Pen, head: Head, person: Person) -> None:
    """The glasses, over the eyes and brows, under the hair."""
    if person.glasses == "none":
        return
    colour = person.frame_colour
    thick = 0.0125 if person.glasses in ("round", "half-rim") else 0.0185
    gleam = mix(tone(colour, 1.5), "#ffffff", 0.25)
    for side in (-1, 1):
        rim = _rim(head, person, side)
        hinge = rim[6 if person.glasses != "cat-eye" else 5]
        ear = head.turn.flat(np.array([[side * 0.352, -0.035, 0.03]]))[0]
        shown = 1.0 if np.cos(side * 1.25 + head.yaw) > 0.05 else 0.0
        pen.stroke(np.stack([hinge, ear]), colour, thick * 0.95, shown)
        path = loop(rim)
        pen.fill(path, "#dfeaf2", 0.10)
        _shine(pen, rim, path)
        if person.glasses == "half-rim":
            pen.trace(path, mix(colour, "#ffffff", 0.4), 0.004, 0.8)
            pen.stroke(rim[:7], colour, thick * 1.1)
        else:
            pen.trace(path, colour, thick)
        pen.stroke(rim[2:5], gleam, thick * 0.22, 0.5)
    y, z = -0.018, 0.470
    bridge = head.turn.flat(
        np.array(
            [
                [-(eye_x(person) - 0.108), y + 0.010, 0.445],
                [0.0, y - 0.004, z],
                [eye_x(person) - 0.108, y + 0.010, 0.445],
            ]
        )
    )
    pen.stroke(bridge, colour, thick * 0.95)


def _shine(pen: Pen, rim: Points, path: Shape) -> None:
    """Two slanting gleams on the lens."""
    centre = rim.mean(axis=0)
    pen.clip(path)
    for shift, width in ((-0.050, 0.026), (-0.018, 0.010)):
        line = centre + points((shift - 0.05, 0.12), (shift + 0.05, -0.12))
        pen.stroke(line, "#ffffff", width, 0.13)
    pen.free()
