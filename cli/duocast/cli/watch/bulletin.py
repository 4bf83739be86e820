"""The bulletin: what the page shows, in parts; whoever reads it gets what is new to him, and only the newest."""

import threading
from collections.abc import Mapping

import msgspec


class Bulletin:
    """Parts by name, each as JSON with a number that goes up whenever it changes."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[int, bytes]] = {}
        self._news = threading.Condition()
        self._closed = False

    def post(self, name: str, content: object) -> None:
        """Replace a part; nobody hears of it when it stays the same."""
        text = msgspec.json.encode(content)
        with self._news:
            number, old = self._parts.get(name, (0, b""))
            if old != text:
                self._parts[name] = number + 1, text
                self._news.notify_all()

    def since(
        self, known: Mapping[str, int], patience: float
    ) -> dict[str, tuple[int, bytes]] | None:
        """The parts that are newer than `known`; empty after `patience` seconds, None when there will be no more."""
        with self._news:
            self._news.wait_for(lambda: self._closed or bool(self._newer(known)), patience)
            return None if self._closed else self._newer(known)

    def close(self) -> None:
        """Let everybody go."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def _newer(self, known: Mapping[str, int]) -> dict[str, tuple[int, bytes]]:
        return {name: part for name, part in self._parts.items() if part[0] != known.get(name, 0)}
