"""An outpost: the store for a worker on any machine that has its folder. It keeps no records; it leaves notes."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from duocast.runtime.store.contents import Action, Made
from duocast.runtime.store.faults import as_failures
from duocast.runtime.store.notes import Notes
from duocast.runtime.store.objects import Filing, Objects


class Outpost:
    """What a worker needs of the store in `root`. Errors as in `Store`.

    What it commits is found by the store's `find` at once, and protected from `gc` from then on.
    """

    def __init__(self, root: Path, filing: Filing | None = None) -> None:
        self.root = root.absolute()
        filing = filing or Filing()
        with as_failures(self.root):
            self._objects = Objects(self.root, filing)
            self._notes = Notes(self.root / "notes", filing)

    def __enter__(self) -> "Outpost":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    @property
    def epoch(self) -> None:
        """It has no session of its own: the keeper of the records protects what is in use."""
        return

    @property
    def scratch(self) -> Path:
        """A folder on the store's filesystem for work in progress; who makes something in it removes it."""
        return self._objects.scratch

    def find(self, key: str, expects: Iterable[str] = ()) -> Action | None:
        """The work of this key that was made and not recorded yet."""
        with as_failures(self.root):
            found = self._notes.read(key)
            return found if found and self._complete(found, expects) else None

    def path(self, digest: str) -> Path:
        """The object's read-only file."""
        with as_failures(self.root):
            return self._objects.checked(digest)

    def adopt(self, path: Path, digest: str) -> Path:
        """The object of an asset, which came with the film: workers have no project folder."""
        del path
        return self.path(digest)

    def commit(self, key: str, files: Mapping[str, Path], made: Made) -> Action:
        """Move the files in and leave a note. The first complete note of a key stays."""
        with as_failures(self.root), self._writing():
            blobs = {name: self._objects.move_in(file) for name, file in sorted(files.items())}
            first = self._notes.read(key)
            if first and self._complete(first, files):
                return first
            action = Action(key, blobs, made)
            self._notes.write(action)
            return action

    def _complete(self, action: Action, expects: Iterable[str]) -> bool:
        named = all(name in action.outputs for name in expects)
        return named and all(self._objects.has(blob) for blob in action.outputs.values())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """`gc` waits meanwhile."""

        handle = os.open(self.root / "writing.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(handle, fcntl.LOCK_SH)
        try:
            yield
        finally:
            os.close(handle)
