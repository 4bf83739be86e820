"""What one shot asks of its people, in shot time: the lines with their takes, the seats, who hears and sees whom."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from duocast.compiler.operations.animate import Actor, AnimateParams
from duocast.compiler.operations.compose import Layout, Placed
from duocast.compiler.operations.speak import TakeTimes, WordTime
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.runtime.performance.chance import Floats


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line heard in the shot: take time 0 stands at shot time `zero`, and it falls silent at `end`."""

    line: str
    role: str
    zero: float
    begin: float
    end: float
    take: TakeTimes
    until: float | None
    """The take time at which somebody cuts it off."""

    @property
    def words(self) -> tuple[WordTime, ...]:
        """The words that are really said."""
        limit = np.inf if self.until is None else self.until
        return tuple(word for word in self.take.words if word.start < limit - 0.05)


@dataclass(frozen=True, slots=True)
class ShotView:
    """Everything a performance is made from. `time` holds the middles of the frames, padded on both sides."""

    fps: float
    frames: int
    pad: int
    time: Floats
    lines: tuple[Spoken, ...]
    layout: Layout
    params: AnimateParams
    beats: tuple[float, ...] = ()
    """When each beat of the shot begins."""

    @property
    def period(self) -> float:
        """Seconds a frame lasts."""
        return 1 / self.fps

    def cast(self) -> tuple[tuple[Placed, Actor], ...]:
        """The people in the layout's order, with what they act (nothing special if the params say nothing)."""
        known = {actor.role: actor for actor in self.params.actors}
        return tuple((p, known.get(p.role, Actor(role=p.role))) for p in self.layout.people)

    def line(self, name: str | None) -> Spoken | None:
        """The line `name`, if it is heard in this shot."""
        return next((spoken for spoken in self.lines if spoken.line == name), None)


def shot_view(
    timing: ShotTiming, layout: Layout, takes: Mapping[str, TakeTimes], params: AnimateParams
) -> ShotView:
    """The view of one shot. Half a second is added on both sides, so that no filter sees an edge."""
    fps = float(timing.rate.fps)
    pad = int(np.ceil(0.6 * fps))
    time: Floats = (np.arange(-pad, timing.frames + pad, dtype=np.float64) + 0.5) / fps
    lines = sorted(
        (_spoken(span, takes[span.line]) for span in timing.spoken if span.line in takes),
        key=lambda spoken: (spoken.zero, spoken.line),
    )
    beats = tuple(start for start, _ in timing.beats)
    return ShotView(fps, timing.frames, pad, time, tuple(lines), layout, params, beats)


def _spoken(span: SpokenSpan, take: TakeTimes) -> Spoken:
    zero = span.at - span.offset
    until = span.offset + span.seconds if span.interrupted else None
    end = zero + (take.seconds if until is None else until)
    return Spoken(span.line, span.role, zero, span.at, end, take, until)
