"""A clip between two engines: frames written so finely that the next one sees what the last one made."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.x264 import BT709, LIMITED, mp4_options

FINE = {"preset": "veryfast", "crf": "6", "threads": "1"}
"""A mean error of about a third of a step of 255, at a fortieth of the raw size."""
TICKS = 60_000


def write_clip(path: Path, frames: Iterable[tuple[RGB, Fraction]], rate: Rate) -> int:
    """Write the frames, each with the second at which it comes, as the MP4 `path`; gives how many there were.

    Colour is kept whole. `rate` is the usual one.
    """
    count = 0
    with av.open(str(path), "w", format="mp4", options=mp4_options()) as container:
        for picture, start in frames:
            if not count:
                stream = container.add_stream("libx264", rate=rate.fps)
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuv444p"
                stream.time_base = Fraction(1, TICKS)
                context = stream.codec_context
                context.time_base = Fraction(1, TICKS)
                context.thread_count = 1
                context.color_primaries = context.color_trc = context.colorspace = BT709
                context.color_range = LIMITED
                context.options = dict(FINE)
            frame = _frame(picture)
            frame.pts, frame.time_base = round(start * TICKS), Fraction(1, TICKS)
            container.mux(stream.encode(frame))
            count += 1
        if count:
            container.mux(stream.encode(None))
    return count


def _frame(picture: RGB) -> VideoFrame:
    return VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv444p",
        src_color_range=ColorRange.JPEG,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )
