"""A studio for delivery's tests: shots that move, made without a stage, and films joined from them."""

from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np

from duocast.compiler.operations.delivery import MasterParams
from duocast.compiler.operations.encode import EncodeParams
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import PictureClip, PictureTransition, Rate, Timeline
from duocast.runtime.delivery.encode import X264
from duocast.runtime.delivery.join import Joiner
from duocast.runtime.delivery.x264 import film_planes
from duocast.runtime.engine import Request
from duocast.runtime.sound.file import write_wav

FILM = Rate(numerator=24)
NTSC = Rate(numerator=24000, denominator=1001)
SIZE = (320, 180)


class NoWeights:
    def path(self, name):
        raise KeyError(name)


def request(params, inputs, folder):
    folder.mkdir(parents=True, exist_ok=True)
    return Request(params.plain(), inputs, folder, lambda _done: None, NoWeights())


def moving(hue):
    """Pictures of a disc that crosses a gradient; each shot has its own colours."""

    def pictures(timing, params, _inputs):
        height, width = params.height, params.width
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        base = np.stack([90 + 80 * x / width, 60 + 90 * y / height, np.full_like(x, 120)], axis=-1)
        base = np.roll(base, hue, axis=2).astype(np.uint8)
        for index in range(timing.frames):
            frame = base.copy()
            at = (int(width * (0.2 + 0.004 * index)), height // 2)
            cv2.circle(frame, at, height // 5, (225, 180, 150), -1)
            yield frame

    return pictures


def flat(colour):
    """Pictures of one colour."""

    def pictures(timing, params, _inputs):
        for _ in range(timing.frames):
            yield np.full((params.height, params.width, 3), colour, np.uint8)

    return pictures


def shoot(folder, frames, *, source=None, hue=0, rate=FILM, size=SIZE, inputs=None, **params):
    """Encode a shot; its outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    timing = folder / "timing.json"
    timing.write_bytes(ShotTiming(rate=rate, frames=frames, spoken=()).to_json())
    wanted = EncodeParams(rate=rate, width=size[0], height=size[1], **params)
    engine = X264(source or moving(hue))
    return engine.run(request(wanted, {"timing": timing, **(inputs or {})}, folder / "out"))


@dataclass
class Production:
    """A film under way: shots of these lengths, with these transitions."""

    root: Path
    lengths: tuple[int, ...]
    transitions: tuple[PictureTransition, ...] = ()
    rate: Rate = FILM
    size: tuple[int, int] = SIZE
    quality: str = "standard"
    handles: dict[int, dict[str, float]] = field(default_factory=dict)
    chapters: tuple = ()
    odd: dict[int, dict] = field(default_factory=dict)

    def timeline(self):
        clips, start = [], 0
        overlaps = {t.after: t.frames for t in self.transitions if t.kind != "fade"}
        for index, frames in enumerate(self.lengths):
            clips.append(PictureClip(shot=f"scene/{index}", start=start, frames=frames))
            start += frames - overlaps.get(index, 0)
        return Timeline(
            rate=self.rate,
            width=self.size[0],
            height=self.size[1],
            frames=start,
            picture=tuple(clips),
            transitions=self.transitions,
            tracks=(),
            spoken=(),
            chapters=self.chapters,
        )

    def inputs(self, sound=None):
        timeline, inputs = self.timeline(), {}
        for index, frames in enumerate(self.lengths):
            more = {
                "quality": self.quality,
                **self.handles.get(index, {}),
                **self.odd.get(index, {}),
            }
            folder = self.root / f"shot{index}"
            made = shoot(folder, frames, hue=index, rate=self.rate, size=self.size, **more)
            inputs[f"clip.scene/{index}"], inputs[f"thumb.scene/{index}"] = (
                made["clip"],
                made["thumb"],
            )
        inputs["timeline"] = self.root / "timeline.json"
        inputs["timeline"].write_bytes(timeline.to_json())
        inputs["programme"] = self.root / "programme.wav"
        samples = self.rate.samples(timeline.frames)
        tone = (
            np.sin(np.arange(samples) * 2 * np.pi * 440 / 48000) * 0.2 if sound is None else sound
        )
        write_wav(inputs["programme"], np.stack([tone, tone], 1).astype(np.float32), 48000, 24)
        return inputs

    def master(self, inputs, folder="master"):
        params = MasterParams(title="The Letter", author="Ada", quality=self.quality)
        return Joiner().run(request(params, inputs, self.root / folder))


def decoded(path):
    """All frames as planes."""
    with av.open(str(path)) as container:
        return [film_planes(frame) for frame in container.decode(video=0)]


def heard(path):
    """The decoded sound, (2, samples), from time 0."""
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
        assert frames[0].pts == 0
        return np.concatenate([frame.to_ndarray() for frame in frames], axis=1)


def packets(path):
    """(pts, dts, key) of the picture's packets, in frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        unit = stream.time_base * stream.average_rate
        return [
            (round(p.pts * unit), round(p.dts * unit), p.is_keyframe)
            for p in container.demux(stream)
            if p.dts is not None
        ]


def psnr(a, b):
    """Of two frames' luma, in dB."""
    error = np.mean((a.y.astype(float) - b.y.astype(float)) ** 2)
    return 99.0 if error == 0 else 10 * np.log10(255**2 / error)
