"""A project on disk: the script, its folder, and nothing outside it."""

from dataclasses import dataclass
from pathlib import Path

import click

from duocast.compiler.reader import State, leads_out
from duocast.language import Source

LARGEST_SCRIPT = 32 * 1024 * 1024
BUILD_FOLDER = ".duocast"
EXIT_FINDINGS = 1
EXIT_USAGE = 2


@dataclass(frozen=True, slots=True)
class DiskReader:
    """The files of a folder; links that lead out of it are refused."""

    folder: Path

    def state(self, path: str) -> State:
        """What is at `path`."""
        if leads_out(path):
            return "outside"
        root = self.folder.resolve()
        try:
            found = (root / path).resolve()
        except (OSError, RuntimeError):
            return "missing"
        if not found.is_relative_to(root):
            return "outside"
        if not found.exists():
            return "missing"
        if found.is_dir():
            return "folder"
        if not found.is_file():
            return "outside"
        return "file" if found.stat().st_size else "empty"

    def text(self, path: str) -> str:
        """The text of a file, decoded as UTF-8."""
        return decode((self.folder / path).read_bytes()[:LARGEST_SCRIPT])


@dataclass(frozen=True, slots=True)
class Project:
    """A script and its folder. `build` holds the store and everything that can be made again."""

    script: Path
    source: Source

    @property
    def folder(self) -> Path:
        """The folder that assets are named from."""
        return self.script.resolve().parent

    @property
    def build(self) -> Path:
        """The build folder."""
        return self.folder / BUILD_FOLDER

    @property
    def reader(self) -> DiskReader:
        """The compiler's eyes."""
        return DiskReader(self.folder)


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one; what is neither is read as Windows text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def open_project(script: Path) -> Project:
    """The project of a script file."""
    if script.is_dir():
        raise click.UsageError(
            f"{script} is a folder: name a script in it, as in {script / 'film.scene'}"
        )
    try:
        content = script.read_bytes()
    except FileNotFoundError:
        raise click.UsageError(f"there is no file {script}{_others(script)}") from None
    except OSError as problem:
        raise click.UsageError(f"{script} can't be read: {problem.strerror}") from None
    if len(content) > LARGEST_SCRIPT:
        raise click.UsageError(
            f"{script} is larger than {LARGEST_SCRIPT >> 20} MB: that is no screenplay"
        )
    text = decode(content)
    if "\0" in text:
        raise click.UsageError(f"{script} is no text: write a screenplay in a plain text file")
    return Project(script, Source(str(script), text))


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file and the folders that it needs; one that can't be written is said in one line."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as problem:
        raise click.UsageError(
            f"{path} can't be written: {problem.strerror}; name another --out"
        ) from None


def _others(script: Path) -> str:
    folder = script.parent
    found = sorted(p.name for p in folder.glob("*.scene"))[:5] if folder.is_dir() else []
    return f"; here are {', '.join(found)}" if found else "; `duocast new` starts a film"
