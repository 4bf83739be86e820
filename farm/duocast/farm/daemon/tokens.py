"""Tokens: who may do what. A token is shown once; the farm keeps its SHA-256, its user, its scope and its end."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import IntEnum

from duocast.farm.daemon.journal import Answer, Database, Deed, Journal, Reader
from duocast.farm.daemon.tickets import is_right, named, write_ticket

PREFIX = "duo_"
"""What every token begins with, so that a leaked one can be found by scanners."""


class Scope(IntEnum):
    """What a token allows; each one allows what is before it, too."""

    SUBMIT = 1
    OPERATE = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """The scope as people write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Pass:
    """A token as the farm knows it. Times are seconds of UTC; `expires` None: it stays until it is revoked."""

    id: str
    user: str
    scope: Scope
    created: float
    expires: float | None
    revoked: float | None = None

    def holds(self, now: float) -> bool:
        """Whether it opens anything at this time."""
        return self.revoked is None and (self.expires is None or now < self.expires)


def scope_named(word: str) -> Scope:
    """The scope of a word. Raises `ValueError`."""
    try:
        return Scope[word.upper()]
    except KeyError:
        raise ValueError(f"there is no scope {word!r}: submit, operate or admin") from None


def hashed(token: str) -> str:
    """What is kept of a token. It is random and long, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def mint(
    user: str, scope: Scope, now: float, seconds: float | None = None
) -> tuple[str, Pass, Deed]:
    """A new token, what is known of it, and the deed that writes it down."""
    token = PREFIX + secrets.token_urlsafe(32)
    given = Pass(secrets.token_hex(6), user, scope, now, None if seconds is None else now + seconds)
    row = (given.id, hashed(token), user, scope.word, now, given.expires, None)

    def write(db: Database) -> None:
        db.execute("INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    return token, given, write


def revoke(token_id: str, now: float) -> Deed:
    """The deed that ends a token."""

    def write(db: Database) -> None:
        db.execute("UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL", (now, token_id))

    return write


class Doorkeeper:
    """Knows all tokens by their hashes; asked by many threads, told by one."""

    def __init__(self, books: "Journal | Reader") -> None:
        self._known: dict[str, Pass] = {}
        self._hashes: dict[str, str] = {}
        self.reload(books)

    def reload(self, books: "Journal | Reader") -> None:
        """Read all tokens anew."""
        rows = books.ask("SELECT hash, id, user, scope, created, expires, revoked FROM token")
        self._known = {row[0]: _pass(row[1:]) for row in rows}
        self._hashes = {given.id: each for each, given in self._known.items()}

    def admit(self, token: str, now: float) -> Pass | None:
        """Who comes with this token; None if it opens nothing (any more)."""
        known = self._known.get(hashed(token))
        return known if known is not None and known.holds(now) else None

    def ticket(self, given: Pass, now: float) -> tuple[str, float]:
        """What stands for a token in the addresses of contents, and for how many seconds."""
        return write_ticket(given.id, self._hashes[given.id], now)

    def admit_ticket(self, ticket: str, now: float) -> Pass | None:
        """Who comes with this ticket; None if it opens nothing (any more)."""
        kept = self._hashes.get(named(ticket))
        if kept is None or not is_right(ticket, kept, now):
            return None
        known = self._known[kept]
        return known if known.holds(now) else None

    def passes(self) -> list[Pass]:
        """All tokens, oldest first."""
        return sorted(self._known.values(), key=lambda each: (each.created, each.id))


def _pass(row: Answer) -> Pass:
    token_id, user, scope, created, expires, revoked = row
    return Pass(token_id, user, scope_named(scope), created, expires, revoked)
