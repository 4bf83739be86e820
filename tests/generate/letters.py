"""Letters: what a layout may not lose."""

import re
import unicodedata
from collections import Counter

_UNITS = re.compile(r"(?<=\d)\s*(?:seconds?|secs?|sec|minutes?|semitones?)(?!\w)", re.IGNORECASE)
_SHORT = {"s": "s", "m": "min"}


def letters(text: str) -> Counter[str]:
    """The letters and digits that may not get lost: not their case, not the spelling of units and of numbers."""
    folded = _UNITS.sub(
        lambda unit: "st" if "semi" in unit.group() else _SHORT[unit.group().strip()[0].lower()],
        text,
    )
    folded = "".join(unicodedata.normalize("NFKC", folded.upper()).casefold())
    return Counter(one for one in folded if one.isalnum() and one not in "0")
