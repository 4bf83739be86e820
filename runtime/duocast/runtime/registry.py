"""A registry of engines: which engine answers for an operation, by name. Built at start-up, never changed after."""

import difflib
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine, EngineError, FailureClass


class DuplicateEngine(ValueError):
    """Two engines answer to the same operation and name."""

    def __init__(self, operation: Operation, name: str) -> None:
        super().__init__(f"two engines answer to {operation} by the name {name!r}")


@dataclass(frozen=True, slots=True)
class Absent:
    """A list of engines that could not be loaded, and why."""

    reference: str
    reason: str


class Registry:
    """Engines by operation and name. Building one loads no model library: engines import theirs when they run."""

    def __init__(self, *lists: Iterable[Engine], absent: Iterable[Absent] = ()) -> None:
        self.absent = tuple(absent)
        self._engines: dict[tuple[Operation, str], Engine] = {}
        for engines in lists:
            for engine in engines:
                self._add(engine)

    @classmethod
    def load(cls, references: Iterable[str]) -> "Registry":
        """The engines of `module:function` references, each a function without arguments that gives a list.

        A reference that fails to import is kept in `absent` with its reason, and named when one of its engines is
        asked for. Raises `DuplicateEngine`.
        """
        lists: list[list[Engine]] = []
        absent: list[Absent] = []
        for reference in references:
            module, _, function = reference.partition(":")
            try:
                lists.append(list(getattr(importlib.import_module(module), function)()))
            except (ImportError, AttributeError) as problem:
                absent.append(Absent(reference, str(problem)))
        return cls(*lists, absent=absent)

    def engine(self, operation: Operation, name: str) -> Engine:
        """The engine, or an `EngineError` (unavailable, R0020) that names the nearest ones."""
        found = self._engines.get((operation, name))
        if found is None:
            raise EngineError(
                FailureClass.UNAVAILABLE,
                "R0020",
                f"no engine called {name!r} can {operation}",
                self._nearest(operation, name),
            )
        return found

    def find(self, operation: Operation, name: str) -> Engine | None:
        """The engine, or None."""
        return self._engines.get((operation, name))

    def version(self, operation: Operation, name: str) -> str:
        """The version that enters the keys of this engine's work. Errors as in `engine`."""
        return self.engine(operation, name).version

    def names(self, operation: Operation) -> tuple[str, ...]:
        """The engines that answer for an operation, sorted."""
        return tuple(sorted(name for of, name in self._engines if of is operation))

    def __iter__(self) -> Iterator[Engine]:
        """All engines, by operation and name."""
        return (engine for _, engine in sorted(self._engines.items()))

    def __len__(self) -> int:
        return len(self._engines)

    def _add(self, engine: Engine) -> None:
        at = (engine.operation, engine.name)
        if at in self._engines:
            raise DuplicateEngine(*at)
        self._engines[at] = engine

    def _nearest(self, operation: Operation, name: str) -> str:
        known = self.names(operation)
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
        hints = [f"ready for {operation}: {', '.join(near)}"] if near else []
        hints += [f"{gone.reference} could not be loaded: {gone.reason}" for gone in self.absent]
        return "; ".join(hints) or f"no engine for {operation} is installed"
