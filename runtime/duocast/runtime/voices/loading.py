"""Loading: what every voice model's library needs beforehand, and a model's files on this machine."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from duocast.runtime.diffusion.loading import source
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device, settle_sums
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, wrong

BROKEN = (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, AssertionError)
"""What model libraries raise for files that are not right."""


def libraries(engine: str, *names: str) -> tuple[Any, ...]:
    """The modules, torch's sums settled. Raises `EngineError` R0020 without one of them."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        found = tuple(importlib.import_module(name) for name in names)
        settle_sums()
    except ImportError as problem:
        message = f"the engine {engine!r} can't be loaded here: {problem}"
        hint = "pip install 'duocast[models]'"
        raise EngineError(FailureClass.UNAVAILABLE, "R0020", message, hint) from problem
    return found


def folder_of(model: Model) -> Path:
    """The model's folder; one that is pinned on a hub is fetched there first, or found in the hub's cache."""
    if model.folder is not None:
        return model.folder
    from huggingface_hub import snapshot_download

    repository, how = source(model)
    try:
        return Path(snapshot_download(repository, **how))
    except Exception as problem:
        message = f"the pinned model of {model.engine!r} can't be had: {problem}".splitlines()[0]
        raise EngineError(
            FailureClass.UNAVAILABLE, "V0301", message, "put its files into a folder"
        ) from problem


def place(device: Device, limits: Limits) -> str:
    """Where the model goes: as a whole on CUDA if it needs that and fits there, else on the processor."""
    fits = device.free is None or device.free >= limits.gigabytes
    return device.kind if device.kind == "cuda" and fits and limits.gigabytes else "cpu"


@contextmanager
def trusted_only(engine: str) -> Iterator[None]:
    """While files are read: a pickle may hold numbers only, and nothing is written back into the model's folder."""
    import torch

    before, save = os.environ.get("TORCH_FORCE_WEIGHTS_ONLY_LOAD"), torch.save
    os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"
    torch.save = lambda *_, **__: (
        None
    )  # a library that tidies a checkpoint would change the model's identity
    try:
        yield
    except EngineError:
        raise
    except Exception as problem:
        told = (str(problem) or type(problem).__name__).splitlines()[0][:200]
        hint = "docs/engines.md says which files it reads; a pickle with anything but numbers is refused"
        raise wrong(f"the model of {engine!r} can't be loaded: {told}", hint) from problem
    finally:
        torch.save = save
        if before is None:
            del os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"]
        else:
            os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = before
