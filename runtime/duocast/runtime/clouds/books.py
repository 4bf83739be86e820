"""The books: every paid call with its state, durable before the call goes out. One SQLite file, one row a call.

| state | what it means | counts as |
|---|---|---|
| reserved | nothing was sent yet | reserved |
| sending | it is on its way; after a crash nobody knows | reserved |
| submitted | the provider has it, under `job` | reserved |
| held | it may have been paid; a person decides | reserved |
| settled | paid, `cost` exactly | spent |
| released | it was not paid | nothing |

A row is named by the key of its task, so a killed worker's next attempt finds it. A provider's job settles once.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from duocast.runtime.clouds.contract import Ticket
from duocast.runtime.clouds.faults import over_budget
from duocast.runtime.clouds.tickets import read_ticket, write_ticket

KEPT_DAYS = 7
"""How long a paid result is kept beside the books."""
_DAY = 86_400.0
_PAUSE = 0.1
_SCHEMA = """
create table if not exists calls (
  key text primary key, provider text not null, engine text not null, model text not null, film text not null,
  run text not null, state text not null, job text, ticket text, price integer not null,
  cost integer not null default 0,  why text not null default '', since real not null, moved real not null
);
create index if not exists by_run on calls (run);
create table if not exists settled (provider text not null, job text not null, key text not null, cost integer not null,
  primary key (provider, job));
"""


class Entry(StrEnum):
    """The states of a call."""

    RESERVED = "reserved"
    SENDING = "sending"
    SUBMITTED = "submitted"
    HELD = "held"
    SETTLED = "settled"
    RELEASED = "released"


OPEN = (Entry.RESERVED, Entry.SENDING, Entry.SUBMITTED, Entry.HELD)


@dataclass(frozen=True, slots=True)
class Row:
    """One paid call. Amounts are in millionths of a dollar; times are Unix seconds."""

    key: str
    provider: str
    engine: str
    model: str
    film: str
    run: str
    state: Entry
    ticket: Ticket | None
    price: int
    cost: int
    why: str
    since: float
    moved: float


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a call is for: the engine, its model, the film, the run that pays, and what the run may spend."""

    engine: str
    model: str
    film: str = ""
    run: str = ""
    budget: int | None = None


