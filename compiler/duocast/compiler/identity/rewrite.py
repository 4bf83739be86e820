"""Rewriting: a screenplay's values with the lasting names of lines, shots and roles in the place of fresh ones."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.operations.animate import Gesture
from duocast.compiler.operations.compose import CameraMove, Person
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.screenplay import (
    Camera,
    ChapterCue,
    Line,
    Moment,
    Reaction,
    Said,
    Scene,
    Shot,
    SoundCue,
)

Kind = Literal["line", "shot", "role", "inside"]
FIELDS: Mapping[type, Mapping[str, Kind]] = {
    Scene: {"wardrobe": "role", "people": "inside", "lines": "inside", "shots": "inside"},
    Line: {
        "id": "line",
        "role": "role",
        "addresses": "role",
        "gestures": "inside",
        "reactions": "inside",
    },
    Reaction: {"role": "role", "gesture": "inside"},
    Gesture: {"line": "line", "target": "role"},
    Person: {"role": "role"},
    Shot: {
        "id": "shot",
        "camera": "inside",
        "beats": "inside",
        "overlays": "inside",
        "reactions": "inside",
    },
    Camera: {"subjects": "role", "move": "inside"},
    CameraMove: {"target": "role"},
    Said: {"line": "line", "with_line": "line"},
    Overlay: {"line": "line"},
    SoundCue: {"start": "inside", "stop": "inside", "duck_under": "role"},
    ChapterCue: {"at": "inside"},
    Moment: {"shot": "shot", "line": "line"},
}
"""Every field of a screenplay that holds one of these names, or something that does."""

Whole = TypeVar("Whole", bound=Struct)


class Names(Struct, frozen=True, gc=False):
    """Fresh names to lasting ones; a name that is not there stays. Lines are those of one scene."""

    lines: Mapping[str, str]
    shots: Mapping[str, str]
    roles: Mapping[str, str]

    @property
    def trivial(self) -> bool:
        """Whether every name stays."""
        return not (self.lines or self.shots or self.roles)

    def of(self, kind: Kind) -> Mapping[str, str]:
        """The names of one kind."""
        return {"line": self.lines, "shot": self.shots, "role": self.roles}.get(kind, {})


def rewritten(value: Whole, names: Names) -> Whole:
    """The value with its names put right; the very same value when none is in it."""
    changes = {}
    for field, kind in FIELDS.get(type(value), {}).items():
        old = getattr(value, field)
        if old:
            new = _inside(old, names) if kind == "inside" else _named(old, names.of(kind))
            if new is not old:
                changes[field] = new
    return replace(value, **changes) if changes else value


def _inside(value: object, names: Names) -> object:
    if isinstance(value, tuple):
        new = tuple([_inside(one, names) for one in value])
        return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
    return rewritten(value, names) if isinstance(value, Struct) else value


def _named(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple) and names:
        return tuple([_pair(one, names) for one in value])
    return value


def _pair(value: object, names: Mapping[str, str]) -> object:
    """One of a tuple of names, or of (name, something) pairs as in a wardrobe."""
    if isinstance(value, tuple):
        return (names.get(value[0], value[0]), *value[1:])
    return names.get(value, value) if isinstance(value, str) else value
