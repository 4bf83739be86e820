"""The inside of a speech or an action: words with their emphasis, and the directions among them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from duocast.language.bracket import parse_bracket, understood
from duocast.language.direction import Direction, Pause
from duocast.language.emphasis import Stretch, emphasised
from duocast.language.enclosed import enclosed
from duocast.language.nodes import ActingNote, Inline, Words
from duocast.language.reading import Reading
from duocast.language.source import Span

_MARKS = re.compile(r"[\[\]*_\\]")
_SPOKEN_MARKS = re.compile(r"[\[\]*_\\()—–]|--")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"\s*(?:-{2,}|—|(?<=\s)–(?=\s))\s*")
_BREAKS_IN = re.compile(r"\s*(?:-{2,}|—)\s*")
_CUT_OFF = re.compile(r"(?:-{2,}|—)$")
_NOTED_PAUSES = {
    "beat": 0.4,
    "a beat": 0.4,
    "pause": 0.8,
    "a pause": 0.8,
    "long beat": 0.8,
    "long pause": 1.6,
}


class Content(NamedTuple):
    """What a paragraph says and does, and whether its words began or ended in `--`."""

    parts: tuple[Inline, ...]
    breaks_in: bool = False
    cut_off: bool = False


NOTHING_SAID = Content(())


def parse_inline(reading: Reading, start: int, end: int, *, spoken: bool) -> Content:
    """The parts of the text from `start` to `end`. In speech, parentheses are acting notes, and `--` has meaning."""
    text = reading.text[start:end]
    if not (_SPOKEN_MARKS if spoken else _MARKS).search(text):
        return _plain(reading, text, start, end)
    cut: list[Stretch | Inline] = []
    position = start
    for opening, closing in enclosed(reading, start, end, spoken=spoken):
        found = _between(reading, opening, closing, spoken=spoken)
        if found is not None:
            cut.append(Stretch(position, opening))
            cut.extend(found)
            position = closing
    cut.append(Stretch(position, end))
    parts = _worded(reading, cut)
    if not spoken:
        return Content(tuple(_spaced(parts, dashes=False)))
    cut_off = _take_cut_off(parts)
    breaks_in = _take_breaks_in(parts)
    return Content(tuple(_spaced(parts, dashes=True)), breaks_in, cut_off)


def _plain(reading: Reading, text: str, start: int, end: int) -> Content:
    """A text that is nothing but words."""
    words = " ".join(text.split())
    if not words:
        return NOTHING_SAID
    if text[0].isspace() or text[-1].isspace():
        first = start + len(text) - len(text.lstrip())
        start, end = first, first + len(text.strip())
    return Content((Words(words, span=Span(start, end, reading.place)),))


def _between(
    reading: Reading, opening: int, closing: int, *, spoken: bool
) -> Sequence[Inline] | None:
    """What stands in a pair of brackets or parentheses; None where it is only text."""
    text = reading.text[opening + 1 : closing - 1]
    if reading.text[opening] == "[":
        if reading.lenient and not spoken and not understood(text):
            return None
        return parse_bracket(reading, opening, closing)
    note = " ".join(text.split())
    span = reading.span(opening, closing)
    if note.lower() in _NOTED_PAUSES:
        return (Pause(_NOTED_PAUSES[note.lower()], span=span),)
    return (ActingNote(note, span=span),) if note else ()


def _worded(reading: Reading, cut: list[Stretch | Inline]) -> list[Inline]:
    """Stretches become words, as they were written."""
    stretches = [part for part in cut if isinstance(part, Stretch)]
    pieces = iter(emphasised(reading.text, stretches))
    parts: list[Inline] = []
    for part in cut:
        if isinstance(part, Stretch):
            parts.extend(_words(reading, *piece) for piece in next(pieces))
        else:
            parts.append(part)
    return parts


def _words(reading: Reading, start: int, end: int, emphasis: int) -> Words:
    text = reading.text[start:end]
    stripped = text.strip()
    first = start + len(text) - len(text.lstrip()) if stripped else start
    last = first + len(stripped) if stripped else end
    return Words(text, emphasis, span=reading.span(first, last))


def _take_breaks_in(parts: list[Inline]) -> bool:
    for index, part in enumerate(parts):
        if isinstance(part, Words) and part.text.strip():
            match = _BREAKS_IN.match(part.text)
            if match:
                parts[index] = replace(part, text=part.text[match.end() :])
            return match is not None
    return False


def _take_cut_off(parts: list[Inline]) -> bool:
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, Words) and part.text.strip():
            text = part.text.rstrip()
            match = _CUT_OFF.search(text[-8:])
            if match:
                parts[index] = replace(part, text=text.rstrip("-—"))
            return match is not None
    return False


def _spaced(parts: list[Inline], *, dashes: bool) -> list[Inline]:
    """Single spaces, none at the ends; a dash between words hangs on the word before it."""
    spaced: list[Inline] = []
    last: int | None = None
    for part in parts:
        if not isinstance(part, Words):
            spaced.append(part)
            continue
        text = _SPACES.sub(" ", part.text)
        text = _DASHES.sub("— ", text) if dashes else text
        before = spaced[last] if last is not None else None
        if isinstance(before, Words) and text.startswith("—"):
            spaced[last or 0] = replace(before, text=before.text.rstrip())
        elif not isinstance(before, Words) or before.text.endswith(" "):
            text = text.lstrip(" —" if before is None and dashes else " ")
        if text:
            last = len(spaced)
            spaced.append(replace(part, text=text))
    return _trimmed(spaced)


def _trimmed(parts: list[Inline]) -> list[Inline]:
    """No white space after the last word."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, Words):
            text = part.text.rstrip()
            if text:
                parts[index] = replace(part, text=text)
                return parts
            del parts[index]
    return parts


def directions_of(parts: Sequence[Inline]) -> Iterator[Direction]:
    """The directions among some parts."""
    for part in parts:
        if not isinstance(part, Words | ActingNote):
            yield part
