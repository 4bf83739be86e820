"""The pictures of a shot before finishing: from the stage, from a file of the project, from another engine's clip."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path

from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.encode import EncodeParams, FootageSpec
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.effects import (
    affected_picture,
    affected_video,
    has_effects,
)
from duocast.runtime.delivery.encode.footage import footage
from duocast.runtime.delivery.encode.photograph import photograph
from duocast.runtime.engine import EngineError, FailureClass

VIDEO = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mpg", ".mpeg", ".ts"})

Pictures = Callable[[ShotTiming, EncodeParams, Mapping[str, Path]], Iterator[RGB]]
"""Yields `timing.frames` frames of the params' size, RGB bytes."""


def pictures(timing: ShotTiming, params: EncodeParams, inputs: Mapping[str, Path]) -> Iterator[RGB]:
    """The shot's frames from whatever inputs it has. A shot without any raises `EngineError` (poisoned, R0402)."""
    if "picture" in inputs:
        return _file(inputs["picture"], timing, params)
    if "clip" in inputs:
        return _video(inputs["clip"], timing, params)
    if "layout" in inputs:
        return _stage(timing, params, inputs)
    raise EngineError(
        FailureClass.POISONED, "R0402", "The shot has no picture: neither a stage nor a file."
    )


def _file(path: Path, timing: ShotTiming, params: EncodeParams) -> Iterator[RGB]:
    spec, fps = params.footage or FootageSpec(), timing.rate.fps
    size = (params.width, params.height)
    if path.suffix.lower() in VIDEO:
        if has_effects(spec):
            return affected_video(path, spec, timing.frames, fps, *size)
        start = Fraction(spec.start).limit_denominator(1000)
        return footage(path, timing.frames, fps, *size, start=start, loop=spec.loop)
    plain = partial(photograph, path, timing.frames, *size)
    return affected_picture(plain, spec, timing.frames, fps) if has_effects(spec) else plain()


def _video(path: Path, timing: ShotTiming, params: EncodeParams) -> Iterator[RGB]:
    fps: Fraction = timing.rate.fps
    return footage(path, timing.frames, fps, params.width, params.height)


def _stage(timing: ShotTiming, params: EncodeParams, inputs: Mapping[str, Path]) -> Iterator[RGB]:
    from duocast.runtime.performance.record import load_performance
    from duocast.runtime.picture.load import load_rig
    from duocast.runtime.stage.files import read_picture
    from duocast.runtime.stage.frames import ShotFrames

    layout = Layout.from_json(inputs["layout"].read_bytes())
    frames = ShotFrames(
        layout,
        read_picture(inputs["background"], 3),
        read_picture(inputs["foreground"], 4) if "foreground" in inputs else None,
        {person.role: load_rig(inputs[f"rig.{person.role}"]) for person in layout.people},
        load_performance(inputs["performance"]) if "performance" in inputs else None,
        timing.frames,
        params.rate,
    )
    yield from frames
