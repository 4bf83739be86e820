"""Objects: files named by the SHA-256 of their bytes, in `cas/ab/<digest>`.

An object appears whole or not at all: written beside its place on the same filesystem, flushed, renamed, and the
folder flushed. Objects are read-only. `Filing` is the one place that writes, so that a test can make any step fail.
"""

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from duocast.runtime.store.contents import Blob
from duocast.runtime.store.faults import DamagedObject

_CHUNK = 1 << 20


class Filing:
    """The writing steps of a store, each one system call or a loop of one kind."""

    def folder(self, path: Path) -> None:
        """Make a folder; one that is there already is fine."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a new file."""
        path.write_bytes(content)

    def copy(self, source: Path, target: Path) -> None:
        """Copy a file's bytes."""
        with source.open("rb") as read, target.open("xb") as written:
            shutil.copyfileobj(read, written, _CHUNK)

    def flush(self, path: Path) -> None:
        """Put a file or a folder onto the disk."""
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Put a file at its place in one step."""
        source.rename(target)

    def protect(self, path: Path) -> None:
        """Make a file read-only."""
        path.chmod(0o444)


class Objects:
    """The files of a store under `root`: `cas` for the media, `quarantine` for the damaged, `scratch` for work."""

    def __init__(self, root: Path, filing: Filing) -> None:
        self.root = root
        self.scratch = root / "scratch"
        self._cas = root / "cas"
        self._folder = str(self._cas)
        self._quarantine = root / "quarantine"
        self._incoming = root / "incoming"
        self._filing = filing
        self._checked: set[tuple[str, int, int, int]] = set()
        for folder in (self._cas, self._quarantine, self._incoming, self.scratch):
            filing.folder(folder)

    def place(self, digest: str) -> Path:
        """Where an object stands or would stand."""
        return self._cas / digest[:2] / digest

    def has(self, blob: Blob) -> bool:
        """Whether an object is there with its right size."""
        digest = blob.digest
        try:  # a film has tens of thousands of objects, and a Path costs more than its stat
            found = os.stat(f"{self._folder}/{digest[:2]}/{digest}")  # noqa: PTH116
        except FileNotFoundError:
            return False
        return found.st_size == blob.size

    def move_in(self, file: Path) -> Blob:
        """Take a file over as an object. It is gone from its old place on return."""
        digest = digest_of(file)
        blob = Blob(digest, file.suffix, file.stat().st_size)
        if self.has(blob):
            file.unlink()
            return blob
        self._filing.flush(file)
        self._filing.protect(file)
        try:
            self._settle(file, digest)
        except OSError as problem:
            if problem.errno != errno.EXDEV:
                raise
            self.copy_in(file)
            file.unlink()
        return blob

    def copy_in(self, file: Path) -> Blob:
        """Keep a copy of a file as an object."""
        with self._arrival() as arriving:
            self._filing.copy(file, arriving.path)
            digest = digest_of(arriving.path)
            blob = Blob(digest, file.suffix, arriving.path.stat().st_size)
            self._take(arriving.path, blob)
        return blob

    def write_in(self, content: bytes, suffix: str) -> Blob:
        """Keep bytes as an object."""
        blob = Blob(hashlib.sha256(content).hexdigest(), suffix, len(content))
        if not self.has(blob):
            with self._arrival() as arriving:
                self._filing.write(arriving.path, content)
                self._take(arriving.path, blob)
        return blob

    def checked(self, digest: str) -> Path:
        """An object's file, hashed once in this process for each state of the file.

        Raises `DamagedObject`, after quarantining it, when the bytes are not what the name says.
        """
        path = self.place(digest)
        try:
            found = path.stat()
        except FileNotFoundError:
            raise DamagedObject(digest, "is gone") from None
        state = (digest, found.st_size, found.st_mtime_ns, found.st_ino)
        if state not in self._checked:
            if digest_of(path) != digest:
                self.quarantine(digest)
                raise DamagedObject(digest, "is damaged and was set aside")
            self._checked.add(state)
        return path

    def quarantine(self, digest: str) -> None:
        """Set a damaged object aside, for a person to look at; it counts as missing from now on."""
        self.place(digest).replace(self._quarantine / f"{digest}.{uuid.uuid4().hex[:8]}")

    def delete(self, digest: str) -> int:
        """Delete an object; gives its size, 0 if it was not there."""
        path = self.place(digest)
        try:
            size = path.stat().st_size
            path.unlink()
        except FileNotFoundError:
            return 0
        return size

    def sweep(self) -> None:
        """Delete what died writers left half written. Nobody may be writing."""
        for left in self._incoming.iterdir():
            left.unlink()

    def __iter__(self) -> Iterator[Blob]:
        """All objects, sorted; their suffixes are not known here."""
        for folder in sorted(self._cas.iterdir()):
            for path in sorted(folder.iterdir()):
                yield Blob(path.name, "", path.stat().st_size)

    def _take(self, file: Path, blob: Blob) -> None:
        if self.has(blob):
            return
        self._filing.flush(file)
        self._filing.protect(file)
        self._settle(file, blob.digest)

    def _settle(self, file: Path, digest: str) -> None:
        place = self.place(digest)
        if not place.parent.is_dir():
            self._filing.folder(place.parent)
            self._filing.flush(self._cas)
        self._filing.rename(file, place)
        self._filing.flush(place.parent)

    def _arrival(self) -> "_Arrival":
        return _Arrival(self._incoming / uuid.uuid4().hex)


class _Arrival:
    """A file that is being written: gone at the end of its block, unless it became an object."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> "_Arrival":
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
