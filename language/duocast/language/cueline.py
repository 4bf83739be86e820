"""The beginning of a cue line: its keyword, also when it is only nearly right."""

import re

from msgspec import Struct

from duocast.language.cue import Cue, CueKind
from duocast.language.cues import cue_keyword, parse_cue
from duocast.language.diagnostic import Edit, Fix, Label, replacement
from duocast.language.lines import Line
from duocast.language.nearest import nearest
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.source import Span
from duocast.language.vocabulary import CUE_KEYWORDS

BARE_KEYWORD = pattern(rf"({'|'.join(map(re.escape, CUE_KEYWORDS))})[ \t]+(?=[^:\s])")
"""A keyword with something behind it that is no colon."""
_WORD = re.compile(r"([A-Za-z][A-Za-z \-]{1,14}?)\s{0,4}:")


class CueOpening(Struct, frozen=True, gc=False):
    """The kind of a cue line, and how long its keyword is with the colon."""

    kind: CueKind
    length: int
    mistake: str = ""
    """The word that was written instead of the keyword."""


def cue_opening(line: Line, *, lenient: bool) -> CueOpening | None:
    """How `line` opens as a cue line, if it is one; a strict reading also takes slips for keywords."""
    if found := cue_keyword(line.text):
        return CueOpening(*found)
    match = None if lenient else _WORD.match(line.text)
    if match is None:
        return None
    word = match.group(1)
    meant = word.upper() if word.upper() in CUE_KEYWORDS else None
    if meant is None and word.isupper():
        meant = nearest(word, CUE_KEYWORDS)
    return CueOpening(CUE_KEYWORDS[meant], match.end(), word) if meant else None


def report_no_colon(reading: Reading, word: Span, end: Span) -> None:
    """A keyword without its colon; `end` is where the colon belongs."""
    reading.error(
        "S0133",
        f"a colon is missing after {reading.source.slice(word)}",
        Label(word, "without it this is no cue"),
        fix=Fix("put a colon after it", (Edit(end, ":"),)),
    )


def cue_of(reading: Reading, line: Line, opening: CueOpening) -> Cue:
    """The cue on a line, with findings about its keyword."""
    if opening.mistake:
        meant = next(word for word, kind in CUE_KEYWORDS.items() if kind == opening.kind)
        span = reading.span(line.start, line.start + len(opening.mistake))
        reading.error(
            "N0107",
            f"there is no cue “{opening.mistake}”",
            Label(span, f"did you mean {meant}?"),
            fix=replacement(span, meant),
        )
    span = reading.span(line.start, line.end)
    return parse_cue(reading, opening.kind, line.start + opening.length, line.end, span)
