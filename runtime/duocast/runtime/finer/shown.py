"""What a shot shows of a moving picture: the instants at which it is looked at, and the frames around each."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.video import shown


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame with the seconds at which it begins and ends, counted from the shot's first instant."""

    picture: RGB
    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True)
class Look:
    """How a shot looks at a video: at `frames` instants, `rate` of them in a second of the video, from `start` on."""

    frames: int
    rate: Rate
    start: Fraction

    def instant(self, number: int) -> Fraction:
        """When the instant comes, in seconds after the first."""
        return Fraction(number) / self.rate.fps


def look(frames: int, rate: Rate, start: float, speed: float) -> Look:
    """The look of a shot of `frames` frames at the film's rate. Slow footage is looked at more often."""
    often = rate.fps / Fraction(speed).limit_denominator(1000)
    exact = Rate(numerator=often.numerator, denominator=often.denominator)
    return Look(frames, exact, Fraction(start).limit_denominator(1000))


def watched(path: Path, seen: Look, *, beyond: bool = False) -> Generator[Frame, None, None]:
    """The video's frames from the first instant to the last one; `beyond`: and the one after. Raises as `shown`."""
    before = seen.start
    last = seen.instant(seen.frames - 1)
    done = False
    with closing(shown(path, seen.start)) as decoded:
        for picture, end in decoded:
            yield Frame(picture, max(before, seen.start) - seen.start, end - seen.start)
            if done or (end - seen.start > last and not beyond):
                return
            before, done = end, end - seen.start > last


def seen_of(frames: Iterator[Frame], seen: Look) -> Iterator[Frame]:
    """Those of the frames that are there at an instant."""
    for frame in frames:
        first = ceil(frame.start * seen.rate.fps)
        if first < seen.frames and seen.instant(first) < frame.end:
            yield frame


def paired(frames: Iterator[Frame]) -> Iterator[tuple[Frame, Frame | None]]:
    """Each frame with the one after it."""
    held: Frame | None = None
    for frame in frames:
        if held is not None:
            yield held, frame
        held = frame
    if held is not None:
        yield held, None
