"""A script as a printed page: its blocks become the elements that every program for screenplays knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from duocast.language.direction import Gesture, LookAt, Pause, Unknown, Vocal
from duocast.language.interchange.among import Remark, among
from duocast.language.interchange.element import Element, Kind, Manuscript, Run, plain
from duocast.language.interchange.kept import aside, restored
from duocast.language.nodes import (
    ActingNote,
    Action,
    Block,
    Boneyard,
    Card,
    Centred,
    CueLine,
    DirectionLine,
    Inline,
    Lyric,
    Note,
    PageBreak,
    SceneHeading,
    Script,
    Section,
    Speech,
    Synopsis,
    Transition,
    Words,
)
from duocast.language.source import Source

PLAYED = (Pause, Vocal, Gesture, LookAt)
"""Directions that actors know as parentheticals."""

FOUNTAIN_KEYS = (
    "title",
    "credit",
    "author",
    "source",
    "notes",
    "draft date",
    "date",
    "contact",
    "copyright",
    "revision",
)
"""What title pages of other programs know."""

_WRITTEN: Mapping[type, Kind] = MappingProxyType(
    {Note: "note", Synopsis: "synopsis", Centred: "centred", Lyric: "lyric", Boneyard: "boneyard"}
)


def manuscript(script: Script, source: Source) -> Manuscript:
    """The pages of a script. `source` is the text that it was parsed from.

    What the remarks of an exported page keep is there again: directions, cards, settings of the title page.
    """
    title_page = tuple(
        (entry.key.text, tuple(value.text for value in entry.values))
        for entry in script.title_page
        if entry.name in FOUNTAIN_KEYS
    )
    settings = [entry for entry in script.title_page if entry.name not in FOUNTAIN_KEYS]
    kept = "\n".join(source.slice(entry.span) for entry in settings)
    opening = [plain("setting", kept.replace("*/", "* /"))] if kept else []
    elements = restored(_elements(script.blocks, source))
    return Manuscript(title_page, (*opening, *elements))


def _elements(blocks: tuple[Block, ...], source: Source) -> Iterator[Element]:
    for block in blocks:
        yield from _RULES[type(block)](block, source)


def _card(card: Card, source: Source) -> Iterator[Element]:
    yield plain("card", source.slice(card.span).replace("*/", "* /"))


def _heading(heading: SceneHeading, source: Source) -> Iterator[Element]:
    written = source.slice(heading.span)
    number = heading.number.text if heading.number else ""
    words = written.split("#")[0] if number else written
    yield Element("heading", (Run(" ".join(words.lstrip(".").split())),), number=number)


def _action(action: Action, source: Source) -> Iterator[Element]:
    yield Element("action", tuple(_runs(among(action.content, action.remarks, source), source)))


def _direction(line: DirectionLine, source: Source) -> Iterator[Element]:
    yield plain("shot", _unbracketed(source.slice(line.span)))


def _cue(line: CueLine, source: Source) -> Iterator[Element]:
    yield plain("action", " ".join(source.slice(line.span).split()))


def _transition(line: Transition, source: Source) -> Iterator[Element]:
    written = source.slice(line.span).lstrip("> ")
    text = written if written.isupper() else f"{line.kind.upper()} TO:"
    if line.seconds is not None or line.kind.startswith("fade"):
        text = line.kind.upper() if line.kind.startswith("fade") else f"{line.kind.upper()} TO:"
    length = "" if line.seconds is None else f"{line.seconds:g}s"
    yield Element("transition", (Run(text),), length=length)


def _section(section: Section, source: Source) -> Iterator[Element]:  # noqa: ARG001  # one shape for all rules
    yield Element("section", (Run(section.title.text),), level=section.level)


def _page_break(block: PageBreak, source: Source) -> Iterator[Element]:  # noqa: ARG001  # as above
    yield Element("page break", ())


def _text(block: Any, source: Source) -> Iterator[Element]:  # noqa: ANN401, ARG001  # any block that has a text
    yield plain(_WRITTEN[type(block)], block.text)


def _speech(speech: Speech, source: Source) -> Iterator[Element]:
    if not (speech.content or speech.notes):
        yield from (plain(_WRITTEN[type(one)], one.text) for one in speech.remarks)
        return
    extensions = "".join(f" ({extension.text})" for extension in speech.extensions)
    yield Element("character", (Run(speech.name.text + extensions),), together=speech.together)
    yield from _said(speech, source)


def _said(speech: Speech, source: Source) -> Iterator[Element]:
    held: list[Run] = []
    dashes = speech.breaks_in
    for part in among((*speech.notes, *speech.content), speech.remarks, source):
        if not isinstance(part, Note | Boneyard) and (played := _played(part, source)):
            yield from _dialogue(held)
            held = []
            yield plain("parenthetical", played)
        else:
            held += [Run("-- ")] if dashes and isinstance(part, Words) else []
            dashes = dashes and not isinstance(part, Words)
            held += _runs((part,), source)
    yield from _dialogue([*held, Run(" --")] if speech.cut_off else held)


def _played(part: Inline, source: Source) -> str:
    """What stands in parentheses on a line of its own, or nothing."""
    if isinstance(part, ActingNote):
        return part.text
    if isinstance(part, PLAYED):
        return _unbracketed(source.slice(part.span))
    return ""


def _dialogue(runs: list[Run]) -> Iterator[Element]:
    if any(run.remark or run.text.strip() for run in runs):
        yield Element("dialogue", tuple(_trimmed(runs)))


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    for index, run in enumerate(runs):
        text = run.text.lstrip() if index == 0 else run.text
        text = text.rstrip() if index == len(runs) - 1 else text
        if text:
            yield Run(text, run.emphasis, run.remark)


def _runs(content: Iterable[Inline | Remark], source: Source) -> Iterator[Run]:
    for part in content:
        if isinstance(part, Note):
            yield aside(part.text)
        elif isinstance(part, Boneyard):
            yield Run(part.text, remark="boneyard")
        elif isinstance(part, Words):
            yield Run(part.text, part.emphasis)
        elif isinstance(part, Unknown):
            yield Run(source.slice(part.span))
        else:
            yield Run(_unbracketed(source.slice(part.span)), remark="direction")


def _unbracketed(written: str) -> str:
    written = written.strip()
    enclosed = written[:1] + written[-1:] in ("[]", "()")
    return " ".join((written[1:-1] if enclosed else written).split())


_RULES: Mapping[type, Callable[[Any, Source], Iterator[Element]]] = MappingProxyType(
    {
        Card: _card,
        SceneHeading: _heading,
        Action: _action,
        DirectionLine: _direction,
        CueLine: _cue,
        Transition: _transition,
        Speech: _speech,
        Section: _section,
        PageBreak: _page_break,
        Note: _text,
        Synopsis: _text,
        Centred: _text,
        Lyric: _text,
        Boneyard: _text,
    }
)
