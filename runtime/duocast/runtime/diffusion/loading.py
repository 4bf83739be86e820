"""Loading: a diffusers pipeline from a folder or a pinned revision, kept warm, released when another is wanted.

Only safetensors are read and no code that comes with a model is run.
"""

import gc
import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from duocast.runtime.diffusion.device import (
    Device,
    Laid,
    best_device,
    emptied,
    out_of_memory,
    placement,
    settle_sums,
)
from duocast.runtime.diffusion.limits import Limits
from duocast.runtime.diffusion.shelf import Model, wrong
from duocast.runtime.engine import EngineError, FailureClass

Pipeline = Any
"""A pipeline of diffusers, which has no types of its own."""
Read = Callable[[Model, Limits, Device], Pipeline]


class Warm:
    """The one pipeline that this process keeps ready. `read` brings one in."""

    def __init__(self, read: "Read") -> None:
        self._read = read
        self._key: tuple[str, str] | None = None
        self._pipeline: Pipeline = None

    def pipeline(self, model: Model, limits: Limits) -> Pipeline:
        """The model's pipeline on the device. Another model's is released first: both may not fit."""
        key = (limits.pipeline, model.identity)
        if key != self._key:
            self.release()
            device = best_device()
            self._pipeline = laid(self._read(model, limits, device), device, limits)
            self._key = key
        return self._pipeline

    def release(self) -> None:
        """Let go of the pipeline and its memory."""
        self._key, self._pipeline = None, None
        gc.collect()
        emptied()


def read(model: Model, limits: Limits, device: Device) -> Pipeline:
    """The pipeline in the processor's memory. Raises `EngineError`: R0020 no library, V0302 a broken model."""
    _quiet()
    try:
        diffusers = importlib.import_module("diffusers")
        torch = importlib.import_module("torch")
    except ImportError as problem:
        raise EngineError(
            FailureClass.UNAVAILABLE,
            "R0020",
            f"the engine {model.engine!r} can't be loaded here: {problem}",
            "pip install 'duocast[models]'",
        ) from problem
    settle_sums()
    for library in (diffusers, importlib.import_module("transformers")):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()
    dtype = getattr(torch, limits.dtype if device.kind != "cpu" else "float32")
    where, how = source(model)
    try:
        pipeline = getattr(diffusers, limits.pipeline).from_pretrained(
            where, dtype=dtype, use_safetensors=True, **how
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as problem:
        told = (str(problem) or type(problem).__name__).splitlines()[0][:200]
        hint = "only models in diffusers' form with safetensors are read"
        raise wrong(f"the model of {model.engine!r} can't be loaded: {told}", hint) from problem
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def laid(pipeline: Pipeline, device: Device, limits: Limits) -> Pipeline:
    """The pipeline on the device, as much of it at a time as there is room for."""
    how: Laid = placement(device.free, limits.gigabytes)
    if how == "whole":
        return pipeline.to(device.kind)
    if how == "by part":
        pipeline.enable_model_cpu_offload(device=device.kind)
    else:
        pipeline.enable_sequential_cpu_offload(device=device.kind)
    return pipeline


@contextmanager
def at_work(engine: str) -> Iterator[None]:
    """What a model does wrong, as the scheduler understands it. Too little memory releases the model."""
    try:
        yield
    except EngineError:
        raise
    except Exception as problem:
        if not out_of_memory(problem):
            raise
        WARM.release()
        hint = 'give the model a smaller area in its sheet: "pixels": 400000'
        message = f"the engine {engine!r} ran out of memory"
        raise EngineError(FailureClass.RESOURCE, "R0004", message, hint) from problem


def source(model: Model) -> tuple[str, dict[str, Any]]:
    """Where diffusers finds the model, and how it is to look."""
    if model.folder is not None:
        return str(model.folder), {"local_files_only": True}
    revision, here = model.sheet.revision, not model.network
    return model.sheet.repository, {"revision": revision, "local_files_only": here}


def _quiet() -> None:
    """Tokenizers start threads, and the hub's client reports to its makers, unless they are told not to."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


WARM = Warm(read)
"""Every engine of this process shares it."""
