"""A clip between two engines: frames written so finely that the next one sees what the last one made."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.x264 import mp4_options

FINE = {"preset": "veryfast", "crf": "6", "threads": "1"}
"""About 50 dB and a mean error of a tenth of a step of 255, at a thirtieth of the raw size."""
TICKS = 60_000
"""Of the clip's clock, in a second."""
Timed = Iterable[tuple[RGB, Fraction]]
"""Pictures, each with the second at which it comes."""


def write_clip(path: Path, frames: Timed, rate: Rate) -> int:
    """Write the frames as the MP4 `path`; gives how many there were. `rate` is the usual one.

    Colours are kept as red, green and blue: turning them into another space and back would shift them.
    """
    count = 0
    stream: VideoStream | None = None
    lengths: dict[int, int] = {}
    with av.open(str(path), "w", format="mp4", options=mp4_options()) as container:
        for picture, start, length in _lasting(frames, 1 / rate.fps):
            if stream is None:
                stream = container.add_stream("libx264rgb", rate=rate.fps)
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "rgb24"
                stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
                stream.codec_context.thread_count = 1
                stream.codec_context.options = dict(FINE)
            frame = VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(start * TICKS), Fraction(1, TICKS)
            lengths[frame.pts] = round((start + length) * TICKS) - frame.pts
            container.mux(_measured(stream.encode(frame), lengths))
            count += 1
        if stream is not None:
            container.mux(_measured(stream.encode(None), lengths))
    return count


def _lasting(frames: Timed, usual: Fraction) -> Iterator[tuple[RGB, Fraction, Fraction]]:
    """Each frame with its start and how long it stays; the last one as long as the one before."""
    held: tuple[RGB, Fraction] | None = None
    for picture, start in frames:
        if held is not None:
            usual = start - held[1]
            yield held[0], held[1], usual
        held = (picture, start)
    if held is not None:
        yield held[0], held[1], usual


def _measured(
    packets: "Sequence[Packet[VideoStream]]", lengths: dict[int, int]
) -> "Sequence[Packet[VideoStream]]":
    """The packets with how long each is shown, which the encoder forgets."""
    for packet in packets:
        if packet.pts is not None:
            packet.duration = lengths.pop(packet.pts)
    return packets
