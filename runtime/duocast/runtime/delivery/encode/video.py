"""A video file, opened and decoded: its frames as RGB, upright, each with the time at which it is shown no more.

Only containers for film are opened, and only the file itself is read: a playlist that names other files is refused.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from duocast.runtime.delivery.colour import RGB, as_bytes
from duocast.runtime.engine import EngineError, FailureClass

OPTIONS = {
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo",
    "protocol_whitelist": "file",
}
BIGGEST_PIXELS = 8192 * 4320
USUAL_RATE = 25


Shown = Generator[tuple[RGB, Fraction], None, None]


def shown(path: Path, start: Fraction = Fraction(0)) -> Shown:
    """Each frame from `start` (seconds into the video) on, with the video's second at which it is shown no more.

    Raises `EngineError` (invalid): A0412 too big, A0413 no video, A0414 over before `start`.
    """
    found = False
    for frame, end in _decoded(path, start):
        if end > start:
            found = True
            yield _upright(frame), end
    if not found:
        raise over_before(path, start)


def length(path: Path) -> Fraction:
    """Seconds of the video, from its packets: nothing is decoded."""
    first: int | None = None
    last = 0
    with _opened(path) as (container, stream):
        for packet in container.demux(stream):
            if packet.pts is not None:
                first = packet.pts if first is None else min(first, packet.pts)
                last = max(last, packet.pts + (packet.duration or 0))
        if first is None or last <= first:
            raise no_video(path)
        return (last - first) * Fraction(stream.time_base or 1)


def _decoded(path: Path, start: Fraction) -> Iterator[tuple[VideoFrame, Fraction]]:
    with _opened(path) as (container, stream):
        unit = Fraction(stream.time_base or 1)
        first = _sought(container, stream, start)
        held: VideoFrame | None = None
        last, step = Fraction(0), 1 / Fraction(stream.average_rate or USUAL_RATE)
        for frame in container.decode(stream):
            at = Fraction(frame.pts or 0) * unit
            first = at if first is None else first
            if held is not None:
                yield held, at - first
            held, last = frame, at
        if held is not None and first is not None:
            yield held, last - first + step


def _sought(container: InputContainer, stream: VideoStream, start: Fraction) -> Fraction | None:
    """Go to the key frame before `start`; the time that the video's first frame has, where it is known."""
    if start <= 0:
        return None
    unit, first = Fraction(stream.time_base or 1), stream.start_time or 0
    container.seek(first + int(start / unit), stream=stream)
    return first * unit


@contextmanager
def _opened(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    try:
        with av.open(str(path), options=OPTIONS) as container:
            if not container.streams.video:
                raise no_video(path)
            stream = container.streams.video[0]
            if stream.codec_context.width * stream.codec_context.height > BIGGEST_PIXELS:
                raise _too_big(path, stream)
            stream.codec_context.thread_count = 1
            yield container, stream
    except FFmpegError as error:
        raise no_video(path) from error


def _upright(frame: VideoFrame) -> RGB:
    wide = frame.height >= 720
    space = Colorspace.ITU709 if wide or frame.colorspace == 1 else Colorspace.ITU601
    full = ColorRange.JPEG if frame.color_range == 2 else ColorRange.MPEG
    converted = frame.reformat(
        format="rgb24", src_colorspace=space, src_color_range=full, dst_color_range=ColorRange.JPEG
    )
    picture = as_bytes(converted.to_ndarray())
    quarters = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(picture, quarters)) if quarters else picture


def no_video(path: Path) -> EngineError:
    """What is said of a file without any picture in it."""
    return EngineError(
        FailureClass.INVALID,
        "A0413",
        f"The file {path.name} holds no video that can be read.",
        "Use an MP4 or MOV file, or a picture.",
    )


def over_before(path: Path, start: Fraction) -> EngineError:
    """What is said of a video that is over before it is to be shown."""
    if start <= 0:
        return no_video(path)
    return EngineError(
        FailureClass.INVALID,
        "A0414",
        f"The video {path.name} is over before {float(start):g} s.",
        "Begin nearer to its start.",
    )


def _too_big(path: Path, stream: VideoStream) -> EngineError:
    width, height = stream.codec_context.width, stream.codec_context.height
    return EngineError(
        FailureClass.INVALID,
        "A0412",
        f"The video {path.name} has {width} x {height} pixels.",
        "Make it smaller; 8192 x 4320 is the most.",
    )
