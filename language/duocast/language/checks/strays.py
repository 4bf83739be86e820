"""Strays: brackets, parentheses and dashes of which one half or one letter was lost."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from duocast.language.bracket import understood
from duocast.language.diagnostic import Edit, Fix, Label, insertion, replacement
from duocast.language.nearest import distance, nearest
from duocast.language.node import Text
from duocast.language.nodes import Action, Block, Script, Speech
from duocast.language.reading import Reading

_BRACKET = re.compile(r"^[^\[\]\r\n]*(?<!\\)\]", re.MULTILINE)
_CLOSED = re.compile(r"^[ \t]*([^()\r\n]*[^()\r\n:;=\-\s])\)[ \t]*$", re.MULTILINE)
_OPENED = re.compile(r"^[ \t]*[^()\r\n]*\([^()\r\n]*$", re.MULTILINE)
_DASH = re.compile(r"(?<=\S)[ \t]+([-–])[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"\S+")
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
    brackets = list(_BRACKET.finditer(text)) if "]" in text else []
    if brackets:
        blocks = _Blocks(script.blocks, Speech, Action)
        for match in brackets:
            block = blocks.at(match.end() - 1)
            if block is not None and not _is_open(text, block.span.start, match.end() - 1):
                _report_bracket(reading, block, match.end() - 1)
    if ")" in text or "(" in text:
        _parentheses(reading, _Blocks(script.blocks, Speech))


def _is_open(text: str, start: int, at: int, pair: str = "[]") -> bool:
    """Whether a bracket that was opened on a line above is still open."""
    before = text[start:at]
    return before.count(pair[0]) > before.count(pair[1])


def _report_bracket(reading: Reading, block: Block, at: int) -> None:
    line = max(reading.text.rfind("\n", 0, at), reading.text.rfind("\r", 0, at)) + 1
    first = max(line, block.span.start)
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


def _parentheses(reading: Reading, speeches: _Blocks) -> None:
    for match in _CLOSED.finditer(reading.text):
        speech = speeches.at(match.start(1))
        if isinstance(speech, Speech) and len(match.group(1)) > _LEAST_NOTE:
            span = reading.span(match.start(1), match.end(1) + 1)
            first = speech.name.span.end
            if match.start(1) < first or _is_open(reading.text, first, span.end - 1, "()"):
                continue
            reading.error(
                "S0134",
                "this parenthesis was never opened",
                Label(span, "an acting note?"),
                fix=insertion(span, "(", "open it with ("),
            )
    for match in _OPENED.finditer(reading.text):
        speech = speeches.at(match.start())
        if isinstance(speech, Speech) and match.start() <= speech.name.span.start:
            _report_cue(reading, match)


def _report_cue(reading: Reading, match: re.Match[str]) -> None:
    """`MARA (V.O.`: it is said without this, and stands in the picture."""
    start = reading.text.index("(", match.start())
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
    found = [] if reading.lenient else list(_DASH.finditer(reading.text))
    speeches = _Blocks(script.blocks, Speech) if found else None
    for match in found:
        speech = speeches.at(match.start(1)) if speeches else None
        if speech is not None and not reading.text[match.end() : speech.span.end].strip():
            span = reading.span(*match.span(1))
            reading.warning(
                "S0136",
                "one dash is said as a pause, two cut the line off",
                Label(span, "the line just ends here"),
                fix=replacement(span, "--"),
            )
