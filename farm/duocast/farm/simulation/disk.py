"""A disk that fails on purpose: every step that a journal or a store takes on it is counted, and may go wrong."""

import errno
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from duocast.farm.daemon.journal import Database, Disk


class Killed(BaseException):
    """The process that took the step is gone, as after SIGKILL."""


class Trouble:
    """What goes wrong, and when. `steps` counts the steps of all disks that share it.

    `kill_at`: the process dies at this step; `after` says whether the step was done. `fail_at`: the step fails, once.
    `full`: every step that needs room fails. `dead`: nothing is written any more; what is still cleaned up has no say.
    """

    def __init__(self) -> None:
        self.steps = 0
        self.kill_at = 0
        self.after = False
        self.fail_at = 0
        self.full = False

    def before(self) -> None:
        """A step is about to be taken."""
        self.steps += 1
        if self.steps == self.kill_at and not self.after:
            raise Killed
        if self.full or self.steps == self.fail_at:
            raise OSError(errno.ENOSPC, "no space left on the simulated device")

    def behind(self) -> None:
        """The step was taken."""
        if self.steps == self.kill_at and self.after:
            raise Killed


class SimDisk(Disk):
    """Files and databases of a journal, or files of a store."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble = trouble

    def folder(self, path: Path) -> None:
        """Make a folder."""
        super().folder(path)

    def write(self, path: Path, content: bytes) -> None:
        """Write a new file."""
        self._trouble.before()
        super().write(path, content)
        self._trouble.behind()

    def copy(self, source: Path, target: Path) -> None:
        """Copy a file's bytes."""
        self._trouble.before()
        super().copy(source, target)
        self._trouble.behind()

    def flush(self, path: Path) -> None:
        """Put a file or a folder onto the disk: a memory disk has nothing to wait for."""
        self._trouble.before()
        path.stat()
        self._trouble.behind()

    def rename(self, source: Path, target: Path) -> None:
        """Put a file at its place."""
        self._trouble.before()
        super().rename(source, target)
        self._trouble.behind()

    def database(self, file: Path) -> Database:
        """A connection whose commits are steps."""
        return SimDatabase(super().database(file), self._trouble)


class SimDatabase:
    """A connection to a real database on a disk that fails."""

    def __init__(self, real: Database, trouble: Trouble) -> None:
        self._real = real
        self._trouble = trouble

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._real.in_transaction

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:
        """Run one statement."""
        if sql != "COMMIT":
            return self._real.execute(sql, parameters)
        try:
            self._trouble.before()
        except OSError as problem:
            raise sqlite3.OperationalError("database or disk is full") from problem
        cursor = self._real.execute(sql, parameters)
        self._trouble.behind()
        return cursor

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]], /) -> sqlite3.Cursor:
        """Run a statement for each row."""
        return self._real.executemany(sql, parameters)

    def close(self) -> None:
        """Let go of the file."""
        self._real.close()
