"""Wishes: a shot's direction with its names looked up."""

from duocast.compiler.cover import CameraWish
from duocast.compiler.operations.compose import CameraMove
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.resolve.findings import Findings
from duocast.language.direction import Shot

SPEEDS = {"slow": 0.5, "ordinary": 1.0, "fast": 2.0}


def wish(shot: Shot, cast: Cast, findings: Findings) -> CameraWish:
    """The shot that the writer asks for."""
    roles = [cast.mentioned(name, findings) for name in shot.subjects]
    move = None
    if shot.move is not None:
        move = CameraMove(kind=shot.move.kind, amount=SPEEDS[shot.move.speed])
    return CameraWish(
        size=shot.size,
        framing=shot.framing,
        subjects=tuple(role.id for role in roles if role is not None),
        lens_mm=shot.lens_mm,
        angle=shot.angle,
        move=move,
        thing=shot.thing.text if shot.thing is not None else "",
    )
