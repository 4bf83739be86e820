"""A `.cube` look-up table: the colour grade that other tools write, read with limits and made fast.

Failures: A0401 not a cube file, A0402 too big, A0403 the wrong number of rows, A0404 values that are no colours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.engine import EngineError, FailureClass

BIGGEST_FILE = 24 << 20
BIGGEST_3D = 65
BIGGEST_1D = 65_536

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """A table over RGB. `points` is n x n x n x 3 (blue, green, red index), or n x 3 for a table of each channel."""

    title: str
    points: Floats
    low: tuple[float, float, float]
    high: tuple[float, float, float]

    def slice(self, red: int) -> Floats:
        """RGB (0 to 1) for all (green, blue) byte pairs under one red byte: 256 x 256 x 3."""
        if self.points.ndim == 2:
            return self._slice_1d(red)
        at = float(np.clip(red * self._scale(0) + self._offset(0), 0, self._last))
        floor = min(int(at), self._last - 1)
        part = np.float32(at - floor)
        plane = self.points[:, :, floor] * (1 - part) + self.points[:, :, floor + 1] * part
        way = np.array(
            [[self._scale(2), 0, self._offset(2)], [0, self._scale(1), self._offset(1)]], np.float64
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        wide = np.ascontiguousarray(plane.transpose(1, 0, 2), np.float32)
        found = cv2.warpAffine(wide, way, (256, 256), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.clip(found, 0.0, 1.0).astype(np.float32)

    @property
    def _last(self) -> int:
        return len(self.points) - 1

    def _scale(self, channel: int) -> float:
        """Points a byte."""
        return self._last / (255 * (self.high[channel] - self.low[channel]))

    def _offset(self, channel: int) -> float:
        return -self.low[channel] * 255 * self._scale(channel)

    def _slice_1d(self, red: int) -> Floats:
        curves = [self._curve(channel) for channel in range(3)]
        out = np.empty((256, 256, 3), np.float32)
        out[..., 0], out[..., 1], out[..., 2] = curves[0][red], curves[1][:, None], curves[2][None]
        return np.clip(out, 0.0, 1.0)

    def _curve(self, channel: int) -> NDArray[np.float64]:
        at = np.arange(256) * self._scale(channel) + self._offset(channel)
        return np.asarray(np.interp(at, np.arange(len(self.points)), self.points[:, channel]))


def packed_yuv(cube: Cube, curves: NDArray[np.uint8] | None, matrix: Floats) -> NDArray[np.uint32]:
    """One YUV pixel (bytes Y, U, V, 0) for every RGB byte triple, index red << 16 | green << 8 | blue; 64 MB.

    The cube is applied first, then the look's `curves` (256 x 1 x 3), then the colour matrix (3 x 4).
    """
    table = np.empty((256, 256, 256, 4), np.uint8)
    four = np.zeros((4, 4), np.float32)
    four[:3] = matrix
    for red in range(256):
        graded = cube.slice(red) * np.float32(255)
        if curves is not None:
            graded = cv2.LUT(cv2.convertScaleAbs(graded), curves).astype(np.float32)
        table[red] = cv2.convertScaleAbs(cv2.transform(graded, four))
    return table.reshape(-1).view(np.uint32)


def read_cube(path: Path) -> Cube:
    """Read the file. Raises `EngineError` (invalid) with the codes of this module."""
    if path.stat().st_size > BIGGEST_FILE:
        raise _error("A0402", path, "is bigger than 24 MB", "Export it with 33 or 65 points.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_a_cube(path) from error
    header, rows = _split(path, text)
    return _cube(path, header, rows)


def _split(path: Path, text: str) -> tuple[dict[str, str], list[str]]:
    header: dict[str, str] = {}
    rows: list[str] = []
    for line in _lines(text):
        if line[0].isdigit() or line[0] in "+-.":
            rows.append(line)
            if len(rows) > BIGGEST_3D**3:
                raise _error("A0402", path, "has too many rows", "Use at most 65 points an axis.")
        else:
            name, _, value = line.partition(" ")
            header[name.upper()] = value.strip()
    return header, rows


def _lines(text: str) -> Iterator[str]:
    for line in text.replace("\t", " ").splitlines():
        stripped = line.partition("#")[0].strip()
        if stripped:
            yield stripped


def _cube(path: Path, header: dict[str, str], rows: list[str]) -> Cube:
    size_3d, size_1d = header.get("LUT_3D_SIZE"), header.get("LUT_1D_SIZE")
    size = _size(path, size_3d or size_1d, BIGGEST_3D if size_3d else BIGGEST_1D)
    expected = size**3 if size_3d else size
    if len(rows) != expected:
        found = f"has {len(rows)} rows of colours where {expected} belong"
        raise _error("A0403", path, found, "Export it again; the file may be cut short.")
    points = _values(path, rows)
    if size_3d:
        points = points.reshape(size, size, size, 3)
    low = _triple(path, header.get("DOMAIN_MIN", "0 0 0"))
    high = _triple(path, header.get("DOMAIN_MAX", "1 1 1"))
    if any(a >= b for a, b in zip(low, high, strict=True)):
        raise _error("A0404", path, "has a domain that ends before it starts", "Check DOMAIN_MAX.")
    return Cube(header.get("TITLE", "").strip('"'), points, low, high)


def _size(path: Path, value: str | None, biggest: int) -> int:
    if value is None or not value.isdecimal():
        raise _not_a_cube(path)
    size = int(value)
    if not 2 <= size <= biggest:
        raise _error("A0402", path, f"has {size} points an axis", f"2 to {biggest} are understood.")
    return size


def _values(path: Path, rows: list[str]) -> Floats:
    try:
        values = np.array([row.split() for row in rows], dtype=np.float32)
    except ValueError as error:
        raise _error(
            "A0404", path, "has a row that is not three numbers", "Export it again."
        ) from error
    if values.ndim != 2 or values.shape[1] != 3 or not np.isfinite(values).all():
        raise _error("A0404", path, "has a row that is not three numbers", "Export it again.")
    return values


def _triple(path: Path, value: str) -> tuple[float, float, float]:
    try:
        a, b, c = (float(part) for part in value.split())
    except ValueError as error:
        raise _error(
            "A0404", path, "has a domain that is not three numbers", "Check it."
        ) from error
    return a, b, c


def _not_a_cube(path: Path) -> EngineError:
    return _error(
        "A0401", path, "is no .cube look-up table", "It must name LUT_3D_SIZE or LUT_1D_SIZE."
    )


def _error(code: str, path: Path, found: str, hint: str) -> EngineError:
    return EngineError(FailureClass.INVALID, code, f"The look-up table {path.name} {found}.", hint)
