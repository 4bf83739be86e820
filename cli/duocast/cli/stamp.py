"""A stamp: what was said about a script, and the proof that the same would be said again.

A stamp stands in the film's build folder, one for each script and command. It names every file that was read with its
digest, every file that was looked for with what was there, the program, and all that the words depend on. If one of
them is different, or the stamp is damaged, the work is done again. This module imports nothing but what Python has at
hand, because proving that a film is unchanged must take no longer than reading it.
"""

# Importing pathlib takes longer than all that is done here.
# ruff: noqa: PTH109, PTH110, PTH112, PTH113, PTH118, PTH123, PTH202

import hashlib
import json
import os
import sys

COMMANDS = ("check",)
"""Commands that only say something; one that makes files does its work again."""
FOLDER = os.path.join(".duocast", "said")
_FORMAT = 1
_PARTS = ("cli", "compiler", "language")
"""The components of the program that a check runs."""
_ENVIRONMENT = ("COLUMNS", "CLICOLOR_FORCE", "FORCE_COLOR", "LANG", "LC_ALL", "NO_COLOR", "TERM")


def say_again(arguments: list[str]) -> int | None:
    """Say what was said about the same script before, and give the exit code; None if there is no proof."""
    path = stamp_path(arguments)
    kept = _read(path) if path is not None else None
    if kept is None or kept.get("conditions") != conditions(arguments):
        return None
    if not (_same_files(kept["read"]) and _same_places(kept["looked"])):
        return None
    for stream, words in kept["said"]:
        (sys.stderr if stream == "err" else sys.stdout).write(words)
    return int(kept["code"])


def stamp_path(arguments: list[str]) -> str | None:
    """Where the stamp for a command line stands; None for one that is never stamped."""
    words = [word for word in arguments[1:] if not word.startswith("-") and os.path.exists(word)]
    if not arguments or arguments[0] not in COMMANDS or len(words) != 1:
        return None
    if not os.path.isfile(words[0]):
        return None
    folder, name = os.path.split(os.path.realpath(words[0]))
    return os.path.join(folder, FOLDER, f"{arguments[0]}-{name}.json")


def conditions(arguments: list[str]) -> list[object]:
    """All that words depend on beside the files: the program, the command line, the terminal."""
    terminals = [sys.stdout.isatty(), sys.stderr.isatty()]
    surroundings = [os.environ.get(name) for name in _ENVIRONMENT]
    return [_FORMAT, _program(), arguments, os.getcwd(), terminals, surroundings, _width(terminals)]


def digest(path: str) -> str | None:
    """The SHA-256 of a file's content; None if it can't be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def look(path: str) -> list[str]:
    """Where a path leads and what is there: all that the compiler asks about a file it does not read."""
    real = os.path.realpath(path)
    if os.path.isdir(real):
        return [real, "folder"]
    if not os.path.isfile(real):
        return [real, "other" if os.path.exists(real) else "missing"]
    return [real, "file" if os.path.getsize(real) else "empty"]


def sealed(content: dict[str, object]) -> str:
    """The text of a stamp: a digest of the rest, then the rest."""
    body = json.dumps(content)
    return f"{_seal(body)}\n{body}"


def _seal(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _read(path: str) -> dict | None:  # type: ignore[type-arg]  # JSON; naming it would import typing
    try:
        with open(path, encoding="utf-8") as file:
            seal, _, body = file.read().partition("\n")
        content = json.loads(body) if seal == _seal(body) else None
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _same_files(read: dict[str, str]) -> bool:
    return all(digest(path) == known for path, known in read.items())


def _same_places(looked: dict[str, list[str]]) -> bool:
    return all(look(path) == known for path, known in looked.items())


def _program() -> str:
    """The program's own files by size and time: another version, or an edit, is another program."""
    import duocast

    folders = [os.path.join(root, part) for root in duocast.__path__ for part in _PARTS]
    rows: list[str] = []
    while folders:
        folder = folders.pop()
        if not os.path.isdir(folder):
            continue
        for entry in os.scandir(folder):
            if entry.is_dir():
                folders += [entry.path] if entry.name != "__pycache__" else []
            else:
                stat = entry.stat()
                rows.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}")
    return _seal("\n".join([sys.version, *sorted(rows)]))


def _width(terminals: list[bool]) -> int:
    """The width of the terminal, if there is one."""
    for stream, is_terminal in zip((sys.stdout, sys.stderr), terminals, strict=True):
        if is_terminal:
            return os.get_terminal_size(stream.fileno()).columns
    return 0
