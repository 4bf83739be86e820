"""Headings whose parts run into each other."""

import re

from duocast.language.diagnostic import Edit, Fix, Label
from duocast.language.nodes import SceneHeading, Script
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.vocabulary import TIMES_OF_DAY

_LAST = pattern(
    rf"(?<=[^\s\-–—])(?:[ \t]+|[ \t]*[-–—][ \t]*)({'|'.join(sorted(TIMES_OF_DAY, key=len, reverse=True))})$",
    re.IGNORECASE,
)


def check_headings(reading: Reading, script: Script) -> None:
    """`INT. KITCHEN NIGHT`: the time of day is taken for a part of the place."""
    for block in () if reading.lenient else script.blocks:
        if isinstance(block, SceneHeading) and block.time is None and not block.forced:
            match = _LAST.search(block.place.text)
            if match is not None:
                gap = block.place.span.part(match.start(), match.start(1))
                reading.warning(
                    "S0138",
                    f"the time of day is taken for a part of the place {block.place.text}",
                    Label(block.place.span.part(*match.span(1)), "a time of day?"),
                    fix=Fix("put a dash before it", (Edit(gap, " - "),)),
                )
