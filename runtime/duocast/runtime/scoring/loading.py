"""Loading: a sound model of diffusers, or of transformers with its tokenizer, from a folder or a pinned revision."""

import importlib
from dataclasses import dataclass
from typing import Any

from duocast.runtime.diffusion.loading import read as read_pipeline
from duocast.runtime.diffusion.loading import source
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device, placement, settle_sums
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, wrong
from duocast.runtime.models.warm import WARM, Loaded

TRANSFORMERS = frozenset({"musicgen"})
"""Engines whose models are saved as transformers saves them."""
SHORTER = 'make its pieces shorter in its sheet: "seconds": 10'
"""What to do when memory does not suffice."""


@dataclass(frozen=True, slots=True)
class WithWords:
    """A model of transformers, the tokenizer that reads for it, and the device that does the sums."""

    model: Any
    tokenizer: Any
    device: str


def loaded(model: Model, limits: Limits) -> Loaded:
    """The engine's model on the device, kept warm. Raises `EngineError`: R0020 no library, V0302 a broken model."""
    return WARM.model(model, limits, read if limits.engine in TRANSFORMERS else read_pipeline)


def read(model: Model, limits: Limits, device: Device) -> WithWords:
    """A model of transformers. Only safetensors are read. Raises as `loaded`."""
    try:
        torch = importlib.import_module("torch")
        transformers = importlib.import_module("transformers")
    except ImportError as problem:
        message = f"the engine {model.engine!r} can't be loaded here: {problem}"
        hint = "pip install 'duocast[models]'"
        raise EngineError(FailureClass.UNAVAILABLE, "R0020", message, hint) from problem
    settle_sums()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    dtype = getattr(torch, limits.dtype if device.kind != "cpu" else "float32")
    where, how = source(model)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(where, **how)
        kind = getattr(transformers, limits.pipeline)
        found = kind.from_pretrained(where, dtype=dtype, use_safetensors=True, **how)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as problem:
        told = (str(problem) or type(problem).__name__).splitlines()[0][:200]
        hint = "only models in transformers' form with safetensors are read"
        raise wrong(f"the model of {model.engine!r} can't be loaded: {told}", hint) from problem
    return WithWords(laid(found.eval(), device, limits), tokenizer, device.kind)


def laid(model: Any, device: Device, limits: Limits) -> Any:  # noqa: ANN401 -- a type of transformers
    """The model on the device: as a whole, or, where there is too little room, one layer at a time."""
    if placement(device.free, limits.gigabytes) == "whole":
        return model.to(device.kind)
    return importlib.import_module("accelerate").cpu_offload(model, execution_device=device.kind)
