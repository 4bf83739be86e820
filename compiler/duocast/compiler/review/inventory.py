"""An inventory: everything that a script directs, scene by scene, gathered in one walk for all reviews."""

from msgspec import Struct, field

from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.language import Node, Source
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


class Inventory(Struct, frozen=True, gc=False):
    """A script with what all its scenes direct, and what a review needs beside it."""

    sources: Sources
    source: Source
    """The main script as text."""
    reader: Reader
    findings: Findings
    scenes: tuple[SceneInventory, ...]
    transitions: tuple[syntax.Transition, ...]

    @property
    def script(self) -> syntax.Script:
        """The main script."""
        return self.sources.script


def take_inventory(sources: Sources, reader: Reader, findings: Findings) -> Inventory:
    """The inventory of the main script."""
    scenes = [SceneInventory()]
    transitions: list[syntax.Transition] = []
    for block in sources.script.blocks:
        match block:
            case syntax.Speech():
                scenes[-1].speeches.append(block)
                _parts(scenes[-1], block.content, block)
            case syntax.SceneHeading():
                scenes.append(SceneInventory())
            case syntax.Action():
                _parts(scenes[-1], block.content, None)
            case syntax.SceneHeading():
                scenes.append(SceneInventory())
            case syntax.DirectionLine():
                _put(scenes[-1], block.direction, None)
            case syntax.CueLine():
                scenes[-1].cues.append(block.cue)
            case syntax.Transition():
                transitions.append(block)
            case _:
                pass
    source = sources.files[sources.script.span.path]
    return Inventory(sources, source, reader, findings, tuple(scenes), tuple(transitions))


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
