"""An ONNX model in memory: onnxruntime imported the right way, on one thread, with options that never change.

The library reports its use to its makers over the network, from a thread of its own, unless it is told not to before
it is loaded. So it is imported here and nowhere else.
"""

import importlib
import os
from types import ModuleType
from typing import Any


def onnxruntime() -> ModuleType:
    """The library, with its telemetry off. Raises `ImportError`."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    library: ModuleType = importlib.import_module("onnxruntime")
    return library


def open_session(model: bytes | str) -> Any:  # noqa: ANN401 - the library has no types
    """A CPU session of a model (its bytes, or the path of its file) that gives the same bytes on every run."""
    library = onnxruntime()
    options = library.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return library.InferenceSession(model, options, providers=["CPUExecutionProvider"])
