"""The film file: copied and encoded pieces one after the other, the sound beside them, an index in front."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Union, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from duocast.compiler.operations.delivery import MasterParams
from duocast.compiler.timeline import SAMPLE_RATE, Timeline
from duocast.runtime.delivery.join.blend import rendered
from duocast.runtime.delivery.join.clip import Clip, Sample, read_clip
from duocast.runtime.delivery.join.sound import BIT_RATE, CODER, aac_packets
from duocast.runtime.delivery.join.spans import Copied, Piece
from duocast.runtime.delivery.x264 import BT709, LIMITED, FilmFormat, encoded, mp4_options

_LANGUAGES = {
    "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra",
    "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nb": "nob", "nl": "nld", "pl": "pol",
    "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr", "zh": "zho",
}  # fmt: skip


_Packet = Union["Packet[VideoStream]", "Packet[AudioStream]"]


class Mismatch(Exception):
    """Two pieces have other parameter sets: they can't be joined without being encoded again."""


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is made of."""

    timeline: Timeline
    params: MasterParams
    clips: tuple[Clip, ...]
    plan: tuple[Piece, ...]
    sound: np.ndarray
    """float32 (2, samples)."""

    @property
    def format(self) -> FilmFormat:
        """The settings of all pieces."""
        timeline = self.timeline
        return FilmFormat(timeline.rate, timeline.width, timeline.height, self.params.quality)


def write_film(path: Path, film: Film) -> None:
    """Write the MP4. Raises `Mismatch` where pieces can't be joined (nothing is left at `path` then)."""
    samples = list(_joined(film))
    options = {**mp4_options(), "movflags": "+faststart"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        _describe(container, film)
        picture = _picture_stream(container, film)
        sound = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        sound.bit_rate = BIT_RATE
        sound.codec_context.thread_count = 1
        sound.codec_context.options = {"aac_coder": CODER}
        sound.metadata["language"] = _language(film.params.language)
        for packet in _interleaved(film, samples, picture, sound):
            container.mux(packet)


def _joined(film: Film) -> Iterator[tuple[int, Sample]]:
    """(first film frame of the piece, coded picture) of the whole film, in the order of decoding."""
    start = 0
    for piece in film.plan:
        if isinstance(piece, Copied):
            clip, first = film.clips[piece.clip], piece.first
            found = clip.between(piece.first, piece.last)
        else:
            clip, first = read_clip(encoded(rendered(piece.spans, film.clips), film.format)), 0
            found = clip.samples
        if clip.parameters != film.clips[0].parameters:
            raise Mismatch
        yield from ((start - first, sample) for sample in found)
        start += len(found)


def _picture_stream(container: OutputContainer, film: Film) -> VideoStream:
    settings = film.format
    with av.open(_openable(film.clips[0])) as first:
        stream = container.add_stream_from_template(first.streams.video[0])
    stream.time_base = settings.time_base
    context = stream.codec_context
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    return stream


def _openable(clip: Clip) -> str:
    assert isinstance(clip.source, Path)
    return str(clip.source)


def _interleaved(
    film: Film, samples: Sequence[tuple[int, Sample]], picture: VideoStream, sound: AudioStream
) -> Iterator[_Packet]:
    """Picture and sound in the order of their times."""
    seen: Iterator[_Packet] = _picture_packets(film.format, samples, picture)
    heard: Iterator[_Packet] = aac_packets(sound, film.sound)
    yield from heapq.merge(seen, heard, key=_time)


def _time(packet: _Packet) -> Fraction:
    return Fraction(packet.dts or 0) * Fraction(packet.time_base)


def _picture_packets(
    settings: FilmFormat, samples: Sequence[tuple[int, Sample]], stream: VideoStream
) -> "Iterator[Packet[VideoStream]]":
    """Packets on the film's clock: decoding runs `reorder` frames before showing, all through the film."""
    for index, (start, sample) in enumerate(samples):
        packet = cast("Packet[VideoStream]", Packet(sample.content))
        packet.stream = stream
        packet.time_base = settings.time_base
        packet.pts = (start + sample.frame) * settings.tick
        packet.dts = (index - settings.reorder) * settings.tick
        packet.duration = settings.tick
        packet.is_keyframe = sample.key
        yield packet


def _describe(container: OutputContainer, film: Film) -> None:
    params, timeline = film.params, film.timeline
    if params.title:
        container.metadata["title"] = params.title
    if params.author:
        container.metadata["artist"] = params.author
    named = [chapter for chapter in timeline.chapters if 0 <= chapter.frame < timeline.frames]
    ends = [chapter.frame for chapter in named[1:]] + [timeline.frames]
    unit = 1 / timeline.rate.fps
    container.set_chapters(
        [
            {
                "id": index,
                "start": chapter.frame,
                "end": end,
                "time_base": unit,
                "metadata": {"title": chapter.title},
            }
            for index, (chapter, end) in enumerate(zip(named, ends, strict=True))
        ]
        if named
        else []
    )


def _language(tag: str) -> str:
    return _LANGUAGES.get(tag.split("-")[0].lower(), "und")
