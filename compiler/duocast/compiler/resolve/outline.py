"""The outline: what stands around and beside the scenes, for people: sections, synopses, remarks, sung lines."""

from collections.abc import Iterator

from msgspec import Struct

from duocast.compiler.resolve.findings import Findings
from duocast.language import nodes as syntax


class Outlined(Struct, frozen=True, gc=False):
    """One scene's place in the outline, and what is said about it."""

    sections: tuple[str, ...] = ()
    synopsis: str = ""
    remarks: tuple[str, ...] = ()
    lyrics: tuple[str, ...] = ()


NOTHING = Outlined()
_TOLD = frozenset({syntax.Speech, syntax.Action, syntax.DirectionLine, syntax.CueLine})
"""Blocks that are the scene itself: most of them."""


def outline(script: syntax.Script, findings: Findings) -> dict[int, Outlined]:
    """By where a scene's heading starts. What stands above the first heading belongs to it."""
    found: dict[int, Outlined] = {}
    sections: list[syntax.Section] = []
    held: list[syntax.Block] = []
    heading: syntax.SceneHeading | None = None
    above: tuple[str, ...] = ()
    for block in script.blocks:
        if type(block) in _TOLD:
            continue
        if isinstance(block, syntax.Section):
            sections = [one for one in sections if one.level < block.level] + [block]
        elif isinstance(block, syntax.SceneHeading):
            if heading is not None:
                found[heading.span.start] = _outlined(above, held, findings)
                held = []
            heading = block
            above = tuple(section.title.text for section in sections)
        elif isinstance(block, syntax.Synopsis | syntax.Note | syntax.Lyric):
            held.append(block)
    if heading is not None:
        found[heading.span.start] = _outlined(above, held, findings)
    return found


def _outlined(sections: tuple[str, ...], held: list[syntax.Block], findings: Findings) -> Outlined:
    lyrics = [block for block in held if isinstance(block, syntax.Lyric)]
    if lyrics:
        findings.carry("sung lines", lyrics[0].span)
    return Outlined(
        sections,
        " ".join(_texts(held, syntax.Synopsis)),
        tuple(_texts(held, syntax.Note)),
        tuple(block.text for block in lyrics),
    )


def _texts(
    held: list[syntax.Block], kind: type[syntax.Synopsis] | type[syntax.Note]
) -> Iterator[str]:
    for block in held:
        if isinstance(block, kind):
            yield " ".join(block.text.split())
