"""The picture model: how likely people are to call a picture explicit, 0 to 1. Yahoo's Open-NSFW, on one thread.

Pictures are made ready as for its training: 256 x 256, through a JPEG, the middle 224 x 224, blue first, without the
mean. Below 0.2 is safe and above 0.8 is not, its makers say; it knows nakedness, not ages and not violence.
"""

import io
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from duocast.runtime.engine import Weights
from duocast.runtime.moderation.models import OPEN_NSFW, VIDEOS
from duocast.runtime.onnx import onnxruntime

_RESIZED, _CROPPED = 256, 224
_MEAN = np.array([104.0, 117.0, 123.0], np.float32)
"""Of the pictures that it was trained on: blue, green, red."""
_WHOLE = 1000
"""Frames up to which a video is decoded whole; of a longer one, key frames are looked at."""
_LARGEST = 4096
"""Pixels of a side beyond which a JPEG is decoded smaller."""


class PictureModel:
    """The model, loaded. Raises `EngineError` where its file can't be had."""

    def __init__(self, weights: Weights) -> None:
        runtime = onnxruntime()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        file = str(weights.path(OPEN_NSFW))
        self._session = runtime.InferenceSession(file, options, ["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def score(self, picture: Image.Image) -> float:
        """The probability that one picture is explicit."""
        batch = made_ready(picture)[None]
        return float(self._session.run(None, {self._input: batch})[0][0, 1])


def made_ready(picture: Image.Image) -> NDArray[np.float32]:
    """A picture as the model takes it: 224 x 224 x 3, float32, blue, green, red, without the mean."""
    small = picture.convert("RGB").resize((_RESIZED, _RESIZED), Image.Resampling.BILINEAR)
    through = io.BytesIO()
    small.save(through, "JPEG")
    through.seek(0)
    with Image.open(through) as again:
        whole = np.asarray(again.convert("RGB"), np.float32)
    first = (_RESIZED - _CROPPED) // 2
    middle = whole[first : first + _CROPPED, first : first + _CROPPED]
    return np.ascontiguousarray(middle[:, :, ::-1] - _MEAN)


def seen_in(file: Path, frames: int) -> Iterator[Image.Image]:
    """A picture, or so many frames spread over a video. Raises `OSError` or `ValueError` for what is neither."""
    if file.suffix.lower() in VIDEOS:
        yield from _frames(file, frames)
        return
    with Image.open(file) as picture:
        picture.draft("RGB", (_LARGEST, _LARGEST))
        yield _on_grey(picture)


def _on_grey(picture: Image.Image) -> Image.Image:
    """A picture that can be looked through, on grey."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    grey = Image.new("RGBA", clear.size, (128, 128, 128, 255))
    return Image.alpha_composite(grey, clear).convert("RGB")


def _frames(file: Path, frames: int) -> Iterator[Image.Image]:
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(file)) as container:
            stream = container.streams.video[0]
            rate = stream.average_rate or Fraction(24)
            seconds = (stream.duration or 0) * (stream.time_base or Fraction(1))
            whole = stream.frames or round(seconds * rate) or 1
            if whole <= _WHOLE:
                every = max(1, math.ceil(whole / frames))
                shown = container.decode(stream)
                yield from (
                    Image.fromarray(one.to_ndarray(format="rgb24"))
                    for n, one in enumerate(shown)
                    if n % every == every // 2
                )
                return
            for number in range(frames):
                at = round((stream.duration or 0) * (2 * number + 1) / (2 * frames))
                container.seek((stream.start_time or 0) + at, stream=stream)
                yield Image.fromarray(next(container.decode(stream)).to_ndarray(format="rgb24"))
    except (FFmpegError, IndexError, StopIteration) as problem:
        raise ValueError(f"{file.name} can't be decoded: {problem}") from problem
