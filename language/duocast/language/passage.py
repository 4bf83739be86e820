"""A passage: a paragraph of a script (or a card) that has been read, on its own."""

import msgspec

from duocast.language.diagnostic import Diagnostic
from duocast.language.nodes import Block, Entry
from duocast.language.reading import State
from duocast.language.source import Place


class Passage(msgspec.Struct, frozen=True, gc=False):
    """What stands in it, and what was found in it. It ends where the next one begins."""

    begin: int
    """Where it began in the text that it was read in; see `origin`."""
    place: Place
    state: State
    """What stood above it: with the same text, it would be read in the same way there only."""
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    found: tuple[Diagnostic, ...]

    @property
    def origin(self) -> int:
        """Where it begins."""
        return self.begin + self.place.origin
