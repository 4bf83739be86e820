"""Parentheses with nothing in them, and pauses that are nearly one."""

import re
from bisect import bisect_right

from duocast.language.diagnostic import Label, removal, replacement
from duocast.language.nearest import distance
from duocast.language.nodes import ActingNote, Script, Speech
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


def check_noted_pauses(reading: Reading, script: Script) -> None:
    """`(bat)`: a pause with a slip in it would be taken for a manner of speaking."""
    for block in () if reading.lenient else script.blocks:
        if isinstance(block, Speech):
            for note in (*block.notes, *block.content):
                if isinstance(note, ActingNote) and len(note.text) < 7:
                    _check_pause(reading, note)


def _check_pause(reading: Reading, note: ActingNote) -> None:
    word = note.text.lower()
    meant = next((one for one in PAUSES if distance(word, one, 1) == 1), None)
    if meant is not None and word not in MEANT:
        reading.warning(
            "S0139",
            f"“{note.text}” is no way of speaking",
            Label(note.span, f"did you mean ({meant})?"),
            fix=replacement(note.span, f"({meant})", safe=False),
        )
