"""A spool: prepared sounds kept on disk, so that a film of hours needs little memory."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from duocast.runtime.sound.loudness import Floats


@dataclass(frozen=True, slots=True)
class Piece:
    """A stereo sound on a spool: its first sample and how many."""

    first: int
    samples: int


class Spool:
    """Stereo float32 sounds one after the other in one file, removed at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb+")
        self._samples = 0
        self._map: Floats | None = None

    def add(self, sound: Floats) -> Piece:
        """Keep a sound (n, 2)."""
        self._file.write(np.ascontiguousarray(sound, np.float32).tobytes())
        piece = Piece(self._samples, len(sound))
        self._samples += len(sound)
        self._map = None
        return piece

    def read(self, piece: Piece, start: int, stop: int) -> Floats:
        """Samples `start` to `stop` of a piece, a view that must not be written."""
        if self._map is None:
            self._file.flush()
            self._map = np.memmap(self._path, np.float32, "r", shape=(max(1, self._samples), 2))
        return self._map[piece.first + start : piece.first + min(stop, piece.samples)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._map = None
        self._file.close()
        self._path.unlink(missing_ok=True)
