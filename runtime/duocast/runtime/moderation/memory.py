"""The memory of moderation: small files that say what was found, each named by the content that it was found in."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def remember(at: Path, text: str) -> None:
    """Write a small file, whole or not at all. A folder that takes none is no reason to fail."""
    with contextlib.suppress(OSError):
        at.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=at.parent, prefix=".look-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(at)
