"""Talking heads by a program of the user's: its coefficients are governed before it draws the faces of a still."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.animate import Actor, FilmParams
from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import RGB, planes
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.delivery.encode.video import shown
from duocast.runtime.delivery.x264 import FilmFormat, encode_file
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.sound.file import write_wav
from duocast.runtime.stage.files import write_picture
from duocast.runtime.talking.coefficients import BadCoefficients, read_coefficients
from duocast.runtime.talking.governor import UnknownCoefficients, governed
from duocast.runtime.talking.program import Program
from duocast.runtime.talking.region import Region, region
from duocast.runtime.talking.running import run
from duocast.runtime.talking.speech import meant, spans_of, voice_of
from duocast.runtime.validate import video_problem

_SHORT = 2
"""Frames that a program may leave out at the end: the last picture stands for them."""


class TalkingHead:
    """An engine that films: the still, in which the faces of those who speak move as the program has drawn them."""

    operation = Operation.ANIMATE

    def __init__(self, program: Program, version: str) -> None:
        self.name = program.name
        self.version = version
        self._program = program

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4 at the program's rate. Raises `EngineError` R0721 to R0724."""
        params = FilmParams.from_plain(request.params)
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        layout = Layout.from_json(request.inputs["layout"].read_bytes())
        still = np.ascontiguousarray(
            covering(read_picture(request.inputs["still"]), params.width, params.height)
        )
        seconds = timing.frames / float(timing.rate.fps)
        count = ceil(seconds * self._program.fps - 1e-6)
        speakers = list(_speakers(params, timing, layout, still, self._program.margin))
        with tempfile.TemporaryDirectory(prefix="talking-") as place:
            heads = [
                (
                    one.region,
                    self._head(request, one, still, count, Path(place) / str(number), part),
                )
                for number, one in enumerate(speakers)
                for part in [_Part(number, len(speakers), request.progress)]
            ]
            film = FilmFormat(Rate(numerator=self._program.fps), params.width, params.height)
            clip = request.folder / "clip.mp4"
            encode_file(clip, (planes(one) for one in _frames(still, heads, count)), film)
        request.progress(1.0)
        return {"clip": clip}

    def _head(
        self, request: Request, one: "_Speaker", still: RGB, count: int, place: Path, part: "_Part"
    ) -> Path:
        """The video that the program makes of one person."""
        program, fps = self._program, self._program.fps
        place.mkdir()
        given = {
            "audio": place / "voice.wav",
            "picture": place / "face.png",
            "coefficients": place / f"coefficients.{program.format}",
            "video": place / "head.mp4",
        }
        sound = voice_of(one.spans, request.inputs, count / fps, program.rate)
        write_wav(given["audio"], sound, program.rate)
        write_picture(given["picture"], one.region.cut(still))
        words = {name: str(path) for name, path in given.items()}
        words |= {"fps": str(fps), "frames": str(count), "seed": str(_seed(request))}
        if program.coefficients:
            self._call(program.coefficients, words, place, part.stage(0))
            level = meant(one.spans, request.inputs, one.actor, count, fps)
            self._govern(given["coefficients"], level)
        self._call(program.render, words, place, part.stage(1))
        if (problem := video_problem(given["video"])) is not None:
            raise self._bad(f"made a video {problem}")
        return given["video"]

    def _call(
        self,
        command: tuple[str, ...],
        words: Mapping[str, str],
        place: Path,
        progress: Callable[[float], None],
    ) -> None:
        filled = [str(Path(command[0]).expanduser()), *(one.format(**words) for one in command[1:])]
        patience, passed = self._program.patience, self._program.environment
        run(filled, place, patience=patience, progress=progress, passed=passed)

    def _govern(self, file: Path, level: np.ndarray) -> None:
        """Hold the coefficients to what is meant, in their own file."""
        program = self._program
        columns = None if program.expression is None else range(*program.expression)
        try:
            found = read_coefficients(file, program.array)
            frames = len(found.track)
            fitting = level[np.minimum(np.arange(frames), len(level) - 1)]
            track = governed(found.track, fitting, fps=program.fps, expression=columns)
            file.write_bytes(found.with_track(track))
        except (BadCoefficients, UnknownCoefficients) as problem:
            raise self._bad(f"made coefficients that can't be governed: {problem}") from None

    def _bad(self, what: str) -> EngineError:
        hint = "look at its `format`, `array` and `expression` in talking.toml"
        return EngineError(
            FailureClass.INVALID, "R0724", f"the program of {self.name} {what}", hint
        )


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Somebody who is seen and speaks."""

    actor: Actor
    spans: tuple[SpokenSpan, ...]
    region: Region


@dataclass(frozen=True, slots=True)
class _Part:
    """The share of one person in the progress of a shot."""

    number: int
    of: int
    progress: Callable[[float], None]

    def stage(self, stage: int) -> Callable[[float], None]:
        """Progress of the first or the second stage."""

        def told(fraction: float) -> None:
            self.progress(0.95 * (self.number + (stage + fraction) / 2) / self.of)

        return told


def _speakers(
    params: FilmParams, timing: ShotTiming, layout: Layout, still: RGB, margin: float
) -> Iterator[_Speaker]:
    placed = {person.role: person for person in layout.people}
    for actor in params.actors:
        spans = spans_of(timing, actor.role)
        if spans and actor.role in placed:
            square = region(placed[actor.role], layout, still, margin)
            if square is not None:
                yield _Speaker(actor, spans, square)


def _frames(still: RGB, heads: list[tuple[Region, Path]], count: int) -> Iterator[RGB]:
    """The still with everybody's head in it. Raises `EngineError` R0724 for a head that ends early."""
    reels = [(square, _held(file, count)) for square, file in heads]
    for _ in range(count):
        picture = still.copy()
        for square, reel in reels:
            square.put(picture, next(reel))
        yield picture


def _held(file: Path, count: int) -> Iterator[RGB]:
    """So many pictures of a video; the last one stands for a few that are missing."""
    made, picture = 0, None
    for picture, _ in shown(file):
        made += 1
        yield picture
        if made == count:
            return
    if picture is None or made < count - _SHORT:
        what = f"the program made {made} of {count} pictures"
        hint = (
            "it must make {frames} pictures at {fps} a second: give it these words in talking.toml"
        )
        raise EngineError(FailureClass.INVALID, "R0724", what, hint)
    for _ in range(count - made):
        yield picture


def _seed(request: Request) -> int:
    return int(request.params.get("seed", 0)) % 2**31


def head_engines(program: Program, version: str) -> tuple[TalkingHead, ...]:
    """The engine of a program."""
    return (TalkingHead(program, version),)
