"""Effects on footage, by moviepy: slower or faster, again and again, mirrored, black and white, faded.

Moviepy is given pictures that are decoded here, and hands pictures back: it starts no program and opens no file.
"""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from duocast.compiler.operations.encode import FootageSpec
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.video import length, over_before, shown

LUMA = "CRT_phosphor"
"""Moviepy's name for the weights of BT.709's luma."""
ON_TIME = 1e-6
"""Seconds that forgive the rounding of instants to floats."""

Timed = Generator[tuple[RGB, float], None, None]


class Strip:
    """Pictures one after the other, each with the second at which it ends. Going back begins again."""

    def __init__(self, begin: Callable[[], Timed]) -> None:
        self._begin = begin
        self._rest = begin()
        self._since = 0.0
        self._picture, self._end = next(self._rest)

    def at(self, seconds: float) -> RGB:
        """The picture that is shown then; the last one stays."""
        if seconds + ON_TIME < self._since:
            self.close()
            self._rest, self._since = self._begin(), 0.0
            self._picture, self._end = next(self._rest)
        while seconds + ON_TIME >= self._end:
            following = next(self._rest, None)
            if following is None:
                break
            self._since = self._end
            self._picture, self._end = following
        return self._picture

    def close(self) -> None:
        """Let go of the file."""
        self._rest.close()


def has_effects(spec: FootageSpec) -> bool:
    """Whether the footage is more than shown as it is."""
    return (
        spec.speed != 1
        or spec.mirror
        or spec.black_and_white
        or bool(spec.fade_in or spec.fade_out)
    )


def affected_video(
    path: Path, spec: FootageSpec, frames: int, fps: Fraction, width: int, height: int
) -> Iterator[RGB]:
    """`frames` frames of a video with its effects. Raises as `footage` does."""
    start = Fraction(spec.start).limit_denominator(1000)

    def begin() -> Timed:
        with closing(shown(path, start)) as decoded:
            for picture, end in decoded:
                yield covering(picture, width, height), float(end - start)

    seconds = None
    if spec.loop:
        seconds = float(length(path) - start)
        if seconds <= 0:
            raise over_before(path, start)
    return _affected(Strip(begin), seconds, spec, frames, fps)


def affected_picture(
    pictures: Callable[[], Iterator[RGB]], spec: FootageSpec, frames: int, fps: Fraction
) -> Iterator[RGB]:
    """A photograph's frames with their effects."""

    def begin() -> Timed:
        for index, picture in enumerate(pictures()):
            yield picture, float(Fraction(index + 1) / fps)

    return _affected(Strip(begin), None, spec, frames, fps)


def _affected(
    strip: Strip, seconds: float | None, spec: FootageSpec, frames: int, fps: Fraction
) -> Iterator[RGB]:
    with closing(strip):
        clip = _clip(strip, seconds, spec, float(frames / fps))
        for index in range(frames):
            picture = clip.get_frame(float(index / fps))
            whole = picture if picture.dtype == np.uint8 else (picture + 0.5).astype(np.uint8)
            yield np.ascontiguousarray(whole)


def _clip(strip: Strip, seconds: float | None, spec: FootageSpec, total: float) -> Any:  # noqa: ANN401  # moviepy has no types
    with _without_settings():
        from moviepy import VideoClip, vfx

    timed = [vfx.MultiplySpeed(factor=spec.speed)] if spec.speed != 1 else []
    timed += [vfx.Loop(duration=total)] if spec.loop else []
    seen = [vfx.MirrorX()] if spec.mirror else []
    seen += [vfx.BlackAndWhite(RGB=LUMA)] if spec.black_and_white else []
    seen += [vfx.FadeIn(min(spec.fade_in, total))] if spec.fade_in else []
    seen += [vfx.FadeOut(min(spec.fade_out, total))] if spec.fade_out else []
    clip = VideoClip(frame_function=strip.at, duration=seconds)
    return clip.with_effects(timed).with_duration(total).with_effects(seen)


@contextmanager
def _without_settings() -> Iterator[None]:
    """Keep moviepy from reading a `.env` file of whatever folder it is installed in."""
    name = "PYTHON_DOTENV_DISABLED"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
