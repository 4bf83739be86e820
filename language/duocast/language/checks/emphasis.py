"""Emphasis that never ends: a star that would be read as one."""

from duocast.language.diagnostic import Edit, Fix, Label
from duocast.language.nodes import Action, Script, Speech, Words
from duocast.language.pattern import pattern
from duocast.language.reading import Reading

_OPENS = pattern(r"(?<![\S*])(\*{1,3})(\w[\w'’-]*)")
_CLOSES = pattern(r"(?<=\w)([.,!?]?)(\*{1,3})(?![\w*])")


def check_emphasis(reading: Reading, script: Script) -> None:
    """A star before or behind a word that has no partner in its paragraph."""
    if reading.lenient or reading.text.find("*", reading.begin, reading.end) < 0:
        return
    for block in script.blocks:
        if type(block) is Speech or type(block) is Action:
            for part in block.content:
                if type(part) is Words and "*" in part.text:
                    _check(reading, part)
                    break


def _check(reading: Reading, part: Words) -> None:
    text, start, end = reading.text, part.span.start, part.span.end
    if match := _OPENS.search(text, start, end):
        mark = match.group(1)
        place = reading.span(match.end(), match.end())
        fix = Fix(f"write {match.group()}{mark}", (Edit(place, mark),), safe=False)
        _report(reading, *match.span(1), fix)
    elif (match := _CLOSES.search(text, start, end)) and "\\" not in text[start : match.end()]:
        span = reading.span(*match.span(2))
        fix = Fix("remove it", (Edit(span, ""),), safe=False)
        _report(reading, *match.span(2), fix)


def _report(reading: Reading, start: int, end: int, fix: Fix) -> None:
    reading.warning(
        "S0132",
        "this emphasis has no other end",
        Label(reading.span(start, end), "it is taken for a star"),
        hint="write \\* for a star",
        fix=fix,
    )
