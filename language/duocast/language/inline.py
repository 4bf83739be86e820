"""The inside of a speech or an action: words with their emphasis, and the directions among them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import msgspec

from duocast.language.bracket import parse_bracket, understood
from duocast.language.direction import Direction, Pause
from duocast.language.emphasis import Stretch, emphasised
from duocast.language.enclosed import enclosed
from duocast.language.nodes import ActingNote, Inline, Words
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.source import Place, Span

_MARKS = re.compile(r"[\[\]*_\\]")
_SPOKEN_MARKS = re.compile(r"[\[\]*_\\()—–]|--")
_DASHES = pattern(r"\s*(?:-{2,}|—|(?<=\s)–(?=\s))\s*")
_WHOLE_PAIR = (
    r"[\[(*](?:"
    r"(?<=\[)[^\[\]()\\]*+\]"
    r"|(?<=\()[^\[\]()\\]*+\)"
    r"|(?<=\*)(?<![\w*]\*)(?=[^\s*])[^\-—–*_\\\[\]()]*(?<=[^\s*])\*(?![\w*])"
    r")"
)
_ENCLOSED = re.compile(_WHOLE_PAIR)
"""What is enclosed and whole, with nothing enclosed in it."""
_ALL_WHOLE = re.compile(rf"(?:[^\[\]*_\\()—–\-]++|-(?!-)|{_WHOLE_PAIR})*+\Z")
"""A text in which nothing is marked but by whole pairs."""
_BREAKS_IN = pattern(r"\s*(?:-{2,}|—)\s*")
_CUT_OFF = pattern(r"(?:-{2,}|—)$")
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
        words = _plain(text, start, reading.place)
        return Content((words,)) if words is not None else NOTHING_SAID
    if spoken and _ALL_WHOLE.match(text):
        return Content(_with_enclosed(reading, text, start))
    return _marked(reading, start, end, spoken=spoken)


def _plain(text: str, start: int, place: Place | str) -> Words | None:
    """A text that is nothing but words."""
    words = " ".join(text.split())
    if not words:
        return None
    if text[0].isspace() or text[-1].isspace():
        start += len(text) - len(text.lstrip())
        text = text.strip()
    return Words(words, span=Span(start, start + len(text), place))


def _with_enclosed(reading: Reading, text: str, start: int) -> tuple[Inline, ...]:
    """A speech that is words, whole pairs of brackets and parentheses, and words between single stars."""
    parts: list[Inline] = []
    position, words = 0, None
    for match in _ENCLOSED.finditer(text):
        at, after = match.span()
        words = _add_words(parts, words, text[position:at], start + position, reading)
        if text[at] == "*":
            inside = text[at + 1 : after - 1]
            words = _add_words(parts, words, inside, start + at + 1, reading, emphasis=1)
        else:
            parts += _between(reading, start + at, start + after, spoken=True) or ()
        position = after
    _add_words(parts, words, text[position:], start + position, reading)
    _trim_last(parts)
    return tuple(parts)


def _add_words(
    parts: list[Inline],
    before: Words | None,
    text: str,
    start: int,
    reading: Reading,
    *,
    emphasis: int = 0,
) -> Words | None:
    """Add words to the parts; `before` are the last ones, and stay the last if there is nothing to add."""
    bare = text.strip()
    said = " ".join(bare.split())
    space_before = text[:1].isspace() and before is not None and before.text[-1] != " "
    if space_before:
        said = " " + said
    if not said:
        return before
    if bare:
        if text[-1].isspace():
            said += " "
        start += text.index(bare[0])
    span = Span(start, start + (len(bare) or len(text)), reading.place)
    words = Words(said, emphasis, span=span)
    parts.append(words)
    return words


def _trim_last(parts: list[Inline]) -> None:
    """No white space after the last word."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if type(part) is Words:
            if part.text[-1] != " ":
                return
            if said := part.text[:-1]:
                parts[index] = Words(said, span=part.span)
                return
            del parts[index]


