"""Interest: the files that a watch cares for, and the folders in which what happens to them is noticed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HASHED = 8 << 20
"""Bytes up to which a file is known by its content; a larger one is known by its time and size."""


@dataclass(frozen=True, slots=True)
class Interest:
    """Absolute paths of files. A file that is not there is of interest too: it may come."""

    files: frozenset[Path] = frozenset()

    def folders(self) -> frozenset[Path]:
        """Where to listen: the folder of every file and of what it is a link to, or the nearest that exists."""
        places = {place for file in self.files for place in (file, _real(file))}
        return frozenset(_existing(place.parent) for place in places)

    def concerns(self, path: Path) -> frozenset[Path]:
        """The files that something which happened at `path` may have changed: itself, or all below a folder."""
        return frozenset(
            file for file in self.files if path in (file, _real(file)) or path in file.parents
        )


def interest(files: Iterable[Path]) -> Interest:
    """Interest in these files."""
    return Interest(frozenset(file.absolute() for file in files))


def glance(path: Path) -> str:
    """What a file is like now, so that another content gives another answer; empty when there is nothing to read."""
    try:
        state = path.stat()
        if state.st_size > HASHED:
            return f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"
        content = path.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(content).hexdigest() if content else ""


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _existing(folder: Path) -> Path:
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
