"""Hints: how much work waits, for a backend that can hire more workers."""

from collections.abc import Mapping

from duocast.farm.core.state import State

_OFTEN = 1.0
"""Seconds between two hints."""
_SURELY = 30.0
"""Seconds after which a hint is given again: the backend may have lost the last one."""

Ready = Mapping[tuple[str, ...], int]
"""How many tasks could run now, by the labels that they ask a worker for."""


def ready_by_pool(state: State) -> Ready:
    """What stands in the queues."""
    found: dict[tuple[str, ...], int] = {}
    for demand, count in state.queues.demands.items():
        found[demand.pool] = found.get(demand.pool, 0) + count
    return found


class Hints:
    """When to give a hint: as soon as what is ready has changed, but not often."""

    def __init__(self) -> None:
        self._looked = 0.0
        self._given = 0.0
        self._last: Ready = {}

    def due(self, state: State, now: float) -> Ready | None:
        """The hint to give at a time in seconds, None if there is none."""
        if now - self._looked < _OFTEN:
            return None
        self._looked = now
        ready = ready_by_pool(state)
        if ready == self._last and now - self._given < _SURELY:
            return None
        self._given, self._last = now, ready
        return ready
