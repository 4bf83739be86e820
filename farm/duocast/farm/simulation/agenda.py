"""The agenda: what will happen at which virtual time. Nothing sleeps; the clock jumps from one deed to the next."""

from collections.abc import Callable
from heapq import heappop, heappush

Deed = Callable[[], None]


class Agenda:
    """Deeds by their time, in seconds; those of the same time in the order in which they were put down."""

    def __init__(self) -> None:
        self.now = 0.0
        self._number = 0
        self._heap: list[tuple[float, int, Deed]] = []

    def after(self, seconds: float, deed: Deed) -> None:
        """Put down something that happens `seconds` from now."""
        self._number += 1
        heappush(self._heap, (self.now + seconds, self._number, deed))

    def go_on(self, until: float = float("inf")) -> bool:
        """Do what comes next; False, with the clock at `until`, if nothing comes before."""
        if not self._heap or self._heap[0][0] > until:
            if until != float("inf"):
                self.now = max(self.now, until)
            return False
        self.now, _, deed = heappop(self._heap)
        deed()
        return True
