"""A sheet: a script's rows of text, which of them belong together, and which must stay as they are."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from duocast.language.diagnostic import Diagnostic
from duocast.language.nodes import Block, Entry, Script
from duocast.language.parser import Parsed
from duocast.language.reading import Reading
from duocast.language.removed import Removed, remove
from duocast.language.source import Source, Span

MARGIN = " \t\v\f\u00a0\ufeff"
"""What the language takes for white space around a line."""
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class Row:
    """One line: where its text begins and ends without the white space around it; offsets in the file."""

    margin: int
    """Where the line itself begins."""
    start: int
    end: int
    unit: int = -1
    """The unit it belongs to, -1 for none: an empty line, or a remark inside something else."""
    inside: bool = False
    """It begins inside a note or a boneyard that was opened on a line before."""
    remarked: bool = False
    """A note or a boneyard touches it."""
    found: bool = False
    """A finding is about it."""

    @property
    def blank(self) -> bool:
        """Whether it is an empty line; one inside a remark is not."""
        return self.start == self.end and not self.inside

    @property
    def kept(self) -> bool:
        """Whether nothing in it may be spelt otherwise."""
        return self.remarked or self.found


@dataclass(frozen=True, slots=True)
class Unit:
    """The title page (no blocks, only entries) or the blocks that share their lines, with the rows they stand on."""

    blocks: tuple[Block, ...]
    first: int
    last: int
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A parsed script as rows and units."""

    source: Source
    rows: list[Row]
    starts: tuple[int, ...]
    """The offset at which each row begins."""
    lenient: bool = False
    units: list[Unit] = field(default_factory=list)

    def row_of(self, offset: int) -> int:
        """The number (from 0) of the row that an offset stands in."""
        return bisect_right(self.starts, offset) - 1

    def text(self, row: Row) -> str:
        """A row's text without the white space around it."""
        return self.source.text[row.start : row.end]

    def frozen(self, unit: Unit) -> bool:
        """Whether a finding is about something in a unit."""
        return any(row.found for row in self.rows[unit.first : unit.last + 1])


def cut(source: Source, parsed: Parsed, *, lenient: bool) -> Sheet:
    """The sheet of a parsed script."""
    removed = remove(Reading(source, lenient=True))
    sheet = Sheet(source, _rows(source), source.starts, lenient)
    for one in removed:
        _mark_removed(sheet, one)
    for diagnostic in parsed.diagnostics:
        _mark_found(sheet, diagnostic)
    _join(sheet, parsed.script)
    return sheet


def _rows(source: Source) -> list[Row]:
    text, starts, rows = source.text, source.starts, []
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        raw = text[start:end].rstrip("\r\n")
        inner = raw.strip(MARGIN)
        first = start + (raw.find(inner) if inner else 0)
        rows.append(Row(start, first, first + len(inner)))
    return rows


def _mark_removed(sheet: Sheet, one: Removed) -> None:
    first, last = sheet.row_of(one.start), sheet.row_of(max(one.start, one.end - 1))
    for number in range(first, last + 1):
        row = sheet.rows[number]
        row.remarked = True
        if number > first:
            row.inside = True
        if number < last or row.inside:
            _widen(sheet, row, one)


def _widen(sheet: Sheet, row: Row, one: Removed) -> None:
    """White space at the edges of a row that stands inside a remark is the remark's own."""
    text = sheet.source.text
    if row.inside:
        row.start = row.margin
    end = _LINE_END.search(text, row.margin)
    stop = end.start() if end else len(text)
    if one.start < stop < one.end:
        row.end = row.margin + len(text[row.margin : stop].rstrip(" \t"))
        row.start = min(row.start, row.end)


def _mark_found(sheet: Sheet, diagnostic: Diagnostic) -> None:
    spans = [] if diagnostic.span is None else [diagnostic.span]
    spans += [edit.span for edit in diagnostic.fix.edits] if diagnostic.fix else []
    for span in spans:
        for row in sheet.rows[sheet.row_of(span.start) : sheet.row_of(span.end) + 1]:
            row.found = True


def _join(sheet: Sheet, script: Script) -> None:
    """Make units of the title page and of blocks that share a row."""
    if script.title_page:
        spans = [entry.span for entry in script.title_page]
        first, last = _reach(sheet, spans[0].to(spans[-1]))
        sheet.units.append(Unit((), first, last, script.title_page))
    for block in script.blocks:
        first, last = _reach(sheet, block.span)
        before = sheet.units[-1] if sheet.units else None
        if before and before.last >= first:
            blocks, first = (*before.blocks, block), before.first
            sheet.units[-1] = Unit(blocks, first, max(before.last, last), before.entries)
        else:
            sheet.units.append(Unit((block,), first, last))
    for number, unit in enumerate(sheet.units):
        for row in sheet.rows[unit.first : unit.last + 1]:
            if not row.blank:
                row.unit = number


def _reach(sheet: Sheet, span: Span) -> tuple[int, int]:
    return sheet.row_of(span.start), sheet.row_of(max(span.start, span.end - 1))
