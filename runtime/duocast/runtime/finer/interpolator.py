"""The engine `rife`: it makes the frames that a moving picture lacks, each from the two nearest on either side."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.interpolate import InterpolateParams
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime import engines
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.engine import Request
from duocast.runtime.finer.cadence import Between, Halfway, lacks_frames, steps
from duocast.runtime.finer.clip import write_clip
from duocast.runtime.finer.cuts import is_cut
from duocast.runtime.finer.shown import Frame, Look, look, paired, seen_of, watched
from duocast.runtime.models.device import best_device, settle_sums
from duocast.runtime.models.warm import at_work

WEIGHTS = "rife/flownet.pkl"
LARGE_HINT = "Make the film's clips smaller, or use a device with more memory."


class Rife:
    """`interpolate`, by RIFE on torch."""

    name = engines.RIFE.name
    operation = Operation.INTERPOLATE

    @property
    def version(self) -> str:
        """As the list says it."""
        return engines.RIFE.version

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4. Raises `EngineError`: those of the videos' reader, V0102 to V0104, R0004 out of memory."""
        cv2.setNumThreads(1)
        params = InterpolateParams.from_plain(request.params)
        source = request.inputs.get("clip") or request.inputs["picture"]
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        seen = look(timing.frames, params.rate, params.start, params.speed)
        clip = request.folder / "clip.mp4"
        with at_work(self.name, LARGE_HINT):
            frames = smoothed(source, seen, lambda: halfway(request.weights.path(WEIGHTS)))
            write_clip(clip, _told(frames, seen, request.progress), seen.rate)
        request.progress(1.0)
        return {"clip": clip}


Timed = Iterator[tuple[RGB, Fraction]]


def smoothed(source: Path, seen: Look, load: Callable[[], Halfway[RGB]]) -> Timed:
    """What the shot sees, with a frame for every instant; a video with enough of them keeps its own."""
    make: Halfway[RGB] | None = None
    if not lacks_frames(_rate(source, seen), seen.rate.fps):
        yield from ((frame.picture, frame.start) for frame in seen_of(watched(source, seen), seen))
        return
    for frame, following in paired(watched(source, seen, beyond=True)):
        still = following is None or _same(frame, following)
        still = still or (following is not None and is_cut(frame.picture, following.picture))
        if not still and make is None:
            make = load()
        yield from _instants(frame, None if still else following, seen, make)


def _instants(
    frame: Frame, following: Frame | None, seen: Look, make: Halfway[RGB] | None
) -> Timed:
    instants = steps(frame.start, frame.end, seen.rate.fps, seen.frames)
    if following is None or make is None:
        yield from ((frame.picture, seen.instant(number)) for number, _ in instants)
        return
    between = Between(frame.picture, following.picture, make)
    yield from ((between.at(part), seen.instant(number)) for number, part in instants)


def _same(frame: Frame, following: Frame) -> bool:
    return bool(np.array_equal(frame.picture, following.picture))


def _rate(source: Path, seen: Look) -> Fraction:
    """Frames a second of what is shown, by the times of the first few; looked at without making anything."""
    times = []
    frames = watched(source, seen, beyond=True)
    for number, frame in enumerate(frames):
        times.append(frame.start)
        if number == _LOOKS:
            frames.close()
            break
    return Fraction(len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else seen.rate.fps


_LOOKS = 24


def _told(frames: Timed, seen: Look, progress: Callable[[float], None]) -> Timed:
    for picture, start in frames:
        yield picture, start
        progress(min(0.99, float(start / seen.instant(seen.frames))))


def halfway(file: Path) -> Halfway[RGB]:
    """What makes the frame between two, with the network kept ready by the process."""
    settle_sums()
    device = best_device().kind
    net = _loaded(file, device)

    def make(first: RGB, second: RGB) -> RGB:
        return between(net, first, second, device)

    return make


def between(net: Any, first: RGB, second: RGB, device: str) -> RGB:  # noqa: ANN401 -- a torch module
    """The picture halfway between two of the same size."""
    import torch

    from duocast.runtime.finer.flow import LARGE, STEP

    tall, wide = first.shape[:2]
    step = STEP * 2 if max(tall, wide) >= LARGE - STEP else STEP
    below, right = -tall % step, -wide % step

    def planes(picture: RGB) -> Any:  # noqa: ANN401 -- a torch tensor
        edged = np.pad(picture, ((0, below), (0, right), (0, 0)), mode="edge")
        tensor = torch.from_numpy(np.ascontiguousarray(edged.transpose(2, 0, 1)))
        return tensor.to(device).float()[None] / 255

    half = torch.autocast("cuda", torch.float16, enabled=device == "cuda")
    with torch.inference_mode(), half:
        made = net(planes(first), planes(second))[0, :, :tall, :wide]
        levels = (made.float().clamp(0, 1) * 255).round().byte().cpu().numpy()
    return np.ascontiguousarray(levels.transpose(1, 2, 0))


@cache
def _loaded(file: Path, device: str) -> Any:  # noqa: ANN401 -- a torch module
    from duocast.runtime.finer.flow import load

    return load(file, device)
