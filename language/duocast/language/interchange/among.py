"""Remarks put back among the words that they stand in."""

from collections.abc import Iterator

from msgspec.structs import replace

from duocast.language.nodes import Boneyard, Inline, Note, Words
from duocast.language.source import Source

Remark = Note | Boneyard


def among(
    content: tuple[Inline, ...], remarks: tuple[Remark, ...], source: Source
) -> Iterator[Inline | Remark]:
    """The parts of a paragraph and its remarks in the order in which they were written.

    Words that go on behind a remark are cut there, between two words.
    """
    waiting = list(remarks)
    for part in content:
        while waiting and waiting[0].span.start < part.span.start:
            yield waiting.pop(0)
        within = [one for one in waiting if one.span.end <= part.span.end]
        if isinstance(part, Words) and within:
            del waiting[: len(within)]
            yield from _cut(part, within, source)
        else:
            yield part
    yield from waiting


def _cut(words: Words, within: list[Remark], source: Source) -> Iterator[Words | Remark]:
    """Counted in words: what is written differs from what is said only by spaces and escapes."""
    said, start, text = words.text, words.span.start, source.text
    for one in within:
        count = len(text[start : one.span.start].split())
        before, said = _parted(said, count)
        if before:
            yield replace(words, text=before)
        yield one
        start = one.span.end
    if said:
        yield replace(words, text=said)


def _parted(text: str, count: int) -> tuple[str, str]:
    """A text cut behind so many of its words; the space between stays with the first part."""
    at = len(text) - len(text.lstrip())
    for _ in range(count):
        if at >= len(text):
            break
        after = text.find(" ", at)
        at = len(text) if after < 0 else after + 1
    return text[:at], text[at:]
