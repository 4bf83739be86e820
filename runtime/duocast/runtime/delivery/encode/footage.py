"""Footage as a shot: a video's frames at the film's rate, filling its frame; too short a video begins again."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from duocast.runtime.delivery.colour import RGB, as_bytes
from duocast.runtime.engine import EngineError, FailureClass


def footage(path: Path, frames: int, fps: Fraction, width: int, height: int) -> Iterator[RGB]:
    """`frames` frames of the video. Raises `EngineError` (invalid, A0413) when there is no video in the file."""
    made = 0
    while made < frames:
        before = made
        for frame in _paced(path, fps, frames - made, width, height):
            yield frame
            made += 1
        if made == before:
            raise _no_video(path)


def _paced(path: Path, fps: Fraction, most: int, width: int, height: int) -> Iterator[RGB]:
    """The video once: for every instant of the film the frame that is shown then."""
    made = 0
    for frame, end in _shown(path):
        picture: RGB | None = None
        while made < most and Fraction(made) / fps < end:
            if picture is None:
                picture = _filling(_rgb(frame), width, height)
            yield picture
            made += 1
        if made >= most:
            return


def _shown(path: Path) -> Iterator[tuple[VideoFrame, Fraction]]:
    """Each frame with the time at which it is shown no more."""
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise _no_video(path)
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            step = 1 / Fraction(stream.average_rate or 25)
            held: VideoFrame | None = None
            first = Fraction(0)
            for frame in container.decode(stream):
                at = Fraction(frame.pts or 0) * (stream.time_base or Fraction(1))
                if held is None:
                    first = at
                else:
                    yield held, at - first
                held, last = frame, at
            if held is not None:
                yield held, last - first + step
    except FFmpegError as error:
        raise _no_video(path) from error


def _rgb(frame: VideoFrame) -> RGB:
    wide = frame.height >= 720
    space = Colorspace.ITU709 if wide or frame.colorspace == 1 else Colorspace.ITU601
    full = ColorRange.JPEG if frame.color_range == 2 else ColorRange.MPEG
    converted = frame.reformat(
        format="rgb24", src_colorspace=space, src_color_range=full, dst_color_range=ColorRange.JPEG
    )
    return as_bytes(converted.to_ndarray())


def _filling(picture: RGB, width: int, height: int) -> RGB:
    """Scaled and cropped to the frame, the middle kept."""
    tall, wide = picture.shape[:2]
    if (wide, tall) == (width, height):
        return picture
    scale = max(width / wide, height / tall)
    size = (max(width, round(wide * scale)), max(height, round(tall * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(picture, size, interpolation=way)
    x, y = (size[0] - width) // 2, (size[1] - height) // 2
    return np.ascontiguousarray(scaled[y : y + height, x : x + width]).astype(np.uint8, copy=False)


def _no_video(path: Path) -> EngineError:
    return EngineError(
        FailureClass.INVALID,
        "A0413",
        f"The file {path.name} holds no video that can be read.",
        "Use an MP4 or MOV file, or a picture.",
    )
