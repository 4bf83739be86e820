"""The engines that enlarge pictures by ncnn: frame by frame, in tiles, with the colours that were there."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.operations.upscale import UpscaleParams
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.engine import Request, Weights
from duocast.runtime.finer.clip import write_clip
from duocast.runtime.finer.colour import true_to
from duocast.runtime.finer.network import Network
from duocast.runtime.finer.shape import Enlargement, best_scale, covering_still, filling
from duocast.runtime.finer.shown import Look, look, seen_of, watched
from duocast.runtime.finer.still import alpha_of, write_still
from duocast.runtime.finer.tiles import Floats, enlarged

Enlarge = Callable[[Floats], Floats]
"""Takes a picture 3 x height x width, 0 to 1, and gives it larger."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One network: how many times it enlarges, and the catalogue's name of its files without their ending."""

    times: int
    files: str


@dataclass(slots=True)
class Upscaler:
    """`moving` and `still` are the networks for each, one for a scale."""

    name: str
    version: str
    moving: tuple[Scale, ...]
    still: tuple[Scale, ...]
    operation: Operation = Operation.UPSCALE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4, or picture.png for a still.

        Raises `EngineError`: those of the pictures' readers, V0102 to V0104 for weights that can't be had.
        """
        cv2.setNumThreads(1)
        params = UpscaleParams.from_plain(request.params)

        def network(factor: float, scales: tuple[Scale, ...]) -> tuple[int, Enlarge]:
            times = best_scale(factor, tuple(scale.times for scale in scales))
            files = next(scale.files for scale in scales if scale.times == times)
            return times, loaded(files, request.weights)

        if params.rate is None:
            return still(params, request, lambda factor: network(factor, self.still))
        return moving(params, request, lambda factor: network(factor, self.moving))


Choose = Callable[[float], tuple[int, Enlarge]]
"""The scale and the network for a factor."""


def moving(params: UpscaleParams, request: Request, choose: Choose) -> Mapping[str, Path]:
    """Enlarge what the shot shows of a moving picture."""
    assert params.rate is not None
    source = request.inputs.get("clip") or request.inputs["picture"]
    timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
    seen = look(timing.frames, params.rate, params.start, params.speed)
    clip = request.folder / "clip.mp4"
    write_clip(clip, _frames(source, seen, params, choose, request.progress), seen.rate)
    request.progress(1.0)
    return {"clip": clip}


def _frames(
    source: Path,
    seen: Look,
    params: UpscaleParams,
    choose: Choose,
    progress: Callable[[float], None],
) -> Iterator[tuple[RGB, Fraction]]:
    shape: Enlargement | None = None
    before: RGB | None = None
    made: RGB | None = None
    for frame in seen_of(watched(source, seen), seen):
        tall, wide = frame.picture.shape[:2]
        if shape is None:
            shape = filling(wide, tall, params.width, params.height)
            work = choose(shape.factor) if shape.needed else None
        if made is None or before is None or not np.array_equal(before, frame.picture):
            made = sized(frame.picture, shape, work)
        before = frame.picture
        yield made, frame.start
        progress(min(0.99, float(frame.end / seen.instant(seen.frames))))


def still(params: UpscaleParams, request: Request, choose: Choose) -> Mapping[str, Path]:
    """Enlarge a still, if it is not large enough."""
    source = request.inputs["picture"]
    picture = read_picture(source)
    tall, wide = picture.shape[:2]
    shape = covering_still(wide, tall, params.width, params.height)
    if not shape.needed:
        kept = request.folder / f"picture{source.suffix.lower()}"
        shutil.copyfile(source, kept)
        return {"picture": kept}
    made = sized(picture, shape, choose(shape.factor))
    written = write_still(request.folder / "picture.png", made, alpha_of(source))
    request.progress(1.0)
    return {"picture": written}


def sized(picture: RGB, shape: Enlargement, work: tuple[int, Enlarge] | None) -> RGB:
    """The part of the picture that the shape names, at its size."""
    part = shape.part
    cut = picture[part.y : part.y + part.height, part.x : part.x + part.width]
    size = (shape.width, shape.height)
    if work is None:
        way = cv2.INTER_AREA if shape.factor < 1 else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(cut, size, interpolation=way), np.uint8)
    times, network = work
    source = np.asarray(cut.astype(np.float32) / np.float32(255), np.float32)
    planes = enlarged(np.ascontiguousarray(source.transpose(2, 0, 1)), times, network)
    large = true_to(source, np.ascontiguousarray(planes.transpose(1, 2, 0)))
    way = cv2.INTER_AREA if times > shape.factor else cv2.INTER_CUBIC
    fitted = cv2.resize(large, size, interpolation=way) if large.shape[1::-1] != size else large
    return np.rint(np.clip(fitted, 0, 1) * 255).astype(np.uint8)


def loaded(files: str, weights: Weights) -> Network:
    """The network of these files, kept ready by the process."""
    return _opened(weights.path(f"{files}.param"), weights.path(f"{files}.bin"))


@cache
def _opened(params: Path, weights: Path) -> Network:
    return Network(params, weights)
