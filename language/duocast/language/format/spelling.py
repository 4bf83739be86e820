"""Spelling: the one form of a block's own lines, as edits; one function for each kind of block."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from duocast.language.diagnostic import Edit
from duocast.language.format.meaning import extension_form, leaves
from duocast.language.format.phrasing import phrased
from duocast.language.format.sheet import Sheet, Unit
from duocast.language.nodes import (
    Action,
    Card,
    Centred,
    CueLine,
    DirectionLine,
    Entry,
    Lyric,
    PageBreak,
    SceneHeading,
    Section,
    Speech,
    Synopsis,
    Transition,
    Words,
)
from duocast.language.source import Span
from duocast.language.vocabulary import (
    CARD_ALIASES,
    CARD_KEYS,
    TITLE_ALIASES,
    TITLE_KEYS,
)

_BRACKET = re.compile(r"\\.|\[([^\[\]\r\n]*)\]")
_BETWEEN = re.compile(r"\][ \t]*\[")
_UNEVEN = re.compile(r"[\[\r\n]")
_COMMA = re.compile(r"[ \t]*,[ \t]*(?=[^\s,])")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_SPEAKER = re.compile(r"(@?)([^()^]*?)((?:[ \t]*\([^()]*\))*)[ \t]*(\^?)")
_EXTENSION = re.compile(r"\(([^()]*)\)")
_PREFIX = re.compile(r"(?:INT|EXT|EST|I|E)\.?(?:[ \t]?/[ \t]?(?:INT|EXT|I|E)\.?)?", re.IGNORECASE)
_EXTENSIONS = {"VO": "V.O.", "OS": "O.S.", "OC": "O.C.", "CONTD": "CONT'D"}
Places = list[tuple[int, int]]
"""Stretches of the file, half-open, in order."""

_TITLE_KEYS = frozenset((*TITLE_KEYS, *TITLE_ALIASES))


def respelt(sheet: Sheet, unit: Unit) -> Iterator[Edit]:
    """The edits that give a unit its one spelling, in any order; lines that must stay have none."""
    for entry in unit.entries:
        yield from _entry(sheet, entry, _title_key)
    if unit.blocks and all(isinstance(block, DirectionLine) for block in unit.blocks):
        yield from _directions(sheet, unit)
        return
    for block in unit.blocks:
        speller: Any = SPELLINGS.get(type(block))
        if speller is not None:
            yield from speller(sheet, block)


def _whole(sheet: Sheet, node: Any, text: str) -> Iterator[Edit]:  # noqa: ANN401  # any node of one line
    """The edit that replaces the row of `node`, unless it stands on several."""
    row = sheet.rows[sheet.row_of(node.span.start)]
    if row.start == node.span.start and node.span.end == row.end:
        yield Edit(Span(row.start, row.end), text)


def _line(sheet: Sheet, node: Any) -> str:  # noqa: ANN401  # as above
    return sheet.source.slice(node.span)


def _title_key(key: str) -> str:
    plain = " ".join(key.split())
    return plain.capitalize() if plain.lower() in _TITLE_KEYS else plain


def _entry(sheet: Sheet, entry: Entry, key: Callable[[str], str]) -> Iterator[Edit]:
    """`key: value`: one space after the colon, none before it."""
    row = sheet.rows[sheet.row_of(entry.span.start)]
    written = entry.key.text
    rest = sheet.text(row)[len(written) :].lstrip(" \t")
    if rest[:1] == ":":
        value = rest[1:].strip(" \t")
        yield Edit(Span(row.start, row.end), key(written) + (f": {value}" if value else ":"))


def _card(sheet: Sheet, card: Card) -> Iterator[Edit]:
    row = sheet.rows[sheet.row_of(card.span.start)]
    words = sheet.text(row).split(maxsplit=1)
    yield Edit(Span(row.start, row.end), " ".join([words[0].lower(), *words[1:]]))
    known = {*CARD_KEYS[card.kind], *CARD_ALIASES}

    def key(written: str) -> str:
        plain = " ".join(written.split())
        return plain.lower() if card.kind != "lexicon" and plain.lower() in known else written

    for entry in card.entries:
        yield from _entry(sheet, entry, key)


def _heading(sheet: Sheet, heading: SceneHeading) -> Iterator[Edit]:
    """`INT. KITCHEN - NIGHT #12#`."""
    written = _line(sheet, heading)
    prefix = "." if heading.forced else _prefix(sheet, heading)
    parts = [heading.place, heading.time, *heading.rest]
    said = " - ".join(_shouted(part.text) for part in parts if part is not None)
    number = f" #{heading.number.text}#" if heading.number else ""
    spelt = f"{prefix}{said}{number}"
    if prefix and heading.place.text and _letters(spelt) == _letters(written):
        yield from _whole(sheet, heading, spelt)


def _prefix(sheet: Sheet, heading: SceneHeading) -> str:
    """`INT. ` from what stands before the place; nothing when that is not in the usual form."""
    written = sheet.source.text[heading.span.start : heading.place.span.start].rstrip(" \t")
    if not _PREFIX.fullmatch(written) or not (sheet.lenient or written.endswith(".")):
        return ""
    return re.sub(r"[ \t]", "", written).upper() + " "


def _shouted(text: str) -> str:
    """Capitals and single spaces; a text whose letters have no capitals of their own stays."""
    text = _SPACES.sub(" ", text)
    upper = text.upper()
    return upper if len(upper) == len(text) and upper.lower() == text.lower() else text


def _letters(text: str) -> str:
    """What may not be lost from a heading."""
    return re.sub(r"[\s\-–—]", "", text).casefold()


def _speech(sheet: Sheet, speech: Speech) -> Iterator[Edit]:
    row = sheet.rows[sheet.row_of(speech.span.start)]
    match = _SPEAKER.fullmatch(sheet.text(row))
    if match and match.group(2).strip():
        name = match.group(1) + _SPACES.sub(" ", match.group(2).strip(" \t"))
        extensions = [f"({_extension(one)})" for one in _EXTENSION.findall(match.group(3))]
        yield Edit(Span(row.start, row.end), " ".join([name, *extensions, *match.group(4)]))
    end = speech.span.end
    inner = list(_acting(sheet, speech))
    if sheet.source.text.find("[", row.end, end) >= 0:
        inner += _brackets(sheet, _own(speech), row.end, end)
        inner.sort(key=lambda edit: edit.span.start)
    position = row.end
    for edit in inner:
        yield from _single_spaces(sheet, position, edit.span.start)
        yield edit
        position = max(position, edit.span.end)
    yield from _single_spaces(sheet, position, end)


def _single_spaces(sheet: Sheet, start: int, end: int) -> Iterator[Edit]:
    for space in _SPACES.finditer(sheet.source.text, start, max(start, end)):
        yield Edit(Span(space.start(), space.end()), " ")


def _extension(text: str) -> str:
    return _EXTENSIONS.get(extension_form(text), text.strip(" \t"))


def _acting(sheet: Sheet, speech: Speech) -> Iterator[Edit]:
    """`( quiet ,not loud )` without the spaces at its ends, and one after each comma."""
    text = sheet.source.text
    for part in (*speech.notes, *speech.content):
        start, end = part.span.start + 1, part.span.end - 1
        if isinstance(part, Words) or text[start - 1] != "(" or text[end] != ")":
            continue
        written = text[start:end]
        if not _UNEVEN.search(written):
            said = _SPACES.sub(" ", written.strip(" \t"))
            yield Edit(Span(start, end), _COMMA.sub(", ", said))


def _action(sheet: Sheet, action: Action) -> Iterator[Edit]:
    if "[" in _line(sheet, action):
        yield from _brackets(sheet, _own(action), action.span.start, action.span.end)


def _brackets(sheet: Sheet, own: Places, start: int, end: int) -> Iterator[Edit]:
    """The spelling of every bracket that opens and closes on one line."""
    text = sheet.source.text
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket.group(1) is not None:
            inside = bracket.start() + 1, bracket.end() - 1
            within = own[bisect_left(own, inside) : bisect_left(own, (inside[1], 0))]
            yield Edit(Span(*inside), phrased(text, *inside, within))


def _own(*nodes: object) -> Places:
    """Where the names and texts of some nodes stand, in order."""
    return sorted({(leaf.span.start, leaf.span.end) for leaf in leaves(nodes)})


def _directions(sheet: Sheet, unit: Unit) -> Iterator[Edit]:
    """Lines of nothing but directions, one space between their brackets."""
    own = _own(*unit.blocks)
    for row in sheet.rows[unit.first : unit.last + 1]:
        yield from _brackets(sheet, own, row.start, row.end)
        for space in _BETWEEN.finditer(sheet.source.text, row.start, row.end):
            yield Edit(Span(space.start() + 1, space.end() - 1), " ")


def _cue(sheet: Sheet, block: CueLine) -> Iterator[Edit]:
    span = block.span
    yield from _whole(sheet, block, phrased(sheet.source.text, span.start, span.end, _own(block)))


def _transition(sheet: Sheet, block: Transition) -> Iterator[Edit]:
    """`> dissolve 1.5s`; the words keep their case."""
    text, span = sheet.source.text, block.span
    forced = text.startswith(">", span.start)
    said = phrased(text, span.start + forced, span.end, (), words=False)
    yield from _whole(sheet, block, f"> {said}" if forced else said)


def _section(sheet: Sheet, block: Section) -> Iterator[Edit]:
    yield from _whole(sheet, block, f"{'#' * block.level} {block.title.text}")


def _synopsis(sheet: Sheet, block: Synopsis) -> Iterator[Edit]:
    yield from _whole(sheet, block, re.sub(r"^=[ \t]*(?=[^\s=])", "= ", _line(sheet, block)))


def _page_break(sheet: Sheet, block: PageBreak) -> Iterator[Edit]:
    yield from _whole(sheet, block, "===")


def _centred(sheet: Sheet, block: Centred) -> Iterator[Edit]:
    said = _line(sheet, block)[1:-1].strip(" \t")
    yield from _whole(sheet, block, f"> {said} <" if said else "> <")


def _lyric(sheet: Sheet, block: Lyric) -> Iterator[Edit]:
    said = _line(sheet, block)[1:].strip(" \t")
    yield from _whole(sheet, block, f"~ {said}" if said else "~")


SPELLINGS: Mapping[type, Callable[[Sheet, Any], Iterator[Edit]]] = {
    Action: _action,
    Card: _card,
    Centred: _centred,
    CueLine: _cue,
    Lyric: _lyric,
    PageBreak: _page_break,
    SceneHeading: _heading,
    Section: _section,
    Speech: _speech,
    Synopsis: _synopsis,
    Transition: _transition,
}
"""Directions are spelt unit by unit, not block by block; what else has no entry here keeps its spelling."""
