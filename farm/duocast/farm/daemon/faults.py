"""What the daemon raises: a refusal that a client hears, and troubles of its own files.

Exception
  Refusal        a request that can't be met: HTTP status, code, message, hint
  JournalTrouble the journal could not be written or read; nothing of the transaction counts
    JournalFull  there is no room; it goes on as soon as there is
    Fenced       a later daemon has taken the journal over; this one must end
    Damaged      the journal's file is not sound
  Occupied       another daemon holds the folder
"""

import sqlite3

from duocast.runtime.store.faults import is_full


class Refusal(Exception):
    """A request that is not carried out. `code` is for programs, `message` and `hint` are for people."""

    def __init__(
        self, status: int, code: str, message: str, hint: str = "", **more: object
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint
        self.more = more


class JournalTrouble(Exception):
    """The journal could not be written or read."""


class JournalFull(JournalTrouble):
    """There is no room for the journal."""


class Fenced(JournalTrouble):
    """A later daemon owns the journal."""

    def __init__(self, epoch: int) -> None:
        super().__init__(f"a later daemon than number {epoch} has taken the farm over")


class Damaged(JournalTrouble):
    """The journal's file is damaged."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the journal is damaged: {problem}")


class Occupied(Exception):
    """Another daemon holds the folder; `holder` is what it wrote about itself."""

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(f"a farm runs in {folder} already ({holder or 'it says nothing'})")
        self.holder = holder


def as_trouble(problem: sqlite3.Error | OSError) -> JournalTrouble:
    """A database's or a file's error in the journal's words."""
    if is_full(problem):
        return JournalFull(str(problem))
    if isinstance(problem, sqlite3.DatabaseError) and "malformed" in str(problem):
        return Damaged(str(problem))
    return JournalTrouble(str(problem))


def not_found(what: str, name: str) -> Refusal:
    """There is nothing of that name, or it is not the asker's to see."""
    return Refusal(404, "not-found", f"there is no {what} {name!r}")


def forbidden(needed: str) -> Refusal:
    """The token's scope is too small."""
    return Refusal(
        403, "forbidden", f"this needs a token of scope {needed}", "ask the farm's administrator"
    )


def invalid(message: str, hint: str = "") -> Refusal:
    """The request makes no sense."""
    return Refusal(422, "invalid", message, hint)


def no_room(detail: str = "") -> Refusal:
    """The farm's disk is full: it takes nothing new until there is room."""
    more = f" ({detail})" if detail else ""
    hint = "free space on the farm's disk, or run `duocast farm gc`; nothing is lost meanwhile"
    return Refusal(503, "no-room", f"the farm has no room and takes nothing new{more}", hint)


def damaged(problem: str) -> Refusal:
    """The journal's file is not sound: what it has is served, and nothing is added to it."""
    hint = "stop the farm, and mend or replace journal.sqlite; the snapshots beside it are checked"
    return Refusal(503, "damaged", f"the farm takes nothing new: {problem}", hint)
