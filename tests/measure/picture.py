"""Measures of a finished film's picture, from decoding every frame: count, black, repeats, cuts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

BLACK_MEAN = 24.0
BLACK_BRIGHTEST = 44.0
"""Luma (16 is black, 235 white): a frame is black if it is this dark on average and almost nowhere brighter."""
FROZEN_SECONDS = 0.2
REFRESHED = 2.0
"""Levels by which a key frame, or one in which a mouth leaps, may differ on average from the frame before."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One value a frame: mean luma, the luma that 99.8 % of pixels are below, and the largest and the mean change
    of a pixel from the frame before (infinite for the first)."""

    fps: Fraction
    width: int
    height: int
    mean: NDArray[np.float64]
    brightest: NDArray[np.float64]
    largest_change: NDArray[np.float64]
    mean_change: NDArray[np.float64]
    key: NDArray[np.bool_]
    """Whether the frame was encoded by itself."""

    @property
    def frames(self) -> int:
        """How many frames were decoded."""
        return len(self.mean)

    @property
    def seconds(self) -> Fraction:
        """How long they last."""
        return self.frames / self.fps


def lumas(film: Path) -> Iterator[tuple[NDArray[np.uint8], bool]]:
    """Every decoded frame's luma plane, height x width, and whether it was encoded by itself."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        for frame in container.decode(stream):
            plane = frame.planes[0]
            rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
            yield rows[:, : plane.width].copy(), bool(frame.key_frame)


def frames_rgb(film: Path, first: int, frames: int) -> Iterator[NDArray[np.uint8]]:
    """The pictures of frames `first` to `first + frames` of a film, RGB."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        for number, frame in enumerate(container.decode(stream)):
            if number >= first + frames:
                return
            if number >= first:
                yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


def look_at(film: Path) -> Picture:
    """Decode the whole film and measure every frame."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        fps, width, height = Fraction(stream.average_rate or 0), stream.width, stream.height
    rows = list(_measured(lumas(film)))
    columns = np.array(rows, np.float64).reshape(-1, 5).T
    return Picture(fps, width, height, *columns[:4], columns[4] > 0)


def _measured(
    pictures: Iterable[tuple[NDArray[np.uint8], bool]],
) -> Iterator[tuple[float, float, float, float, float]]:
    before: NDArray[np.int16] | None = None
    for picture, key in pictures:
        now = picture.astype(np.int16)
        bright = float(np.partition(picture.ravel(), k := int(picture.size * 0.998))[k])
        change = None if before is None else np.abs(now - before)
        largest = float("inf") if change is None else float(change.max())
        mean = float("inf") if change is None else float(change.mean())
        yield float(picture.mean()), bright, largest, mean, float(key)
        before = now


def black_frames(picture: Picture) -> list[int]:
    """The frames in which nothing can be seen."""
    dark = (picture.mean < BLACK_MEAN) & (picture.brightest < BLACK_BRIGHTEST)
    return [int(frame) for frame in np.flatnonzero(dark)]


def repeated_frames(picture: Picture) -> list[int]:
    """The frames of which not one pixel's luma differs from the frame before."""
    return [int(frame) for frame in np.flatnonzero(picture.largest_change == 0)]


def frozen_stretches(picture: Picture, planned: Collection[int] = ()) -> list[tuple[int, int]]:
    """Stretches (first frame, frames) in which the picture stands still for `FROZEN_SECONDS` or more, but for
    the frames `planned`."""
    still = [frame for frame in repeated_frames(picture) if frame not in planned]
    least = max(2, round(FROZEN_SECONDS * float(picture.fps)))
    return [(run[0], len(run)) for run in _runs(still) if len(run) >= least]


def stutters(picture: Picture, planned: Collection[int] = ()) -> list[int]:
    """Frames that repeat the one before while the picture moves on both sides: the sign of a dropped frame.

    It moves where the mean change is above a quarter of a grey level.
    """
    change = picture.mean_change
    found = []
    for frame in repeated_frames(picture):
        inside = 1 < frame < picture.frames - 1
        if inside and frame not in planned and min(change[frame - 1], change[frame + 1]) > 0.25:
            found.append(frame)
    return found


def hard_cuts(picture: Picture, factor: float = 3.0) -> set[int]:
    """Frames that differ far more from the one before than their neighbours do: where a cut is seen."""
    change = picture.mean_change
    found = set()
    for frame in range(1, picture.frames):
        around = [*change[max(1, frame - 3) : frame], *change[frame + 1 : frame + 4]]
        usual = float(np.median(around)) if around else 0.0
        if change[frame] > max(factor * usual, 1.0):
            found.add(frame)
    return found


def jumps(picture: Picture, explained: Collection[int], spoken: Collection[int] = ()) -> list[int]:
    """The frames that differ as a cut does from the one before, and are none of those `explained`.

    No jump is a key frame that brings at once what the frames before it left out, nor one of the frames `spoken` in
    which a mouth moves fast, as long as the picture changes by less than `REFRESHED`.
    """
    small = set(spoken) | set(np.flatnonzero(picture.key).tolist())
    found = sorted(hard_cuts(picture) - set(explained))
    return [f for f in found if f not in small or picture.mean_change[f] >= REFRESHED]


def _runs(numbers: list[int]) -> list[list[int]]:
    grouped = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    return [[number for _, number in run] for _, run in grouped]
