"""The engines of `animate` that a cloud answers for: a still and words become a moving picture.

A shot that is longer than the provider makes is made in parts; each begins with the last picture of the one before.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from duocast.compiler.operations.animate import FilmParams
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime.clouds.contract import Medium, Order, Picture
from duocast.runtime.clouds.desk import Desk
from duocast.runtime.clouds.driver import Made, part_of
from duocast.runtime.clouds.looking import video_check
from duocast.runtime.clouds.pictures import as_jpeg, read_workflow
from duocast.runtime.clouds.terms import parts
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.video import shown
from duocast.runtime.engine import Request
from duocast.runtime.listed import Listed

_RATE = 24
_FINE = {"crf": "12", "preset": "fast", "threads": "1"}


class CloudCamera:
    """Outputs as `duocast.compiler.operations.animate` says of engines that make whole pictures.

    `lengths` are the seconds that the provider makes, shortest first.
    """

    def __init__(self, entry: Listed, desk: Desk, lengths: Sequence[int]) -> None:
        self.name = entry.name
        self.version = entry.version
        self.operation = entry.operation
        self._desk = desk
        self._lengths = tuple(lengths)

    def run(self, request: Request) -> Mapping[str, Path]:
        """One shot's `clip`. Raises `EngineError` R0701 to R0709."""
        params, account = FilmParams.from_plain(request.params), self._desk.account()
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        whole = Order(
            name=self._desk.name(request, account),
            medium=Medium.VIDEO,
            model=self._desk.model(account),
            prompt=f"{params.motion} {params.picture}".strip(),
            pictures=(as_jpeg(request.inputs["still"]),),
            width=params.width,
            height=params.height,
            seed=params.seed,
            workflow=read_workflow(account, self.operation),
        )
        wanted = parts(timing.frames / float(timing.rate.fps), self._lengths)
        made: list[Made] = []
        attached = self.attached(request, params, timing)
        with self._desk.opened(account, request) as cloud:
            for number, seconds in enumerate(wanted):
                order = replace(
                    part_of(whole, number),
                    seconds=seconds,
                    attached=attached(sum(wanted[:number]), seconds),
                )
                if made:
                    order = replace(order, pictures=(last_picture(made[-1].file),))
                made.append(
                    cloud.make(order, self._desk.purpose(account, request), video_check(seconds))
                )
        clip = request.folder / "clip.mp4"
        if len(made) == 1:
            shutil.copyfile(made[0].file, clip)
        else:
            _join([one.file for one in made], clip, (params.width, params.height))
        return {"clip": clip}

    def attached(
        self, request: Request, params: FilmParams, timing: ShotTiming
    ) -> Callable[[int, int], tuple[tuple[str, Picture], ...]]:
        """What goes along with the part of the shot that begins at a second and lasts so many."""
        del request, params, timing
        return lambda _start, _seconds: ()


def last_picture(file: Path) -> Picture:
    """The last frame of a video."""
    found: RGB | None = None
    for frame, _ in shown(file):
        found = frame
    assert found is not None, "it was looked at before it was settled"
    _, content = cv2.imencode(".jpg", found[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    return Picture("image/jpeg", content.tobytes())


def _join(files: Sequence[Path], out: Path, size: tuple[int, int]) -> None:
    """One video after the other at 24 frames a second; the first picture of a part is the last of the one before."""
    with av.open(str(out), "w") as container:
        stream = container.add_stream("libx264", rate=_RATE, options=_FINE)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number, picture in enumerate(_pictures(files, size)):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, _RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _pictures(files: Sequence[Path], size: tuple[int, int]) -> Iterator[RGB]:
    for part, file in enumerate(files):
        made = 0
        for frame, end in shown(file):
            picture = covering(frame, *size)
            while Fraction(made, _RATE) < end:
                if made or not part:
                    yield picture
                made += 1
