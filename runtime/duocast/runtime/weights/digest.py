"""Digests of files, and files that appear whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def matches(path: Path, sha256: str, size: int) -> bool:
    """Whether the file is there and is the one meant. The size is looked at first."""
    return path.is_file() and path.stat().st_size == size and digest_of(path) == sha256


def place(source: Path, target: Path) -> None:
    """Move `source` to `target` so that a reader sees the whole file or none, even after a power cut."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".pull-")
    try:
        with os.fdopen(descriptor, "wb") as out, source.open("rb") as file:
            while block := file.read(1 << 20):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o444)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` lasting, where the system knows how."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
