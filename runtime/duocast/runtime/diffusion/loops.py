"""Loops: a piece that is too short for its shot goes round, where it comes back to what it showed before.

A loop is found where some frames look and move as others did before them. There the later ones dissolve into the
earlier ones. Where there is none the piece goes there and back, so that no frame follows one that is unlike it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import RGB

Frames = NDArray[np.uint8]
Small = NDArray[np.float32]
WIDTH = 48
"""Pixels across of the pictures that are compared."""
DISSOLVE = 6
"""Frames over which the end becomes the beginning."""
ALIKE = 3.0
"""How unlike the two may be, in ordinary steps from a frame to the next: more would be seen as a double picture."""
LEAST = 0.4
"""The shortest loop, as a share of the piece; it is never shorter than two dissolves."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Frames `first` to `end` (without it) go round; the last `dissolve` of them become those before `first`."""

    first: int
    end: int
    dissolve: int


def best_loop(frames: Frames) -> Loop | None:
    """The loop with the smallest seam, the longest of equal ones; None if every seam would be seen.

    A seam is not seen when none of its steps from frame to frame is larger than the piece's own largest, and what
    dissolves is nearly alike.
    """
    small = _small(frames)
    count = len(small)
    steps = np.abs(np.diff(small, axis=0)).mean(axis=1)
    if not steps.max(initial=0):
        return Loop(0, count, 0)
    dissolve = min(DISSOLVE, count // 4)
    if dissolve < 1:
        return None
    unlike = _unlike(small, dissolve)
    shortest = max(2 * DISSOLVE, int(LEAST * count))
    places = [
        (float(unlike[first, end]), first - end, Loop(first, end, dissolve))
        for first in range(dissolve, count - shortest)
        for end in range(first + shortest, count)
        if unlike[first, end] <= ALIKE * float(np.median(steps))
    ]
    for _, _, loop in sorted(places, key=lambda one: one[:2]):
        if _seam(small, loop) <= float(steps.max()):
            return loop
    return None


def looped(frames: Frames, wanted: int) -> Iterator[RGB]:
    """`wanted` frames: the piece, and then round and round, or there and back."""
    if len(frames) >= wanted or len(frames) < 2:
        return islice(cycle(frames), wanted)
    loop = best_loop(frames)
    return islice(_round(frames, loop) if loop else _there_and_back(frames), wanted)


def _round(frames: Frames, loop: Loop) -> Iterator[RGB]:
    turn = _turn(frames, loop)
    yield from frames[: loop.end - loop.dissolve]
    while True:
        yield from turn
        yield from frames[loop.first : loop.end - loop.dissolve]


def _turn(frames: Frames, loop: Loop) -> list[RGB]:
    """The frames of the dissolve."""
    share = (np.arange(loop.dissolve) + 1) / (loop.dissolve + 1)
    later = frames[loop.end - loop.dissolve : loop.end]
    earlier = frames[loop.first - loop.dissolve : loop.first]
    return [
        cv2.addWeighted(old, float(1 - part), new, float(part), 0)
        for old, new, part in zip(later, earlier, share, strict=True)
    ]


def _there_and_back(frames: Frames) -> Iterator[RGB]:
    while True:
        yield from frames[:-1]
        yield from frames[:0:-1]


def _small(frames: Frames) -> Small:
    """Every frame as a row of a few values."""
    height = max(2, round(WIDTH * frames.shape[1] / frames.shape[2]))
    rows = [cv2.resize(frame, (WIDTH, height), interpolation=cv2.INTER_AREA) for frame in frames]
    return np.asarray(rows, np.float32).reshape(len(rows), -1)


def _unlike(small: Small, dissolve: int) -> NDArray[np.float64]:
    """[first, end]: how unlike the frames that dissolve are, with the frame after them, on average."""
    count = len(small)
    single = np.full((count + 1, count + 1), np.inf)
    for first in range(count):
        single[first, first:count] = np.abs(small[first:] - small[first]).mean(axis=1)
    result = np.full((count + 1, count + 1), np.inf)
    for first in range(dissolve, count):
        for end in range(first + 1, count):
            back = np.arange(dissolve + 1)
            result[first, end] = single[first - back, end - back].mean()
    return result


def _seam(small: Small, loop: Loop) -> float:
    """The largest step from a frame to the next while the end becomes the beginning."""
    share = ((np.arange(loop.dissolve) + 1) / (loop.dissolve + 1))[:, np.newaxis]
    later = small[loop.end - loop.dissolve : loop.end]
    earlier = small[loop.first - loop.dissolve : loop.first]
    turn = later * (1 - share) + earlier * share
    before = small[loop.end - loop.dissolve - 1 : loop.end - loop.dissolve]
    whole = np.concatenate([before, turn, small[loop.first : loop.first + 1]])
    return float(np.abs(np.diff(whole, axis=0)).mean(axis=1).max())
