"""Cutaways: footage that covers the picture while a line goes on. The people are heard, not seen."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.cover.items import Footage, Spoken
from duocast.compiler.cover.policy import Part
from duocast.compiler.operations.speak import WordTime
from duocast.compiler.screenplay import Camera

FLASH = 0.6
"""Seconds of a picture between two cuts under which it is only a flash."""
COVERED = Camera(framing="insert", size="MS", subjects=(), lens_mm=50)
"""The camera of a shot of footage: it looks at nobody."""


class Piece(Struct, frozen=True, gc=False):
    """Words of a line and what is seen meanwhile: `footage`, or else what the camera sees."""

    part: Part
    camera: Camera
    footage: Footage | None = None


def cut_away(item: Spoken, parts: list[tuple[Part, Camera]]) -> list[Piece]:
    """The pieces of a line whose cutaways lie over the `parts` that coverage has made of it.

    A cutaway begins at its very word and ends at the word nearest to its length; the writer's next cut ends it, too.
    """
    pieces = [Piece(part, camera) for part, camera in parts]
    if not item.cutaways:
        return pieces
    words = item.estimate.words
    for part, footage in _intervals(item):
        covered = Piece(part, COVERED, footage)
        before = [cut for piece in pieces if (cut := _before(piece, part.first)) is not None]
        after = [cut for piece in pieces if (cut := _after(piece, part.last)) is not None]
        pieces = [*_without_last_flash(before, words), covered, *_without_first_flash(after, words)]
    return pieces


def _intervals(item: Spoken) -> Iterator[tuple[Part, Footage]]:
    words = item.estimate.words
    starts = [min(cutaway.word, max(len(words) - 1, 0)) for cutaway in item.cutaways]
    cuts = [cut.word for cut in item.cuts]
    for index, (first, cutaway) in enumerate(zip(starts, item.cutaways, strict=True)):
        if first in starts[index + 1 :]:
            continue
        following = [word for word in (*starts[index + 1 :], *cuts) if word > first]
        last = _last_word(item, first, cutaway.seconds)
        if following and (last is None or _soon(words, last, min(following))):
            last = min(following) - 1
        yield Part(first, last), cutaway.footage


def _soon(words: tuple[WordTime, ...], last: int, following: int) -> bool:
    """Whether what comes after a cutaway's last word would be covered again before anybody sees it."""
    return last >= following or words[following].start - words[last].end < FLASH


def _last_word(item: Spoken, first: int, seconds: float | None) -> int | None:
    """The word before the one that begins nearest to the cutaway's end; None where that is the line's end."""
    words = item.estimate.words
    if seconds is None or first + 1 >= len(words):
        return None
    end = words[first].start + seconds
    if item.estimate.seconds - end < FLASH:
        return None
    return min(range(first + 1, len(words)), key=lambda i: (abs(words[i].start - end), i)) - 1


def _before(piece: Piece, word: int) -> Piece | None:
    """What of a piece stands before a word."""
    part = piece.part
    if part.last is not None and part.last < word:
        return piece
    return replace(piece, part=Part(part.first, word - 1)) if part.first < word else None


def _after(piece: Piece, word: int | None) -> Piece | None:
    """What of a piece stands after a word."""
    part = piece.part
    if word is None or (part.last is not None and part.last <= word):
        return None
    return replace(piece, part=Part(max(part.first, word + 1), part.last))


def _without_last_flash(pieces: list[Piece], words: tuple[WordTime, ...]) -> list[Piece]:
    """A picture that would only flash before the footage is left out: the one before it stays."""
    if len(pieces) < 2 or not _flashes(pieces[-1], words) or pieces[-2].footage is not None:
        return pieces
    *rest, longer, flash = pieces
    return [*rest, replace(longer, part=Part(longer.part.first, flash.part.last))]


def _without_first_flash(pieces: list[Piece], words: tuple[WordTime, ...]) -> list[Piece]:
    if len(pieces) < 2 or not _flashes(pieces[0], words) or pieces[1].footage is not None:
        return pieces
    flash, longer, *rest = pieces
    return [replace(longer, part=Part(flash.part.first, longer.part.last)), *rest]


def _flashes(piece: Piece, words: tuple[WordTime, ...]) -> bool:
    part = piece.part
    end = words[-1].end if part.last is None else words[part.last].end
    return end - words[part.first].start < FLASH
