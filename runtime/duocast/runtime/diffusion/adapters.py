"""LoRAs: what a model was taught about one person, laid into it for one still and taken out again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from duocast.compiler.operations.compose import Adapter, PaintParams
from duocast.runtime.diffusion.loading import Pipeline
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.shelf import Shelf

DOWN = (".lora_A.", ".lora.down.", ".lora_down.", "_lora.down.")
"""What the one half of every layer of a LoRA is called, by those who write such files."""

LONGEST_HEADER = 100_000_000
"""Bytes of the part of a file that names its tensors; a longer one is no such file."""


@contextmanager
def adapted(
    pipeline: Pipeline, params: PaintParams, inputs: Mapping[str, Path], shelf: Shelf
) -> Iterator[None]:
    """The pipeline with the LoRAs of the people in the picture; without any again afterwards.

    Raises `EngineError` V0303: a LoRA is not on the shelf, has changed, can't be read, or is for another model.
    """
    asked = params.trained
    if not asked:
        yield
        return
    names = [f"person-{number}" for number, _ in enumerate(asked)]
    try:
        for name, one in zip(names, asked, strict=True):
            _load(pipeline, name, one, found(one, inputs, shelf))
        pipeline.set_adapters(names, [one.weight for one in asked])
        yield
    finally:
        pipeline.unload_lora_weights()


def found(one: Adapter, inputs: Mapping[str, Path], shelf: Shelf) -> Path:
    """The file of a LoRA: of the project, or on the shelf with the digest that the plan names. Raises as `adapted`."""
    if not one.name:
        return inputs[f"lora.{one.role}"]
    file = shelf.adapter(one.name)
    if file is None:
        looked = ", ".join(map(str, shelf.folders))
        hint = f"put {one.name}.safetensors into the folder lora; looked in {looked}"
        raise _unfit(f"there is no LoRA {one.name} on the shelf", hint)
    if one.digest and shelf.digest(file) != one.digest:
        hint = "plan and render again; a farm's machines need the same file"
        raise _unfit(f"the LoRA {one.name} is not the one that the film was planned with", hint)
    return file


def _load(pipeline: Pipeline, name: str, one: Adapter, file: Path) -> None:
    called = one.name or file.name
    wanted = layers(file, called)
    try:
        pipeline.load_lora_weights(
            str(file.parent), weight_name=file.name, adapter_name=name, local_files_only=True
        )
    except (OSError, ValueError, KeyError, RuntimeError, AttributeError) as problem:
        told = (str(problem) or type(problem).__name__).splitlines()[0][:200]
        raise _unfit(f"the LoRA {called} does not fit this model: {told}", _TRAINED) from problem
    fitting = _laid(pipeline, name)
    if fitting < wanted:
        message = (
            f"{wanted - fitting} of {wanted} layers of the LoRA {called} are not in this model"
        )
        raise _unfit(message, _TRAINED)


def layers(file: Path, called: str) -> int:
    """How many layers a LoRA changes, by the names in a safetensors file. Raises `EngineError` V0303."""
    try:
        with file.open("rb") as content:
            length = int.from_bytes(content.read(8), "little")
            if length > LONGEST_HEADER:
                raise ValueError("it is no safetensors file")
            names = json.loads(content.read(length))
    except (ValueError, OSError) as problem:
        told = str(problem).splitlines()[0][:120]
        raise _unfit(f"the LoRA {called} can't be read: {told}", "export it as .safetensors") from None  # fmt: skip
    count = sum(any(half in name for half in DOWN) for name in names)
    if not count:
        raise _unfit(f"there is no LoRA in {called}", "export it as diffusers or kohya do")
    return count


def _laid(pipeline: Pipeline, name: str) -> int:
    """How many layers of the model it has changed."""
    models = [part for part in pipeline.components.values() if hasattr(part, "named_modules")]
    return sum(path.endswith(f".lora_A.{name}") for part in models for path, _ in part.named_modules())  # fmt: skip


_TRAINED = "a LoRA works with the model that it was trained for"


def _unfit(message: str, hint: str) -> EngineError:
    return EngineError(FailureClass.INVALID, "V0303", message, hint)
