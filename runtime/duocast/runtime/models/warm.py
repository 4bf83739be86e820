"""A warm model: the one that this process keeps ready on the device, released when another is wanted."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device, best_device, emptied, out_of_memory
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model

Loaded = Any
"""What a model library gives for a model; such libraries have no types of their own."""
Read = Callable[[Model, Limits, Device], Loaded]
"""Brings a model in and lays it on the device."""


class Warm:
    """The one model that this process keeps ready."""

    def __init__(self) -> None:
        self._key: tuple[str, str, str] | None = None
        self._loaded: Loaded = None

    def model(self, model: Model, limits: Limits, read: Read) -> Loaded:
        """The model, loaded by `read`. Another one is released first: both may not fit."""
        key = (limits.engine, limits.pipeline, model.identity)
        if key != self._key:
            self.release()
            self._loaded = read(model, limits, best_device())
            self._key = key
        return self._loaded

    def release(self) -> None:
        """Let go of the model and its memory."""
        self._key, self._loaded = None, None
        gc.collect()
        emptied()


@contextmanager
def at_work(engine: str, hint: str = "") -> Iterator[None]:
    """What a model does wrong, as the scheduler understands it. Too little memory releases the model."""
    try:
        yield
    except EngineError:
        raise
    except Exception as problem:
        if not out_of_memory(problem):
            raise
        WARM.release()
        message = f"the engine {engine!r} ran out of memory"
        raise EngineError(FailureClass.RESOURCE, "R0004", message, hint) from problem


WARM = Warm()
"""Every engine of this process shares it."""
