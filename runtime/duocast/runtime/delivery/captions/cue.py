"""A cue: words that stand on the screen together, and what was heard of the film that they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.timeline import SAMPLE_RATE, Rate, SpokenLine, Timeline


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word as written, heard from `start` to `end`, seconds of the film."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A line as it is heard on the film: its words up to where it is cut off."""

    line: str
    name: str
    on_screen: bool
    words: tuple[CueWord, ...]

    @property
    def scene(self) -> str:
        """The scene of the line: `kitchen-night` of `kitchen-night/mara-8b936a`."""
        return self.line.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class CueLine:
    """What one speaker says in a cue. `rows` are the rows on the screen, dash or name included."""

    speaker: str
    words: tuple[CueWord, ...]
    rows: tuple[str, ...]

    @property
    def length(self) -> int:
        """Characters to read: the spoken text with its spaces, without dashes and names."""
        return len(" ".join(word.text for word in self.words))


@dataclass(frozen=True, slots=True)
class Cue:
    """Frames of the film (half-open) and what is read in them: one speaker, or two with a row each."""

    start: int
    end: int
    lines: tuple[CueLine, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows on the screen, from the top."""
        return tuple(row for line in self.lines for row in line.rows)

    @property
    def text(self) -> str:
        """The rows with line breaks."""
        return "\n".join(self.rows)

    @property
    def speaker(self) -> str:
        """Who speaks; two names are joined by ` & `."""
        return " & ".join(dict.fromkeys(line.speaker for line in self.lines))

    @property
    def length(self) -> int:
        """Characters to read."""
        return sum(line.length for line in self.lines)

    @property
    def first_word(self) -> float:
        """When the first word begins, seconds of the film."""
        return min(line.words[0].start for line in self.lines)

    @property
    def last_word(self) -> float:
        """When the last word ends, seconds of the film."""
        return max(line.words[-1].end for line in self.lines)


def frame_of(seconds: float, rate: Rate) -> int:
    """The frame that is shown at this instant."""
    return floor(Fraction(seconds).limit_denominator(1_000_000) * rate.fps + Fraction(1, 1000))


def cuts_of(timeline: Timeline) -> tuple[int, ...]:
    """The frames at which another shot begins; in a dissolve, its middle."""
    clips = timeline.picture
    return tuple(
        (after.start + before.start + before.frames) // 2 for before, after in pairwise(clips)
    )


def speeches(timeline: Timeline, times: Mapping[str, TakeTimes]) -> tuple[Speech, ...]:
    """All lines in the order in which they are heard."""
    found = (_speech(line, times[line.line]) for line in timeline.spoken if line.line in times)
    return tuple(sorted((s for s in found if s.words), key=lambda s: s.words[0].start))


def _speech(line: SpokenLine, take: TakeTimes) -> Speech:
    at, end = line.at / SAMPLE_RATE, line.end / SAMPLE_RATE
    words = tuple(
        CueWord(word.text, at + word.start, min(at + word.end, end))
        for word in take.words
        if at + word.start < end - 0.02
    )
    return Speech(line.line, line.name, line.on_screen, words)
