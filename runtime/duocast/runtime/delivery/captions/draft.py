"""A cue without its frames: what one speaker says in it, or two, and whether it fits on the screen."""

from dataclasses import dataclass

from duocast.compiler.operations.delivery import CaptionParams
from duocast.runtime.delivery.captions.breaks import rows
from duocast.runtime.delivery.captions.chunks import DASH, Chunk


@dataclass(frozen=True, slots=True)
class Draft:
    """One chunk, or two of different speakers in one scene."""

    chunks: tuple[Chunk, ...]

    @property
    def scene(self) -> str:
        """In which it is said."""
        return self.chunks[0].scene

    @property
    def first_word(self) -> float:
        """When its first word begins, seconds."""
        return min(chunk.words[0].start for chunk in self.chunks)

    @property
    def last_word(self) -> float:
        """When its last word ends, seconds."""
        return max(chunk.words[-1].end for chunk in self.chunks)

    @property
    def length(self) -> int:
        """Characters to read."""
        return sum(len(" ".join(w.text for w in chunk.words)) for chunk in self.chunks)


def fits(draft: Draft, rules: CaptionParams) -> bool:
    """One speaker in the rows that there are, or two speakers with a row each."""
    if len(draft.chunks) == 1:
        chunk = draft.chunks[0]
        return _rows(chunk, rules.lines, rules.line_length, chunk.prefix)
    speakers = {chunk.speaker for chunk in draft.chunks}
    if len(draft.chunks) != 2 or len(speakers) != 2 or rules.lines < 2:
        return False
    return all(_rows(chunk, 1, rules.line_length - len(DASH)) for chunk in draft.chunks)


def _rows(chunk: Chunk, most: int, length: int, prefix: str = "") -> bool:
    texts = [word.text for word in chunk.words]
    return rows(texts, most, length, prefix) is not None
