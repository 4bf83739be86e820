"""A script's file on disk: found in folders, read without a guess at its encoding, replaced at once."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from duocast.cli.project import LARGEST_SCRIPT

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Unusable(Exception):
    """A file that is left alone. The message goes on after its name: `is not there`."""


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A script's text. `target` is where the file really lies: itself, or what a link points to."""

    path: Path
    target: Path
    text: str
    plain: bool
    """Whether its bytes are UTF-8 without a mark."""


def scripts(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are named, and the scripts in the folders that are; each once."""
    seen: set[Path] = set()
    for path in paths:
        for found in _scripts_in(path) if path.is_dir() else [path]:
            if found not in seen:
                seen.add(found)
                yield found


def _scripts_in(folder: Path) -> Iterator[Path]:
    """Every .scene file of a folder, in order; hidden folders and links that lead out are passed by."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if path.suffix == ".scene" and not name.startswith(".") and _inside(path, folder):
                yield path


def _inside(path: Path, folder: Path) -> bool:
    """Whether a file, or what it is a link to, lies in a folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def read_script(path: Path) -> ScriptFile:
    """The script at `path`. Raises `Unusable` for what is no UTF-8 text, and for a link out of its folder."""
    try:
        if path.is_symlink() and not _inside(path, path.parent):
            raise Unusable("is a link that leads out of its folder")
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise Unusable("is no file")
        with target.open("rb") as file:
            content = file.read(LARGEST_SCRIPT + 1)
    except FileNotFoundError:
        raise Unusable("is not there") from None
    except (OSError, RuntimeError, ValueError) as problem:
        raise Unusable(f"can't be read: {_reason(problem)}") from None
    text = decoded(content)
    return ScriptFile(path, target, text, text.encode() == content)


def decoded(content: bytes) -> str:
    """The text of UTF-8, or of UTF-16 with a mark. Raises `Unusable` where more than one text could be meant."""
    if len(content) > LARGEST_SCRIPT:
        raise Unusable(f"is larger than {LARGEST_SCRIPT >> 20} MB: that is no screenplay")
    coding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8-sig")
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        raise Unusable("is not UTF-8: save it as UTF-8 first") from None
    if "\0" in text:
        raise Unusable("is no text")
    return text


def replace_text(target: Path, text: str) -> None:
    """Put `text` in the place of a file, mode kept: whoever reads it sees the old text or the new one, never half.

    Raises `Unusable` when it can't be written; then the old text stays.
    """
    temporary: Path | None = None
    try:
        mode = target.stat().st_mode & 0o7777
        with tempfile.NamedTemporaryFile(
            "wb", dir=target.parent, prefix=f".{target.name[:64]}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except OSError as problem:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise Unusable(f"can't be written: {_reason(problem)}") from None


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
