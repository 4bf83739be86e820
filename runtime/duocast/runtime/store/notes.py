"""Notes: finished work that was told to the store's folder and not yet to its records, a small file for each key.

SQLite's log wants all its users on one machine. Workers of a farm may be on any; so they put media into the shared
folder and leave a note, and whoever keeps the records takes notes in.
"""

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec

from duocast.runtime.store.contents import Action
from duocast.runtime.store.objects import Filing

_ACTION = msgspec.json.Decoder(Action)


class Notes:
    """The notes in `folder`. A note is whole or not there: it is written aside and renamed."""

    def __init__(self, folder: Path, filing: Filing) -> None:
        self._folder = folder
        self._filing = filing

    def read(self, key: str) -> Action | None:
        """The work of this key that a note tells of."""
        try:
            return _ACTION.decode(self._file(key).read_bytes())
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def write(self, action: Action) -> None:
        """Leave a note that lasts."""
        if not self._folder.is_dir():
            self._filing.folder(self._folder)
        aside = self._folder / f".{uuid.uuid4().hex}"
        try:
            self._filing.write(aside, msgspec.json.encode(action))
            self._filing.flush(aside)
            self._filing.rename(aside, self._file(action.key))
            self._filing.flush(self._folder)
        finally:
            aside.unlink(missing_ok=True)

    def remove(self, key: str) -> None:
        """The note was taken in."""
        self._file(key).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Action]:
        """All notes, by key; one that disappears meanwhile was taken in by somebody else."""
        with contextlib.suppress(FileNotFoundError):
            for file in sorted(self._folder.glob("*.json")):
                action = self.read(file.stem)
                if action is not None:
                    yield action

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"
