"""What is enclosed: pairs of brackets and parentheses, and the ones that never close."""

import re
from collections.abc import Iterator

from duocast.language.bracket import understood
from duocast.language.diagnostic import Edit, Fix, Label
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.vocabulary import PHRASES

_EVENT = pattern(r"\\.|[\[\]()]")


def enclosed(reading: Reading, start: int, end: int, *, spoken: bool) -> Iterator[tuple[int, int]]:
    """The brackets, and in speech the parentheses, between two offsets: from the opening to after the closing one.

    A bracket or an acting note that does not close is reported, and stays text.
    """
    events = [
        (match.start(), match.group())
        for match in _EVENT.finditer(reading.text, start, end)
        if match.group()[0] != "\\"
    ]
    closing = _parentheses(events) if spoken else {}
    opened: int | None = None
    done = start
    for at, mark in events:
        if at < done:
            continue
        if mark == "[":
            if opened is not None:
                _report(reading, opened, at)
            opened = at
        elif mark == "]" and opened is not None:
            yield opened, at + 1
            opened, done = None, at + 1
        elif mark == "(" and opened is None and spoken:
            if at in closing:
                done = closing[at] + 1
                yield at, done
            elif not reading.lenient and _begins_line(reading.text, at):
                _report_parenthesis(reading, at, end)
    if opened is not None:
        _report(reading, opened, end)


def _parentheses(events: list[tuple[int, str]]) -> dict[int, int]:
    """The offset of each opening parenthesis to that of the one that closes it."""
    waiting: list[int] = []
    pairs: dict[int, int] = {}
    for at, mark in events:
        if mark == "(":
            waiting.append(at)
        elif mark == ")" and waiting:
            pairs[waiting.pop()] = at
    return pairs


def _begins_line(text: str, at: int) -> bool:
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"


def _line_end(text: str, at: int, end: int) -> int:
    """The end of the line of `at`, without white space at its end."""
    found = re.compile(r"[\r\n]").search(text, at, end)
    return at + len(text[at : found.start() if found else end].rstrip())


def _report(reading: Reading, opened: int, end: int) -> None:
    if reading.lenient:
        return
    close = _line_end(reading.text, opened, end)
    text = reading.text[opened + 1 : close]
    safe = understood(text)
    if not safe and (length := _first_phrase(text)):
        close = opened + 1 + length
    span = reading.span(opened, max(close, opened + 1))
    place = reading.span(span.end, span.end)
    reading.error(
        "D0101",
        "this bracket never closes",
        Label(span, "opened here"),
        hint="" if text.strip() else "a direction ends with ] in the same paragraph",
        fix=Fix("close it with ]", (Edit(place, "]"),), safe) if text.strip() else None,
    )


def _first_phrase(text: str) -> int:
    """How long the first phrase of the vocabulary is that `text` begins with."""
    words = list(re.compile(r"[^\s,]+").finditer(text, 0, 80))
    for count in range(min(len(words), 3), 0, -1):
        if tuple(word.group().lower() for word in words[:count]) in PHRASES:
            return words[count - 1].end()
    return 0


def _report_parenthesis(reading: Reading, at: int, end: int) -> None:
    close = _line_end(reading.text, at, end)
    place = reading.span(close, close)
    reading.error(
        "D0110",
        "this parenthesis never closes",
        Label(reading.span(at, close), "opened here"),
        fix=Fix("close it with ) at the end of the line", (Edit(place, ")"),)),
    )
