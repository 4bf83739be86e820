"""Footage as a shot: a video's frames at the film's rate, filling its frame."""

from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.video import over_before, shown


def footage(
    path: Path,
    frames: int,
    fps: Fraction,
    width: int,
    height: int,
    *,
    start: Fraction = Fraction(0),
    loop: bool = True,
) -> Iterator[RGB]:
    """`frames` frames of the video from `start` on; one too short begins again (`loop`), or its last frame stays.

    Raises `EngineError` (invalid): A0412 too big, A0413 no video in the file, A0414 over before `start`.
    """
    made = 0
    last: RGB | None = None
    while made < frames and (loop or last is None):
        before = made
        for frame in _paced(path, fps, frames - made, width, height, start):
            yield frame
            last = frame
            made += 1
        if made == before:
            raise over_before(path, start)
    while last is not None and made < frames:
        yield last
        made += 1


def _paced(
    path: Path, fps: Fraction, most: int, width: int, height: int, start: Fraction
) -> Iterator[RGB]:
    """The video once: for every instant of the film the frame that is shown then."""
    made = 0
    with closing(shown(path, start)) as decoded:
        for frame, end in decoded:
            picture: RGB | None = None
            while made < most and start + Fraction(made) / fps < end:
                picture = covering(frame, width, height) if picture is None else picture
                yield picture
                made += 1
            if made >= most:
                return
