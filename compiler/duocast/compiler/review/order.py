"""Order: what stands before or after what it can't. One walk along the blocks of a scene, one along the scenes."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from msgspec import Struct

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.stretches import Stretch
from duocast.compiler.review.inventory import Inventory
from duocast.language.diagnostic import Edit, Fix, Label, removal, replacement
from duocast.language.node import Text
from duocast.language.nodes import (
    ActingNote,
    Boneyard,
    Card,
    Note,
    PageBreak,
    SceneHeading,
    Section,
    Speech,
    Synopsis,
    Transition,
    Words,
)
from duocast.language.pattern import pattern
from duocast.language.source import Source

_SECTIONS = attrgetter("sections")
_SILENT = (Note, Boneyard, Section, Synopsis, PageBreak, Card)
_DASHES = pattern(r"(?:-{2,}|—)[ \t]*")
_UNDER_CUE = pattern(r"\r\n|\n|\r")


class _Walk(Struct):
    """Where the walk is in a stretch of the script, and what has happened there."""

    findings: Findings
    source: Source
    begun: bool
    """Whether anything of the film has been seen."""
    opening: Transition | None = None
    """A transition that stands before everything else."""
    filled: bool = False
    spoken: bool = False
    interrupted: bool = False
    """Whether a line of this scene was cut off."""
    hanging: Speech | None = None
    """A line that was cut off, and nothing has happened since."""
    before: Transition | None = None


class Ordered(Struct, frozen=True, gc=False):
    """What other stretches must know of one: whether anything happens in it, and how the film opens in it."""

    filled: bool
    opening: Transition | None
    """A transition with nothing before it, and nothing of the film after it in this stretch."""


def review_order(inventory: Inventory) -> Ordered:
    """Transitions from nothing, dashes that nobody cuts in on, and their like, in one stretch."""
    walk = _Walk(inventory.findings, inventory.source, inventory.stretch.heading is not None)
    for block in inventory.stretch.blocks:
        if isinstance(block, Speech):
            _speech(walk, block)
        elif isinstance(block, _SILENT):
            continue
        elif isinstance(block, Transition):
            _transition(walk, block)
        else:
            _content(walk)
    if walk.hanging is not None:
        _report_hanging(walk, walk.hanging)
    return Ordered(walk.filled, None if walk.begun else walk.opening)


def review_sequence(
    stretches: Sequence[Stretch], ordered: Sequence[Ordered], source: Source, findings: Findings
) -> None:
    """What only several stretches tell: scenes in which nothing happens, numbers and levels that do not fit."""
    if ordered[0].opening is not None and len(stretches) > 1:
        _report_opening(findings, ordered[0].opening)
    for number, one in enumerate(ordered[:-1]):
        heading, following = stretches[number].heading, stretches[number + 1].heading
        if one.filled or heading is None or following is None or heading.establishing:
            continue
        _report_empty(findings, heading, following)
    _review_numbers(stretches, source, findings)
    level = 0
    for section in chain.from_iterable(map(_SECTIONS, stretches)):
        _section(findings, section, level)
        level = section.level


def _review_numbers(stretches: Sequence[Stretch], source: Source, findings: Findings) -> None:
    """Scenes have numbers of their own."""
    seen: dict[str, Text] = {}
    numbers = [
        cut.heading.number
        for cut in stretches
        if cut.heading is not None and cut.heading.number is not None
    ]
    for number in numbers:
        first = seen.setdefault(number.text, number)
        if first is not number:
            findings.warning(
                "S0118",
                f"two scenes have the number {number.text}",
                Label(number.span, "the second one"),
                Label(first.span, "the first one"),
                fix=_without_number(source, number),
            )


def _report_opening(findings: Findings, opening: Transition) -> None:
    findings.warning(
        "S0120",
        "there is nothing yet that could be cut from",
        Label(opening.span),
        hint="begin with FADE IN:",
        fix=removal(opening.span, "remove the transition"),
    )


def _report_empty(findings: Findings, empty: SceneHeading, following: SceneHeading) -> None:
    findings.warning(
        "S0117",
        "nothing happens in this scene",
        Label(empty.span),
        Label(following.span, "the next one follows at once"),
        hint="say what is seen, or take the heading out",
        fix=removal(empty.span, "remove the heading", safe=False),
    )


def _without_number(source: Source, number: Text) -> Fix:
    text, start, end = source.text, number.span.start - 1, number.span.end + 1
    start = len(text[:start].rstrip(" \t"))
    return Fix("remove the second one", (Edit(source.span(start, end), ""),), safe=False)


def _transition(walk: _Walk, block: Transition) -> None:
    if not walk.begun:
        walk.opening = walk.opening or (block if block.kind != "fade in" else None)
    elif walk.before is not None and block.kind != "fade in":
        walk.findings.warning(
            "S0121",
            "two transitions follow one another",
            Label(block.span, "this one has nothing to go from"),
            Label(walk.before.span, "after this one"),
            fix=removal(block.span, "remove the second one", safe=False),
        )
    walk.before = block
    walk.hanging = None


def _content(walk: _Walk) -> None:
    if not walk.begun and walk.opening is not None:
        _report_opening(walk.findings, walk.opening)
    walk.begun = walk.filled = True
    walk.before = walk.hanging = None


def _speech(walk: _Walk, block: Speech) -> None:
    _content(walk)
    if block.together and not walk.spoken:
        _report_together(walk, block)
    if block.breaks_in and not walk.interrupted:
        _report_breaks_in(walk, block)
    if block.content and isinstance(block.content[-1], ActingNote):
        _report_last_note(walk, block, block.content[-1])
    walk.spoken = True
    walk.interrupted = walk.interrupted or block.cut_off
    walk.hanging = block if block.cut_off else None


def _section(findings: Findings, block: Section, level: int) -> None:
    if level and block.level > level + 1:
        span = block.span.part(0, block.level)
        findings.note(
            "S0130",
            f"from a section of level {level} to one of level {block.level}",
            Label(span, f"level {level + 1} is missing between them"),
            fix=replacement(span, "#" * (level + 1), safe=False),
        )


def _report_together(walk: _Walk, block: Speech) -> None:
    at = walk.source.text.find("^", block.name.span.end)
    span = walk.source.span(at, at + 1)
    begin = len(walk.source.text[:at].rstrip(" \t"))
    walk.findings.warning(
        "S0122",
        "nobody has spoken in this scene yet",
        Label(span, "together with whom?"),
        fix=removal(walk.source.span(begin, at + 1), "remove the ^"),
    )


def _report_breaks_in(walk: _Walk, block: Speech) -> None:
    first = next((part.span for part in block.content if isinstance(part, Words)), block.span)
    match = _DASHES.match(walk.source.text, first.start)
    span = walk.source.span(*match.span()) if match else first
    walk.findings.warning(
        "S0123",
        "no line of this scene was cut off before",
        Label(span, "what does it go on from?"),
        hint="end the line before with --, or leave the dashes out",
        fix=removal(span, "remove the dashes", safe=False) if match else None,
    )


def _report_hanging(walk: _Walk, block: Speech) -> None:
    written = walk.source.slice(block.span).rstrip()
    bare = written.rstrip("-—").rstrip()
    span = block.span.part(len(bare), len(written))
    walk.findings.note(
        "S0124",
        "nobody cuts this line off: the scene is over",
        span,
        hint="write ... for somebody who trails off; -- is an interruption",
        fix=replacement(span, "...", safe=False),
    )


def _report_last_note(walk: _Walk, block: Speech, note: ActingNote) -> None:
    text = walk.source.text
    under = _UNDER_CUE.search(text, block.span.start)
    above = under.end() if under else block.span.start
    moved = Edit(walk.source.span(above, above), f"({note.text})\n")
    walk.findings.warning(
        "S0126",
        "no words follow this acting note",
        Label(note.span, "it says how to speak what comes after it"),
        hint="write what is done as action, below the speech",
        fix=Fix("move it above the line", (moved, Edit(note.span, "")), safe=False),
    )
