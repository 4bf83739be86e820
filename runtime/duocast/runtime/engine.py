"""An engine: one verb, request in, media files out. A plain object with these members is an engine.

Failures are raised as `EngineError` with a class that says what the scheduler does about it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from duocast.compiler.graph import Operation


class FailureClass(StrEnum):
    """What kind of failure it was; each class has one policy."""

    TRANSIENT = "transient"
    RESOURCE = "resource"
    POISONED = "poisoned"
    UNAVAILABLE = "unavailable"
    MODERATED = "moderated"
    INVALID = "invalid"
    CANCELLED = "cancelled"


class EngineError(Exception):
    """A task failed. `code` is a diagnostic code (R..., A..., V...), `hint` says what the user can do."""

    def __init__(self, failure: FailureClass, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.failure = failure
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return (EngineError, (self.failure, self.code, self.message, self.hint))


class Weights(Protocol):
    """Where model files come from: the catalogue's names, checked digests, a cache folder."""

    def path(self, name: str) -> Path:
        """The local file of the weight `name`, pulled first if need be.

        Raises `EngineError` (unavailable, V....) that names the alternatives when it can't be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a farm lets one task pay: the account that its calls are booked under, and what they may take in all.

    `paid` takes what they have taken or may still take, in millionths of a dollar, whenever that has changed.
    """

    account: str
    most: int
    paid: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One task for an engine.

    `params` is the JSON of the operation's params model, `inputs` are read-only files by input name, `folder` is an
    empty folder for the outputs, `progress` takes the fraction done. `allowance` is there where a farm has
    reserved money for it.
    """

    params: Mapping[str, Any]
    inputs: Mapping[str, Path]
    folder: Path
    progress: Callable[[float], None]
    weights: Weights
    allowance: Allowance | None = None


class Engine(Protocol):
    """What the registry holds. `version` changes whenever the same request would give other bytes."""

    name: str
    operation: Operation

    @property
    def version(self) -> str:
        """What enters the keys of its work."""
        ...

    def run(self, request: Request) -> Mapping[str, Path]:
        """Make the outputs: file names inside `request.folder` by output name."""
        ...
