"""x264 as every piece of the film uses it: one set of settings, so that pieces join without being encoded again.

What makes joining safe: closed groups of pictures, a fixed key interval, no scene-cut frames, `stitchable`, one level
and one reorder depth for the whole film; the parameter sets of all pieces are then the same bytes (the joiner asserts
it).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import Planes, as_bytes

Quality = Literal["draft", "standard"]

BT709 = 1
LIMITED = 1
KEY_SECONDS = 1.5

_LEVELS = (
    # level, macroblocks a frame, macroblocks a second, macroblocks of decoded frames (H.264 table A-1)
    ("3.0", 1620, 40_500, 8_100),
    ("3.1", 3600, 108_000, 18_000),
    ("4.0", 8192, 245_760, 32_768),
    ("4.2", 8704, 522_240, 34_816),
    ("5.1", 36_864, 983_040, 184_320),
    ("5.2", 36_864, 2_073_600, 184_320),
    ("6.2", 139_264, 16_711_680, 696_320),
)
_REFERENCES = 2


@dataclass(frozen=True, slots=True)
class FilmFormat:
    """What all pieces of a film share."""

    rate: Rate
    width: int
    height: int
    quality: Quality = "standard"

    @property
    def time_base(self) -> Fraction:
        """The unit of the picture track's clock; a frame lasts a whole number of it."""
        return Fraction(1, self.rate.numerator * self._scale)

    @property
    def tick(self) -> int:
        """How many units of `time_base` a frame lasts."""
        return self.rate.denominator * self._scale

    @property
    def _scale(self) -> int:
        return 1 if self.rate.numerator >= 10_000 else 1000

    @property
    def key_interval(self) -> int:
        """Frames between two key frames."""
        return ceil(KEY_SECONDS * self.rate.fps)

    @property
    def reorder(self) -> int:
        """How many frames a picture may be decoded before it is shown."""
        return 0 if self.quality == "draft" else 1


def encoded(
    frames: Iterable[Planes], film: FilmFormat, keys: frozenset[int] = frozenset()
) -> bytes:
    """The frames as an MP4 in memory; `keys` are frame numbers that become IDR beside the regular ones."""
    buffer = BytesIO()
    with av.open(buffer, "w", format="mp4", options=mp4_options()) as container:
        write_frames(container, frames, film, keys)
    return buffer.getvalue()


def encode_file(
    path: Path, frames: Iterable[Planes], film: FilmFormat, keys: frozenset[int] = frozenset()
) -> None:
    """Write the frames as the MP4 `path`."""
    with av.open(str(path), "w", format="mp4", options=mp4_options()) as container:
        write_frames(container, frames, film, keys)


def write_frames(
    container: OutputContainer, frames: Iterable[Planes], film: FilmFormat, keys: frozenset[int]
) -> None:
    """Encode all frames into a new stream of the container."""
    stream = picture_stream(container, film)
    for packet in packets(stream, frames, film, keys):
        container.mux(packet)


def mp4_options() -> dict[str, str]:
    """The muxer's options: no time of day and no library versions in the file."""
    return {"fflags": "+bitexact", "movie_timescale": "48000"}


def video_frame(frame: Planes) -> VideoFrame:
    """The planes as the encoder takes them."""
    width, height = frame.size
    packed = np.empty(width * height * 3 // 2, np.uint8)
    luma, chroma = width * height, width * height // 4
    packed[:luma] = frame.y.reshape(-1)
    packed[luma : luma + chroma] = frame.u.reshape(-1)
    packed[luma + chroma :] = frame.v.reshape(-1)
    return VideoFrame.from_ndarray(packed.reshape(height * 3 // 2, width), format="yuv420p")


def film_planes(frame: VideoFrame) -> Planes:
    """A decoded frame's planes, copied."""
    packed = as_bytes(frame.to_ndarray(format="yuv420p"))
    width, height = frame.width, frame.height
    half = (height // 2, width // 2)
    flat = packed.reshape(-1)
    luma, chroma = width * height, width * height // 4
    return Planes(
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(half),
        flat[luma + chroma :].reshape(half),
    )


def packets(
    stream: VideoStream, frames: Iterable[Planes], film: FilmFormat, keys: frozenset[int]
) -> "Iterator[Packet[VideoStream]]":
    """The frames encoded for `stream`, in the order of decoding."""
    for index, planes in enumerate(frames):
        frame = video_frame(planes)
        frame.pts, frame.time_base = index * film.tick, film.time_base
        frame.duration = film.tick
        if index in keys:
            frame.pict_type = PictureType.I
        yield from stream.encode(frame)
    yield from stream.encode(None)


def picture_stream(container: OutputContainer, film: FilmFormat) -> VideoStream:
    """A new stream of the container for frames of `film`."""
    stream: VideoStream = container.add_stream("libx264", rate=film.rate.fps)
    stream.width, stream.height, stream.pix_fmt = film.width, film.height, "yuv420p"
    stream.time_base = film.time_base
    context = stream.codec_context
    context.time_base = film.time_base
    context.framerate = film.rate.fps
    context.thread_count = 1
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    stream.codec_context.options = dict(_options(film))
    return stream


def _options(film: FilmFormat) -> dict[str, str]:
    params: dict[str, object] = {
        "keyint": film.key_interval,
        "min-keyint": 1,
        "scenecut": 0,
        "open-gop": 0,
        "stitchable": 1,
        "force-cfr": 1,
        "b-pyramid": "none",
        "b-adapt": 1,
        "bframes": 0 if film.quality == "draft" else 2,
        "ref": 1 if film.quality == "draft" else _REFERENCES,
        "subme": 0 if film.quality == "draft" else 1,
        "weightp": 0 if film.quality == "draft" else 1,
        "lookahead-threads": 1,
        "sliced-threads": 0,
        "level": _level(film),
        "colorprim": "bt709",
        "transfer": "bt709",
        "colormatrix": "bt709",
        "range": "tv",
    }
    return {
        "preset": "ultrafast" if film.quality == "draft" else "veryfast",
        "crf": "24" if film.quality == "draft" else "19",
        "forced-idr": "1",
        "threads": "1",
        "x264-params": ":".join(f"{name}={value}" for name, value in params.items()),
    }


def _level(film: FilmFormat) -> str:
    blocks = ceil(film.width / 16) * ceil(film.height / 16)
    a_second = blocks * float(film.rate.fps)
    for name, most, rate, decoded in _LEVELS:
        if blocks <= most and a_second <= rate and blocks * _REFERENCES <= decoded:
            return name
    return _LEVELS[-1][0]
