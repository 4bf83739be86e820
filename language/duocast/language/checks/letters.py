"""Letters: what stands in a script and can't be seen, or looks like something else."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from duocast.language.diagnostic import Edit, Fix, Label
from duocast.language.nodes import Script
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.source import Span

LONGEST_LINE = 2000
_INVISIBLE = pattern("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_CONTROL = pattern("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")
_CONTROLS = bytes((*range(9), *range(14, 32), 127))
_NEW_LINE = pattern(r"\r\n|\n|\r")
_SEPARATOR = pattern("[\u2028\u2029\x85]+")
_MIXED = pattern(
    "(?<![^\\W\\d_])[^\\W\\d_]*(?:[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z])[^\\W\\d_]*"
)
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХасеіјорѕухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaceijopsyxABEZHIKMNOPTYXo",
)


_OTHER = pattern("[\u0370-\u03ff\u0400-\u04ff]")
_AROUND = 120
"""Characters on either side that tell which alphabet is meant."""


def unmasked(text: str) -> str:
    """The text without letters that can't be seen, and with Latin letters for those of other alphabets that look so."""
    return _INVISIBLE.sub("", text).translate(_LOOK_ALIKE)


def tells(text: str) -> bool:
    """Whether a text shows by itself that it has such letters: then it is reported where it stands."""
    mixed = any(one.group().translate(_LOOK_ALIKE).isascii() for one in _MIXED.finditer(text))
    return mixed or _INVISIBLE.search(text) is not None


def check_letters(reading: Reading, script: Script) -> None:  # noqa: ARG001 - a check's signature
    """Characters that are not what they look like. Most scripts have none, and are passed at once."""
    text, begin, end = reading.source.text, reading.begin, reading.end
    if reading.lenient:
        return
    ascii_only = text.isascii() or text[begin:end].isascii()
    if not ascii_only or _has_controls(text[begin:end]):
        _report_controls(reading)
    if ascii_only:
        return
    _report_invisible(reading)
    for found in _by_line(reading, _SEPARATOR.finditer(text, begin, end)):
        _report_breaks(reading, [reading.span(*one.span()) for one in found])
    for match in _MIXED.finditer(text, begin, end):
        if match.group().translate(_LOOK_ALIKE).isascii():
            _report_mixed(reading, match)


def _report_breaks(reading: Reading, breaks: list[Span]) -> None:
    """All of one line at once: they come with a text from a word processor."""
    more = [Label(breaks[-1], f"and here, {len(breaks)} in all")] if len(breaks) > 1 else []
    reading.warning(
        "S0115",
        "this line break is one for the eye only",
        Label(breaks[0], "the line goes on behind it"),
        *more,
        fix=Fix("make it a line break", tuple(Edit(span, "\n") for span in breaks)),
    )


def _report_mixed(reading: Reading, match: re.Match[str]) -> None:
    """A word of two alphabets. Beside words that can only be Cyrillic or Greek it is meant to be one of those."""
    text, span = reading.source.text, reading.span(*match.span())
    around = text[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
    latin = _OTHER.search(around.translate(_LOOK_ALIKE)) is None
    plain = match.group().translate(_LOOK_ALIKE)
    reading.warning(
        "S0114",
        f"the word “{plain}” has letters of two alphabets",
        Label(span, "some only look the same"),
        hint="" if latin else "type it again with one keyboard",
        fix=Fix(f"write {plain} with Latin letters", (Edit(span, plain),)) if latin else None,
    )


def _has_controls(text: str) -> bool:
    """Whether an ASCII text has control characters, told faster than by an expression."""
    written = text.encode("ascii")
    return len(written.translate(None, _CONTROLS)) < len(written)


def _report_controls(reading: Reading) -> None:
    for found in _by_line(
        reading, _CONTROL.finditer(reading.source.text, reading.begin, reading.end)
    ):
        number = ord(found[0].group()[0])
        reading.warning(
            "S0113",
            f"a control character (U+{number:04X}) stands in this line",
            Label(reading.span(*found[0].span())),
            fix=_without(reading, found, "remove what can't be seen"),
        )


def _report_invisible(reading: Reading) -> None:
    text = reading.source.text
    every = _INVISIBLE.finditer(text, reading.begin, reading.end)
    matches = (one for one in every if _is_stray(text, one))
    for found in _by_line(reading, matches):
        number = ord(found[0].group()[0])
        reading.warning(
            "S0112",
            f"a character that can't be seen (U+{number:04X}) stands in this line",
            Label(reading.span(*found[0].span())),
            fix=_without(reading, found, "remove what can't be seen"),
        )


def _is_stray(text: str, match: re.Match[str]) -> bool:
    """Whether it stands among plain letters; in other scripts such characters have work to do."""
    start, end = match.span()
    return start > 0 and text[start - 1].isascii() and text[end : end + 1].isascii()


def _by_line(reading: Reading, matches: Iterator[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """One line is one finding, however often it was pasted into."""
    position = reading.source.position
    for _, found in groupby(matches, lambda match: position(match.start()).line):
        yield list(found)


def _without(reading: Reading, found: list[re.Match[str]], title: str) -> Fix:
    return Fix(title, tuple(Edit(reading.span(*match.span()), "") for match in found))


def check_long_lines(reading: Reading, script: Script) -> None:  # noqa: ARG001 - a check's signature
    """A line that no page would hold: most often the line ends were lost."""
    text = reading.source.text[reading.begin : reading.end]
    if reading.lenient or max(map(len, text.split("\n"))) < LONGEST_LINE:
        return
    ends = [reading.begin + match.end() for match in _NEW_LINE.finditer(text)]
    for start, end in pairwise((reading.begin, *ends, reading.end)):
        if end - start > LONGEST_LINE:
            reading.warning(
                "S0116",
                f"this line has {end - start} characters",
                Label(reading.span(start, start + 40)),
                hint="look whether line ends were lost; a paragraph of action may have several lines",
            )
