"""Two ways through a speech: the short one, for what is plain, says what the long one says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from duocast.language.inline import _marked, parse_inline
from duocast.language.reading import Reading
from duocast.language.source import Place, Source

PIECES = (
    "Rain",
    "now",
    " ",
    " ",
    "  ",
    "\n",
    "[beat]",
    "[no such thing]",
    "[",
    "]",
    "(quiet)",
    "(beat)",
    "(",
    ")",
)
PIECES += ("*", "*", "*word*", "**", "_", "-", "--", "—", "\\*", "[]", "()", "é", "\u2003")


def spans(parts):
    return [(repr(part), part.span.start, part.span.end) for part in parts]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_the_short_way_says_the_same(text, lenient):
    text = text.strip()
    ways = []
    for way in (parse_inline, _marked):
        reading = Reading(Source("f", text), lenient, text=text, place=Place("f"))
        content = way(reading, 0, len(text), spoken=True)
        found = [(one.code, one.span.start, one.span.end) for one in reading.found]
        ways.append((spans(content.parts), content.breaks_in, content.cut_off, found))
    assert ways[0] == ways[1]
