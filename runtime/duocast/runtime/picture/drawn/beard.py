"""The beard: on the jaw it moves with, from stubble to full."""

import numpy as np

from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.face import head_path
from duocast.runtime.picture.drawn.ink import Points, loop, outline, points
from duocast.runtime.picture.drawn.mouth import HEIGHT, Lips, lips
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones
from duocast.runtime.picture.pose import Pose

_CHEEK = points(
    (86, 0.00),
    (77, 0.05),
    (70, 0.12),
    (62, 0.185),
    (50, 0.225),
    (36, 0.240),
    (22, 0.236),
    (9, 0.246),
    (0, 0.254),
)
_GOATEE = points((24, 0.345), (22, 0.300), (17, 0.262), (9, 0.248), (0, 0.255))


_CROPPED = 0.74
"""How much of the skin a cropped beard covers."""


def _cropped(tones: Tones, share: float = _CROPPED) -> str:
    """The colour of a cropped beard on skin."""
    return mix(tones.shade, tones.beard_short, share)


def draw_beard(pen: Pen, head: Head, person: Person, tones: Tones) -> None:
    """What grows on cheeks and chin; the moustache comes after the mouth."""
    kind = person.beard
    if kind in ("none", "moustache"):
        return
    if kind == "goatee":
        _chin(pen, head, tones)
        return
    right = head.around(np.deg2rad(_CHEEK[:, 0]), _CHEEK[:, 1])
    left = head.around(np.deg2rad(-_CHEEK[:, 0]), _CHEEK[:, 1])
    grow = {"stubble": 0.0, "short": 0.022, "full": 0.085}[kind]
    jaw_left, jaw_right = head.rim(-1, 0.02), head.rim(1, 0.02)
    jaw = np.concatenate([jaw_right, jaw_left[-2::-1]])
    middle = jaw.mean(axis=0)
    down = np.clip((jaw[:, 1] - middle[1] + 0.12) / 0.4, 0, 1)
    jaw = jaw + (jaw - middle) * np.array([0.25, 0.0]) * grow * down[:, None]
    jaw[:, 1] += grow * down
    path = outline(np.concatenate([left, right[-2::-1]]), jaw)
    if kind == "stubble":
        colour = mix(tones.beard_deep, tones.skin, 0.25)
        pen.fill(path, colour, 0.17)
        for lower in (0.014, 0.030):
            edge = _CHEEK + np.array([0.0, lower])
            inner = np.concatenate(
                [
                    head.around(np.deg2rad(-edge[:, 0]), edge[:, 1]),
                    head.around(np.deg2rad(edge[:, 0]), edge[:, 1])[-2::-1],
                ]
            )
            pen.fill(outline(inner, jaw), colour, 0.075)
        return
    if kind == "full":
        pen.fill(path, tones.beard, 0.96)
    else:
        pen.clip(head_path(head), keep=False)
        pen.fill(path, _cropped(tones))
        pen.free()
        pen.fill(path, tones.beard_short, _CROPPED)
    pen.clip(path)
    under = jaw + np.array([0.0, -0.075])
    pen.fill(outline(jaw, under[::-1]), tones.beard_deep, 0.5)
    for x in (-0.16, -0.09, -0.02, 0.06, 0.13):
        line = head.on(np.array([x, x * 0.9, x * 0.75]), np.array([0.36, 0.42, 0.475]), 0.02)
        pen.brush(line, (0.0, 0.010, 0.0), tones.beard_gloss, 0.28)
    pen.free()
    patch = head.on(np.array([-0.07, 0.0, 0.07, 0.0]), np.array([0.375, 0.371, 0.375, 0.39]), 0.02)
    pen.spot(patch[1], (0.055, 0.016), tones.shade, 0.35)


def _chin(pen: Pen, head: Head, tones: Tones) -> None:
    right = head.around(np.deg2rad(_GOATEE[:, 0]), _GOATEE[:, 1])
    left = head.around(np.deg2rad(-_GOATEE[:, 0]), _GOATEE[:, 1])
    low = head.on(
        np.array([0.095, 0.085, 0.05, 0.0, -0.05, -0.085, -0.095]),
        np.array([0.39, 0.445, 0.495, 0.515, 0.495, 0.445, 0.39]),
        0.01,
    )
    pen.fill(outline(np.concatenate([left, right[-2::-1]]), low), tones.beard_short, 0.88)


def draw_bare_skin(pen: Pen, head: Head, pose: Pose, person: Person, tones: Tones) -> None:
    """The skin that a beard leaves free round the lips, wider at the corners than under the middle."""
    if person.beard not in ("goatee", "short", "full"):
        return
    shape = lips(person, pose)
    room = 0.6 if person.beard == "full" else 1.0
    part = np.abs(shape.x) / max(float(abs(shape.x[0])), 1e-9)
    under = room * (0.008 + 0.016 * np.exp(-(((part - 0.62) / 0.26) ** 2)))
    out = np.sign(shape.x) * 0.013 * room * part**4
    above, below = shape.top - 0.010 * room, shape.bottom + under
    rim = np.concatenate([_ring(head, shape, above, out), _ring(head, shape, below, out)[::-1]])
    pen.fill(loop(rim), mix(tones.skin, tones.shade, 0.35))


def _ring(head: Head, shape: Lips, y: Points, out: Points) -> Points:
    """Places round the lips, `out` beside them."""
    return head.fixed(shape.x + out, y, 0.02)


def draw_moustache(pen: Pen, head: Head, pose: Pose, person: Person, tones: Tones) -> None:
    """Hair over the upper lip; it rides on the lip and leaves its lower half free."""
    if person.beard not in ("moustache", "goatee", "short", "full"):
        return
    shape: Lips = lips(person, pose)
    lip = shape.top - HEIGHT
    reach = float(abs(shape.x[0]))
    heavy = {"moustache": 1.10, "full": 1.0, "short": 0.72, "goatee": 0.72}[person.beard]
    dense = person.beard in ("full", "moustache")
    colour = tones.beard if dense else _cropped(tones, 0.88)
    along = np.array([-0.07, 0.33, 0.64, 0.94, 1.16])
    for side in (-1, 1):
        x = side * along * reach
        rides = np.interp(np.abs(x), shape.x[5:], lip[5:])
        y = HEIGHT + rides + np.array([-0.026, -0.028, -0.024, -0.008, 0.016])
        y[3:] -= 0.016 * pose.smile
        line = head.fixed(x, y, np.array([0.045, 0.04, 0.03, 0.02, 0.01]))
        widths = np.array([0.032, 0.042, 0.037, 0.025, 0.0]) * heavy
        pen.brush(line + np.array([0.0, 0.007]), widths.tolist(), tones.beard_deep, 0.55)
        pen.brush(line, widths.tolist(), colour, 0.97)
        pen.brush(line[1:4] + np.array([0.0, -0.006]), (0.0, 0.008, 0.0), tones.beard_gloss, 0.35)
