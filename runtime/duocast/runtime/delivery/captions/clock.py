"""The frames of cues: in on the word, out when it has been read, kept off the cuts and off one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from duocast.compiler.operations.delivery import CaptionParams
from duocast.compiler.timeline import Timeline
from duocast.runtime.delivery.captions.cue import Cue, CueLine, cuts_of, frame_of

SYNC_FRAMES = 3
"""A cue comes at most this many frames before or after its first word."""

_LINGER = 0.3
_CHAIN = 0.5
"""Seconds: a hole between two cues shorter than this is closed."""


@dataclass(frozen=True, slots=True)
class _Clock:
    timeline: Timeline
    rules: CaptionParams
    cuts: tuple[int, ...]

    def frames(self, seconds: float) -> int:
        return ceil(seconds * float(self.timeline.rate.fps) - 1e-6)

    def needed(self, cue: Cue) -> int:
        """The frames that the cue must stand to be read."""
        seconds = max(self.rules.shortest, cue.length / self.rules.reading_speed)
        return min(self.frames(seconds), self.longest)

    @property
    def longest(self) -> int:
        return int(self.rules.longest * float(self.timeline.rate.fps))


def timed(
    drafts: Sequence[tuple[CueLine, ...]], timeline: Timeline, rules: CaptionParams
) -> tuple[Cue, ...]:
    """The cues with their frames; `drafts` are in the order of their first words."""
    clock = _Clock(timeline, rules, cuts_of(timeline) if rules.cuts else ())
    cues = [Cue(0, 0, lines) for lines in drafts]
    starts = _starts(cues, clock)
    placed: list[Cue] = []
    for index, cue in enumerate(cues):
        follows = starts[index + 1] - rules.gap_frames if index + 1 < len(cues) else timeline.frames
        cue = replace(cue, start=starts[index])
        placed.append(replace(cue, end=_end(cue, follows, clock)))
    return tuple(cue for cue in placed if cue.end > cue.start)


def _starts(cues: Sequence[Cue], clock: _Clock) -> list[int]:
    """Where each cue comes in: on its word, moved a little to meet a cut or to leave its neighbour time to be read."""
    words = [frame_of(cue.first_word, clock.timeline.rate) for cue in cues]
    starts = [_on_cut(word, clock) for word in words]
    gap = clock.rules.gap_frames
    for index, cue in enumerate(cues):
        needed = clock.needed(cue)
        follows = starts[index + 1] if index + 1 < len(cues) else clock.timeline.frames + gap
        short = needed - (follows - gap - starts[index])
        if short > 0:
            free = starts[index - 1] + clock.needed(cues[index - 1]) + gap if index else 0
            free = max(free, words[index] - SYNC_FRAMES, 0)
            earlier = min(short, max(0, starts[index] - free))
            starts[index] -= earlier
            short -= earlier
        if short > 0 and index + 1 < len(cues):
            starts[index + 1] += min(short, max(0, words[index + 1] + SYNC_FRAMES - follows))
    for index in range(1, len(starts)):
        starts[index] = max(starts[index], starts[index - 1] + gap + 1)
    return starts


def _on_cut(word: int, clock: _Clock) -> int:
    near = [cut for cut in clock.cuts if abs(cut - word) <= SYNC_FRAMES]
    return min(near, key=lambda cut: abs(cut - word)) if near else word


def _end(cue: Cue, follows: int, clock: _Clock) -> int:
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
