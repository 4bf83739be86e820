"""Formats: `1920x1080 @ 30, also 1080x1920 @ 30` becomes sizes and rates of the picture."""

import re
from collections.abc import Iterator

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import Format
from duocast.compiler.timeline import Rate
from duocast.language import Entry, Label, Span, Text, replacement

_FORMAT = re.compile(r"(\d{2,5})\s*[x×]\s*(\d{2,5})(?:\s*@\s*(\d+(?:\.\d+)?))?", re.IGNORECASE)
_ALSO = re.compile(r"(?:also|and)\b\s*", re.IGNORECASE)
RATES = {"23.976": Rate(numerator=24000, denominator=1001), "29.97": Rate(numerator=30000, denominator=1001),
         "59.94": Rate(numerator=60000, denominator=1001)}  # fmt: skip
SMALLEST, LARGEST = 128, 7680
FASTEST = 120
ORDINARY_RATE = "24"


def read_formats(entry: Entry, findings: Findings) -> tuple[Format, ...]:
    """The formats of an entry, the film's own first. What can't be made is a finding."""
    found: dict[Format, Span] = {}
    for text in _pieces(entry):
        made = _format(text, findings)
        if made is not None and made in found:
            _report_twice(text, found[made], findings)
        elif made is not None:
            found[made] = text.span
    return tuple(found)


def _pieces(entry: Entry) -> Iterator[Text]:
    """The parts between commas and line ends, without `also`."""
    for value in entry.values:
        for match in re.finditer(r"[^,]+", value.text):
            written = match.group()
            text = _ALSO.sub("", written.strip(), count=1)
            start = match.start() + len(written.rstrip()) - len(text)
            if text:
                yield Text(text, span=value.span.part(start, start + len(text)))


def _format(value: Text, findings: Findings) -> Format | None:
    match = _FORMAT.search(value.text)
    if match is None:
        title = f"{value.text} is no picture format"
        fix = replacement(value.span, "1280x720 @ 24", safe=False)
        hint = "write it like `Format: 1280x720 @ 24`"
        findings.error("D0401", title, value.span, hint=hint, fix=fix)
        return None
    width, height = int(match[1]), int(match[2])
    rate = _rate(match[3] or ORDINARY_RATE)
    if not (min(width, height) >= SMALLEST and max(width, height) <= LARGEST) or rate is None:
        title = f"{value.text} can't be made"
        hint = f"sides from {SMALLEST} to {LARGEST} pixels, up to {FASTEST} frames a second"
        fix = replacement(value.span, _nearest_format(width, height, match[3]), safe=False)
        findings.error("D0402", title, value.span, hint=hint, fix=fix)
        return None
    return Format(width=width // 2 * 2, height=height // 2 * 2, rate=rate)


def _nearest_format(width: int, height: int, rate: str | None) -> str:
    """The format that can be made and is most like the one that can't."""
    width, height = (min(max(side, SMALLEST), LARGEST) // 2 * 2 for side in (width, height))
    return f"{width}x{height} @ {rate if rate and _rate(rate) else ORDINARY_RATE}"


def _rate(text: str) -> Rate | None:
    if text in RATES:
        return RATES[text]
    if text.isdecimal() and len(text) <= len(str(FASTEST)):
        return Rate(numerator=int(text)) if 1 <= int(text) <= FASTEST else None
    from fractions import Fraction  # only for a rate that is written as one

    value = Fraction(text)
    if not 1 <= value <= FASTEST:
        return None
    return Rate(numerator=value.numerator, denominator=value.denominator)


def _report_twice(again: Text, before: Span, findings: Findings) -> None:
    findings.warning(
        "D0412",
        f"the format {again.text} is named twice",
        Label(again.span, "this one is not made again"),
        Label(before, "first named here"),
        fix=findings.without(again.span, "leave the second one out", safe=True),
    )
