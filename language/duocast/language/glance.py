"""A glance: what a paragraph is, told from its first line and the looks of the others.

Most paragraphs of a script are one thing: a speech, a heading, some action. The line lexer, which reads line by
line, is asked about the others only; for what can be told at a glance it would say the same.
"""

import re
from functools import lru_cache

from duocast.language.cardline import may_open_card
from duocast.language.linelexer import shape
from duocast.language.lines import Line
from duocast.language.pattern import pattern
from duocast.language.token import Opened

_LINE = r"[\r\n][ \t\v\f\u00a0\ufeff]*+"
_STRUCTURAL = r"[>=İ]|[A-Z][A-Z\-]|[IE]\s?/"
ENDS_SPEECH = re.compile(rf"{_LINE}(?:{_STRUCTURAL})")
"""Finds every line in a speech that could end it, and some that don't."""
ENDS_ACTION = pattern(rf"{_LINE}(?:[\[#]|{_STRUCTURAL})")
"""Finds every line in a paragraph of action that could be something else."""
PROSE = re.compile(
    r"(?!(?i:int|ext|est|[ie]\s?/|(?:character|voice|persona|place|look|camera|lexicon)\b))"
    r"(?![^:\r\n]{0,40}:)[A-Z](?:[a-z]|[ '’][a-z])"
)
"""First lines that are action, whatever stands under them. Not all of them, but most."""

_REMEMBERED = 4096
_LONGEST = 100


def first_line(text: str, *, lenient: bool) -> tuple[str, Opened]:
    """What the first line of a paragraph is (as in `shape`); nothing where that depends on the line under it."""
    return (_remembered if len(text) <= _LONGEST else _first_line)(text, lenient)


def _first_line(text: str, lenient: bool) -> tuple[str, Opened]:  # a key of the cache
    line = Line(text, 0, len(text), False, False)
    if may_open_card(line):
        return "", None
    return shape(line, None, fresh=True, lenient=lenient)


_remembered = lru_cache(maxsize=_REMEMBERED)(_first_line)
