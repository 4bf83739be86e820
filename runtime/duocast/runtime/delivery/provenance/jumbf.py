"""The boxes of a C2PA manifest store: just enough to find them, their salts and what their hashes cover."""

from collections.abc import Iterator
from dataclasses import dataclass
from os import SEEK_END
from typing import BinaryIO

_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


@dataclass(frozen=True, slots=True)
class Box:
    """A box at bytes [start, end) of the file; its content begins at `content`."""

    kind: bytes
    start: int
    content: int
    end: int


@dataclass(frozen=True, slots=True)
class Superbox:
    """A labelled box; `salt` are the bytes [start, end) of its salt, if it has one."""

    label: str
    box: Box
    salt: tuple[int, int] | None


def boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes that follow one another in [start, end); stops at one that makes no sense."""
    while start + 8 <= end:
        size, head = int.from_bytes(content[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        stop = end if size == 0 else start + size
        if stop > end or stop < start + head:
            return
        yield Box(bytes(content[start + 4 : start + 8]), start, start + head, stop)
        start = stop


def manifest_span(file: BinaryIO) -> tuple[int, int] | None:
    """Where the manifest store lies in an MP4: the bytes [start, end) of its box."""
    size = file.seek(0, SEEK_END)
    start = 0
    while start + 24 <= size:
        file.seek(start)
        head = file.read(32)
        box = next(boxes(head + b"\0" * 16, 0, _reach(head)), None)
        if box is None:
            return None
        if box.kind == b"uuid" and head[box.content : box.content + 16] == _C2PA:
            return start, start + box.end
        start += box.end
    return None


def _reach(head: bytes) -> int:
    """How far the box reaches that begins with these bytes."""
    size = int.from_bytes(head[:4], "big")
    return int.from_bytes(head[8:16], "big") if size == 1 else size


def superboxes(store: bytes | bytearray) -> Iterator[Superbox]:
    """All labelled boxes of the manifest's box, outer ones first."""
    # Before the store's first box stand the identifier, a version and a purpose with an offset.
    first = store.find(b"jumb")
    if first >= 4:
        yield from _nested(store, first - 4, len(store))


def _nested(content: bytes | bytearray, start: int, end: int) -> Iterator[Superbox]:
    for box in boxes(content, start, end):
        if box.kind != b"jumb":
            continue
        description = next(boxes(content, box.content, box.end), None)
        if description is None or description.kind != b"jumd":
            continue
        yield _described(content, box, description)
        yield from _nested(content, description.end, box.end)


def _described(content: bytes | bytearray, box: Box, description: Box) -> Superbox:
    """Description: identifier (16 bytes), toggles, label ended by 0, then private boxes such as the salt."""
    label_start = description.content + 17
    label_end = content.find(b"\0", label_start, description.end)
    label = bytes(content[label_start:label_end]).decode("utf-8", "replace")
    salt = next(
        (b for b in boxes(content, label_end + 1, description.end) if b.kind == b"c2sh"), None
    )
    return Superbox(label, box, None if salt is None else (salt.content, salt.end))
