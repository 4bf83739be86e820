"""The stage: places, framing, camera and the frames of a shot."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duocast.runtime.engine import Engine

__all__ = ["stage_engines"]


def stage_engines() -> "tuple[Engine, ...]":
    """The engines `drawn-place`, `picture-place` and `stage`."""
    from duocast.runtime.stage.compose import StageComposer
    from duocast.runtime.stage.plates import DrawnPlace, PicturePlace

    return (DrawnPlace(), PicturePlace(), StageComposer())
