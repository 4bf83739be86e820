"""Settling: when a burst of saves is over. Pure: the clock is handed in.

An editor may save in one step (write beside, rename), in two (empty the file, write it), or several times in a row.
Each sign that a file was written puts the look at it off by a moment; a file that is suddenly gone or empty is
probably being written, and gets longer.
"""

from dataclasses import dataclass
from pathlib import Path

SURE = 0.002
"""Seconds to wait after a sign that a file is complete: closed after writing, or renamed into its place."""
UNSURE = 0.02
"""Seconds to wait after any other sign."""
GONE = 0.15
"""Seconds that a file may be gone or empty before that is believed."""
LONGEST = 0.1
"""A burst that goes on is looked at after this many seconds all the same."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Files that were touched, since when, and when to look at them."""

    touched: frozenset[Path]
    since: float
    due: float


def touched(pending: Pending | None, path: Path, now: float, *, sure: bool) -> Pending:
    """A file was touched."""
    wait = SURE if sure else UNSURE
    if pending is None:
        return Pending(frozenset({path}), now, now + wait)
    due = min(now + wait, pending.since + LONGEST)
    return Pending(pending.touched | {path}, pending.since, due)


def doubtful(pending: Pending, now: float) -> Pending | None:
    """Wait on, because a file is gone or empty; None when that has lasted long enough to be believed."""
    if now >= pending.since + GONE:
        return None
    return Pending(pending.touched, pending.since, min(now + UNSURE, pending.since + GONE))
