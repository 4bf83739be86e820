"""Validation: whether an output is what its task should have made, before it is kept. The same on every worker.

An encoder can end well and leave half a film. So a video must have as many frames as the shot, of the right size and
rate, and its pictures must decode and not all be black; a sound must be as long as its file says and, where a voice or
music is expected, be heard; a picture must have its end; JSON and text must be readable. Nothing is decoded whole:
packets are counted, and three key frames are looked at.
"""

import contextlib
import json
import wave
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from duocast.compiler.graph import Operation
from duocast.compiler.operations.encode import EncodeParams
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import Timeline

_BLACK = 24
"""The brightest luma (of 16 to 235) of a picture that counts as black."""
_SILENT = 1e-4
"""The highest sample of a sound that counts as silent: -80 dB."""
_LONGEST_HEARD = 20
"""Seconds of a sound that are listened to before it is called silent from there on."""
_LOOKS = 3
_WAVE_HEADER = 44
"""The fewest bytes of a WAV file before its samples."""


@dataclass(frozen=True, slots=True)
class _Expected:
    """What is known of a video before it is looked at; None: not known."""

    frames: int | None = None
    size: tuple[int, int] | None = None
    rate: Fraction | None = None
    bright: bool = False


def problem(
    operation: Operation,
    params: Mapping[str, Any],
    inputs: Mapping[str, Path],
    outputs: Mapping[str, Path],
) -> str | None:
    """What is wrong with the first bad output, in words that follow the engine's name; None if all are sound."""
    for name, file in sorted(outputs.items()):
        look = _LOOK.get(file.suffix.lower())
        found = look(_Task(operation, params, inputs, name), file) if look else None
        if found:
            return f"made the output {name!r} {found}"
    return None


def video_problem(file: Path) -> str | None:
    """What is wrong with a video of which only this is known: it is to be seen. It decodes, whole and not black."""
    try:
        with av.open(str(file)) as container:
            return _watched(container, _Expected(bright=True))
    except (FFmpegError, IndexError, ValueError) as broken:
        return f"that can't be decoded ({_words(broken)})"


@dataclass(frozen=True, slots=True)
class _Task:
    """What an output was made for."""

    operation: Operation
    params: Mapping[str, Any]
    inputs: Mapping[str, Path]
    output: str


def _video(task: _Task, file: Path) -> str | None:
    expected = _expected_video(task)
    try:
        with av.open(str(file)) as container:
            return _watched(container, expected)
    except (FFmpegError, IndexError, ValueError) as broken:
        return f"that can't be decoded ({_words(broken)})"


def _watched(container: InputContainer, expected: _Expected) -> str | None:
    if not container.streams.video:
        return "without a picture"
    stream = container.streams.video[0]
    size, rate = (stream.width, stream.height), stream.average_rate
    keys = _keys(container, stream)
    count, said = keys.count, stream.frames
    if said and count != said:
        return f"with {count} of the {said} frames that its header names"
    if expected.frames is not None and count != expected.frames:
        return f"with {count} frames instead of {expected.frames}"
    if expected.size is not None and size != expected.size:
        return f"of {size[0]} x {size[1]} instead of {expected.size[0]} x {expected.size[1]}"
    if expected.rate is not None and rate != expected.rate:
        return f"at {rate} instead of {expected.rate} frames a second"
    brightest = max((_brightness(container, stream, at) for at in keys.sample), default=0)
    return "all black" if expected.bright and brightest <= _BLACK else None


@dataclass(frozen=True, slots=True)
class _Keys:
    """The packets of a picture track: how many, and the times of a few key frames among them."""

    count: int
    sample: tuple[int, ...]


def _keys(container: InputContainer, stream: VideoStream) -> _Keys:
    count, keys = 0, []
    for packet in container.demux(stream):
        if packet.size and packet.pts is not None:
            count += 1
            if packet.is_keyframe:
                keys.append(packet.pts)
    places = sorted({round(at * (len(keys) - 1) / (_LOOKS - 1)) for at in range(_LOOKS)})
    return _Keys(count, tuple(keys[place] for place in places) if keys else ())


