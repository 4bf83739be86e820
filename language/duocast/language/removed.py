"""What is removed before anything is read: `[[notes]]` and the `/* boneyard */`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from duocast.language.diagnostic import Edit, Fix, Label, insertion
from duocast.language.reading import Reading

_OPENING = re.compile(r"/\*|\[\[")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?=\r|\n)")
_VISIBLE = re.compile(r"[^\r\n]")


@dataclass(frozen=True, slots=True)
class Removed:
    """A note or a boneyard, delimiters included; offsets in the file."""

    kind: Literal["note", "boneyard"]
    start: int
    end: int


def remove(reading: Reading) -> tuple[Removed, ...]:
    """Blank out every note and boneyard: `reading.text` keeps its length and its line ends.

    In a lenient reading one that never closes is text, as in Fountain.
    """
    text = reading.source.text
    removed = tuple(_find(reading, text))
    parts: list[str] = []
    position = 0
    for one in removed:
        parts.append(text[position : one.start])
        parts.append(_VISIBLE.sub(" ", text[one.start : one.end]))
        position = one.end
    parts.append(text[position:])
    reading.text = "".join(parts)
    return removed


def _find(reading: Reading, text: str) -> Iterator[Removed]:
    position = closing = 0
    last_boneyard = text.rfind("*/")
    while match := _OPENING.search(text, position):
        if match.group() == "/*":
            if reading.lenient and last_boneyard < match.end():
                position = match.end()
                continue
            position = _boneyard_end(reading, text, match.start())
            yield Removed("boneyard", match.start(), position)
            continue
        if 0 <= closing < match.end():
            closing = text.find("]]", match.end())
        blank = _BLANK_LINE.search(text, match.end(), closing if closing >= 0 else len(text))
        if closing >= 0 and blank is None:
            position = closing + 2
            while text.startswith("]", position):
                position += 1
        elif reading.lenient:
            position = match.end()
            continue
        else:
            position = _line_end(text, match.end())
            _report_note(reading, match.start(), position)
        yield Removed("note", match.start(), position)


def _boneyard_end(reading: Reading, text: str, start: int) -> int:
    closing = text.find("*/", start + 2)
    if closing >= 0:
        return closing + 2
    reading.error(
        "S0102",
        "this boneyard never closes",
        Label(reading.span(start, start + 2), "everything from here on is left out"),
        hint="write */ where the removed text ends",
        fix=_closing(reading, text, start),
    )
    return len(text)


def _closing(reading: Reading, text: str, start: int) -> Fix:
    blank = _BLANK_LINE.search(text, start)
    end = blank.start() if blank else len(text.rstrip())
    return insertion(
        reading.span(end, end), " */", "close it with */ at the end of the paragraph", safe=False
    )


def _line_end(text: str, position: int) -> int:
    found = re.compile(r"[\r\n]").search(text, position)
    return found.start() if found else len(text)


def _report_note(reading: Reading, start: int, end: int) -> None:
    end = start + len(reading.source.text[start:end].rstrip())
    reading.error(
        "S0103",
        "this note never closes",
        Label(reading.span(start, end), "opened here"),
        fix=Fix("close it with ]] at the end of the line", (Edit(reading.span(end, end), "]]"),)),
    )
