"""Looking: whether a result is what was ordered, before it is settled. Words that follow "the order is done, but"."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from duocast.runtime.delivery.encode.video import length
from duocast.runtime.engine import EngineError
from duocast.runtime.validate import video_problem

_SILENT, _BLACK, _APART = 1e-3, 12, 0.75
_ENDS = ((b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), (b"\xff\xd8", b"\xff\xd9"))
_SLOWEST, _QUICKEST = 0.5, 0.015
"""Seconds a character that anybody takes at most and at least."""


def video_check(seconds: int) -> Callable[[Path], str | None]:
    """A video of so many seconds, whole, and not black."""

    def check(file: Path) -> str | None:
        if (problem := video_problem(file)) is not None:
            return f"it made a video {problem}"
        try:
            long = float(length(file))
        except EngineError as broken:
            return f"it made no video ({broken.message})"
        return (
            None
            if abs(long - seconds) <= _APART
            else f"it is {long:.2f} s long instead of {seconds} s"
        )

    return check


def picture_check(file: Path) -> str | None:
    """A picture that is whole and not black."""
    content = file.read_bytes()
    for first, last in _ENDS:
        if content.startswith(first) and not content.rstrip(b"\0").endswith(last):
            return "its picture ends in the middle"
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        return "it is no picture"
    return "its picture is black" if int(picture.max()) <= _BLACK else None


def text_check(file: Path) -> str | None:
    """Any words."""
    return None if file.read_bytes().strip() else "it wrote nothing"


def voice_check(characters: int, rate: int) -> Callable[[Path], str | None]:
    """16-bit samples that are heard, and about as long as so many characters take."""

    def check(file: Path) -> str | None:
        content = file.read_bytes()
        samples = np.frombuffer(content[: len(content) // 2 * 2], "<i2")
        seconds = len(samples) / rate
        if not len(samples) or int(np.abs(samples.astype(np.int32)).max()) <= _SILENT * 32768:
            return "its sound is silent"
        if not _QUICKEST * characters <= seconds <= _SLOWEST * characters + 4.0:
            return f"its sound is {seconds:.2f} s long for {characters} characters"
        return None

    return check
