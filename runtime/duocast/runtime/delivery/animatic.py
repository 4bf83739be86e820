"""The animatic: every shot's still for as long as the shot lasts, moving as its camera will, under a first sound."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Union

import av
import cv2
import numpy as np
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from duocast.compiler.operations.compose import CameraMove
from duocast.compiler.timeline import SAMPLE_RATE, PictureClip, Timeline
from duocast.runtime.delivery.colour import RGB, Planes, as_bytes, planes
from duocast.runtime.delivery.fonts import LABEL, TITLE_LIGHT
from duocast.runtime.delivery.join.sound import BIT_RATE, CODER, aac_packets, programme
from duocast.runtime.delivery.lettering import Style, letter, wrap
from duocast.runtime.delivery.sprite import Sprite, lay, sprite
from duocast.runtime.delivery.x264 import FilmFormat, mp4_options, packets, picture_stream

_Packet = Union["Packet[VideoStream]", "Packet[AudioStream]"]

WIDTH = 640
REACH = 0.08
"""How much of the picture an ordinary move takes in or leaves."""
_SHIFTS = {
    "pan left": (-1, 0), "pan right": (1, 0), "truck left": (-1, 0), "truck right": (1, 0),
    "tilt up": (0, -1), "tilt down": (0, 1), "pedestal up": (0, -1), "pedestal down": (0, 1),
}  # fmt: skip
STILL_CAMERA = CameraMove()
_GROWS = {"push in": 1, "zoom in": 1, "pull out": -1, "zoom out": -1}


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What is seen of a shot: its still (None: `words` on black), its camera's move, and a label in a corner."""

    still: RGB | None
    label: str
    words: str = ""
    move: CameraMove = STILL_CAMERA


def write_animatic(
    path: Path, timeline: Timeline, panels: Mapping[str, Panel], sound: Path, *, mark: str = ""
) -> None:
    """Write the MP4: H.264 at most 640 wide, AAC. `panels` by shot; `sound` is the programme of `timeline`.

    The file carries `mark`, for `read_mark`.
    """
    film = _format(timeline)
    length = round(timeline.frames * SAMPLE_RATE / timeline.rate.fps)
    heard = programme(sound, length)
    options = {**mp4_options(), "movflags": "+faststart"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        container.metadata["comment"] = mark
        picture = picture_stream(container, film)
        track = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        track.bit_rate = BIT_RATE // 2
        track.codec_context.thread_count = 1
        track.codec_context.options = {"aac_coder": CODER}
        frames = _frames(timeline, panels, film)
        seen: Iterator[_Packet] = packets(picture, frames, film, frozenset())
        sounding: Iterator[_Packet] = aac_packets(track, heard)
        for packet in heapq.merge(seen, sounding, key=_time):
            container.mux(packet)


def read_mark(path: Path) -> str:
    """What an animatic was marked with; nothing for a file that is none."""
    try:
        with av.open(str(path)) as container:
            return container.metadata.get("comment", "")
    except (av.FFmpegError, OSError):
        return ""


def _format(timeline: Timeline) -> FilmFormat:
    scale = min(1.0, WIDTH / max(timeline.width, timeline.height))
    width, height = (round(side * scale / 2) * 2 for side in (timeline.width, timeline.height))
    return FilmFormat(timeline.rate, width, height, "draft")


def _time(packet: _Packet) -> Fraction:
    return Fraction(packet.dts or 0) * Fraction(packet.time_base)


def _frames(timeline: Timeline, panels: Mapping[str, Panel], film: FilmFormat) -> Iterator[Planes]:
    """All frames of the film; where two shots overlap, the later one is seen."""
    for clip, following in pairwise((*timeline.picture, None)):
        if clip is None:
            continue
        end = timeline.frames if following is None else following.start
        yield from _shot(clip, end - clip.start, panels[clip.shot], film)


def _shot(clip: PictureClip, count: int, panel: Panel, film: FilmFormat) -> Iterator[Planes]:
    still = _still(panel, film)
    label = _label(panel.label, film)
    moves = panel.still is not None and panel.move.kind in (*_SHIFTS, *_GROWS)
    standing = _labelled(still, label)
    for number in range(count):
        share = number / max(1, clip.frames - 1)
        yield _labelled(_moved(still, panel.move, share), label) if moves else standing


def _labelled(picture: RGB, label: Sprite) -> Planes:
    frame = planes(picture)
    lay(frame, label)
    return frame


def _still(panel: Panel, film: FilmFormat) -> RGB:
    size = (film.width, film.height)
    if panel.still is not None:
        return as_bytes(cv2.resize(panel.still, size, interpolation=cv2.INTER_AREA))
    black = np.zeros((film.height, film.width, 3), np.uint8)
    style = Style(TITLE_LIGHT, film.height / 12, align="centre")
    pixels = letter(wrap(panel.words, style, film.width * 0.8), style)
    high, wide = min(pixels.shape[0], film.height), min(pixels.shape[1], film.width)
    y, x = (film.height - high) // 2, (film.width - wide) // 2
    black[y : y + high, x : x + wide] = pixels[:high, :wide, :3]
    return black


def _label(text: str, film: FilmFormat) -> Sprite:
    size = max(9.0, film.height / 30)
    pixels = letter(text, Style(LABEL, size, opacity=0.85))
    ground = np.zeros_like(pixels)
    ground[..., 3] = 110
    over = ground.astype(np.uint16) * (255 - pixels[..., 3:].astype(np.uint16)) // 255
    edge = round(size * 0.8) // 2 * 2
    return sprite(as_bytes(over + pixels), edge, edge)


def _moved(still: RGB, move: CameraMove, share: float) -> RGB:
    """The still as the camera sees it at a share of the shot's time."""
    height, width = still.shape[:2]
    reach = REACH * move.amount
    grows = _GROWS.get(move.kind, 0)
    scale = 1 + reach * (share if grows > 0 else 1 - share) if grows else 1 + reach
    dx, dy = _SHIFTS.get(move.kind, (0, 0))
    x = (width - width * scale) / 2 - dx * (share - 0.5) * reach * width
    y = (height - height * scale) / 2 - dy * (share - 0.5) * reach * height
    turned = np.array([[scale, 0, x], [0, scale, y]], np.float64)
    return as_bytes(
        cv2.warpAffine(
            still, turned, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    )
