"""Files of MATLAB 5 (.mat), as programs for talking heads write them: numbers are read and replaced, no object is made.

Everything that is no plain array of numbers is kept as bytes. Source: the published description of the format.
"""

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HEADER, _MATRIX, _PACKED = 128, 14, 15
_TYPES = {
    1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8",
}  # fmt: skip
_CLASSES = {6: ("f8", 9), 7: ("f4", 7)}
"""Arrays that hold coefficients: their numbers, and the type that these are written as."""
_COMPLEX, _MOST = 0x08, 256 << 20


class NotMatlab(ValueError):
    """Bytes that are no such file, or one that is cut off."""


@dataclass(frozen=True, slots=True)
class Element:
    """One variable: its bytes as they stand in the file (unpacked), and its numbers if it is an array of reals."""

    raw: bytes
    name: str = ""
    array: NDArray[np.floating] | None = None


def elements(content: bytes) -> tuple[Element, ...]:
    """All variables of a file. Raises `NotMatlab`."""
    if len(content) < _HEADER or content[126:128] != b"IM":
        raise NotMatlab("it is no .mat file of version 5")
    found: list[Element] = []
    at = _HEADER
    while at < len(content):
        kind, start, size, at = _tag(content, at, padded=True)
        body = content[start : start + size]
        if kind == _PACKED:
            body = _unpacked(body)
            kind, start, size, _ = _tag(body, 0, padded=True)
            body = body[start : start + size]
        found.append(_variable(body) if kind == _MATRIX else Element(_element(kind, body)))
    return tuple(found)


def written(header: bytes, variables: tuple[Element, ...]) -> bytes:
    """A file of these variables with the header of the old one."""
    return header[:_HEADER] + b"".join(each.raw for each in variables)


def replaced(element: Element, array: NDArray[np.floating]) -> Element:
    """The same variable with other numbers of the same shape and precision."""
    if element.array is None or element.array.shape != array.shape:
        raise NotMatlab(f"{element.name} has another shape")
    code = "f4" if element.array.dtype == np.float32 else "f8"
    number, kind = next((cls, kind) for cls, (name, kind) in _CLASSES.items() if name == code)
    parts = (
        _element(6, struct.pack("<II", number, 0)),
        _element(5, struct.pack(f"<{array.ndim}i", *array.shape)),
        _element(1, element.name.encode()),
        _element(kind, np.asarray(array, f"<{code}").tobytes(order="F")),
    )
    return Element(_element(_MATRIX, b"".join(parts)), element.name, array)


def _variable(body: bytes) -> Element:
    raw = _element(_MATRIX, body)
    _, start, size, at = _tag(body, 0)
    if size < 8:
        return Element(raw)
    flags = struct.unpack_from("<I", body, start)[0]
    _, start, size, at = _tag(body, at)
    shape = tuple(struct.unpack_from(f"<{size // 4}i", body, start))
    _, start, size, at = _tag(body, at)
    name = body[start : start + size].decode("latin-1")
    code = _CLASSES.get(flags & 0xFF)
    if code is None or flags >> 8 & _COMPLEX or min(shape, default=0) < 1:
        return Element(raw, name)
    kind, start, size, _ = _tag(body, at)
    stored = np.frombuffer(body[start : start + size], f"<{_TYPES.get(kind, 'u1')}")
    if kind not in _TYPES or stored.size != int(np.prod(shape, dtype=np.int64)):
        raise NotMatlab(f"the numbers of {name} are cut off")
    return Element(raw, name, stored.astype(code[0]).reshape(shape, order="F"))


def _tag(content: bytes, at: int, *, padded: bool = False) -> tuple[int, int, int, int]:
    """An element's type, the start and size of its content, and where the next one is."""
    if at + 8 > len(content):
        raise NotMatlab("it is cut off")
    kind, size = struct.unpack_from("<II", content, at)
    if kind >> 16:
        kind, size, start, end = kind & 0xFFFF, kind >> 16, at + 4, at + 8
    else:
        start = at + 8
        whole = start + size
        end = whole if kind == _PACKED and padded else whole + -size % 8
    if start + size > len(content):
        raise NotMatlab("it is cut off")
    return kind, start, size, end


def _unpacked(body: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(body, _MOST)
    except zlib.error as problem:
        raise NotMatlab(f"it can't be unpacked: {problem}") from None
    if not unpacker.eof:
        raise NotMatlab("it is cut off, or far too big")
    return content


def _element(kind: int, body: bytes) -> bytes:
    return struct.pack("<II", kind, len(body)) + body + b"\0" * (-len(body) % 8)
