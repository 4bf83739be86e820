"""A network of ncnn that enlarges pictures: read from its two files, run on the processor, always the same bytes."""

from pathlib import Path

import numpy as np

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.finer.tiles import Floats

THREADS = 1
"""As many as every other task of a worker has."""


class Network:
    """What `params` and `weights` describe. Raises `EngineError` V0302 for files that ncnn can't read."""

    def __init__(self, params: Path, weights: Path) -> None:
        import ncnn

        self._ncnn = ncnn
        self._net = ncnn.Net()
        option = self._net.opt
        option.use_vulkan_compute = False
        option.num_threads = THREADS
        option.use_fp16_packed = option.use_fp16_storage = option.use_fp16_arithmetic = False
        option.use_bf16_storage = False
        if self._net.load_param(str(params)) or self._net.load_model(str(weights)):
            raise EngineError(FailureClass.INVALID, "V0302", f"{params.name} can't be loaded")

    def __call__(self, picture: Floats) -> Floats:
        """The picture (3 x height x width, RGB, 0 to 1) enlarged."""
        extractor = self._net.create_extractor()
        extractor.input("data", self._ncnn.Mat(np.ascontiguousarray(picture)))
        failed, made = extractor.extract("output")
        if failed:
            message = "the picture could not be enlarged: ncnn ran out of memory"
            raise EngineError(FailureClass.RESOURCE, "R0004", message)
        return np.array(made, np.float32)
