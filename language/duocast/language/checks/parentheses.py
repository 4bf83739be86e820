"""Parentheses with nothing in them."""

import re
from bisect import bisect_right

from duocast.language.diagnostic import Label, removal
from duocast.language.nodes import Script, Speech
from duocast.language.reading import Reading

_EMPTY = re.compile(r"\([ \t]*\)[ \t]?")


def check_parentheses(reading: Reading, script: Script) -> None:
    """An empty parenthetical in a speech, or behind a speaker's name."""
    found = [] if reading.lenient else list(_EMPTY.finditer(reading.source.text))
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
