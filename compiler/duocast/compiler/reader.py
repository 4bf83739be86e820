"""How files come in: the compiler asks a reader, and never opens a file itself."""

from collections.abc import Mapping
from typing import Literal, Protocol

from msgspec import Struct, field

State = Literal["file", "missing", "empty", "folder", "outside"]


class Reader(Protocol):
    """A project's files, by POSIX paths relative to its folder. Nothing outside the folder exists for it."""

    def state(self, path: str) -> State:
        """What is at `path`. `outside`: an absolute path, one with `..`, or a link that leads out of the project."""
        ...

    def text(self, path: str) -> str:
        """The text of a file whose state is `file`; bytes that are no UTF-8 become replacement characters."""
        ...


def leads_out(path: str) -> bool:
    """Whether a path's own words lead out of the project."""
    plain = path.replace("\\", "/")
    return plain[:1] == "/" or ".." in plain.split("/") or path[1:2] == ":" or "\0" in path


def name_of(path: str) -> str:
    """The last part of a path, with slashes of either kind; empty if it has none."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return parts[-1] if parts else ""


def ending_of(path: str) -> str:
    """What stands behind the last dot of a file's name, in lower case: `png`."""
    stem, _, ending = name_of(path).rpartition(".")
    return ending.lower() if stem else ""


class MemoryReader(Struct, frozen=True, gc=False):
    """A project that lives in memory."""

    files: Mapping[str, str] = field(default_factory=dict)

    def state(self, path: str) -> State:
        """What is at `path`."""
        if leads_out(path):
            return "outside"
        if path not in self.files:
            return "missing"
        return "file" if self.files[path] else "empty"

    def text(self, path: str) -> str:
        """The text of a file."""
        return self.files[path]
