"""Parentheses with nothing in them, and pauses that are nearly one."""

import re
from bisect import bisect_right
from functools import lru_cache

from duocast.language.diagnostic import Label, removal, replacement
from duocast.language.nearest import distance
from duocast.language.nodes import Script, Speech
from duocast.language.reading import Reading

_EMPTY = re.compile(r"\([ \t]*\)[ \t]?")


def check_parentheses(reading: Reading, script: Script) -> None:
    """An empty parenthetical in a speech, or behind a speaker's name."""
    found = (
        []
        if reading.lenient
        else list(_EMPTY.finditer(reading.source.text, reading.begin, reading.end))
    )
    speeches = [block for block in script.blocks if isinstance(block, Speech)] if found else []
    starts = [speech.span.start for speech in speeches]
    for match in found:
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < speeches[index].span.end:
            reading.warning(
                "S0125",
                "there is nothing between the parentheses",
                Label(reading.span(match.start(), match.start() + len(match.group().rstrip()))),
                fix=removal(reading.span(*match.span()), "remove them"),
            )


PAUSES = ("beat", "pause")
MEANT = frozenset({"heat", "best", "beaten", "seat", "cause"})
"""Words that are as near, and mean something."""
_SHORT = re.compile(r"\([ \t]*([A-Za-z]{3,6})[ \t]*\)")


def check_noted_pauses(reading: Reading, script: Script) -> None:
    """`(bat)`: a pause with a slip in it would be taken for a manner of speaking."""
    if reading.lenient:
        return
    found = [
        match
        for match in _SHORT.finditer(reading.text, reading.begin, reading.end)
        if _meant(match.group(1).lower())
    ]
    speeches = [block for block in script.blocks if isinstance(block, Speech)] if found else []
    starts = [speech.span.start for speech in speeches]
    for match in found:
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and speeches[index].name.span.end < match.start() < speeches[index].span.end:
            span, meant = reading.span(*match.span()), _meant(match.group(1).lower())
            reading.warning(
                "S0139",
                f"“{match.group(1)}” is no way of speaking",
                Label(span, f"did you mean ({meant})?"),
                fix=replacement(span, f"({meant})", safe=False),
            )


@lru_cache(maxsize=256)
def _meant(word: str) -> str:
    """The pause that a word is a slip for, or nothing."""
    near = (one for one in PAUSES if distance(word, one, 1) == 1)
    return "" if word in MEANT else next(near, "")
