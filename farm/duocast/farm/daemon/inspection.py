"""The inspection: whether the journal is sound, looked at soon after the start and every hour, beside the loop."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from duocast.farm.daemon.beside import Beside
from duocast.farm.daemon.journal import Reader

_SOON = 10.0
"""Seconds after the start: a farm that comes back has other things to read first."""
_HOUR = 3600.0
_log = logging.getLogger("duocast.farm")


class Inspection(Beside):
    """A thread that checks; `found` hears after every check what is wrong, nothing if it is sound."""

    def __init__(
        self,
        file: Path,
        found: Callable[[str], None],
        *,
        first: float = _SOON,
        every: float = _HOUR,
    ) -> None:
        self._file = file
        self._found = found
        self._first = first
        self._every = every
        super().__init__("farm-inspection", self._go)

    def _go(self) -> None:
        wait = self._first
        while not self.ending.wait(wait):
            problem = check(self._file)
            if problem:
                _log.error("the journal is damaged: %s", problem)
            self._found(problem)
            wait = self._every


def check(file: Path) -> str:
    """What is wrong with a journal's file, or nothing."""
    try:
        reader = Reader(file)
        try:
            rows = reader.ask("PRAGMA quick_check(5)")
        finally:
            reader.close()
    except sqlite3.Error as problem:
        return str(problem)
    found = [str(row[0]) for row in rows]
    return "" if found == ["ok"] else "; ".join(found)
