"""Writes arrays as a .mat file of version 5, packed or not, with a text beside them, for the reader's tests."""

import struct
import zlib
from pathlib import Path

import numpy as np


def element(kind, body):
    return struct.pack("<II", kind, len(body)) + body + b"\0" * (-len(body) % 8)


def small(kind, body):
    """The short form of an element of up to four bytes."""
    return struct.pack("<HH", kind, len(body)) + body.ljust(4, b"\0")


def matrix(name, array, number=6):
    kind = {np.dtype("f8"): 9, np.dtype("f4"): 7, np.dtype("u1"): 2}[array.dtype]
    named = small(1, name.encode()) if len(name) <= 4 else element(1, name.encode())
    parts = [
        element(6, struct.pack("<II", number, 0)),
        element(5, struct.pack(f"<{array.ndim}i", *array.shape)),
        named,
        element(kind, array.tobytes(order="F")),
    ]
    return element(14, b"".join(parts))


def content(arrays, packed=False):
    head = b"MATLAB 5.0 MAT-file".ljust(116) + b"\0" * 8 + struct.pack("<H", 0x0100) + b"IM"
    words = matrix("note", np.frombuffer(b"text", "u1").reshape(1, 4), number=4)
    all_of_it = [words, *(matrix(name, np.asarray(one)) for name, one in arrays.items())]
    if packed:
        smaller = [zlib.compress(each) for each in all_of_it]
        all_of_it = [struct.pack("<II", 15, len(each)) + each for each in smaller]
    return head + b"".join(all_of_it)


def save(path, arrays, packed=False):
    Path(path).write_bytes(content(arrays, packed))
