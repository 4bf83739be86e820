"""Stamping: watch a command that only says something, and keep what it said with the proof that it still holds."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import TextIOBase
from pathlib import Path
from typing import TextIO

import click

from duocast.cli.project import Project, decode
from duocast.cli.stamp import conditions, digest, look, sealed, stamp_path
from duocast.compiler.reader import Reader, State

Said = list[tuple[str, str]]
"""(stream, words), in order."""
Witness = Callable[[Project], Reader]
"""Gives the reader of a project, which may remember what it was asked."""


class Memory:
    """A reader that remembers what it was asked, and what the answer was."""

    def __init__(self, reader: Reader, project: Project) -> None:
        self._reader = reader
        self._folder = project.folder
        self.texts = {str(project.script.resolve()): project.source.text}
        self.looked: dict[str, list[str]] = {}

    def state(self, path: str) -> State:
        """What is at `path`."""
        place = str(self._folder / path)
        if "\0" not in path:
            self.looked[place] = look(place)
        return self._reader.state(path)

    def text(self, path: str) -> str:
        """The text of a file."""
        found = self._reader.text(path)
        self.texts[str(self._folder / path)] = found
        return found

    def read(self) -> dict[str, str] | None:
        """The digests of all files that were read; None if one has changed since."""
        found: dict[str, str] = {}
        for path, text in self.texts.items():
            known = digest(path)
            if known is None or decode(Path(path).read_bytes()) != text:
                return None
            found[path] = known
        return found


class _Ear(TextIOBase):
    """A stream that is heard while it goes on to where it went."""

    def __init__(self, stream: TextIO, name: str, said: Said) -> None:
        self._stream, self._name, self._said = stream, name, said

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a property is as good as an attribute
        return self._stream.encoding

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, words: str) -> int:
        written = self._stream.write(words)
        self._said.append((self._name, words))
        return written

    def flush(self) -> None:
        self._stream.flush()


@contextmanager
def stamped(paths: Sequence[Path], *, mending: bool) -> Iterator[Witness]:
    """The readers of the projects of a command that only says something. What it says is kept for the next time.

    Nothing is kept for several scripts, when files are mended or change meanwhile, when the command fails, and when
    it was not called from the command line. Its exit code goes on as `SystemExit`.
    """
    arguments = click.get_current_context().find_root().obj
    path = stamp_path(arguments) if isinstance(arguments, list) and not mending else None
    if path is None or len(paths) != 1:
        yield lambda project: project.reader
        return
    before, said, memories, code = conditions(arguments), Said(), list[Memory](), 0

    def witness(project: Project) -> Reader:
        memories.append(Memory(project.reader, project))
        return memories[-1]

    out, err = _Ear(sys.stdout, "out", said), _Ear(sys.stderr, "err", said)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            yield witness
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
        raise
    finally:
        if sys.exc_info()[0] in (None, SystemExit) and len(memories) == 1:
            _keep(path, before, memories[0], said, code)


def _keep(path: str, before: list[object], memory: Memory, said: Said, code: int) -> None:
    """Write the stamp, whole or not at all. A folder that can't be written to keeps no stamps."""
    read = memory.read()
    if read is None or any(look(place) != known for place, known in memory.looked.items()):
        return
    content = {"conditions": before, "read": read, "looked": memory.looked}
    text = sealed({**content, "said": said, "code": code})
    with suppress(OSError):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        mine = f"{path}.{os.getpid()}"
        Path(mine).write_text(text, "utf-8")
        Path(mine).replace(path)
