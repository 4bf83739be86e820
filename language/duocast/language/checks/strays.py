"""Strays: brackets, parentheses and dashes of which one half or one letter was lost."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from duocast.language.bracket import understood
from duocast.language.diagnostic import Edit, Fix, Label, insertion, replacement
from duocast.language.nearest import distance, nearest
from duocast.language.node import Text
from duocast.language.nodes import Action, Block, Script, Speech
from duocast.language.pattern import pattern
from duocast.language.reading import Reading

_BRACKET = pattern(r"(?<!\\)\]")
_CLOSED = pattern(r"\)[ \t]*$", re.MULTILINE)
_OPENED = pattern(r"\([^()\r\n]*$", re.MULTILINE)
_BRACKETS = re.compile(r"\[[^\[\]\r\n]*+\]")
_PARENTHESES = re.compile(r"\([^()\r\n]*+\)")
_DASH = re.compile(r"[-–][ \t]*$", re.MULTILINE)
_NO_NOTE = pattern(r"[:;=\-\s]$")
_WORD = pattern(r"\S+")
_LEAST_NOTE = 2
"""Letters of an acting note; what is shorter is the sign of a list: `a)`."""
EXTENSIONS = ("V.O.", "O.S.", "O.C.", "CONT'D")


class _Blocks:
    """The blocks of some kinds, found by where something stands."""

    def __init__(self, blocks: Iterable[Block], *kinds: type[Block]) -> None:
        self.blocks = [block for block in blocks if isinstance(block, kinds)]
        self.starts = [block.span.start for block in self.blocks]

    def at(self, offset: int) -> Block | None:
        """The block around an offset."""
        index = bisect_right(self.starts, offset) - 1
        found = self.blocks[index] if index >= 0 else None
        return found if found is not None and offset < found.span.end else None


def check_strays(reading: Reading, script: Script) -> None:
    """Brackets and parentheses without their other half."""
    if reading.lenient:
        return
    text = reading.text
    written = text[reading.begin : reading.end]
    brackets = list(_alone(reading, _BRACKET, "[]")) if "]" in _BRACKETS.sub("", written) else ()
    if brackets:
        blocks, opened = _Blocks(script.blocks, Speech, Action), _Open(text, "[]")
        for match in brackets:
            block = blocks.at(match.start())
            if block is None or _ends_note(reading, match.start()):
                continue
            if not opened.before(block.span.start, match.start()):
                _report_bracket(reading, block, match.start())
    left = _PARENTHESES.sub("", written)
    if "(" in left or ")" in left:
        _parentheses(reading, script)


def _ends_note(reading: Reading, at: int) -> bool:
    """Whether it is the end of a note that an empty line broke; that has been reported where the note begins."""
    text = reading.source.text
    double = text[at : at + 2] == "]]" or text[at - 1 : at + 1] == "]]"
    return double and text.rfind("[[", 0, at) > text.rfind("]]", 0, at - 1)


def _alone(reading: Reading, mark: re.Pattern[str], pair: str) -> Iterator[re.Match[str]]:
    """Where a mark stands that has neither one of its kind nor a partner before it on its line."""
    text = reading.text
    for match in mark.finditer(text, reading.begin, reading.end):
        start, at = _line_start(text, match.start()), match.start()
        if text.rfind(pair[1], start, at) < 0 and text.rfind(pair[0], start, at) < 0:
            yield match


def _line_start(text: str, at: int) -> int:
    start = text.rfind("\n", 0, at) + 1
    return max(start, text.rfind("\r", start, at) + 1)


class _Open:
    """Whether a bracket of a block that was opened above is still open, asked from place to place."""

    def __init__(self, text: str, pair: str) -> None:
        self.text, self.pair = text, pair
        self.start = self.at = -1
        self.depth = 0

    def before(self, start: int, at: int) -> bool:
        """Whether one is, between the start of a block and a place in it."""
        if start != self.start:
            self.start = self.at = start
            self.depth = 0
        opening, closing = (self.text.count(mark, self.at, at) for mark in self.pair)
        self.depth += opening - closing
        self.at = at
        return self.depth > 0


def _report_bracket(reading: Reading, block: Block, at: int) -> None:
    first = max(_line_start(reading.text, at), block.span.start)
    words = (match.start() + first for match in _WORD.finditer(reading.text[first:at]))
    starts = [start for start in words if understood(reading.text[start:at])]
    span = reading.span(starts[0] if starts else at, at + 1)
    whole = bool(starts) and not reading.text[first : starts[0]].strip()
    reading.error(
        "D0130",
        "this bracket was never opened",
        Label(span, "a direction?" if starts else "what does it end?"),
        hint="write \\] for a bracket that is only that",
        fix=insertion(span, "[", "open it with [", safe=whole) if starts else None,
    )


def _parentheses(reading: Reading, script: Script) -> None:
    closed = list(_alone(reading, _CLOSED, "()"))
    opened = list(_alone(reading, _OPENED, "()"))
    speeches = _Blocks(script.blocks if closed or opened else (), Speech)
    still_open = _Open(reading.text, "()")
    for match in closed:
        _closed(reading, speeches, still_open, match.start())
    for match in opened:
        first = _first_letter(reading.text, match.start())
        speech = speeches.at(first)
        if isinstance(speech, Speech) and first <= speech.name.span.start:
            _report_cue(reading, match)


def _first_letter(text: str, at: int) -> int:
    """Where what is written on the line of `at` begins."""
    start = _line_start(text, at)
    return start + len(text[start:at]) - len(text[start:at].lstrip(" \t"))


def _closed(reading: Reading, speeches: _Blocks, still_open: _Open, at: int) -> None:
    """A line that ends in a parenthesis that it does not open."""
    start = _first_letter(reading.text, at)
    note = reading.text[start:at]
    speech = speeches.at(start)
    if len(note) <= _LEAST_NOTE or _NO_NOTE.search(note) or not isinstance(speech, Speech):
        return
    first = speech.name.span.end
    if start >= first and not still_open.before(first, at):
        span = reading.span(start, at + 1)
        reading.error(
            "S0134",
            "this parenthesis was never opened",
            Label(span, "an acting note?"),
            fix=insertion(span, "(", "open it with ("),
        )


def _report_cue(reading: Reading, match: re.Match[str]) -> None:
    """`MARA (V.O.`: it is said without this, and stands in the picture."""
    start = match.start()
    bare = reading.text[start : match.end()].rstrip(" \t^")
    end = reading.span(start + len(bare), start + len(bare))
    reading.error(
        "D0110",
        "this parenthesis never closes",
        Label(reading.span(start, start + len(bare)), "opened here"),
        fix=Fix("close it with )", (Edit(end, ")"),)),
    )


def check_extensions(reading: Reading, script: Script) -> None:
    """What stands in parentheses behind a speaker's name and is nearly V.O., O.S., O.C. or CONT'D."""
    for block in () if reading.lenient else script.blocks:
        if isinstance(block, Speech):
            for extension in block.extensions:
                _extension(reading, extension)


def _extension(reading: Reading, extension: Text) -> None:
    written = extension.text.upper().replace("’", "'")
    letters = "".join(filter(str.isalnum, written))
    if letters in ("VO", "OS", "OC", "CONTD") or not extension.text.isupper():
        return
    meant = [one for one in EXTENSIONS if distance(written, one, 1) <= 1]
    if not meant and "." in written and len(letters) <= 2:
        meant = [nearest(written, EXTENSIONS) or "V.O."]
    if meant:
        reading.warning(
            "S0135",
            f"“{extension.text}” says nothing of where the voice is",
            Label(extension.span, f"did you mean {meant[0]}?"),
            hint="V.O. is a voice over the picture, O.S. one from outside it",
            fix=replacement(extension.span, f"({meant[0]})", safe=len(meant) == 1),
        )


def check_dashes(reading: Reading, script: Script) -> None:
    """A single dash at the end of a line that should cut it off."""
    text = reading.text
    found = [] if reading.lenient else list(_DASH.finditer(text, reading.begin, reading.end))
    speeches = _Blocks(script.blocks if found else (), Speech)
    for match in found:
        at = match.start()
        words = text[_line_start(text, at) : at]
        if not words.strip() or words[-1] not in " \t":
            continue
        speech = speeches.at(at)
        if speech is not None and not text[match.end() : speech.span.end].strip():
            span = reading.span(at, at + 1)
            reading.warning(
                "S0136",
                "one dash is said as a pause, two cut the line off",
                Label(span, "the line just ends here"),
                fix=replacement(span, "--"),
            )
