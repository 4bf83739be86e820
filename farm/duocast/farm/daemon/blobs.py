"""Blobs: files that come to the store piece by piece, and enter it only as what their name says."""

import hashlib
import os
import re
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from duocast.farm.daemon.faults import Refusal, invalid
from duocast.runtime.store.contents import Blob
from duocast.runtime.store.disk import DiskStore

_DIGEST = re.compile(r"[0-9a-f]{64}")
UPLOADED = "upload/"
"""Roots of this name keep what was uploaded until a job wants it, or for a day."""


def checked_digest(name: str) -> str:
    """A digest, certain to be one: nothing else ever becomes part of a path."""
    if not _DIGEST.fullmatch(name):
        raise invalid("a blob is named by its SHA-256: 64 lower-case hexadecimal digits")
    return name


class Uploads:
    """Uploads under way, a file `<digest>.part` for each, in a folder of the store's disk.

    One request at a time may write to an upload. What is whole and right moves into the store; what is whole and wrong
    is thrown away.
    """

    def __init__(self, store: DiskStore, limit: int) -> None:
        self._folder = store.root / "uploads"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._limit = limit
        self._busy: set[str] = set()
        self._guard = threading.Lock()

    def offset(self, digest: str) -> int | None:
        """How many bytes of an upload are here, None if it has not begun."""
        try:
            return self._part(digest).stat().st_size
        except FileNotFoundError:
            return None

    @contextmanager
    def receiving(self, digest: str, offset: int, length: int) -> Iterator["Piece"]:
        """Take a piece from `offset` on. Raises `Refusal` for another offset, an oversize file, a second writer."""
        if length > self._limit:
            raise Refusal(413, "too-large", f"a blob has at most {self._limit} bytes here")
        if not 0 <= offset <= length:
            raise invalid("an upload's offset lies between 0 and its length")
        with self._alone(digest):
            there = self.offset(digest) or 0
            if there != offset:
                raise Refusal(
                    409, "offset", f"the upload stands at {there}", "go on from there", offset=there
                )
            with self._part(digest).open("ab") as file:
                yield Piece(file.fileno(), offset, length)

    def whole(self, digest: str, length: int) -> Path | None:
        """The file of an upload, if all its bytes are here and are what they should be.

        A whole file with other bytes is thrown away, and the upload refused.
        """
        part = self._part(digest)
        if self.offset(digest) != length:
            return None
        with self._alone(digest), part.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
            if found == digest:
                return part
            part.unlink()
        raise Refusal(
            422, "wrong-bytes", f"the bytes have the SHA-256 {found}", "upload the file again"
        )

    def forget(self, seconds: float) -> int:
        """Throw away uploads that have not moved for so long; gives the bytes freed."""
        freed = 0
        for part in self._folder.iterdir():
            try:
                found = part.stat()
            except FileNotFoundError:  # it has just become whole
                continue
            if time.time() - found.st_mtime > seconds and part.stem not in self._busy:
                part.unlink(missing_ok=True)
                freed += found.st_size
        return freed

    @contextmanager
    def _alone(self, digest: str) -> Iterator[None]:
        with self._guard:
            if digest in self._busy:
                raise Refusal(409, "busy", "another request writes to this upload", "ask again")
            self._busy.add(digest)
        try:
            yield
        finally:
            with self._guard:
                self._busy.discard(digest)

    def _part(self, digest: str) -> Path:
        return self._folder / f"{checked_digest(digest)}.part"


class Piece:
    """A piece of an upload as it comes in."""

    def __init__(self, handle: int, offset: int, length: int) -> None:
        self._handle = handle
        self.offset = offset
        self.length = length

    def write(self, content: bytes) -> None:
        """Put bytes behind those that are here. Raises `Refusal` when there are more than were announced."""
        if self.offset + len(content) > self.length:
            raise Refusal(413, "too-large", "more bytes came than Upload-Length says")
        left = memoryview(content)
        while left:
            written = os.write(self._handle, left)
            left = left[written:]
            self.offset += written


def missing(store: DiskStore, digests: Iterable[str]) -> list[str]:
    """Which of these the store does not have, sorted."""
    return sorted(digest for digest in set(digests) if not has(store, digest))


def has(store: DiskStore, digest: str) -> bool:
    """Whether the store has these bytes."""
    return store.place(checked_digest(digest)).is_file()


def size(store: DiskStore, digest: str) -> int:
    """How many bytes a blob has. Raises `FileNotFoundError`."""
    return store.place(checked_digest(digest)).stat().st_size


def keep(store: DiskStore, blob: Blob) -> None:
    """Hold an uploaded blob until a job wants it."""
    store.keep(UPLOADED + blob.digest, [blob.digest])
