"""People: portraits, rigs and performances."""

from duocast.runtime.picture.load import load_rig, picture_engines

__all__ = ["load_rig", "picture_engines"]
