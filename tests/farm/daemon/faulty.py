"""A disk on which the n-th step fails: every statement of the journal's database, every step with a file."""

import errno
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from duocast.farm.daemon.journal import Database, Disk


class Killed(BaseException):
    """The process is gone at this step."""


class FaultyDisk(Disk):
    """`fail_at(n, how)`: the n-th step from now on fails. `how`:

    `before`: it is not done. `after`: it is done, and fails all the same. `full`: it is not done, because the disk is
    full, and neither are the next ones until `room`. `killed`: neither this one nor any after it is done.
    """

    def __init__(self) -> None:
        self.steps = 0
        self._at = 0
        self._how = ""
        self.happened = False

    def fail_at(self, step: int, how: str) -> None:
        self.steps, self._at, self._how, self.happened = 0, step, how, False

    def room(self) -> None:
        self._at = 0

    def before(self) -> None:
        self.steps += 1
        at, how = self._at, self._how
        if not at or self.steps < at:
            return
        if how == "killed":
            self.happened = True
            raise Killed
        if how == "full":
            self.happened = True
            raise OSError(errno.ENOSPC, "no space left on device")
        if how == "before" and self.steps == at:
            self.happened = True
            raise OSError(errno.EIO, "it failed")

    def after(self) -> None:
        if self._at and self.steps == self._at and self._how == "after":
            self.happened = True
            raise OSError(errno.EIO, "it failed after all")

    def database(self, file: Path) -> Database:
        return FaultyDatabase(self, super().database(file))

    def write(self, path: Path, content: bytes) -> None:
        self.before()
        super().write(path, content)
        self.after()

    def flush(self, path: Path) -> None:
        self.before()
        super().flush(path)
        self.after()

    def rename(self, source: Path, target: Path) -> None:
        self.before()
        super().rename(source, target)
        self.after()


class FaultyDatabase:
    """A real database whose statements fail when the disk says so. Questions always work."""

    def __init__(self, disk: FaultyDisk, db: Database) -> None:
        self._disk = disk
        self._db = db

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:
        if sql.startswith(("SELECT", "PRAGMA", "ROLLBACK", "CREATE")):
            return self._db.execute(sql, parameters)
        return self._stepping(lambda: self._db.execute(sql, parameters))

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]], /) -> sqlite3.Cursor:
        return self._stepping(lambda: self._db.executemany(sql, parameters))

    def close(self) -> None:
        self._db.close()

    def _stepping(self, do) -> sqlite3.Cursor:
        try:
            self._disk.before()
            done = do()
            self._disk.after()
        except OSError as problem:
            full = problem.errno == errno.ENOSPC
            said = "database or disk is full" if full else "disk I/O error"
            raise sqlite3.OperationalError(said) from problem
        return done
