"""The bulletin: what the page shows, in parts; whoever reads it gets what is new to him, and only the newest."""

import threading
from collections.abc import Iterable, Mapping

import msgspec


class Bulletin:
    """Parts by name, each as JSON with the number of the change that made it."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[int, bytes]] = {}
        self._changes = 0
        self._news = threading.Condition()
        self._closed = False

    def post(self, name: str, content: object) -> None:
        """Replace a part; nobody hears of it when it stays the same."""
        self.post_all({name: content})

    def post_all(self, parts: Mapping[str, object], gone: Iterable[str] = ()) -> None:
        """Replace some parts and take others down, in one go."""
        written = {name: msgspec.json.encode(content) for name, content in parts.items()}
        with self._news:
            before = self._changes
            for name, text in written.items():
                if self._parts.get(name, (0, None))[1] != text:
                    self._changes += 1
                    self._parts[name] = self._changes, text
            for name in gone:
                self._parts.pop(name, None)
            if self._changes != before:
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
