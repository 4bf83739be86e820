"""Retention: jobs that ended long ago are let go by the farm itself, with what the store kept for them alone."""

import logging
import sqlite3
from collections.abc import Callable

from duocast.farm.daemon.beside import Beside
from duocast.farm.daemon.faults import Refusal
from duocast.runtime.engine import EngineError

_HOUR = 3600.0
_LOOK = 1.0
"""Seconds between two looks at the farm's clock."""
_log = logging.getLogger("duocast.farm")


class Retention(Beside):
    """A thread that has old jobs forgotten once an hour of the farm's clock `now`; `forget` gives how many were."""

    def __init__(
        self, forget: Callable[[], int], now: Callable[[], float], *, every: float = _HOUR
    ) -> None:
        self._forget = forget
        self._now = now
        self._every = every
        super().__init__("farm-retention", self._go)

    def _go(self) -> None:
        due = self._now() + self._every
        while not self.ending.wait(_LOOK):
            if self._now() >= due:
                due = self._now() + self._every
                self._try()

    def _try(self) -> None:
        try:
            count = self._forget()
        except (Refusal, EngineError, OSError, sqlite3.Error) as problem:
            _log.warning("old jobs could not be let go now: %s", problem)  # there is another hour
        else:
            if count:
                _log.info("%d jobs that ended long ago were let go", count)
