"""A workshop: the engines and the weights that a process works with, and the factory that builds one anywhere."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Weights
from duocast.runtime.registry import Registry


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a task needs besides its inputs. Building one must be cheap: no model library, no download."""

    engines: Registry
    weights: Weights


@dataclass(frozen=True, slots=True)
class Factory:
    """How to build the same workshop in every process: a function `module:function` and its one argument.

    The function takes the settings (plain JSON) and gives a `Workshop`. `preload` names modules that every worker
    will need (numpy, cv2 ...): they are imported once, before workers are forked. One that can't be is left out,
    and so is onnxruntime, which starts a thread.
    """

    reference: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    preload: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The module of the function."""
        return self.reference.partition(":")[0]

    def build(self) -> Workshop:
        """The workshop. Raises what the import or the function raises."""
        function = getattr(importlib.import_module(self.module), self.reference.partition(":")[2])
        workshop = function(self.settings)
        if not isinstance(workshop, Workshop):
            raise TypeError(f"{self.reference} gave a {type(workshop).__name__}, no Workshop")
        return workshop


@dataclass(frozen=True, slots=True)
class Inline:
    """An operation so cheap that it runs beside the scheduler: a pure function from bytes to bytes.

    `function(params, inputs by name)` gives the outputs' bytes by name and raises `EngineError`. Outputs are JSON files
    unless `suffixes` says otherwise. `version` changes whenever the same inputs would give other bytes.
    """

    operation: Operation
    name: str
    version: str
    function: Callable[[Mapping[str, Any], Mapping[str, bytes]], Mapping[str, bytes]]
    suffixes: Mapping[str, str] = field(default_factory=dict)

    def suffix(self, output: str) -> str:
        """The suffix that files of this output have."""
        return self.suffixes.get(output, ".json")
