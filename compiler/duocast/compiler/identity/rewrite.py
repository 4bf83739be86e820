"""Rewriting: a screenplay's values with the lasting names of lines, shots and roles in the place of fresh ones."""

from collections.abc import Mapping
from functools import lru_cache
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
HELD: Mapping[type, Mapping[str, type]] = {
    Scene: {"people": Person, "lines": Line, "shots": Shot},
    Line: {"gestures": Gesture, "reactions": Reaction},
    Reaction: {"gesture": Gesture},
    Shot: {"camera": Camera, "beats": Said, "overlays": Overlay, "reactions": Reaction},
    Camera: {"move": CameraMove},
    SoundCue: {"start": Moment, "stop": Moment},
    ChapterCue: {"at": Moment},
}
"""What stands inside a field."""
INSIDE: Mapping[type, frozenset[type]] = {
    of: frozenset(fields.values()) for of, fields in HELD.items()
}

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

    @property
    def tables(self) -> "Tables":
        """By type, its fields in which one of these names may stand, with the names for each."""
        moving: dict[Kind, Mapping[str, str]] = {
            "line": self.lines,
            "shot": self.shots,
            "role": self.roles,
        }
        wanted = frozenset(kind for kind, names in moving.items() if names)
        return {
            of: [(name, None if kind == "inside" else moving[kind]) for name, kind in fields]
            for of, fields in _fields(wanted).items()
        }


Tables = Mapping[type, list[tuple[str, Mapping[str, str] | None]]]


@lru_cache(maxsize=8)
def _fields(wanted: frozenset[Kind]) -> dict[type, list[tuple[str, Kind]]]:
    """The fields that hold a name of these kinds, or something that does."""
    reached: set[type] = set()
    while True:
        more = {of for of, fields in FIELDS.items() if wanted & set(fields.values())}
        more |= {of for of in FIELDS if INSIDE.get(of, frozenset()) & reached}
        if more <= reached:
            break
        reached |= more
    return {
        of: [
            (name, kind)
            for name, kind in FIELDS[of].items()
            if kind in wanted or (kind == "inside" and HELD[of][name] in reached)
        ]
        for of in reached
    }


def rewritten(value: Whole, tables: Tables) -> Whole:
    """The value with its names put right; the very same value when none is in it."""
    changes = {}
    for field, names in tables.get(type(value), ()):
        old = getattr(value, field)
        if old:
            new = _inside(old, tables) if names is None else _named(old, names)
            if new is not old:
                changes[field] = new
    return replace(value, **changes) if changes else value


def _inside(value: object, tables: Tables) -> object:
    if type(value) is not tuple:
        return rewritten(value, tables) if isinstance(value, Struct) else value
    changed = False
    made = []
    for one in value:
        new = rewritten(one, tables) if type(one) in tables else one
        changed = changed or new is not one
        made.append(new)
    return tuple(made) if changed else value


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
