"""The records of a store: finished actions, digested assets, history, roots and open sessions, in SQLite (WAL)."""

import json
import sqlite3
import statistics
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.store.contents import Action, Blob, Made, Pace

SCHEMA = 1
_REMEMBERED = 50
"""Runs of an engine that its pace is the median of."""
_TABLES = """
CREATE TABLE IF NOT EXISTS action (
    key TEXT PRIMARY KEY, operation TEXT NOT NULL, engine TEXT NOT NULL, version TEXT NOT NULL,
    outputs TEXT NOT NULL, seconds REAL NOT NULL, params_size INTEGER NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asset (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    digest TEXT NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY, operation TEXT NOT NULL, engine TEXT NOT NULL, version TEXT NOT NULL,
    seconds REAL NOT NULL, params_size INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS history_by_engine ON history (operation, engine, id);
CREATE TABLE IF NOT EXISTS root (name TEXT, digest TEXT, PRIMARY KEY (name, digest)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (epoch INTEGER PRIMARY KEY AUTOINCREMENT, lock TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file by what the system knows of it without reading it."""

    path: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Session:
    """An open store. What it used carries its epoch or a later one; `lock` names the file it holds locked."""

    epoch: int
    lock: str


class Records:
    """The tables, a method for each question. Times are never stored: what is recent is told by epochs."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, timeout=60.0, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._prepare()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes of the block, or none; nobody else writes meanwhile."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.execute("COMMIT")

    def use_action(self, key: str, epoch: int) -> Action | None:
        """The action of a key, marked as used in the same step."""
        rows = self._db.execute(
            "UPDATE action SET used = max(used, ?) WHERE key = ?"
            " RETURNING key, outputs, operation, engine, version, seconds, params_size",
            (epoch, key),
        ).fetchall()
        return _action(*rows[0]) if rows else None

    def peek_action(self, key: str) -> Action | None:
        """The action of a key, without marking it as used."""
        row = self._db.execute(
            "SELECT key, outputs, operation, engine, version, seconds, params_size"
            " FROM action WHERE key = ?",
            (key,),
        ).fetchone()
        return _action(*row) if row else None

    def outputs(self) -> dict[str, str]:
        """The outputs of all actions by key, as they are recorded: JSON of [digest, suffix, size] by name."""
        return dict(self._db.execute("SELECT key, outputs FROM action"))

    def runs(self, operation: Operation, engine: str) -> list[tuple[float, int]]:
        """The seconds and the request's size of an engine's last runs."""
        return self._db.execute(
            "SELECT seconds, params_size FROM history WHERE operation = ? AND engine = ?"
            " ORDER BY id DESC LIMIT ?",
            (operation, engine, _REMEMBERED),
        ).fetchall()

    def put_action(self, action: Action, epoch: int) -> None:
        """Record finished work and how long it took."""
        made = action.made
        outputs = {n: [b.digest, b.suffix, b.size] for n, b in sorted(action.outputs.items())}
        who = (made.operation, made.engine, made.version)
        cost = (made.seconds, made.params_size)
        self._db.execute(
            "INSERT OR REPLACE INTO action VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (action.key, *who, json.dumps(outputs), *cost, epoch),
        )
        self._db.execute(
            "INSERT INTO history (operation, engine, version, seconds, params_size)"
            " VALUES (?, ?, ?, ?, ?)",
            (*who, *cost),
        )

    def actions(self) -> list[tuple[Action, int]]:
        """All actions and the epochs in which they were last used."""
        rows = self._db.execute(
            "SELECT used, key, outputs, operation, engine, version, seconds, params_size"
            " FROM action ORDER BY key"
        )
        return [(_action(*row), used) for used, *row in rows]

    def drop_actions(self, keys: Iterable[str]) -> None:
        """Forget actions; their history stays."""
        self._db.executemany("DELETE FROM action WHERE key = ?", [(key,) for key in keys])

    def use_asset(self, state: FileState, epoch: int) -> str | None:
        """The digest of a file in exactly this state, if it is known."""
        rows = self._db.execute(
            "UPDATE asset SET used = max(used, ?)"
            " WHERE path = ? AND size = ? AND mtime_ns = ? AND inode = ? RETURNING digest",
            (epoch, state.path, state.size, state.mtime_ns, state.inode),
        ).fetchall()
        return str(rows[0][0]) if rows else None

    def put_asset(self, state: FileState, digest: str, epoch: int) -> None:
        """Remember the digest of a file in this state."""
        self._db.execute(
            "INSERT OR REPLACE INTO asset VALUES (?, ?, ?, ?, ?, ?)",
            (state.path, state.size, state.mtime_ns, state.inode, digest, epoch),
        )

    def assets(self) -> list[tuple[FileState, str, int]]:
        """All digested files, their digests and the epochs in which they were last used."""
        rows = self._db.execute(
            "SELECT path, size, mtime_ns, inode, digest, used FROM asset ORDER BY path"
        )
        return [(FileState(*state), digest, used) for *state, digest, used in rows]

    def drop_assets(self, paths: Iterable[str]) -> None:
        """Forget digested files."""
        self._db.executemany("DELETE FROM asset WHERE path = ?", [(path,) for path in paths])

    def pace(self, operation: Operation, engine: str) -> Pace | None:
        """The medians of an engine's last runs."""
        rows = self._db.execute(
            "SELECT seconds, params_size FROM history WHERE operation = ? AND engine = ?"
            " ORDER BY id DESC LIMIT ?",
            (operation, engine, _REMEMBERED),
        ).fetchall()
        if not rows:
            return None
        seconds, sizes = zip(*rows, strict=True)
        return Pace(statistics.median(seconds), statistics.median(sizes), len(rows))

    def set_root(self, name: str, digests: Iterable[str]) -> None:
        """Replace a root."""
        with self.transaction():
            self._db.execute("DELETE FROM root WHERE name = ?", (name,))
            rows = [(name, digest) for digest in sorted(set(digests))]
            self._db.executemany("INSERT INTO root VALUES (?, ?)", rows)

    def rooted(self) -> frozenset[str]:
        """The digests that some root holds."""
        return frozenset(row[0] for row in self._db.execute("SELECT DISTINCT digest FROM root"))

    def roots(self) -> dict[str, frozenset[str]]:
        """The roots by name."""
        found: dict[str, set[str]] = {}
        for name, digest in self._db.execute("SELECT name, digest FROM root ORDER BY name"):
            found.setdefault(name, set()).add(digest)
        return {name: frozenset(digests) for name, digests in found.items()}

    def open_session(self, lock: str) -> int:
        """Register an open store; gives its epoch, higher than any before."""
        epoch = self._db.execute("INSERT INTO session (lock) VALUES (?)", (lock,)).lastrowid
        if epoch is None:
            raise sqlite3.DatabaseError("the session got no number")
        return epoch

    def sessions(self) -> list[Session]:
        """All registered sessions, those of dead processes too."""
        rows = self._db.execute("SELECT epoch, lock FROM session ORDER BY epoch")
        return [Session(*row) for row in rows]

    def close_session(self, epoch: int) -> None:
        """Take a session off the list."""
        self._db.execute("DELETE FROM session WHERE epoch = ?", (epoch,))

    def _prepare(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > SCHEMA:
            raise sqlite3.DatabaseError("it was made by a newer duocast")
        if found < SCHEMA:
            self._db.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version={SCHEMA}; COMMIT;"
            )


def _action(
    key: str,
    outputs: str,
    operation: str,
    engine: str,
    version: str,
    seconds: float,
    params_size: int,
) -> Action:
    blobs = {name: Blob(*blob) for name, blob in json.loads(outputs).items()}
    return Action(key, blobs, Made(Operation(operation), engine, version, seconds, params_size))
