"""Scene headings: `INT. KITCHEN - NIGHT` in parts."""

import re

from msgspec import Struct

from duocast.language.diagnostic import Label, replacement
from duocast.language.lines import Line
from duocast.language.nearest import distance, nearest
from duocast.language.node import Name, Text
from duocast.language.nodes import SceneHeading
from duocast.language.reading import Reading
from duocast.language.vocabulary import TIMES_OF_DAY

_PREFIX = re.compile(
    r"(INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\s?/\s?E|E\s?/\s?I|INT|EXT|EST)(\.|(?=\s)|$)\s*",
    re.IGNORECASE,
)
_NEAR = re.compile(r"([A-Z]{2,8})([.,:;]?)\s+(?=\S)")
_FORCED = re.compile(r"\.(?=[^\W_])")
_NUMBER = re.compile(r"\s*#([\w.\-]{1,20})#$")
_DASH = re.compile(r"(?:^|[ \t]+)[-–—]+(?:[ \t]+|$)")
_TIME_WORDS = frozenset(word for time in TIMES_OF_DAY for word in time.split())


class Opening(Struct, frozen=True, gc=False):
    """How a heading begins: the word that says inside or outside, and how long that is."""

    kind: str
    length: int
    mistake: str = ""
    """What should stand there instead, when it is only nearly right."""
    forced: bool = False


def heading_opening(line: Line, *, fresh: bool, lenient: bool) -> Opening | None:
    """How `line` opens as a heading, if it is one. `fresh`: an empty line or something structural stands before it."""
    text = line.text
    if fresh and (match := _FORCED.match(text)):
        return Opening("", match.end(), forced=True)
    if match := _PREFIX.match(text):
        kind = re.sub(r"[\s.]", "", match.group(1)).upper()
        capital = match.group(1).isupper()
        if match.group(2) and (fresh or capital):
            return Opening(kind, match.end())
        if fresh and capital and text[match.end() :]:
            return Opening(kind, match.end(), "" if lenient else match.group(1) + ".")
    if fresh and not lenient and (match := _NEAR.match(text)):
        meant = _meant(match.group(1), match.group(2), text)
        return Opening(meant, match.end(), meant + ".") if meant else None
    return None


def _meant(word: str, stop: str, text: str) -> str:
    """INT or EXT, when a word is nearly that."""
    for full, short in (("INTERIOR", "INT"), ("EXTERIOR", "EXT")):
        if word == full or (word == short and stop in (",", ":", ";")):
            return short
    if stop and text.isupper() and _DASH.search(text[:200]):
        return next((kind for kind in ("INT", "EXT") if distance(word, kind, 1) == 1), "")
    return ""


def parse_heading(reading: Reading, line: Line, opening: Opening) -> SceneHeading:
    """The heading that `line` is."""
    if opening.mistake:
        _report_opening(reading, line, opening)
    start, end = line.start + opening.length, line.end
    number = _NUMBER.search(reading.text, max(start, end - 24), end)
    if number:
        end = number.start()
    place, time, rest = _parts(reading, start, end)
    if not place.text and not reading.lenient:
        reading.error(
            "S0106",
            "this heading names no place",
            Label(reading.span(line.start, line.end)),
            hint="write INT. and the name of a place, as in INT. KITCHEN - NIGHT",
        )
    kind = opening.kind
    return SceneHeading(
        place,
        time,
        interior="I" in kind.replace("EXT", ""),
        exterior="EXT" in kind or kind in ("I/E", "E/I"),
        establishing=kind == "EST",
        forced=opening.forced,
        rest=rest,
        number=Text(number.group(1), span=reading.span(*number.span(1))) if number else None,
        span=reading.span(line.start, line.end),
    )


def _parts(reading: Reading, start: int, end: int) -> tuple[Name, Text | None, tuple[Text, ...]]:
    """The place, the time of day, and what follows it."""
    parts: list[Text] = []
    written = reading.text[start:end]
    position = 0
    for dash in (*_DASH.finditer(written), None):
        raw = written[position : dash.start() if dash else len(written)]
        first = start + position + len(raw) - len(raw.lstrip())
        text = raw.strip()
        parts.append(Text(text, span=reading.span(first, first + len(text))))
        position = dash.end() if dash else position
    at = next((i for i, part in enumerate(parts) if i and _is_time(reading, part)), len(parts))
    before = parts[:at]
    span = before[0].span.to(before[-1].span)
    name = Name(reading.text[span.start : span.end], span=span)
    return name, parts[at] if at < len(parts) else None, tuple(parts[at + 1 :])


def _is_time(reading: Reading, part: Text) -> bool:
    """Whether a part names a time of day; a slip for one is reported and counts as one."""
    if _TIME_WORDS & set(part.text.upper().replace(",", " ").split()):
        return True
    meant = (
        nearest(part.text, TIMES_OF_DAY) if not reading.lenient and len(part.text) != 3 else None
    )
    if meant is None or distance(part.text.upper(), meant, 1) > 1:
        return False
    reading.error(
        "S0107",
        f"there is no time of day “{part.text}”",
        Label(part.span, f"did you mean {meant}?"),
        fix=replacement(part.span, meant),
    )
    return True


def _report_opening(reading: Reading, line: Line, opening: Opening) -> None:
    written = line.text[: opening.length].rstrip()
    span = reading.span(line.start, line.start + len(written))
    bare = written + "." == opening.mistake
    report = reading.warning if bare else reading.error
    report(
        "S0105",
        f"a scene heading begins with {opening.mistake}",
        Label(span, "a full stop is missing" if bare else f"did you mean {opening.mistake}?"),
        fix=replacement(span, opening.mistake),
    )
