"""What a model needs and how its makers recommend it, as data; the sheet beside a model may change it."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, TypeVar

from duocast.compiler.value import Value

Dtype = Literal["float32", "bfloat16", "float16"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What every engine with a model states. `gigabytes` is what it needs on the device, all loaded."""

    engine: str
    pipeline: str
    """The class that loads it."""
    repository: str
    """Where its weights are published, for the person who fetches or pins them."""
    licence: str
    """The weights' licence as their page says; to be checked there before use."""
    gigabytes: float
    dtype: Dtype = "bfloat16"
    steps: int = 0
    guidance: float = 0.0


L = TypeVar("L", bound=Limits)


class Sheet(Value):
    """What is known of one model: a hub repository with its pinned revision, and what differs from the engine's limits.

    It stands as `duocast.json` in a model's folder, or beside the folders as `ENGINE.json` to pin a revision.
    """

    repository: str = ""
    revision: str = ""
    """A commit, 40 hexadecimal digits: a name of a branch would change under the film."""
    sha256: str = ""
    """The digest of `model.pth`: a file that is no safetensors is only read if it is the one meant."""
    steps: int | None = None
    guidance: float | None = None
    pixels: int | None = None
    most: int | None = None
    fps: int | None = None
    seconds: float | None = None
    gigabytes: float | None = None
    dtype: Dtype | None = None
    retakes: int | None = None
    likeness: float | None = None


def said(limits: L, sheet: Sheet) -> L:
    """The limits with what the sheet says about things that this kind of model has."""
    changes: dict[str, Any] = {
        one.name: value
        for one in fields(limits)
        if one.name in _CHANGEABLE and (value := getattr(sheet, one.name)) is not None
    }
    return replace(limits, **changes)


_CHANGEABLE = (
    *("steps", "guidance", "pixels", "most", "fps", "seconds", "gigabytes", "dtype"),
    *("retakes", "likeness"),
)
