"""Rigs from files: drawn ones from .json, photographed ones from .npz; and the engines that make them."""

from pathlib import Path

from duocast.compiler.value import WrongValue
from duocast.runtime.engine import Engine, EngineError, FailureClass
from duocast.runtime.picture.rig import Rig


def load_rig(path: Path) -> Rig:
    """The rig in `path`. Raises `EngineError` (poisoned, A0211) if it is of no kind that is known."""
    if path.suffix == ".npz":
        from duocast.runtime.picture.photo.rig import PhotoRig

        return PhotoRig.load(path)
    if path.suffix == ".json":
        return _drawn(path)
    raise _no_rig(path)


def _drawn(path: Path) -> Rig:
    from duocast.runtime.picture.drawn.person import Person
    from duocast.runtime.picture.drawn.rig import DrawnRig

    try:
        return DrawnRig(Person.from_json(path.read_bytes()))
    except WrongValue as error:
        raise _no_rig(path) from error


def _no_rig(path: Path) -> EngineError:
    message = f"{path.name} is not a rig"
    return EngineError(
        FailureClass.POISONED, "A0211", message, "Delete it from the store and render again."
    )


def picture_engines() -> tuple[Engine, ...]:
    """The engines that make portraits. Model libraries are loaded when they run."""
    from duocast.runtime.picture.drawn.engine import DrawnPortrait
    from duocast.runtime.picture.photo.engine import PhotoPortrait

    return (DrawnPortrait(), PhotoPortrait())
