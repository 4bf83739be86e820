"""A preview: one shot as an MP4 that a browser plays, its picture copied and its voices beside it."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from duocast.compiler.operations.delivery import MasterParams
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import SAMPLE_RATE, PictureClip, Timeline
from duocast.runtime.delivery.join.clip import read_clip
from duocast.runtime.delivery.join.film import Film, write_film
from duocast.runtime.delivery.join.spans import Copied
from duocast.runtime.sound.file import read_sound

_RAMP = 240
"""Samples over which a voice that is cut off fades: 5 ms."""


def preview(clip: Path, timing: ShotTiming, takes: Mapping[str, Path]) -> bytes:
    """The MP4 of a shot. `takes` are the sounds of the lines that are heard under it, by line."""
    read = read_clip(clip)
    sound = voices(timing, takes)
    timeline = Timeline(
        rate=timing.rate,
        width=2,
        height=2,
        frames=read.frames,
        picture=(PictureClip(shot="shot", start=0, frames=read.frames),),
        transitions=(),
        tracks=(),
        spoken=(),
    )
    params = MasterParams(title="", author="", language="en", quality="draft")
    film = Film(timeline, params, (read,), (Copied(0, 0, read.frames),), sound)
    with TemporaryDirectory(prefix="duocast-") as folder:
        path = Path(folder, "shot.mp4")
        write_film(path, film)
        return path.read_bytes()


def voices(timing: ShotTiming, takes: Mapping[str, Path]) -> np.ndarray:
    """What is said under a shot, as float32 (2, samples): each line where it sounds, nothing else."""
    length = timing.rate.samples(timing.frames)
    heard = np.zeros(length, np.float32)
    for span in timing.spoken:
        if span.line in takes:
            _lay(heard, span, takes[span.line])
    return np.stack((heard, heard))


def _lay(heard: np.ndarray, span: SpokenSpan, path: Path) -> None:
    sound, rate = read_sound(path)
    if rate != SAMPLE_RATE:
        return
    mono = sound if sound.ndim == 1 else sound.mean(axis=1)
    first, at = (round(seconds * SAMPLE_RATE) for seconds in (span.offset, span.at))
    part = mono[first : first + round(span.seconds * SAMPLE_RATE)].astype(np.float32)
    part = part[: max(0, len(heard) - at)].copy()
    ramp = min(_RAMP, len(part) // 2)
    if ramp:
        slope = np.linspace(0.0, 1.0, ramp, dtype=np.float32)
        part[:ramp] *= slope
        part[-ramp:] *= slope[::-1]
    heard[at : at + len(part)] += part
