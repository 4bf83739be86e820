"""The journal: what has happened, in SQLite, one transaction for everything that was heard together.

One process writes, in one thread. A transaction is durable when `append` returns, and leaves nothing when it raises;
where a failed commit leaves that open, `settled` says what became of it.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from duocast.farm.daemon.faults import Damaged, Fenced, JournalTrouble, as_trouble
from duocast.farm.daemon.schema import TABLES, VERSION
from duocast.runtime.store.objects import Filing

Answer = tuple[Any, ...]
"""A row that answers a question."""
_KEPT_SNAPSHOTS = 2


class Entry(NamedTuple):
    """An event as a row. `at` are seconds of the farm's clock, `wall` are seconds of UTC, for people."""

    seq: int
    at: float
    wall: float
    job: str
    task: str
    attempt: int
    epoch: int
    kind: str
    work: str
    body: bytes


class Snapshot(NamedTuple):
    """The state after the event `seq`, as bytes."""

    seq: int
    body: bytes


class Database(Protocol):
    """What the journal needs of a connection: `sqlite3.Connection` has it, and so has one that fails on purpose."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> sqlite3.Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]], /) -> sqlite3.Cursor:
        """Run a statement for each row."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


Deed = Callable[[Database], None]
"""Something else that is written in the same transaction."""


class Disk(Filing):
    """Every step that the journal takes on the disk: files like the store's, and databases."""

    def database(self, file: Path) -> Database:
        """A connection to a database, made if it is not there."""
        return sqlite3.connect(file, timeout=30.0, isolation_level=None, check_same_thread=False)


class Journal:
    """The journal in a folder. All methods raise `JournalTrouble`."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.file = folder / "journal.sqlite"
        self.epoch = 0
        self._disk = disk or Disk()
        self._snapshots = folder / "snapshots"
        self._turn = 0
        self._db: Database | None = None
        try:
            self._disk.folder(self._snapshots)
            self._prepare(self._open())
        except (sqlite3.Error, OSError) as problem:
            self.close()
            raise as_trouble(problem) from problem

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def begin(self) -> int:
        """Become the one writer; gives the epoch. Whoever wrote before is fenced from now on."""
        try:
            self._open().execute("UPDATE writer SET epoch = epoch + 1")
            row = self._open().execute("SELECT epoch, turn FROM writer").fetchone()
        except sqlite3.Error as problem:
            raise as_trouble(problem) from problem
        self.epoch, self._turn = row
        return self.epoch

    def append(self, entries: Sequence[Entry], deeds: Sequence[Deed] = ()) -> None:
        """Write events and deeds: all of them, or nothing."""
        try:
            db = self._open()
            db.execute("BEGIN IMMEDIATE")
            self._claim_turn(db)
            if entries:
                db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries)
            for deed in deeds:
                deed(db)
            db.execute("COMMIT")
        except (sqlite3.Error, OSError) as problem:
            self._undo()
            raise as_trouble(problem) from problem
        except BaseException:
            self._undo()
            raise
        self._turn += 1

    def settled(self) -> bool:
        """Whether the transaction whose `append` raised was written after all. The file is opened anew to ask."""
        self.close()
        try:
            row = self._open().execute("SELECT epoch, turn FROM writer").fetchone()
        except (sqlite3.Error, OSError) as problem:
            raise as_trouble(problem) from problem
        if row[0] != self.epoch:
            raise Fenced(self.epoch)
        written = bool(row[1] > self._turn)
        self._turn = row[1]
        return written

    def holds(self) -> None:
        """Raise `Fenced` if a later writer has taken the journal over."""
        if self._ask("SELECT epoch FROM writer")[0][0] != self.epoch:
            raise Fenced(self.epoch)

    def last(self) -> int:
        """The sequence number of the last event, 0 if there is none."""
        row = self._ask("SELECT max(seq) FROM event")
        return row[0][0] or 0

    def tail(self, after: int) -> Iterator[Entry]:
        """The events after a sequence number, in order."""
        try:
            for row in self._open().execute(
                "SELECT * FROM event WHERE seq > ? ORDER BY seq", (after,)
            ):
                yield Entry(*row)
        except sqlite3.Error as problem:
            raise as_trouble(problem) from problem

    def save(self, snapshot: Snapshot) -> None:
        """Keep a snapshot. It counts once it is whole and on the disk."""
        name = f"{snapshot.seq:012d}.state"
        place = self._snapshots / name
        digest = hashlib.sha256(snapshot.body).hexdigest()
        try:
            self._disk.write(place.with_suffix(".half"), snapshot.body)
            self._disk.flush(place.with_suffix(".half"))
            self._disk.rename(place.with_suffix(".half"), place)
            self._disk.flush(self._snapshots)
        except OSError as problem:
            place.with_suffix(".half").unlink(missing_ok=True)
            raise as_trouble(problem) from problem
        row = (snapshot.seq, name, digest)
        self.append(
            (), [lambda db: _execute(db, "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?)", row)]
        )
        self._forget_snapshots()

    def snapshot(self) -> Snapshot | None:
        """The latest snapshot that is sound."""
        for seq, name, digest in self._ask("SELECT * FROM snapshot ORDER BY seq DESC"):
            try:
                body = (self._snapshots / name).read_bytes()
            except OSError:
                continue
            if hashlib.sha256(body).hexdigest() == digest:
                return Snapshot(seq, body)
        return None

    def check(self) -> None:
        """Raise `Damaged` if the file is not sound."""
        found = [row[0] for row in self._ask("PRAGMA quick_check(5)")]
        if found != ["ok"]:
            raise Damaged("; ".join(map(str, found)))

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Answer]:
        """The rows of a question, for the thread that writes; others use a `Reader`."""
        return self._ask(sql, parameters)

    def _open(self) -> Database:
        if self._db is None:
            self._db = self._disk.database(self.file)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
        return self._db

    def _prepare(self, db: Database) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise JournalTrouble(
                f"the journal was written by a later duocast (version {version}); update this one"
            )
        for statement in TABLES.split(";"):
            if statement.strip():
                db.execute(statement)
        if version != VERSION:
            db.execute(f"PRAGMA user_version = {VERSION}")
        self._turn = db.execute("SELECT turn FROM writer").fetchone()[0]

    def _claim_turn(self, db: Database) -> None:
        claimed = db.execute(
            "UPDATE writer SET turn = ? WHERE id = 1 AND epoch = ?", (self._turn + 1, self.epoch)
        )
        if claimed.rowcount != 1:
            raise Fenced(self.epoch)

    def _undo(self) -> None:
        """Leave no transaction open; a connection that can't even do that is closed."""
        try:
            if self._db is not None and self._db.in_transaction:
                self._db.execute("ROLLBACK")
        except sqlite3.Error:
            self.close()

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Answer]:
        try:
            return self._open().execute(sql, parameters).fetchall()
        except sqlite3.Error as problem:
            raise as_trouble(problem) from problem

    def _forget_snapshots(self) -> None:
        kept = self._ask("SELECT file FROM snapshot ORDER BY seq DESC LIMIT ?", (_KEPT_SNAPSHOTS,))
        names = {row[0] for row in kept}
        for file in self._snapshots.iterdir():
            if file.name not in names:
                file.unlink(missing_ok=True)


class Reader:
    """Questions to the journal from any one thread; it can't write."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(
            f"file:{file}?mode=ro", uri=True, timeout=30.0, check_same_thread=False
        )

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Answer]:
        """The rows of a question."""
        return self._db.execute(sql, parameters).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _execute(db: Database, sql: str, row: Sequence[object]) -> None:
    db.execute(sql, row)
