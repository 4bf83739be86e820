"""What can go wrong in a store, as coded failures that say what to do.

R0001 no room · R0002 the store cannot be used · R0003 a damaged object · A0006 an asset changed during a render
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from duocast.runtime.engine import EngineError, FailureClass

STORE_FULL = "R0001"
STORE_UNUSABLE = "R0002"
OBJECT_DAMAGED = "R0003"
ASSET_CHANGED = "A0006"

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DamagedObject(EngineError):
    """An object is missing, or its bytes are not what its name says. `digest` is its name."""

    def __init__(self, digest: str, problem: str) -> None:
        super().__init__(
            FailureClass.RESOURCE,
            OBJECT_DAMAGED,
            f"the stored object {digest[:12]} {problem}",
            "render again: what it was made from is known, so it is made again",
        )
        self.digest = digest
        self.problem = problem

    def __reduce__(self) -> tuple[Any, ...]:
        return (DamagedObject, (self.digest, self.problem))


def no_room(where: Path | str) -> EngineError:
    """The disk (or the quota) is full."""
    return EngineError(
        FailureClass.RESOURCE,
        STORE_FULL,
        f"there is no space left in {where}",
        "free some space, or run `duocast gc`, and render again: finished work is kept",
    )


def unusable(where: Path | str, problem: str) -> EngineError:
    """The store's folder or its records can't be read or written."""
    return EngineError(
        FailureClass.UNAVAILABLE,
        STORE_UNUSABLE,
        f"the store in {where} cannot be used: {problem}",
        "check that the folder is yours and on a local disk, or name another one",
    )


def is_full(problem: BaseException) -> bool:
    """Whether an exception says that there is no room."""
    if isinstance(problem, OSError):
        return problem.errno in _FULL
    return isinstance(problem, sqlite3.OperationalError) and "full" in str(problem)


@contextmanager
def as_failures(where: Path) -> Iterator[None]:
    """Turn the system's errors inside the block into coded failures."""
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        if is_full(problem):
            raise no_room(where) from problem
        raise unusable(where, str(problem)) from problem
