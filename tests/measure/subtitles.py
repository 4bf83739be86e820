"""Caption files read as a player reads them, and the rules of reading checked without the engine that cut them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from pathlib import Path

LINE_LENGTH = 42
LINES = 2
READING_SPEED = 17.0
SHORTEST = 5 / 6
LONGEST = 7.0
GAP_FRAMES = 2
SYNC_FRAMES = 3

_TIMES = re.compile(r"(\d\d):(\d\d):(\d\d),(\d{3}) --> (\d\d):(\d\d):(\d\d),(\d{3})")
_NAME = re.compile(r"^[^a-z:]{2,}: ")


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A cue of the file: seconds of the film, and its rows."""

    number: int
    start: float
    end: float
    rows: tuple[str, ...]

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The words of each speaker: rows that begin with a dash are of one speaker each; names are left out."""
        dashed = len(self.rows) > 1 and all(row.startswith("- ") for row in self.rows)
        texts = [row[2:] for row in self.rows] if dashed else [" ".join(self.rows)]
        return tuple(tuple(_NAME.sub("", text).split()) for text in texts)

    @property
    def length(self) -> int:
        """Characters to read, without dashes and names."""
        return sum(len(" ".join(words)) for words in self.parts)


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word as written, when it starts on the film (seconds), and the line that it belongs to."""

    text: str
    start: float
    line: str


def read_srt(path: Path) -> list[Subtitle]:
    """The cues of a SubRip file, strictly: numbered from 1, well formed, separated by one blank line."""
    text = path.read_text(encoding="utf-8")
    found = []
    for number, block in enumerate(
        text.rstrip("\n").split("\n\n") if text.strip() else [], start=1
    ):
        head, times, *rows = block.split("\n")
        match = _TIMES.fullmatch(times)
        if head != str(number) or match is None or not rows:
            raise ValueError(f"block {number} of {path.name} is no cue: {block!r}")
        values = [int(value) for value in match.groups()]
        start, end = _seconds(values[:4]), _seconds(values[4:])
        found.append(Subtitle(number, start, end, tuple(rows)))
    return found


def _seconds(values: Sequence[int]) -> float:
    hours, minutes, seconds, milliseconds = values
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def faults(cues: Sequence[Subtitle], fps: float, film_seconds: float) -> list[str]:
    """Every broken rule of reading, in words; times are given to the millisecond, so half a frame is allowed."""
    slack = 0.5 / fps
    found = []
    for cue in cues:
        seconds, name = cue.end - cue.start, f"cue {cue.number}"
        found += [f"{name}: {len(row)} characters" for row in cue.rows if len(row) > LINE_LENGTH]
        if len(cue.rows) > LINES:
            found.append(f"{name}: {len(cue.rows)} rows")
        if seconds < SHORTEST - slack or seconds > LONGEST + slack:
            found.append(f"{name}: stands {seconds:.2f} s")
        if cue.length > READING_SPEED * (seconds + slack):
            found.append(f"{name}: {cue.length / max(seconds, 0.001):.1f} characters a second")
        if cue.end > film_seconds + slack:
            found.append(f"{name}: ends after the film")
    for one, two in pairwise(cues):
        gap = (two.start - one.end) * fps
        if gap < GAP_FRAMES - 0.1:
            found.append(f"cue {two.number}: {gap:.1f} frames after the one before")
    return found


def sync_faults(cues: Sequence[Subtitle], words: Sequence[SaidWord], fps: float) -> list[str]:
    """Every cue that comes more than `SYNC_FRAMES` from its first word, and every word that has no cue, in order.

    `words` are all words said, line by line. Each cue must show the next words of some line.
    """
    lines: dict[str, list[SaidWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    found = []
    for cue in cues:
        starts = []
        for part in cue.parts:
            taken = _take(part, lines, cue.start)
            if taken is None:
                found.append(f"cue {cue.number}: {' '.join(part)!r} is said nowhere")
            else:
                starts.append(taken)
        if not starts:
            continue
        late = round(cue.start * fps) - floor(min(starts) * fps + 0.001)
        if abs(late) > SYNC_FRAMES:
            found.append(f"cue {cue.number}: {late:+d} frames from its first word")
    left = [word.text for rest in lines.values() for word in rest]
    return [*found, *([f"without a caption: {' '.join(left)}"] if left else [])]


def _take(part: Sequence[str], lines: dict[str, list[SaidWord]], near: float) -> float | None:
    """Take these words from the fronts of the lines that have them next (several lines of one speaker may share a
    cue), nearest in time first; the start of the first, or None."""
    fitting = [
        line
        for line, rest in lines.items()
        if rest and rest[0].text == part[0] and _shared(rest, part)
    ]
    if not fitting:
        return None
    line = min(fitting, key=lambda name: abs(lines[name][0].start - near))
    count = _shared(lines[line], part)
    start = lines[line][0].start
    lines[line] = lines[line][count:]
    if count < len(part):
        return start if _take(part[count:], lines, near) is not None else None
    return start


def _shared(rest: Sequence[SaidWord], part: Sequence[str]) -> int:
    """How many words of the part stand next in the line; 0 unless the part or the line is used up."""
    count = 0
    while count < min(len(rest), len(part)) and rest[count].text == part[count]:
        count += 1
    return count if count in (len(rest), len(part)) else 0
