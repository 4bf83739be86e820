"""The `.scene` language: parse, diagnose, format. Pure: no files, no network, no model.

    parsed = parse(Source("film.scene", text))
    for diagnostic in parsed.diagnostics:
        ...

Importing the package is quick: the parser (and lark) is loaded when `parse` is first used, rich when something is
rendered in colour.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from duocast.language.cue import Cue, CueKind, Until
from duocast.language.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Label,
    Severity,
    apply,
    error,
    has_errors,
    insertion,
    note,
    removal,
    removal_from_list,
    replacement,
    warning,
)
from duocast.language.direction import (
    Coverage,
    Delivery,
    Direction,
    Gesture,
    Hold,
    LookAt,
    Mark,
    Move,
    Pause,
    SayAs,
    Shot,
    Unknown,
    Vocal,
    Wears,
)
from duocast.language.nearest import certain, nearest
from duocast.language.node import Name, Node, Quantity, Text
from duocast.language.nodes import (
    ActingNote,
    Action,
    Block,
    Boneyard,
    Card,
    CardKind,
    Centred,
    CueLine,
    DirectionLine,
    Entry,
    Inline,
    Lyric,
    Note,
    PageBreak,
    Scene,
    SceneHeading,
    Script,
    Section,
    Speech,
    Synopsis,
    Transition,
    TransitionKind,
    Words,
)
from duocast.language.options import Option, parse_options
from duocast.language.quantity import Number, read_number
from duocast.language.render import render, summary
from duocast.language.source import Position, Source, Span

if TYPE_CHECKING:
    from duocast.language.bracket import read_direction
    from duocast.language.parser import Parsed, parse

__all__ = [
    "ActingNote",
    "Action",
    "Block",
    "Boneyard",
    "Card",
    "CardKind",
    "Centred",
    "Coverage",
    "Cue",
    "CueKind",
    "CueLine",
    "Delivery",
    "Diagnostic",
    "Direction",
    "DirectionLine",
    "Edit",
    "Entry",
    "Fix",
    "Gesture",
    "Hold",
    "Inline",
    "Label",
    "LookAt",
    "Lyric",
    "Mark",
    "Move",
    "Name",
    "Node",
    "Note",
    "Number",
    "Option",
    "PageBreak",
    "Parsed",
    "Pause",
    "Position",
    "Quantity",
    "SayAs",
    "Scene",
    "SceneHeading",
    "Script",
    "Section",
    "Severity",
    "Shot",
    "Source",
    "Span",
    "Speech",
    "Synopsis",
    "Text",
    "Transition",
    "TransitionKind",
    "Unknown",
    "Until",
    "Vocal",
    "Wears",
    "Words",
    "apply",
    "certain",
    "error",
    "has_errors",
    "insertion",
    "nearest",
    "note",
    "parse",
    "parse_options",
    "read_direction",
    "read_number",
    "removal",
    "removal_from_list",
    "render",
    "replacement",
    "summary",
    "warning",
]


def __getattr__(name: str) -> object:
    """Load the parser, which brings lark, when it is first asked for."""
    if name in ("Parsed", "parse"):
        module = import_module("duocast.language.parser")
        globals().update(Parsed=module.Parsed, parse=module.parse)
        return globals()[name]
    if name == "read_direction":
        found: object = import_module("duocast.language.bracket").read_direction
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
