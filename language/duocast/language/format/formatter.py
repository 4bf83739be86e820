"""The formatter: a script's text in its one canonical layout. It never loses a word and never changes a meaning.

It rewrites what it knows, line by line, and leaves the rest. Then it reads its own work: a block that no longer says
the same goes back to what the writer wrote.
"""

from collections.abc import Collection, Iterable
from itertools import accumulate, chain

from msgspec.structs import replace

from duocast.language.diagnostic import Edit
from duocast.language.format.layout import gaps, indents
from duocast.language.format.meaning import different
from duocast.language.format.sheet import Row, Sheet, cut
from duocast.language.format.spelling import respelt
from duocast.language.nodes import Action
from duocast.language.parser import Parsed, parse
from duocast.language.source import Source

LAID_OUT = frozenset({"S0140"})
"""Findings that a layout puts right: lines that end in several ways."""
_ROUNDS = 6
"""How often blocks may turn out to be better left alone before only white space is touched."""


def formatted(source: Source, *, lenient: bool = False) -> str:
    """The text of `source` in its canonical layout; `\\n` ends every line.

    The result parses to the same tree with the same findings, and formatting it again changes nothing. Lines that a
    finding is about keep their words and their spaces. A lenient reading (a `.fountain` page always is one) only
    loses white space at the ends of lines and empty lines beyond the first.
    """
    lenient = lenient or source.path.lower().endswith(".fountain")
    before = _read(source, lenient=lenient)
    sheet = cut(source, before, lenient=lenient)
    spellings = [] if lenient else [tuple(respelt(sheet, unit)) for unit in sheet.units]
    margins = indents(sheet)
    kept: set[int] = set()
    for attempt in range(_ROUNDS + 1):
        kept = {*range(len(sheet.units))} if attempt == _ROUNDS else kept
        spelt = _by_row(sheet, (edits for i, edits in enumerate(spellings) if i not in kept))
        text = _printed(sheet, spelt, margins, kept)
        if text == source.text:
            break
        wrong = different(before, _read(Source(source.path, text), lenient=lenient))
        if wrong is None:
            return text
        kept |= _culprit(sheet, wrong, kept)
    return source.text


def _read(source: Source, *, lenient: bool) -> Parsed:
    """The script with its findings, but for those that any layout puts right."""
    parsed = parse(source, lenient=lenient)
    found = tuple(one for one in parsed.diagnostics if one.code not in LAID_OUT)
    return parsed if found == parsed.diagnostics else replace(parsed, diagnostics=found)


def _culprit(sheet: Sheet, block: int, kept: Collection[int]) -> set[int]:
    """The unit of a block (-1 is the title page); its neighbours too, when leaving it alone was not enough."""
    sizes = (len(unit.blocks) for unit in sheet.units)
    number = next((i for i, size in enumerate(accumulate(sizes)) if size > block), len(sheet.units))
    return {number - 1, number, number + 1} if number in kept else {number}


def _printed(
    sheet: Sheet, spelt: dict[int, list[Edit]], margins: dict[int, str], kept: Collection[int]
) -> str:
    """The text with every unit in its own layout, but for those of `kept`."""
    lines: list[str] = []
    for number, empty in gaps(sheet, kept):
        row = sheet.rows[number]
        as_written = row.unit in kept or _keeps_margin(sheet, row, keyed=number in margins)
        margin = sheet.source.text[row.margin : row.start]
        lines += [empty, margin if as_written else margins.get(number, "")]
        lines += [_edited(sheet, row, spelt.get(number, [])), "\n"]
    return "".join(lines)


def _keeps_margin(sheet: Sheet, row: Row, *, keyed: bool) -> bool:
    """Whether the space before a line may mean something."""
    if row.found or row.inside or (row.remarked and keyed):
        return True
    blocks = sheet.units[row.unit].blocks if sheet.lenient and row.unit >= 0 else ()
    return any(isinstance(block, Action) for block in blocks)


def _by_row(sheet: Sheet, units: Iterable[tuple[Edit, ...]]) -> dict[int, list[Edit]]:
    """The spelling edits of each row, in order; an edit that leaves its row, or stands in a kept one, is dropped."""
    spelt: dict[int, list[Edit]] = {}
    for edit in chain.from_iterable(units):
        at = sheet.row_of(edit.span.start)
        row = sheet.rows[at]
        if not row.kept and row.start <= edit.span.start and edit.span.end <= row.end:
            spelt.setdefault(at, []).append(edit)
    for edits in spelt.values():
        edits.sort(key=lambda edit: (edit.span.start, edit.span.end))
    return spelt


def _edited(sheet: Sheet, row: Row, edits: list[Edit]) -> str:
    """A row's text with its edits; of two that overlap, the first counts."""
    text = sheet.source.text
    parts: list[str] = []
    position = row.start
    for edit in edits:
        if edit.span.start >= position:
            parts += [text[position : edit.span.start], edit.text]
            position = edit.span.end
    return "".join([*parts, text[position : row.end]])
