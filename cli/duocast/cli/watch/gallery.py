"""The gallery: what has been made, by the static key of the work that made it."""

from collections.abc import Mapping
from dataclasses import dataclass

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
        self.cut: Cut | None = None
        """The last cut of the film."""

    def put(self, key: str, outputs: Outputs) -> None:
        """Something was made."""
        self._made[key] = outputs

    def find(self, key: str | None, output: str) -> Blob | None:
        """An output of a piece of work, if it was made."""
        return self._made.get(key or "", {}).get(output)

    def __contains__(self, key: object) -> bool:
        return key in self._made
