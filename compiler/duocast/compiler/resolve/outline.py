"""The outline: what stands around and beside the scenes, for people: sections, synopses, remarks, sung lines."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.stretches import Stretch
from duocast.language import nodes as syntax


class Outlined(Struct, frozen=True, gc=False):
    """One scene's place in the outline, and what is said about it."""

    sections: tuple[str, ...] = ()
    synopsis: str = ""
    remarks: tuple[str, ...] = ()
    lyrics: tuple[str, ...] = ()


NOTHING = Outlined()


def outline(stretches: Iterable[Stretch], findings: Findings) -> dict[int, Outlined]:
    """By where a scene's heading starts, of those that there is anything to say of. What stands above the first
    heading belongs to it."""
    found: dict[int, Outlined] = {}
    sections: list[syntax.Section] = []
    held: tuple[syntax.Block, ...] = ()
    for stretch in stretches:
        if not (sections or held or stretch.sections or stretch.beside):
            continue
        above = tuple(section.title.text for section in sections)
        held = (*held, *stretch.beside)
        if stretch.heading is not None:
            if above or held:
                found[stretch.heading.span.start] = _outlined(above, held, findings)
            held = ()
        for section in stretch.sections:
            sections = [one for one in sections if one.level < section.level] + [section]
    return found


def _outlined(
    sections: tuple[str, ...], held: tuple[syntax.Block, ...], findings: Findings
) -> Outlined:
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
    held: tuple[syntax.Block, ...], kind: type[syntax.Synopsis] | type[syntax.Note]
) -> Iterator[str]:
    for block in held:
        if isinstance(block, kind):
            yield " ".join(block.text.split())
