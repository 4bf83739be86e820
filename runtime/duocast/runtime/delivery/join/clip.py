"""A clip opened for joining: its packets in the order of decoding, its key frames, its parameter sets, its pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from duocast.runtime.delivery.colour import Planes
from duocast.runtime.delivery.x264 import film_planes


@dataclass(frozen=True, slots=True)
class Sample:
    """One coded picture: the frame it shows, counted from the clip's start, and its bytes with length prefixes."""

    frame: int
    key: bool
    content: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A clip's coded pictures in the order of decoding."""

    samples: tuple[Sample, ...]
    parameters: bytes
    """The avcC box: profile, level and the parameter sets. Clips with the same one can be joined."""
    source: Path | bytes

    @property
    def frames(self) -> int:
        """How many pictures there are."""
        return len(self.samples)

    @property
    def keys(self) -> tuple[int, ...]:
        """The frames at which copying can begin, and the clip's end."""
        return (*(sample.frame for sample in self.samples if sample.key), self.frames)

    def between(self, first: int, last: int) -> tuple[Sample, ...]:
        """The samples of frames [first, last); both must be key frames or the clip's end."""
        found = tuple(sample for sample in self.samples if first <= sample.frame < last)
        assert found[0].key
        assert len(found) == last - first
        return found

    def pictures(self, first: int, last: int) -> Iterator[Planes]:
        """The decoded frames [first, last)."""
        key = max(key for key in self.keys[:-1] if key <= first)
        with _open(self.source) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            frame_time = _frame_time(stream)
            container.seek(round(key * frame_time / Fraction(stream.time_base or 1)), stream=stream)
            for frame in container.decode(stream):
                index = round(
                    Fraction(frame.pts or 0) * Fraction(stream.time_base or 1) / frame_time
                )
                if index >= last:
                    return
                if index >= first:
                    yield film_planes(frame)


def read_clip(source: Path | bytes) -> Clip:
    """Read a clip that the engine `x264` made, from a file or from memory."""
    with _open(source) as container:
        stream = container.streams.video[0]
        unit, frame_time = Fraction(stream.time_base or 1), _frame_time(stream)
        samples = tuple(
            _sample(packet, unit / frame_time)
            for packet in container.demux(stream)
            if packet.dts is not None
        )
        return Clip(samples, bytes(stream.codec_context.extradata or b""), source)


def _sample(packet: "Packet[VideoStream]", frames_a_unit: Fraction) -> Sample:
    frame = round(Fraction(packet.pts or 0) * frames_a_unit)
    return Sample(frame, packet.is_keyframe, bytes(packet))


def _frame_time(stream: VideoStream) -> Fraction:
    return 1 / Fraction(stream.average_rate or 25)


def _open(source: Path | bytes) -> InputContainer:
    return av.open(BytesIO(source) if isinstance(source, bytes) else str(source), "r")
