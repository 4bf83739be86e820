"""The line above a speech: `MARA (V.O.) ^`."""

from typing import NamedTuple

from duocast.language.lines import Line
from duocast.language.node import Name, Text
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.source import Span

_LONGEST = 240
_EXTENSION = pattern(r"\(([^()]*)\)")


class Attribution(NamedTuple):
    """Who speaks, and how: the parts of the line above a speech."""

    name: Name
    extensions: tuple[Text, ...]
    together: bool
    forced: bool


def is_character(line: Line) -> bool:
    """Whether a line looks like the name of a speaker: all capitals, no sentence."""
    text = line.text
    if text.startswith("@"):
        return 1 < len(text) <= _LONGEST and not text[1].isspace()
    if text[0].isalpha() and (opening := text.find("(")) > 0 and text.find(")", opening) < 0:
        text = text[:opening].rstrip()
    if len(text) > _LONGEST or text[-1] in "!?:.," or text[0] in "[(-—":
        return (
            text.endswith(".") and len(text.split()) <= 2 and text.isupper() and text[0].isalpha()
        )
    name = text.partition("(")[0].rstrip(" ^")
    return bool(name) and name == name.upper() and any(map(str.isalpha, name))


def attribution(reading: Reading, start: int, end: int) -> Attribution:
    """The parts of a speaker's line."""
    text = reading.text[start:end]
    if text.isalnum():
        return Attribution(Name(text, span=Span(start, end, reading.place)), (), False, False)
    forced = text.startswith("@")
    start += forced
    text = text[forced:]
    together = text.endswith("^")
    text = text.rstrip("^ \t")
    extensions = tuple(
        Text(match.group(1).strip(), span=reading.span(start + match.start(), start + match.end()))
        for match in _EXTENSION.finditer(text)
        if match.group(1).strip()
    )
    name = text.partition("(")[0].rstrip()
    first = start + len(name) - len(name.lstrip())
    span = reading.span(first, start + len(name))
    return Attribution(Name(name.strip(), span=span), extensions, together, forced)