def _marked(reading: Reading, start: int, end: int, *, spoken: bool) -> Content:
    """Any text: emphasis, dashes, brackets that never close."""
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


def _between(
    reading: Reading, opening: int, closing: int, *, spoken: bool
) -> Sequence[Inline] | None:
    """What stands in a pair of brackets or parentheses; None where it is only text."""
    if reading.text[opening] == "[":
        if (
            reading.lenient
            and not spoken
            and not understood(reading.text[opening + 1 : closing - 1])
        ):
            return None
        return parse_bracket(reading, opening, closing)
    text = reading.text[opening + 1 : closing - 1]
    note = " ".join(text.split())
    span = reading.span(opening, closing)
    if note.lower() in _NOTED_PAUSES:
        return (Pause(_NOTED_PAUSES[note.lower()], span=span),)
    return (ActingNote(note, span=span),) if note else ()


class _Run(msgspec.Struct, gc=False):
    """Words that are still being put right."""

    text: str
    emphasis: int
    span: Span

    @property
    def blank(self) -> bool:
        """Whether there is nothing to say in it."""
        return not self.text or self.text.isspace()


_Part = _Run | Inline


def _worded(reading: Reading, cut: list[Stretch | Inline]) -> list[_Part]:
    """Stretches become runs of words, as they were written."""
    pieces = iter(emphasised(reading.text, [part for part in cut if type(part) is Stretch]))
    parts: list[_Part] = []
    for part in cut:
        if type(part) is Stretch:
            parts.extend(_run(reading, *piece) for piece in next(pieces))
        else:
            parts.append(cast(Inline, part))
    return parts


def _run(reading: Reading, start: int, end: int, emphasis: int) -> _Run:
    text = reading.text[start:end]
    stripped = text.strip()
    if stripped:
        start += len(text) - len(text.lstrip())
        end = start + len(stripped)
    return _Run(text, emphasis, Span(start, end, reading.place))


def _take_breaks_in(parts: Sequence[_Part]) -> bool:
    """Take the dashes off that the words begin with, if they do."""
    first = next((part for part in parts if type(part) is _Run and not part.blank), None)
    match = _BREAKS_IN.match(first.text) if first is not None else None
    if first is not None and match is not None:
        first.text = first.text[match.end() :]
    return match is not None


def _take_cut_off(parts: Sequence[_Part]) -> bool:
    """Take the dashes off that the words end with, if they do."""
    last = next((part for part in reversed(parts) if type(part) is _Run and not part.blank), None)
    text = last.text.rstrip() if last is not None else ""
    if last is None or not _CUT_OFF.search(text[-8:]):
        return False
    last.text = text.rstrip("-—")
    return True


def _spaced(parts: Sequence[_Part], *, dashes: bool) -> Iterator[Inline]:
    """Single spaces, none at the ends; a dash between words hangs on the word before it."""
    spaced: list[_Part] = []
    before: _Run | None = None
    for part in parts:
        if type(part) is not _Run:
            spaced.append(part)
            continue
        part.text = _single(part.text, dashes=dashes)
        if before is not None and part.text.startswith("—"):
            before.text = before.text.rstrip()
        elif before is None or before.text.endswith(" "):
            part.text = part.text.lstrip(" —" if before is None and dashes else " ")
        if part.text:
            before = part
            spaced.append(part)
    _trim(spaced)
    for part in spaced:
        yield Words(part.text, part.emphasis, span=part.span) if isinstance(part, _Run) else part


def _single(text: str, *, dashes: bool) -> str:
    """Single spaces between words, and at the ends where there are some."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    words = f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"
    if dashes and ("--" in words or "—" in words or "–" in words):
        words = _DASHES.sub("— ", words)
    return words


def _trim(parts: list[_Part]) -> None:
    """No white space after the last word."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if type(part) is _Run:
            part.text = part.text.rstrip()
            if part.text:
                return
            del parts[index]


def directions_of(parts: Sequence[Inline]) -> Iterator[Direction]:
    """The directions among some parts."""
    for part in parts:
        if not isinstance(part, Words | ActingNote):
            yield part
