"""Stretches: a script cut at its headings, each with what is asked of it again and again."""

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.memory import Memory
from duocast.language import Card, Script, Span
from duocast.language import nodes as syntax


class Stretch(Struct, frozen=True, gc=False):
    """A heading and all blocks up to the next one. The first stretch has no heading, and may have no blocks."""

    heading: syntax.SceneHeading | None
    blocks: tuple[syntax.Block, ...]
    """Without the heading."""
    scene: syntax.Scene | None
    """What is told of it; None where nothing stands before the first heading that could be."""
    cards: tuple[Card, ...]
    speakers: tuple[syntax.Speech, ...]
    """The first speech of everybody who speaks, with an @ and without."""
    forced: tuple[syntax.Speech, ...]
    """Those of them with an @."""
    sections: tuple[syntax.Section, ...]
    beside: tuple[syntax.Block, ...]
    """Synopses, notes and lyrics."""
    named: frozenset[str]
    """Keys of the names of its place and of those who speak."""


def stretches(script: Script, memory: Memory) -> tuple[Stretch, ...]:
    """The stretches of a script, in order: at least one."""
    return memory.runs("stretches", script.blocks, _begins, _stretch)


def _begins(block: syntax.Block) -> bool:
    return type(block) is syntax.SceneHeading


def _stretch(run: tuple[syntax.Block, ...]) -> Stretch:
    heading = run[0] if run and isinstance(run[0], syntax.SceneHeading) else None
    blocks = run[1:] if heading is not None else run
    cards = tuple(block for block in blocks if isinstance(block, Card))
    told = tuple(block for block in blocks if not isinstance(block, Card)) if cards else blocks
    speeches = (block for block in blocks if isinstance(block, syntax.Speech))
    speakers: dict[tuple[str, bool], syntax.Speech] = {}
    for speech in speeches:
        speakers.setdefault((speech.name.key, speech.forced), speech)
    names = {key for key, _ in speakers}
    return Stretch(
        heading=heading,
        blocks=blocks,
        scene=_scene(heading, told),
        cards=cards,
        speakers=tuple(speakers.values()),
        forced=tuple(speech for speech in speakers.values() if speech.forced),
        sections=tuple(block for block in blocks if isinstance(block, syntax.Section)),
        beside=tuple(
            block
            for block in blocks
            if isinstance(block, syntax.Synopsis | syntax.Note | syntax.Lyric)
        ),
        named=frozenset(names | {heading.place.key} if heading is not None else names),
    )


def _scene(
    heading: syntax.SceneHeading | None, blocks: tuple[syntax.Block, ...]
) -> syntax.Scene | None:
    """The scene, its place one that moves with the text."""
    scene = syntax.scene(heading, blocks)
    if scene is None:
        return None
    first = heading or next(block for block in blocks if block.span.start == scene.span.start)
    length = scene.span.end - scene.span.start
    begin = first.span.begin
    return replace(scene, span=Span(begin, begin + length, first.span.place))
