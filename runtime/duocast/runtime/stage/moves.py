"""Camera moves: where the camera is at each instant, smooth below a pixel."""

import math
import random
from collections.abc import Sequence

from duocast.compiler.operations.compose import CameraMove, Framed, Layout
from duocast.runtime.stage.placing import ROOM, Stage

Box = tuple[float, float, float, float]
"""x, y, width, height in pixels of the stage."""

PUSH, ZOOM, SLIDE, RISE = 0.085, 0.13, 0.062, 0.055
"""An ordinary move's reach: of the zoom, and of the frame's width and height."""
PARALLAX = {
    "truck left": 0.3,
    "truck right": 0.3,
    "orbit": 0.55,
    "push in": 0.25,
    "pull out": 0.25,
    "crane": 0.3,
}
HANDHELD = 0.0045
_SWAYS = ((0.37, 1.0), (0.83, 0.5), (1.61, 0.22))
"""(hertz, weight) of a hand's sway."""


def path(
    move: CameraMove, stage: Stage, angle: str, face: tuple[float, float]
) -> tuple[Framed, Framed, float, float]:
    """Start and end of a move on a stage, the hand's sway and the parallax. `face` is what a push goes to."""
    middle = (stage.width / 2, stage.height / 2)
    roll = 6.0 if angle == "dutch" else 0.0
    zoom = 1.09 if roll else 1.0
    start = Framed(x=middle[0], y=middle[1], zoom=zoom, roll=roll)
    end = _end(move, stage, start, face)
    if move.kind in ("pull out", "zoom out"):
        start, end = end, start
    sway = HANDHELD * move.amount if move.kind == "handheld" else 0.0
    return start, end, sway, PARALLAX.get(move.kind, 0.0)


def middle(faces: Sequence[Box], stage: Stage) -> tuple[float, float]:
    """Where the camera looks: the middle of these faces, that of the stage if there are none."""
    if not faces:
        return (stage.width / 2, stage.height / 2)
    return (
        sum(f[0] + f[2] / 2 for f in faces) / len(faces),
        sum(f[1] + f[3] / 2 for f in faces) / len(faces),
    )


def _end(move: CameraMove, stage: Stage, start: Framed, face: tuple[float, float]) -> Framed:
    kind, amount = move.kind, min(move.amount, 1.8)
    if kind in ("push in", "pull out", "zoom in", "zoom out"):
        zoom = 1 + (PUSH if kind in ("push in", "pull out") else ZOOM) * amount
        return Framed(
            x=start.x + (face[0] - start.x) * (1 - 1 / zoom),
            y=start.y + (face[1] - start.y) * (1 - 1 / zoom) * 0.6,
            zoom=start.zoom * zoom,
            roll=start.roll,
        )
    x, y = _slide(kind)
    width = stage.width / (1 + 2 * ROOM)
    room = _room(stage, width, start)
    nearest = 1 + PARALLAX.get(kind, 0.0)
    reach = min(
        amount,
        room[0] / (nearest * SLIDE * width) if x else amount,
        room[1] / (nearest * RISE * stage.frame) if y else amount,
    )
    moved = {
        "x": start.x + x * SLIDE * reach * width,
        "y": start.y + y * RISE * reach * stage.frame,
    }
    return start.replace(**moved)


def _room(stage: Stage, width: float, start: Framed) -> tuple[float, float]:
    """How far the camera can go to a side and up before the frame, turned as it is, leaves the stage."""
    cos, sin = math.cos(math.radians(start.roll)), abs(math.sin(math.radians(start.roll)))
    half_x = (width * cos + stage.frame * sin) / 2 / start.zoom
    half_y = (stage.frame * cos + width * sin) / 2 / start.zoom
    return 0.97 * (stage.width / 2 - half_x), 0.97 * (stage.height / 2 - half_y)


def _slide(kind: str) -> tuple[float, float]:
    return {
        "pan left": (-1.0, 0.0),
        "pan right": (1.0, 0.0),
        "truck left": (-1.0, 0.0),
        "truck right": (1.0, 0.0),
        "orbit": (1.0, 0.0),
        "tilt up": (0.0, -1.0),
        "tilt down": (0.0, 1.0),
        "pedestal up": (0.0, -1.0),
        "pedestal down": (0.0, 1.0),
        "crane": (0.25, -1.0),
    }.get(kind, (0.0, 0.0))


def still(layout: Layout) -> bool:
    """Whether the camera doesn't move at all in the shot."""
    return layout.start == layout.end and layout.handheld == 0


def moved(layout: Layout, part: float, seconds: float) -> float:
    """How much of the move is over: a move with a length of its own is done before the shot is."""
    return part if layout.move_seconds is None else min(1.0, seconds / layout.move_seconds)


def camera_at(layout: Layout, part: float, seconds: float) -> Framed:
    """The camera when `part` (0 to 1) of the shot is over, `seconds` after its start."""
    part = moved(layout, part, seconds)
    eased = part * part * (3 - 2 * part)
    x, y, zoom, roll = (
        a + (b - a) * eased
        for a, b in zip(_numbers(layout.start), _numbers(layout.end), strict=True)
    )
    if layout.handheld:
        sway = layout.handheld * layout.height
        x += sway * _sway(layout.seed, seconds)
        y += sway * _sway(layout.seed + 1, seconds)
        roll += 60 * layout.handheld * _sway(layout.seed + 2, seconds)
        zoom *= 1.02
    return Framed(x=x, y=y, zoom=zoom, roll=roll)


def _numbers(framed: Framed) -> tuple[float, float, float, float]:
    return framed.x, framed.y, framed.zoom, framed.roll


def _sway(seed: int, seconds: float) -> float:
    dice = random.Random(seed)
    return sum(
        weight * math.sin(2 * math.pi * (hertz * seconds + dice.random()))
        for hertz, weight in _SWAYS
    )
