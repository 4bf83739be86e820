"""Line ends: a file that ends its lines in several ways."""

from duocast.language.diagnostic import Edit, Fix, Label
from duocast.language.nodes import Script
from duocast.language.pattern import pattern
from duocast.language.reading import Reading

_LINE_END = pattern(r"\r\n|\n|\r")
_NAMES = {"\r\n": "as on Windows", "\n": "as on Linux and macOS", "\r": "as on a Macintosh of old"}


def check_line_ends(reading: Reading, script: Script) -> None:  # noqa: ARG001 - a check's signature
    """Lines that end in another way than most: other programs show them joined, or an empty line between all."""
    text = reading.source.text
    returns = text.count("\r") if "\r" in text else 0
    if not returns or reading.lenient or returns == text.count("\r\n") == text.count("\n"):
        return
    ends = list(_LINE_END.finditer(text))
    counts = {end: sum(one.group() == end for one in ends) for end in _NAMES}
    usual = max(counts, key=lambda end: counts[end])
    odd = [one for one in ends if one.group() != usual]
    if not odd:
        return
    first = odd[0].start()
    start = max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1
    reading.note(
        "S0140",
        f"{len(odd)} of {len(ends)} lines end in another way than the others",
        Label(reading.span(start, first), f"this one ends {_NAMES[odd[0].group()]}"),
        fix=Fix(
            f"end all lines {_NAMES[usual]}",
            tuple(Edit(reading.span(*one.span()), usual) for one in odd),
        ),
    )
