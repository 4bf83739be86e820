"""Loading: a diffusers pipeline from a folder or a pinned revision.

Only safetensors are read and no code that comes with a model is run.
"""

import importlib
import os
from collections.abc import Mapping
from typing import Any

from duocast.runtime.diffusion.parts import APART, Parts
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device, Laid, placement, settle_sums
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, wrong
from duocast.runtime.models.warm import WARM

Pipeline = Any
"""A pipeline of diffusers, which has no types of its own."""
ADAPTER = "ip_adapter"
"""The folder of a model's IP-Adapter (one .safetensors) in the model's own; the encoder of pictures is in the model."""
ADAPTED = ("StableDiffusionXLInpaintPipeline",)
"""Pipelines that work with an IP-Adapter."""
SMALLER = 'give the model a smaller area in its sheet: "pixels": 400000'
"""What to do when memory does not suffice."""


def loaded(model: Model, limits: Limits) -> Pipeline:
    """The model's pipeline on the device, kept warm. Raises as `read`."""
    return WARM.model(model, limits, read)


def read(model: Model, limits: Limits, device: Device) -> Pipeline:
    """The pipeline on the device. Raises `EngineError`: R0020 no library, V0302 a broken model."""
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
    try:
        found = _put_together(getattr(diffusers, limits.pipeline), model, dtype)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as problem:
        told = (str(problem) or type(problem).__name__).splitlines()[0][:200]
        hint = "only models in diffusers' form with safetensors are read"
        raise wrong(f"the model of {model.engine!r} can't be loaded: {told}", hint) from problem
    found.set_progress_bar_config(disable=True)
    return laid(found, device, limits)


def _put_together(kind: Any, model: Model, dtype: object) -> Pipeline:  # noqa: ANN401 -- a class of diffusers
    """The pipeline with all its parts, those that are read apart included."""
    where, how = source(model)
    names, parts = APART.get(kind.__name__, ((), _nothing))
    found = kind.from_pretrained(
        where, dtype=dtype, use_safetensors=True, **dict.fromkeys(names), **how
    )
    for name, part in parts(where, how).items():
        setattr(found, name, part)
    if kind.__name__ in ADAPTED:
        _adapt(found, model)
    return found


def _adapt(pipeline: Pipeline, model: Model) -> None:
    """Lay the IP-Adapter into the model. Raises `EngineError` V0302 where there is none, or no encoder of pictures."""
    folder = model.folder / ADAPTER if model.folder is not None else None
    weights = sorted(folder.glob("*.safetensors")) if folder is not None else []
    if not weights or getattr(pipeline, "image_encoder", None) is None:
        raise wrong(
            f"the model of {model.engine!r} has no {ADAPTER}/ with one .safetensors, or no image_encoder/",
            "put an IP-Adapter for it, and the encoder that it was made with, into the model's folder",
        )
    name = weights[0].name
    pipeline.load_ip_adapter(
        str(model.folder), subfolder=ADAPTER, weight_name=name, local_files_only=True
    )


def _nothing(where: str, how: Mapping[str, Any]) -> Parts:
    del where, how
    return {}


def laid(pipeline: Pipeline, device: Device, limits: Limits) -> Pipeline:
    """The pipeline on the device, as much of it at a time as there is room for."""
    how: Laid = placement(device.free, limits.gigabytes)
    if how == "whole":
        return pipeline.to(device.kind)
    vae = getattr(pipeline, "vae", None)
    if vae is not None and hasattr(vae, "enable_tiling"):
        vae.enable_tiling()
    if how == "by part":
        pipeline.enable_model_cpu_offload(device=device.kind)
    else:
        pipeline.enable_sequential_cpu_offload(device=device.kind)
    return pipeline


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
