"""An onnxruntime session that gives the same bytes on every run: one thread, fixed options."""

from typing import Any


def open_session(model: bytes) -> Any:  # noqa: ANN401 - the library has no types
    """A CPU session of a model in memory."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
