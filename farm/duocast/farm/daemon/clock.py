"""The farm's clock: seconds since the farm first started, never backwards, whatever the wall clock does."""

import time
from collections.abc import Callable


class FarmClock:
    """Goes on from `base`, the last time in the journal: the time that a daemon was down does not count."""

    def __init__(
        self,
        base: float,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._base = base - monotonic()

    def now(self) -> float:
        """Seconds of the farm's clock: decisions use these."""
        return self._base + self._monotonic()

    def wall(self) -> float:
        """Seconds of UTC: people are shown these."""
        return self._wall()
