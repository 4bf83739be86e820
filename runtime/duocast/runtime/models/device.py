"""The device: which one does the work here, how a model is laid on it, what sums depend on. Torch is loaded inside."""

import sys
from dataclasses import dataclass
from typing import Any, Literal

Laid = Literal["whole", "by part", "by layer"]
"""On the device as a whole; one component at a time; one layer at a time (slow, and needs the least)."""
HEADROOM = 1.1
"""Memory free beside the model's own, as a factor."""
PART = 0.6
"""The largest component's share of a model."""
GIGA = 1e9
THREADS = 1
"""Sums depend on how many threads share them, so it is always the same number."""


@dataclass(frozen=True, slots=True)
class Device:
    """`free` is in gigabytes; None where the device shares the machine's memory."""

    kind: Literal["cuda", "mps", "cpu"]
    free: float | None = None


def placement(free: float | None, needed: float) -> Laid:
    """How a model that needs `needed` gigabytes is laid on a device with `free` ones."""
    if free is None or free >= needed * HEADROOM:
        return "whole"
    return "by part" if free >= least(needed) else "by layer"


def least(needed: float) -> float:
    """The gigabytes with which a model that needs `needed` of them works part by part."""
    return needed * PART * HEADROOM


def best_device() -> Device:
    """CUDA, else Apple's, else the processor. Raises `ImportError` without torch."""
    import torch

    if torch.cuda.is_available():
        return Device("cuda", torch.cuda.mem_get_info()[0] / GIGA)
    if torch.backends.mps.is_available():
        return Device("mps")
    return Device("cpu")


def settle_sums() -> None:
    """Make the same request give the same bytes in every process of this machine."""
    import torch

    torch.set_num_threads(THREADS)
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True


def generator(seed: int) -> Any:  # noqa: ANN401 -- a torch type
    """Chance from a seed, drawn on the processor so that every device starts from the same noise."""
    import torch

    return torch.Generator("cpu").manual_seed(seed)


def emptied() -> None:
    """Give memory that nothing holds back to the device."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def out_of_memory(problem: BaseException) -> bool:
    """Whether the device, or the machine, had too little memory."""
    torch = sys.modules.get("torch")
    return isinstance(problem, MemoryError) or (
        torch is not None and isinstance(problem, torch.OutOfMemoryError)
    )
