"""Assets: files of the project, by a path that may not lead out of it.

A0001 missing · A0002 outside the project · A0003 no ordinary file · A0004 empty · A0005 can't be read
"""

import os
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from duocast.runtime.engine import EngineError, FailureClass


def resolve(project: Path, name: str) -> Path:
    """The real file of an asset, certain to be an ordinary, readable, non-empty file inside the project's folder.

    Raises `EngineError` (invalid, A0001 to A0005) with a hint.
    """
    if not _is_plain(name):
        raise _refused("A0002", f"{name!r} leads out of the project's folder", _INSIDE)
    root = project.resolve()
    try:
        found = (root / name).resolve(strict=True)
    except FileNotFoundError:
        raise _refused(
            "A0001", f"there is no file {name!r} in the project", _near(root, name)
        ) from None
    except (OSError, RuntimeError) as problem:
        raise _refused("A0005", f"{name!r} can't be reached: {problem}", _READABLE) from None
    if not found.is_relative_to(root):
        raise _refused(
            "A0002", f"{name!r} is a link that leads out of the project's folder", _INSIDE
        )
    _inspect(found, name)
    return found


_INSIDE = "put the file into the project's folder and name it from there, as in pictures/anna.png"
_READABLE = "check the file's permissions"


def _is_plain(name: str) -> bool:
    paths = (PurePosixPath(name), PureWindowsPath(name))
    absolute = any(path.is_absolute() or path.drive for path in paths)
    above = any(".." in path.parts for path in paths)
    return bool(name) and "\0" not in name and not absolute and not above


def _inspect(found: Path, name: str) -> None:
    """Open without waiting (a pipe would) and look at what was opened."""
    try:
        if not stat.S_ISREG(found.stat().st_mode):
            raise _refused(
                "A0003", f"{name!r} is no ordinary file", "name a file, not a folder or device"
            )
        handle = os.open(found, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as problem:
        raise _refused("A0005", f"{name!r} can't be read: {problem.strerror}", _READABLE) from None
    try:
        size = os.fstat(handle).st_size
    finally:
        os.close(handle)
    if size == 0:
        raise _refused("A0004", f"{name!r} is empty (0 bytes)", "save or copy the file again")


def _near(root: Path, name: str) -> str:
    """A file that differs in its case, or one of the same name elsewhere in the folder it was looked for in."""
    folder = (root / name).parent
    try:
        siblings = (
            sorted(path.name for path in folder.iterdir()) if folder.is_relative_to(root) else []
        )
    except OSError:
        siblings = []
    same = [s for s in siblings if s.casefold() == PurePosixPath(name).name.casefold()]
    stem = [s for s in siblings if Path(s).stem.casefold() == Path(name).stem.casefold()]
    near = next(iter(same + stem), None)
    return f"did you mean {str(PurePosixPath(name).with_name(near))!r}?" if near else _INSIDE


def _refused(code: str, message: str, hint: str) -> EngineError:
    return EngineError(FailureClass.INVALID, code, message, hint)
