"""Models that spandrel knows, from a folder of the user's: safetensors, or a file whose digest is pinned beside it."""

from pathlib import Path
from typing import Any

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.device import Device, settle_sums
from duocast.runtime.models.limits import Limits
from duocast.runtime.models.shelf import Model, wrong
from duocast.runtime.weights.digest import digest_of

SAFE, PICKLED = "model.safetensors", "model.pth"
INSIDE = ("params_ema", "params", "state_dict")
"""Where training programs put the weights in a file."""
Described = Any
"""A model of spandrel's, with what it says about itself."""


def read(model: Model, limits: Limits, device: Device) -> Described:
    """The model on the device, in half precision where it can be and there is a GPU.

    Raises `EngineError`: V0302 for a file that is not the one meant or that spandrel does not know, R0020 for a
    library that does not load.
    """
    settle_sums()
    described = _known(_state(model), model)
    half = device.kind == "cuda" and limits.dtype == "float16" and described.supports_half
    described.model.eval().requires_grad_(False)
    placed = described.to(device=device.kind)
    return placed.half() if half else placed


def _state(model: Model) -> dict[str, Any]:
    """The tensors of the file. Nothing else is read from it, and no code of it is run."""
    folder = model.folder
    if folder is None or not ((folder / SAFE).is_file() or (folder / PICKLED).is_file()):
        raise wrong(f"the model of {model.engine!r} is no file", f"Put {SAFE} into its folder.")
    if (folder / SAFE).is_file():
        from safetensors.torch import load_file

        tensors: dict[str, Any] = load_file(folder / SAFE)
        return tensors
    return _pickled(folder / PICKLED, model.sheet.sha256)


def _pickled(file: Path, pinned: str) -> dict[str, Any]:
    found = digest_of(file)
    if found != pinned.lower():
        hint = (
            f'Check where it is from; then write "sha256": "{found}" into duocast.json beside it.'
        )
        raise wrong(f"{file.name} is not the file whose digest is pinned", hint)
    import torch

    state = torch.load(file, map_location="cpu", weights_only=True)
    inner = next((state[name] for name in INSIDE if isinstance(state.get(name), dict)), state)
    return dict(inner)


def _known(state: dict[str, Any], model: Model) -> Described:
    try:
        from spandrel import MAIN_REGISTRY, ModelLoader, UnsupportedModelError

        if model.engine == "codeformer":
            from spandrel_extra_arches import install

            install(ignore_duplicates=True)
    except (ImportError, RuntimeError) as problem:
        message = f"spandrel can't be loaded here: {problem}"
        hint = "torch and torchvision must be of one kind: pip install 'duocast[restore]'"
        raise EngineError(FailureClass.UNAVAILABLE, "R0020", message, hint) from problem
    try:
        return ModelLoader("cpu", MAIN_REGISTRY).load_from_state_dict(state)
    except (UnsupportedModelError, RuntimeError, KeyError) as problem:
        raise wrong(f"the model of {model.engine!r} is none that spandrel knows") from problem
