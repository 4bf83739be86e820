"""What is removed before anything is read: `[[notes]]` and the `/* boneyard */`."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from duocast.language.diagnostic import Edit, Fix, Label, insertion
from duocast.language.pattern import pattern
from duocast.language.reading import Reading

_OPENING = pattern(r"/\*|\[\[")
_BLANK_LINE = pattern("(?>\r\n|\n|\r)[ \t\v\f\u00a0\ufeff]*(?=\r|\n)")
_VISIBLE = pattern(r"[^\r\n]")


class Removed(Struct, frozen=True, gc=False):
    """A note or a boneyard, delimiters included; offsets in the file."""

    kind: Literal["note", "boneyard"]
    start: int
    end: int


def remove(reading: Reading, start: int = 0, end: int | None = None) -> tuple[Removed, ...]:
    """The notes and boneyards of the source, or of a part that begins and ends between paragraphs.

    In a lenient reading one that never closes is text, as in Fountain.
    """
    text = reading.source.text
    end = len(text) if end is None else end
    if text.find("[[", start, end) < 0 and text.find("/*", start, end) < 0:
        return ()
    return tuple(_find(reading, text, start, end))


def blanked(text: str, start: int, end: int, removed: Sequence[Removed]) -> str:
    """A part of a text with spaces for what is removed: it keeps its length and its line ends."""
    parts: list[str] = []
    for one in removed:
        parts.append(text[start : one.start])
        parts.append(_VISIBLE.sub(" ", text[one.start : one.end]))
        start = one.end
    parts.append(text[start:end])
    return "".join(parts)


def _find(reading: Reading, text: str, position: int, end: int) -> Iterator[Removed]:
    closing = 0
    last_boneyard = text.rfind("*/", position, end)
    while match := _OPENING.search(text, position, end):
        if match.group() == "/*":
            if reading.lenient and last_boneyard < match.end():
                position = match.end()
                continue
            position = _boneyard_end(reading, text, match.start(), end)
            yield Removed("boneyard", match.start(), position)
            continue
        if 0 <= closing < match.end():
            closing = text.find("]]", match.end(), end)
        if closing >= 0 and not _BLANK_LINE.search(text, match.end(), closing):
            position = closing + 2
            while text.startswith("]", position, end):
                position += 1
        elif reading.lenient:
            position = match.end()
            continue
        else:
            position = _line_end(text, match.end(), end)
            _report_note(reading, match.start(), position)
        yield Removed("note", match.start(), position)


def _boneyard_end(reading: Reading, text: str, start: int, end: int) -> int:
    closing = text.find("*/", start + 2, end)
    if closing >= 0:
        return closing + 2
    reading.error(
        "S0102",
        "this boneyard never closes",
        Label(reading.span(start, start + 2), "everything from here on is left out"),
        hint="write */ where the removed text ends",
        fix=_closing(reading, text, start),
    )
    return end


def _closing(reading: Reading, text: str, start: int) -> Fix:
    blank = _BLANK_LINE.search(text, start)
    end = blank.start() if blank else len(text.rstrip())
    return insertion(
        reading.span(end, end), " */", "close it with */ at the end of the paragraph", safe=False
    )


def _line_end(text: str, position: int, end: int) -> int:
    found = re.compile(r"[\r\n]").search(text, position, end)
    return found.start() if found else end


def _report_note(reading: Reading, start: int, end: int) -> None:
    end = start + len(reading.source.text[start:end].rstrip())
    reading.error(
        "S0103",
        "this note never closes",
        Label(reading.span(start, end), "opened here"),
        fix=Fix("close it with ]] at the end of the line", (Edit(reading.span(end, end), "]]"),)),
    )
