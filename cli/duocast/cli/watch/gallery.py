"""The gallery: what has been made, by the static key of the work that made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from queue import SimpleQueue

from duocast.cli.watch.view import View
from duocast.runtime.store.contents import Blob

Outputs = Mapping[str, Blob]


@dataclass(frozen=True, slots=True)
class Cut:
    """A film that was put together, and of what."""

    view: View
    film: Blob
    timeline: Blob


class Gallery:
    """Filled by the maker while others look; an entry never changes, so nobody has to wait."""

    def __init__(self) -> None:
        self._made: dict[str, Outputs] = {}
        self._news: SimpleQueue[str] = SimpleQueue()
        self.cut: Cut | None = None
        """The last cut of the film."""

    def put(self, key: str, outputs: Outputs) -> None:
        """Something was made."""
        if self._made.get(key) != outputs:
            self._made[key] = outputs
            self._news.put(key)

    def news(self) -> frozenset[str]:
        """The keys of what was put here since somebody asked last."""
        return frozenset(self._news.get_nowait() for _ in range(self._news.qsize()))

    def find(self, key: str | None, output: str) -> Blob | None:
        """An output of a piece of work, if it was made."""
        return self._made.get(key or "", {}).get(output)

    def __contains__(self, key: object) -> bool:
        return key in self._made
