"""The layout: which lines are indented, and where an empty line stands."""

from collections.abc import Collection, Iterator

from duocast.language.format.sheet import Row, Sheet, Unit
from duocast.language.nodes import (
    Card,
    Centred,
    CueLine,
    DirectionLine,
    Lyric,
    SceneHeading,
    Section,
    Speech,
    Synopsis,
)

_STEP = "  "
_SHOT = (CueLine, DirectionLine)
_TOGETHER: tuple[tuple[tuple[type, ...], tuple[type, ...]], ...] = (
    (_SHOT, _SHOT),
    ((Section, SceneHeading, Synopsis), (Synopsis,)),
    ((Lyric,), (Lyric,)),
    ((Centred,), (Centred,)),
)
"""What may stand on neighbouring lines, if the writer put it there."""


def indents(sheet: Sheet) -> dict[int, str]:
    """The indentation of the rows of cards and of the title page, by row; other rows have none."""
    found: dict[int, str] = {}
    for unit in sheet.units:
        if unit.entries:
            found.update(dict.fromkeys(range(unit.first, unit.last + 1), _STEP))
            found.update({sheet.row_of(entry.span.start): "" for entry in unit.entries})
        for block in unit.blocks:
            if isinstance(block, Card):
                first = sheet.row_of(block.span.start)
                found.update(dict.fromkeys(range(first + 1, unit.last + 1), 2 * _STEP))
                found.update({sheet.row_of(entry.span.start): _STEP for entry in block.entries})
    return found


def gaps(sheet: Sheet, kept: Collection[int]) -> Iterator[tuple[int, str]]:
    """The rows that are not empty, each with the empty line before it: "\\n" or nothing.

    Around the units of `kept`, and around what a finding is about, lines stand as they stood: an empty line there
    could hide what is wrong.
    """
    tied = _tied(sheet, kept)
    before: int | None = None
    for number, row in enumerate(sheet.rows):
        if row.blank:
            continue
        if before is None:
            yield number, ""
        elif number - before > 1:
            yield number, _empty(sheet, before, row)
        else:
            yield number, "\n" if _parts(sheet, sheet.rows[before], row, tied) else ""
        before = number


def _empty(sheet: Sheet, before: int, row: Row) -> str:
    """What becomes of empty lines: one stays, but none inside a card or the title page."""
    above = sheet.rows[before]
    inside = above.unit == row.unit >= 0 and not (above.remarked or row.remarked)
    if inside and _is_keyed(sheet.units[row.unit]):
        return ""
    if sheet.lenient and _goes_on(sheet, before):
        return "  \n"
    return "\n"


def _goes_on(sheet: Sheet, before: int) -> bool:
    """Two spaces on an empty line under a speech: other programs let a Fountain speech go on there."""
    unit = sheet.rows[before].unit
    if unit < 0 or len(sheet.source.line(before + 2)) < 2:
        return False
    return any(isinstance(block, Speech) for block in sheet.units[unit].blocks)


def _is_keyed(unit: Unit) -> bool:
    return bool(unit.entries) or any(isinstance(block, Card) for block in unit.blocks)


def _parts(sheet: Sheet, above: Row, row: Row, tied: Collection[int]) -> bool:
    """Whether an empty line comes between two rows that had none."""
    if above.unit == row.unit or above.unit < 0 or row.unit < 0 or sheet.lenient:
        return False
    if row.unit in tied or above.unit in tied:
        return False
    last, first = sheet.units[above.unit].blocks[-1:], sheet.units[row.unit].blocks[:1]
    pairs = zip(last, first, strict=False)
    return not any(
        isinstance(one, upper) and isinstance(other, lower)
        for one, other in pairs
        for upper, lower in _TOGETHER
    )


def _tied(sheet: Sheet, kept: Collection[int]) -> set[int]:
    """The units around which nothing moves: those with findings, and those that lead up to them without a break."""
    found = {number for number, unit in enumerate(sheet.units) if sheet.frozen(unit)}
    tied = found.union(kept)
    for number in range(len(sheet.units) - 1, 0, -1):
        between = sheet.rows[sheet.units[number - 1].last + 1 : sheet.units[number].first]
        if number in tied and not any(row.blank for row in between):
            tied.add(number - 1)
    return tied
