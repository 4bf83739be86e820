"""Paragraphs: a script cut at its empty lines."""

import re
from collections.abc import Iterator, Sequence

from duocast.language.pattern import pattern
from duocast.language.removed import Removed

SPACES = " \t\v\f\u00a0\ufeff"
"""What may stand in an empty line."""

_NEW_LINE = r"(?>\r\n|\n|\r)"
_LEADING = re.compile(rf"(?:[{SPACES}]*+{_NEW_LINE})*+")
_EMPTY_LINES = re.compile(rf"\n(?:[{SPACES}]*+\n)++")
_ANY_EMPTY_LINES = pattern(rf"{_NEW_LINE}(?:[{SPACES}]*+{_NEW_LINE})++")

Paragraph = tuple[int, int]
"""From the start of its first line to the end of its last one."""


def paragraphs(text: str, start: int, end: int, removed: Sequence[Removed] = ()) -> list[Paragraph]:
    """The paragraphs between two offsets. An empty line inside something removed does not count."""
    match = _LEADING.match(text, start, end)
    first = match.end() if match else start
    lines = _ANY_EMPTY_LINES if "\r" in text else _EMPTY_LINES
    cuts = [match.span() for match in lines.finditer(text, first, end)]
    if removed:
        cuts = list(_outside(cuts, removed))
    starts = [first, *[after for _, after in cuts]]
    ends = [*[before for before, _ in cuts], end]
    if starts[-1] >= end or not text[starts[-1] : end].strip(SPACES + "\r\n"):
        del starts[-1], ends[-1]
    return list(zip(starts, ends, strict=True))


def _outside(cuts: Sequence[Paragraph], removed: Sequence[Removed]) -> Iterator[Paragraph]:
    """The cuts that are not inside something removed."""
    waiting = iter(removed)
    one = next(waiting, None)
    for cut in cuts:
        while one is not None and one.end <= cut[0]:
            one = next(waiting, None)
        if one is None or cut[0] < one.start:
            yield cut
