"""The engines that make faces clear again, and the one that enlarges, with a model of the user's on torch."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.restore import RestoreParams
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.operations.upscale import UpscaleParams
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.engine import Request, Weights
from duocast.runtime.finer.clip import write_clip
from duocast.runtime.finer.faces import Points, aligned, pasted
from duocast.runtime.finer.limits import ALL
from duocast.runtime.finer.shown import Look, look, seen_of, watched
from duocast.runtime.finer.spandrels import read
from duocast.runtime.finer.tiles import Floats
from duocast.runtime.finer.upscaler import Enlarge, moving, still
from duocast.runtime.models.engine import ModelEngine
from duocast.runtime.models.limits import said
from duocast.runtime.models.shelf import Shelf
from duocast.runtime.models.warm import WARM, at_work

SURE = 0.5
SMALLEST = 24
"""Pixels of a face under which there is nothing to restore."""
SEED = 0
NOSE, MOUTH_LEFT, MOUTH_RIGHT = 4, 61, 291
Restore = Callable[[Floats], Floats]
"""Takes the square of a face (height x width x 3, 0 to 1) and gives it restored."""


class Restorer(ModelEngine):
    """`restore`, by a model that restores one face at a time."""

    operation = Operation.RESTORE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4.

        Raises `EngineError`: those of the videos' reader, V0301 and V0302 as `Shelf.model` and `spandrels.read`,
        V0102 to V0104 for the weights that find faces, R0004 out of memory.
        """
        cv2.setNumThreads(1)
        params = RestoreParams.from_plain(request.params)
        source = request.inputs.get("clip") or request.inputs["picture"]
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        assert params.rate is not None
        seen = look(timing.frames, params.rate, params.start, params.speed)
        clip = request.folder / "clip.mp4"
        with at_work(self.name):
            restore = self._restore()
            write_clip(clip, _frames(source, seen, params.strength, restore, request), seen.rate)
        request.progress(1.0)
        return {"clip": clip}

    def _restore(self) -> Restore:
        described = _loaded(self.name, self._shelf)
        return lambda square: _restored(described, square)


class TorchUpscaler(ModelEngine):
    """`upscale`, by any model that spandrel knows."""

    operation = Operation.UPSCALE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4, or picture.png for a still. Raises `EngineError` as `Restorer` does."""
        cv2.setNumThreads(1)
        params = UpscaleParams.from_plain(request.params)
        with at_work(self.name):
            described = _loaded(self.name, self._shelf)
            work: tuple[int, Enlarge] = (described.scale, lambda piece: _enlarged(described, piece))
            make = still if params.rate is None else moving
            return make(params, request, lambda _: work)


def _frames(
    source: Path, seen: Look, strength: float, restore: Restore, request: Request
) -> Iterator[tuple[RGB, Fraction]]:
    for frame in seen_of(watched(source, seen), seen):
        yield cleared(frame.picture, strength, restore, request.weights), frame.start
        request.progress(min(0.99, float(frame.end / seen.instant(seen.frames))))


def cleared(frame: RGB, strength: float, restore: Restore, weights: Weights) -> RGB:
    """The frame with every face restored that can be found in it."""
    for points in faces_of(frame, weights):
        at = aligned(frame, points)
        frame = pasted(frame, at, restore(at.face), strength)
    return frame


def faces_of(frame: RGB, weights: Weights) -> Iterator[Points]:
    """The eyes, the nose and the corners of the mouth of every face, from left to right."""
    from duocast.runtime.picture.photo.build import DETECTOR, LANDMARKS
    from duocast.runtime.picture.photo.detect import find_faces
    from duocast.runtime.picture.photo.mesh import eyes_of, face_points

    for face in find_faces(frame, weights.path(DETECTOR)):
        if face.size < SMALLEST:
            continue
        points, sure = face_points(frame, face, weights.path(LANDMARKS))
        if sure >= SURE:
            left, right = eyes_of(points)
            lower = [points[one, :2] for one in (NOSE, MOUTH_LEFT, MOUTH_RIGHT)]
            yield np.array([left, right, *lower], np.float64)


def _loaded(engine: str, shelf: Shelf) -> Any:  # noqa: ANN401 -- a model of spandrel's
    model = shelf.model(engine)
    return WARM.model(model, said(ALL[engine], model.sheet), read)


def _restored(described: Any, square: Floats) -> Floats:  # noqa: ANN401 -- as above
    """Restorers see -1 to 1. Some add noise: the same in every frame, so that nothing flickers."""
    import torch

    torch.manual_seed(SEED)
    with torch.inference_mode():
        planes = torch.from_numpy(np.ascontiguousarray(square.transpose(2, 0, 1)))[None]
        seen = (planes.to(described.device, described.dtype) - 0.5) / 0.5
        made = described.model(seen)[0][0].float().cpu().numpy()
    return np.ascontiguousarray((np.clip(made, -1, 1) / 2 + 0.5).transpose(1, 2, 0))


def _enlarged(described: Any, piece: Floats) -> Floats:  # noqa: ANN401 -- as above
    import torch

    with torch.inference_mode():
        planes = torch.from_numpy(np.ascontiguousarray(piece))[None]
        made = described(planes.to(described.device, described.dtype))[0].float().cpu().numpy()
    return np.asarray(made, np.float32)