class Books:
    """The file `money.sqlite` in a folder; beside it the paid results and a lock for each call."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        self._db = sqlite3.connect(folder / "money.sqlite", timeout=60, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_SCHEMA)

    def __enter__(self) -> "Books":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Nobody else works on this call meanwhile; the lock ends with its process, however that ends."""
        locks = self.folder / "locks"
        locks.mkdir(exist_ok=True)
        handle = os.open(locks / key[:64].replace("/", "-"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def turn(self, provider: str, at_once: int, waiting: Callable[[], None]) -> Iterator[None]:
        """One of `at_once` places at a provider, for all processes that share these books."""
        locks = self.folder / "locks"
        locks.mkdir(exist_ok=True)
        handles = [
            os.open(locks / f"{provider}-{n}", os.O_RDWR | os.O_CREAT, 0o600)
            for n in range(at_once)
        ]
        try:
            while not any(_taken(handle) for handle in handles):
                waiting()
                time.sleep(_PAUSE)
            yield
        finally:
            for handle in handles:
                os.close(handle)

    def row(self, key: str) -> Row | None:
        """The call of a key."""
        found = self._db.execute("select * from calls where key = ?", (key,)).fetchone()
        return None if found is None else _row(found)

    def rows(self) -> tuple[Row, ...]:
        """All calls, the oldest first."""
        return tuple(
            _row(one) for one in self._db.execute("select * from calls order by since, key")
        )

    def reserve(self, key: str, provider: str, price: int, purpose: Purpose) -> None:
        """Set the price aside, unless that was done before.

        Raises `EngineError` R0709 if the run's budget does not hold it.
        """
        with self._writing():
            before = self.row(key)
            if before is not None and before.state is not Entry.RELEASED:
                return
            used = self.used(purpose.run)
            if purpose.budget is not None and used + price > purpose.budget:
                raise over_budget(price, used, purpose.budget)
            now = time.time()
            self._db.execute(
                "insert or replace into calls (key, provider, engine, model, film, run, state, price, since, moved)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(key, provider, purpose.engine, purpose.model, purpose.film, purpose.run),
                    *(Entry.RESERVED, price, now, now),
                ),
            )

    def retire(self, key: str) -> None:
        """What was paid stays in the books under another name, so that the same can be bought again."""
        with self._writing():
            self._db.execute(
                "update calls set key = key || '~' || cast(since as integer) || '~' || rowid"
                " where key = ? and state = ?",
                (key, Entry.SETTLED),
            )

    def used(self, run: str) -> int:
        """What a run has spent and reserved."""
        found = self._db.execute(
            "select coalesce(sum(case when state = 'settled' then cost when state = 'released' then 0"
            " else price end), 0) from calls where run = ?",
            (run,),
        ).fetchone()
        return int(found[0])

    def sending(self, key: str) -> None:
        """From here on nobody can be sure that it is not paid."""
        self._move(key, Entry.SENDING, (Entry.RESERVED,))

    def unsent(self, key: str) -> None:
        """The provider said that it did not take it, or was never reached."""
        self._move(key, Entry.RESERVED, (Entry.SENDING,))

    def submitted(self, key: str, ticket: Ticket) -> None:
        """The provider has it. Written before it is asked for the first time."""
        with self._writing():
            self._db.execute(
                "update calls set state = ?, job = ?, ticket = ?, moved = ? where key = ? and state in (?, ?)",
                (
                    *(Entry.SUBMITTED, ticket.id, write_ticket(ticket), time.time(), key),
                    *(Entry.SENDING, Entry.HELD),
                ),
            )

    def hold(self, key: str, why: str) -> None:
        """A person has to decide."""
        self._move(key, Entry.HELD, (Entry.SENDING, Entry.SUBMITTED), why=why)

    def release(self, key: str, why: str) -> None:
        """It was not paid. What is settled stays so."""
        self._move(key, Entry.RELEASED, OPEN, why=why)

    def settle(self, key: str, cost: int, job: str = "") -> bool:
        """It was paid: `cost` exactly. False if that is written already, by this key or by the provider's job."""
        with self._writing():
            row = self.row(key)
            if row is None or row.state in (Entry.SETTLED, Entry.RELEASED):
                return False
            once = job or f"call {key} {row.since}"
            known = self._db.execute(
                "insert or ignore into settled values (?, ?, ?, ?)", (row.provider, once, key, cost)
            )
            exact = cost if known.rowcount else 0
            self._db.execute(
                "update calls set state = ?, cost = ?, moved = ? where key = ?",
                (Entry.SETTLED, exact, time.time(), key),
            )
            return bool(known.rowcount)

    def kept(self, key: str) -> Path:
        """Where the paid result of a call is kept until the store has it."""
        place = self.folder / "results" / key.replace("/", "-")
        place.parent.mkdir(exist_ok=True)
        return place

    def keep(self, key: str, content: Path) -> Path:
        """Put a result there for good, in one step; what is older than a week goes."""
        place = self.kept(key)
        handle = os.open(content, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        content.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        oldest = time.time() - KEPT_DAYS * _DAY
        for file in place.parent.iterdir():
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
        return place

    def _move(self, key: str, state: Entry, allowed: tuple[Entry, ...], why: str = "") -> None:
        with self._writing():
            marks = ",".join("?" * len(allowed))
            self._db.execute(
                f"update calls set state = ?, why = ?, moved = ? where key = ? and state in ({marks})",
                (state, why, time.time(), key, *allowed),
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _row(found: Any) -> Row:  # noqa: ANN401 -- a row of sqlite has any types
    ticket = read_ticket(found["ticket"]) if found["ticket"] else None
    return Row(
        key=found["key"],
        provider=found["provider"],
        engine=found["engine"],
        model=found["model"],
        film=found["film"],
        run=found["run"],
        state=Entry(found["state"]),
        ticket=ticket,
        price=found["price"],
        cost=found["cost"],
        why=found["why"],
        since=found["since"],
        moved=found["moved"],
    )
