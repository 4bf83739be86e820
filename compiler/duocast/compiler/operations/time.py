"""`time`: the exact frames of one shot, from the takes that are spoken under it.

Inputs: `times.<line>` (a `TakeTimes`) for each line heard, and `carry` (a `Carry`) of the shot before where a line
goes on over the cut. Outputs: `timing` (timing.json, a `ShotTiming`) and `carry` (carry.json, a `Carry`).
Nothing here
holds a position in the film.
"""

from typing import ClassVar, Literal

from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value


class Anchor(Value):
    """The instant a beat starts from: an edge of a line (or of its word number `word`) plus `offset` seconds."""

    line: str | None = None
    """None: the end of all beats before it in this shot (or the shot's start)."""
    edge: Literal["start", "end"] = "end"
    word: int | None = None
    mark: str | None = None
    offset: float = 0.0


class SpokenBeat(Value):
    """A line, or the part of it from word `first`, heard in this shot.

    A part with `first` above 0 continues the line from the shot before. `last` is the last word before the
    picture cuts away while the line goes on (None: the line ends here). `interrupted`
    ends the sound at the last written word's end with a short fade.
    """

    kind: ClassVar[Literal["spoken"]] = "spoken"
    line: str
    role: str
    first: int = 0
    last: int | None = None
    anchor: Anchor = Anchor()
    interrupted: bool = False


class HoldBeat(Value):
    """Time without speech, in seconds."""

    kind: ClassVar[Literal["hold"]] = "hold"
    seconds: float
    anchor: Anchor = Anchor()


class TimeParams(Value):
    """What happens under one shot."""

    rate: Rate
    beats: tuple[SpokenBeat | HoldBeat, ...]
    head: float = 0.0
    """Seconds before the first beat (handles of transitions included)."""
    tail: float = 0.0
    """Seconds after the last beat."""
    at_least: float = 0.0
    exactly: float | None = None
    lead: float = 0.0
    """Seconds by which the cut to the next shot leads the next line's sound; 0 cuts on the word."""


class SpokenSpan(Value):
    """A line under this shot: take time `offset` sounds at shot time `at`, for `seconds`. All in seconds."""

    line: str
    role: str
    at: float
    offset: float
    seconds: float
    continued: bool = False
    """It began in a shot before this one."""
    interrupted: bool = False


class Carry(Value):
    """Lines that still sound at the shot's end: (line, role, take time reached, seconds left)."""

    lines: tuple[tuple[str, str, float, float], ...] = ()


class ShotTiming(Value):
    """The measured shot."""

    rate: Rate
    frames: int
    spoken: tuple[SpokenSpan, ...]
    marks: tuple[tuple[str, float], ...] = ()
    """Marks under this shot: (name, shot time in seconds)."""
    beats: tuple[tuple[float, float], ...] = ()
    """(start, end) of every beat of the params, in shot seconds."""
