"""The frames of cues: in on the word, out when it has been read, kept off the cuts and off one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Protocol

from duocast.compiler.operations.delivery import CaptionParams
from duocast.compiler.timeline import Timeline
from duocast.runtime.delivery.captions.cue import Cue, CueLine, cuts_of, frame_of

SYNC_FRAMES = 3
"""A cue comes at most this many frames before or after its first word."""

_LINGER = 0.3
_CHAIN = 0.5
"""Seconds: a hole between two cues shorter than this is closed."""

_EARLY, _LATE, _BESIDE_CUT = 1.0, 1.2, 5.0
"""What a frame before or behind the word costs, and a start that a cut follows or precedes by a frame or three."""
_FAULT, _SHORT, _UNEVEN = 8.0, 4.0, 2000.0
"""What a cue costs that stands too short to be read, each frame that it lacks, and the square of the
share that is missing: what can't be had is spread evenly."""
_CROSSED = 1e6


class Readable(Protocol):
    """What a cue, finished or not, needs in time."""

    @property
    def first_word(self) -> float:
        """When its first word begins, seconds of the film."""
        ...

    @property
    def length(self) -> int:
        """Characters to read."""
        ...


@dataclass(frozen=True, slots=True)
class Clock:
    """The film's frames and the rules of reading."""

    timeline: Timeline
    rules: CaptionParams
    cuts: tuple[int, ...]

    def frames(self, seconds: float) -> int:
        """The frames that last at least this long."""
        return ceil(seconds * float(self.timeline.rate.fps) - 1e-6)

    def needed(self, cue: Readable) -> int:
        """The frames that the cue must stand to be read."""
        seconds = max(self.rules.shortest, cue.length / self.rules.reading_speed)
        return min(self.frames(seconds), self.longest)

    @property
    def longest(self) -> int:
        """The most frames that a cue may stand."""
        return int(self.rules.longest * float(self.timeline.rate.fps))

    def word(self, cue: Readable) -> int:
        """The frame of the cue's first word."""
        return frame_of(cue.first_word, self.timeline.rate)


def clock_of(timeline: Timeline, rules: CaptionParams) -> Clock:
    """The clock of a film."""
    return Clock(timeline, rules, cuts_of(timeline) if rules.cuts else ())


def timed(
    drafts: Sequence[tuple[CueLine, ...]], timeline: Timeline, rules: CaptionParams
) -> tuple[Cue, ...]:
    """The cues with their frames; `drafts` are in the order of their first words."""
    clock = clock_of(timeline, rules)
    cues = [Cue(0, 0, lines) for lines in drafts]
    starts = _apart(starts_of(cues, clock, timeline.frames), rules.gap_frames)
    placed: list[Cue] = []
    for index, cue in enumerate(cues):
        follows = starts[index + 1] - rules.gap_frames if index + 1 < len(cues) else timeline.frames
        cue = replace(cue, start=starts[index])
        placed.append(replace(cue, end=_end(cue, follows, clock)))
    return tuple(cue for cue in placed if cue.end > cue.start)


def _apart(starts: list[int], gap: int) -> list[int]:
    for index in range(1, len(starts)):
        starts[index] = max(starts[index], starts[index - 1] + gap + 1)
    return starts


def starts_of(cues: Sequence[Readable], clock: Clock, end: int) -> list[int]:
    """Where each cue comes in: on its word, moved a little to meet a cut or to leave it and its neighbours time to be
    read. `end` is the frame at which the last must be gone.

    Of all starts within `SYNC_FRAMES` of the words, the cheapest are found from the first cue to the last.
    """
    if not cues:
        return []
    words = [clock.word(cue) for cue in cues]
    options = [[max(0, w + o) for o in range(-SYNC_FRAMES, SYNC_FRAMES + 1)] for w in words]
    place = [
        [_place(at, word, clock) for at in row] for row, word in zip(options, words, strict=True)
    ]
    best, back = place[0], []
    for index in range(1, len(cues)):
        needed, gap = clock.needed(cues[index - 1]), clock.rules.gap_frames
        reached = [
            min(
                (cost + _lack(needed, at - gap - start), number)
                for number, (cost, start) in enumerate(zip(best, options[index - 1], strict=True))
            )
            for at in options[index]
        ]
        back.append([number for _, number in reached])
        best = [cost + own for (cost, _), own in zip(reached, place[index], strict=True)]
    needed = clock.needed(cues[-1])
    ends = (cost + _lack(needed, end - at) for cost, at in zip(best, options[-1], strict=True))
    return _traced(options, back, min((cost, number) for number, cost in enumerate(ends))[1])


def _traced(
    options: Sequence[Sequence[int]], back: Sequence[Sequence[int]], last: int
) -> list[int]:
    chosen = [last]
    for row in reversed(back):
        chosen.append(row[chosen[-1]])
    return [row[number] for row, number in zip(options, reversed(chosen), strict=True)]


def _place(at: int, word: int, clock: Clock) -> float:
    """What it costs to come in at this frame for a word at that one."""
    cost = _EARLY * max(0, word - at) + _LATE * max(0, at - word)
    near = any(min(abs(cut - at), abs(cut - word)) <= SYNC_FRAMES for cut in clock.cuts)
    return cost + (_BESIDE_CUT if near and at not in clock.cuts else 0.0)


def _lack(needed: int, frames: int) -> float:
    """What it costs that a cue has `frames` frames and needs `needed`."""
    short = max(0, needed - frames)
    return (
        _FAULT * (short > 0)
        + _SHORT * short
        + _UNEVEN * (short / needed) ** 2
        + (_CROSSED if frames < 1 else 0.0)
    )


def _end(cue: Cue, follows: int, clock: Clock) -> int:
    """Where the cue goes: read, lingering a little, not over a cut if it can be helped."""
    spoken = frame_of(cue.last_word, clock.timeline.rate) + 1
    last = min(follows, cue.start + clock.longest, clock.timeline.frames)
    read = min(cue.start + clock.needed(cue), last)
    end = min(max(spoken + clock.frames(_LINGER), read), last)
    if follows < clock.timeline.frames and 0 < follows - end < clock.frames(_CHAIN):
        end = min(follows, last)
    earliest = max(spoken - SYNC_FRAMES, read)
    cut = next((cut for cut in clock.cuts if earliest <= cut < end), None)
    return cut if cut is not None else end
