"""Beside the loop: a thread that does one thing until it is told to end."""

import threading
from collections.abc import Callable


class Beside:
    """Runs `work` in a thread of its own, from `start` to `close`; the work ends when `ending` is set."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self.ending = threading.Event()
        self._thread = threading.Thread(target=work, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Have it end, and wait until it has."""
        self.ending.set()
        if self._thread.is_alive():
            self._thread.join()
