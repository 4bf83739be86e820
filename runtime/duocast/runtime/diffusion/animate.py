"""The engines that make a still move with a video model: in pieces, each going on where the one before ended."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import cv2
from PIL import Image

from duocast.compiler.graph import Operation
from duocast.compiler.operations.animate import FilmParams
from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import RGB, planes
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.delivery.x264 import FilmFormat, encode_file
from duocast.runtime.diffusion.ends import first_picture, last_picture
from duocast.runtime.diffusion.filming import HOW, Ask
from duocast.runtime.diffusion.limits import FILMERS, PictureLimits, limited
from duocast.runtime.diffusion.loading import SMALLER, loaded
from duocast.runtime.diffusion.pieces import frames_for, lengths, size
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.models.shelf import Shelf
from duocast.runtime.models.warm import at_work


class Filmer:
    """One video model. The same request gives the same clip on the same machine."""

    operation = Operation.ANIMATE

    def __init__(self, name: str, version: str, shelf: Shelf) -> None:
        self.name = name
        self.version = version
        self._shelf = shelf

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4 at the model's size and rate, as long as the shot.

        Raises `EngineError`: V0301 and V0302 as `Shelf.model`, R0020 without the extra `models`, R0004 out of memory,
        R0012 a model that made no frames.
        """
        cv2.setNumThreads(1)
        params = FilmParams.from_plain(request.params)
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        layout = Layout.from_json(request.inputs["layout"].read_bytes())
        still = read_picture(request.inputs["still"])
        model = self._shelf.model(self.name)
        limits = limited(FILMERS[self.name], model.sheet)
        wanted = frames_for(timing.frames, float(timing.rate.fps), limits)
        asks = list(plan(params, still, layout, wanted, limits))
        pipeline = loaded(model, limits)
        clip = request.folder / "clip.mp4"
        with at_work(self.name, SMALLER):
            made = _made(pipeline, asks, limits, request)
            film = FilmFormat(Rate(numerator=limits.fps), asks[0].width, asks[0].height)
            encode_file(clip, (planes(frame) for frame in _most(made, wanted)), film)
        request.progress(1.0)
        return {"clip": clip}


def plan(
    params: FilmParams, still: RGB, layout: Layout, wanted: int, limits: PictureLimits
) -> Iterator[Ask]:
    """What is asked of the model, piece by piece; `first` of all but the first piece is put in later."""
    width, height = size(params.width, params.height, limits)
    counts = lengths(wanted, limits)
    first = first_picture(still, width, height)
    last = last_picture(still, layout, width, height) if limits.last_frame else None
    for number, count in enumerate(counts):
        ending = last if number == len(counts) - 1 else None
        words = f"{params.picture} {params.motion}"
        yield Ask(first, ending, words, width, height, count, params.seed + number)


def _made(
    pipeline: object, asks: list[Ask], limits: PictureLimits, request: Request
) -> Iterator[RGB]:
    """The frames of all pieces; the one that two pieces share comes once."""
    first = asks[0].first
    for number, ask in enumerate(asks):
        frames = HOW[limits.engine](pipeline, _going_on(ask, first), limits)
        if len(frames) < 2:
            message = f"the engine {limits.engine!r} made {len(frames)} of {ask.frames} frames"
            raise EngineError(FailureClass.POISONED, "R0012", message)
        yield from frames[1 if number else 0 :]
        first = Image.fromarray(frames[-1])
        request.progress((number + 1) / len(asks) * 0.95)


def _going_on(ask: Ask, first: Image.Image) -> Ask:
    return Ask(first, ask.last, ask.prompt, ask.width, ask.height, ask.frames, ask.seed)


def _most(frames: Iterator[RGB], wanted: int) -> Iterator[RGB]:
    """At most `wanted` frames: what a piece is too long is cut."""
    for number, frame in enumerate(frames):
        if number == wanted:
            return
        yield frame
