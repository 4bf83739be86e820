"""An inventory: everything that a script directs, gathered scene by scene in one walk for all reviews."""

from collections.abc import Mapping

from msgspec import Struct, field

from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.resolve.stretches import Stretch
from duocast.language import Node, Source, Span
from duocast.language import nodes as syntax
from duocast.language.cue import Cue
from duocast.language.direction import LookAt, Mark, Pause, Shot

Speaking = syntax.Speech | None
"""The speech that a direction stands in."""


class SceneInventory(Struct):
    """What one scene directs, in order."""

    shots: list[Shot] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    looks: list[tuple[LookAt, Speaking]] = field(default_factory=list)
    speeches: list[syntax.Speech] = field(default_factory=list)
    transitions: list[syntax.Transition] = field(default_factory=list)


class Inventory(Struct, frozen=True, gc=False):
    """A stretch of a script with what it directs, and what a review needs beside it."""

    sources: Sources
    source: Source
    """The main script as text."""
    reader: Reader
    findings: Findings
    cast: Mapping[str, Span | None]
    """Everybody by the key of their name, with the card that declares them; empty where no card does."""
    stretch: Stretch
    scene: SceneInventory


def take_inventory(stretch: Stretch) -> SceneInventory:
    """What a stretch of the script directs."""
    scene = SceneInventory()
    for block in stretch.blocks:
        match block:
            case syntax.Speech():
                scene.speeches.append(block)
                _parts(scene, block.content, block)
            case syntax.Action():
                _parts(scene, block.content, None)
            case syntax.DirectionLine():
                _put(scene, block.direction, None)
            case syntax.CueLine():
                scene.cues.append(block.cue)
            case syntax.Transition():
                scene.transitions.append(block)
            case _:
                pass
    return scene


def _parts(scene: SceneInventory, parts: tuple[Node, ...], speech: Speaking) -> None:
    for part in parts:
        if type(part) is not syntax.Words:
            _put(scene, part, speech)


def _put(scene: SceneInventory, part: Node, speech: Speaking) -> None:
    match part:
        case Shot():
            scene.shots.append(part)
        case Pause():
            scene.pauses.append(part)
        case Cue():
            scene.cues.append(part)
        case Mark():
            scene.marks.append(part)
        case LookAt():
            scene.looks.append((part, speech))
        case _:
            pass