def _brightness(container: InputContainer, stream: VideoStream, at: int) -> int:
    """The brightest luma of the key frame at this time. Raises `FFmpegError` if it can't be decoded."""
    container.seek(at, stream=stream)
    frame = next(container.decode(stream))
    luma = frame.reformat(format="yuv420p").planes[0]
    rows = np.frombuffer(bytes(luma), np.uint8).reshape(luma.height, luma.line_size)
    return int(rows[:, : luma.width].max())


def _expected_video(task: _Task) -> _Expected:
    match task.operation:
        case Operation.ENCODE if "timing" in task.inputs:
            params = EncodeParams.from_plain(task.params)
            timing = ShotTiming.from_json(task.inputs["timing"].read_bytes())
            plain = not params.black and params.footage is None
            size = (params.width, params.height)
            return _Expected(timing.frames, size, params.rate.fps, plain)
        case Operation.MASTER | Operation.SIGN if "timeline" in task.inputs:
            timeline = Timeline.from_json(task.inputs["timeline"].read_bytes())
            return _Expected(timeline.frames, (timeline.width, timeline.height))
    return _Expected()


def _sound(task: _Task, file: Path) -> str | None:
    heard = task.output == "sound" and "file" not in task.inputs
    heard = heard and task.operation in (Operation.SPEAK, Operation.SCORE, Operation.EFFECT)
    try:
        with av.open(str(file)) as container:
            if not container.streams.audio:
                return "without a sound"
            stream = container.streams.audio[0]
            samples, said = 0, stream.duration
            for packet in container.demux(stream):
                samples += packet.duration or 0
            if not samples:
                return "without a sound"
            if said and abs(samples - said) > 1:
                return f"with {samples} of {said} samples"
            return "silent" if heard and _is_silent(container) else None
    except (FFmpegError, IndexError, ValueError) as broken:
        return f"that can't be decoded ({_words(broken)})"


def _wave(task: _Task, file: Path) -> str | None:
    """As `_sound`; a decoder takes a WAV that was cut off for a shorter one."""
    with contextlib.suppress(wave.Error, EOFError), wave.open(str(file), "rb") as header:
        said = header.getnframes() * header.getnchannels() * header.getsampwidth()
        if file.stat().st_size < said + _WAVE_HEADER:
            return "that ends in the middle"
    return _sound(task, file)


def _is_silent(container: InputContainer) -> bool:
    container.seek(0)
    for frame in container.decode(audio=0):
        samples = frame.to_ndarray()
        full = 1.0 if samples.dtype.kind == "f" else 2.0 ** (8 * samples.dtype.itemsize - 1)
        if float(np.abs(samples.astype(np.float64)).max(initial=0.0)) > _SILENT * full:
            return False
        if frame.time is not None and frame.time > _LONGEST_HEARD:
            break
    return True


def _png(task: _Task, file: Path) -> str | None:
    del task
    return _ends(file, b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82")


def _jpeg(task: _Task, file: Path) -> str | None:
    del task
    return _ends(file, b"\xff\xd8", b"\xff\xd9")


def _ends(file: Path, first: bytes, last: bytes) -> str | None:
    with file.open("rb") as picture:
        if picture.read(len(first)) != first:
            return f"that is no {file.suffix.lower()} file"
        picture.seek(-min(len(last), file.stat().st_size), 2)
        return None if picture.read() == last else "that ends in the middle"


def _json(task: _Task, file: Path) -> str | None:
    del task
    try:
        json.loads(file.read_bytes())
    except ValueError as broken:
        return f"that is no JSON ({_words(broken)})"
    return None


def _text(task: _Task, file: Path) -> str | None:
    del task
    try:
        file.read_bytes().decode()
    except UnicodeDecodeError as broken:
        return f"that is no text ({_words(broken)})"
    return None


def _words(broken: Exception) -> str:
    return (str(broken) or type(broken).__name__).splitlines()[0][:120]


_LOOK: Mapping[str, Callable[[_Task, Path], str | None]] = {
    ".mp4": _video,
    ".mov": _video,
    ".mkv": _video,
    ".wav": _wave,
    ".flac": _sound,
    ".png": _png,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".json": _json,
    ".srt": _text,
    ".vtt": _text,
}
"""How a file of each suffix is looked at; others are only known not to be empty."""
