"""The engines that make a still move with a video model: in pieces, each going on where the one before ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
from PIL import Image

from duocast.compiler.graph import Operation
from duocast.compiler.operations.animate import FilmParams
from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import planes
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.delivery.x264 import FilmFormat, encode_file
from duocast.runtime.diffusion.ends import first_picture, last_picture
from duocast.runtime.diffusion.filming import HOW, Ask
from duocast.runtime.diffusion.limits import FILMERS, PictureLimits, limited
from duocast.runtime.diffusion.loading import SMALLER, loaded
from duocast.runtime.diffusion.pieces import frames_for, lengths, size
from duocast.runtime.diffusion.reel import Reel
from duocast.runtime.engine import Request
from duocast.runtime.models.engine import ModelEngine
from duocast.runtime.models.warm import at_work
from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.loudness import Floats, to_loudness
from duocast.runtime.sound.signal.spectrum import RATE

LOUDNESS = -20.0
"""LUFS of a shot's own sound, as of every effect: the script's level counts from there."""
CEILING = -1.5


class Filmer(ModelEngine):
    """One video model. The same request gives the same clip on the same machine."""

    operation = Operation.ANIMATE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4 at the model's size and rate, as long as the shot, and sound.wav if the model makes sound.

        Raises `EngineError`: V0301 and V0302 as `Shelf.model`, R0020 without the extra `models`, R0004 out of memory,
        R0012 a model that made no frames.
        """
        cv2.setNumThreads(1)
        params = FilmParams.from_plain(request.params)
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        model = self._shelf.model(self.name)
        limits = limited(FILMERS[self.name], model.sheet)
        wanted = frames_for(timing.frames, float(timing.rate.fps), limits)
        asks = list(plan(params, _seen(params, request.inputs, limits), wanted, limits))
        pipeline = loaded(model, limits)
        clip = request.folder / "clip.mp4"
        with at_work(self.name, SMALLER):
            reel = Reel(
                lambda ask: HOW[limits.engine](pipeline, ask, limits),
                asks,
                limits,
                request.progress,
            )
            film = FilmFormat(Rate(numerator=limits.fps), asks[0].width, asks[0].height)
            encode_file(clip, (planes(frame) for frame in reel.frames(wanted)), film)
        sound = reel.sound(timing.frames / float(timing.rate.fps))
        made = {"clip": clip} if sound is None else {"clip": clip, "sound": _kept(sound, request)}
        request.progress(1.0)
        return made


@dataclass(frozen=True, slots=True)
class Seen:
    """The pictures of a shot at the piece's size: its beginning, its end if that is known, its people."""

    width: int
    height: int
    first: Image.Image
    last: Image.Image | None = None
    people: tuple[Image.Image, ...] = ()


def plan(params: FilmParams, seen: Seen, wanted: int, limits: PictureLimits) -> Iterator[Ask]:
    """What is asked of the model, piece by piece; `first` of all but the first piece is put in later."""
    counts = lengths(wanted, limits)
    words = f"{params.picture} {params.motion}"
    for number, count in enumerate(counts):
        yield Ask(
            seen.first,
            seen.last if number == len(counts) - 1 else None,
            words,
            seen.width,
            seen.height,
            count,
            params.seed + number,
            seen.people,
        )


def _seen(params: FilmParams, inputs: Mapping[str, Path], limits: PictureLimits) -> Seen:
    """The pictures that the request brings. An engine that goes by words alone gets a black one, and leaves it."""
    width, height = size(params.width, params.height, limits)
    people = tuple(_portrait(inputs[name]) for name in _people(params, inputs))
    if "still" not in inputs:
        return Seen(width, height, Image.new("RGB", (width, height)), None, people)
    still = read_picture(inputs["still"])
    layout = Layout.from_json(inputs["layout"].read_bytes())
    last = last_picture(still, layout, width, height) if limits.last_frame else None
    return Seen(width, height, first_picture(still, width, height), last, people)


def _people(params: FilmParams, inputs: Mapping[str, Path]) -> list[str]:
    """The inputs with portraits, in the actors' order."""
    named = [f"person.{actor.role}" for actor in params.actors]
    return [name for name in named if name in inputs]


def _portrait(file: Path) -> Image.Image:
    """A portrait on white, as models that take references were shown them."""
    with Image.open(file) as picture:
        cut = picture.convert("RGBA")
    ground = Image.new("RGBA", cut.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, cut).convert("RGB")


def _kept(sound: Floats, request: Request) -> Path:
    """The sound as loud as every effect; silence stays silence."""
    file = request.folder / "sound.wav"
    write_wav(file, to_loudness(sound, RATE, LOUDNESS, CEILING), RATE)
    return file
