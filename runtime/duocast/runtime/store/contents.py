"""What a store holds, and what any store can be asked: the values and the protocol."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from duocast.compiler.graph import Operation


class Blob(Struct, frozen=True, gc=False):
    """Bytes in the store: their SHA-256, the suffix they are used with (`.png`, may be empty), their size."""

    digest: str
    suffix: str
    size: int


@dataclass(frozen=True, slots=True)
class Made:
    """Who made an action's outputs, how long it took (seconds) and how big the request was (canonical bytes)."""

    operation: Operation
    engine: str
    version: str
    seconds: float
    params_size: int


@dataclass(frozen=True, slots=True)
class Action:
    """A finished piece of work: its key and its outputs by name."""

    key: str
    outputs: Mapping[str, Blob]
    made: Made


@dataclass(frozen=True, slots=True)
class Pace:
    """How long an engine's work took before: medians of seconds and of the request's size, over `count` runs."""

    seconds: float
    params_size: float
    count: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What `verify` found: objects looked at, digests that were damaged (now quarantined), keys made incomplete."""

    objects: int
    damaged: tuple[str, ...]
    incomplete: tuple[str, ...]


class Depot(Protocol):
    """What a worker needs of a store: media by content, and a place for finished work. Errors as in `Store`."""

    def find(self, key: str, expects: Iterable[str] = ()) -> Action | None:
        """The finished work of this key, as far as is known here, if it has the outputs `expects`."""
        ...

    def commit(self, key: str, files: Mapping[str, Path], made: Made) -> Action:
        """Take the files over (they are moved) and record the work as finished. All of it, or nothing."""
        ...

    def adopt(self, path: Path, digest: str) -> Path:
        """A copy in the store of a project's file that has this digest."""
        ...

    def path(self, digest: str) -> Path:
        """A read-only file with these bytes, checked against the digest once in a process."""
        ...


class Store(Protocol):
    """Finished work by key and media by content; safe for several processes at once.

    What a store hands out (found or committed) stays until the store is closed: `gc` in any process leaves it.
    All methods raise `EngineError`: resource R0001 when there is no room, unavailable R0002 when the store can't be
    used, resource R0003 for a damaged object.
    """

    def find(self, key: str, expects: Iterable[str] = ()) -> Action | None:
        """The finished work of this key, if all its media are there and it has the outputs `expects`."""
        ...

    def commit(self, key: str, files: Mapping[str, Path], made: Made) -> Action:
        """Take the files over (they are moved) and record the work as finished. All of it, or nothing."""
        ...

    def commit_bytes(
        self, key: str, content: Mapping[str, tuple[str, bytes]], made: Made
    ) -> Action:
        """As `commit`, for small outputs in memory: (suffix, bytes) by output name."""
        ...

    def asset(self, path: Path) -> Blob:
        """What a project's file is now. Its digest is remembered by path, size, time and inode."""
        ...

    def adopt(self, path: Path, digest: str) -> Path:
        """A copy in the store of a project's file that has this digest.

        Raises `EngineError` (invalid, A0006) if the file has changed since it was digested.
        """
        ...

    def path(self, digest: str) -> Path:
        """A read-only file with these bytes, checked against the digest once in a process."""
        ...

    def read(self, digest: str) -> bytes:
        """These bytes, checked against the digest."""
        ...

    def pace(self, operation: Operation, engine: str) -> Pace | None:
        """How long this engine's work took on this store, or None if it never ran."""
        ...

    def keep(self, name: str, digests: Iterable[str]) -> None:
        """Make these objects the root `name` (it replaces the root of that name): `gc` never deletes them."""
        ...

    def verify(self) -> Audit:
        """Hash everything again; quarantine what is damaged, so that it is made again when next asked for."""
        ...

    def gc(self, max_bytes: int) -> int:
        """Delete finished work, dearest in bytes for its seconds first, until the store has at most `max_bytes`.

        Roots, and what open stores have found or made, stay. Gives the bytes freed.
        """
        ...

    def size(self) -> int:
        """Bytes of all media in the store."""
        ...

    def close(self) -> None:
        """Let go of what this store handed out."""
        ...
