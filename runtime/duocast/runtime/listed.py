"""A listed engine: known by operation, name and version at once, its code imported when it first runs."""

import importlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine, EngineError, FailureClass, Request


class Listed:
    """An engine of the list that the function `reference` (module:function) gives, when called with `arguments`.

    So a process that only plans, or finds everything in the store, loads no model and no picture library.
    """

    def __init__(
        self, operation: Operation, name: str, version: str, reference: str, *arguments: object
    ) -> None:
        self.operation = operation
        self.name = name
        self._plain = version
        self.reference = reference
        self._arguments = arguments
        self._engine: Engine | None = None

    @property
    def version(self) -> str:
        """As the list says it."""
        return self._plain

    def __call__(self, *arguments: object) -> "Listed":
        """The same engine of a list that is made with `arguments`."""
        return Listed(self.operation, self.name, self.version, self.reference, *arguments)

    def run(self, request: Request) -> Mapping[str, Path]:
        """What the engine makes. Raises what it raises, and what `load` raises."""
        return self.load().run(request)

    def load(self) -> Engine:
        """The engine itself. Raises `EngineError` (unavailable, R0020) when it can't be imported here."""
        if self._engine is None:
            try:
                engines = self._list()(*self._arguments)
            except ImportError as problem:
                message = f"the engine {self.name!r} can't be loaded here: {problem}"
                hint = "duocast doctor says what is missing and how to get it"
                raise EngineError(FailureClass.UNAVAILABLE, "R0020", message, hint) from problem
            at = (self.operation, self.name)
            self._engine = next(e for e in engines if (e.operation, e.name) == at)
        return self._engine

    def _list(self) -> Callable[..., Iterable[Engine]]:
        module, _, function = self.reference.partition(":")
        found: Callable[..., Iterable[Engine]] = getattr(importlib.import_module(module), function)
        return found
