"""The `.scene` language: parse, diagnose, format. Pure: no files, no network, no model.

    parsed = parse(Source("film.scene", text))
    for diagnostic in parsed.diagnostics:
        ...

A text that is edited again and again is a `Manuscript`, which reads again only what an edit touched; `outline` tells
blocks and their places alone. Importing the package is quick: the parser is loaded when it is first used, rich when
something is rendered in colour. Lark makes the tables of the grammars beforehand (see `tables`).
"""

from importlib import import_module
from typing import TYPE_CHECKING

import duocast.language.lean  # noqa: F401 -- before the first `import msgspec`
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
from duocast.language.source import Position, Source, Span

if TYPE_CHECKING:
    from duocast.language.bracket import read_direction
    from duocast.language.manuscript import Manuscript
    from duocast.language.outline import Part, outline
    from duocast.language.parser import Parsed, parse
    from duocast.language.render import render, summary

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
    "Manuscript",
    "Mark",
    "Move",
    "Name",
    "Node",
    "Note",
    "Number",
    "Option",
    "PageBreak",
    "Parsed",
    "Part",
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
    "outline",
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


_LATER = {
    "Manuscript": "manuscript",
    "Parsed": "parser",
    "Part": "outline",
    "outline": "outline",
    "parse": "parser",
    "read_direction": "bracket",
    "render": "render",
    "summary": "render",
}
"""Names that bring the parser or the rendering, and the modules that have them."""


def __getattr__(name: str) -> object:
    """Load what is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"duocast.language.{_LATER[name]}"), name)
    globals()[name] = found
    return found
