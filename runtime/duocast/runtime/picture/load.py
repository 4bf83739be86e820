"""Rigs from files: drawn ones from .json, photographed ones from .npz; and the engines that make them."""

from pathlib import Path

from duocast.runtime.engine import Engine, EngineError, FailureClass
from duocast.runtime.picture.rig import Rig


def load_rig(path: Path) -> Rig:
    """The rig in `path`. Raises `EngineError` (poisoned, A0211) if it is of no kind that is known."""
    if path.suffix == ".npz":
        from duocast.runtime.picture.photo.rig import PhotoRig

        return PhotoRig.load(path)
    if path.suffix == ".json":
        from duocast.runtime.picture.drawn.person import Person
        from duocast.runtime.picture.drawn.rig import DrawnRig

        return DrawnRig(Person.model_validate_json(path.read_bytes()))
    message = f"{path.name} is not a rig"
    raise EngineError(
        FailureClass.POISONED, "A0211", message, "Delete it from the store and render again."
    )


def picture_engines() -> tuple[Engine, ...]:
    """The engines that make portraits. Model libraries are loaded when they run."""
    from duocast.runtime.picture.photo.engine import PhotoPortrait

    return (PhotoPortrait(),)
