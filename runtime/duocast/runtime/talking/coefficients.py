"""Files of coefficients (.npy, .safetensors, .mat): read without running anything in them, and written back."""

import io
import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.talking.governor import Track
from duocast.runtime.talking.matlab import NotMatlab, elements, replaced, written

BIGGEST = 64 << 20
USUAL = ("coeff_3dmm", "coefficients", "coeff")
"""What programs call their track, where nobody says."""
_TENSORS = {"F32": "f4", "F64": "f8"}
_MOST_HEADER = 1 << 20


class BadCoefficients(ValueError):
    """A file that holds no track of coefficients."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """`track` is frames x dimensions; `with_track` gives the whole file with another one in its place."""

    track: Track
    with_track: Callable[[Track], bytes]


def read_coefficients(file: Path, name: str = "") -> Coefficients:
    """The track of a file; `name` is that of the array, where there are several. Raises `BadCoefficients`."""
    readers = {".npy": _npy, ".safetensors": _safetensors, ".mat": _mat}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise BadCoefficients(f"{file.suffix} is none of {', '.join(readers)}")
    if not file.is_file() or file.stat().st_size > BIGGEST:
        raise BadCoefficients(f"there is no {file.name}, or it is bigger than 64 MiB")
    found = reader(file.read_bytes(), name)
    if not np.isfinite(found.track).all():
        raise BadCoefficients("some of its numbers are none")
    return found


def _npy(content: bytes, name: str) -> Coefficients:
    del name
    try:
        array = np.load(io.BytesIO(content), allow_pickle=False)
    except (ValueError, OSError, EOFError, SyntaxError) as problem:
        raise BadCoefficients(f"it is no .npy file of numbers: {problem}") from None
    if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
        raise BadCoefficients("its array holds no real numbers")

    def with_track(track: Track) -> bytes:
        out = io.BytesIO()
        np.save(out, track.reshape(array.shape).astype(array.dtype), allow_pickle=False)
        return out.getvalue()

    return Coefficients(_track(array), with_track)


def _safetensors(content: bytes, name: str) -> Coefficients:
    try:
        (size,) = struct.unpack_from("<Q", content)
        header = json.loads(content[8 : 8 + size]) if size <= _MOST_HEADER else None
        entries = {key: one for key, one in header.items() if key != "__metadata__"}  # type: ignore[union-attr]
        entry = entries[_chosen({key: one["shape"] for key, one in entries.items()}, name)]
        code = f"<{_TENSORS[entry['dtype']]}"
        low, high = (8 + size + int(edge) for edge in entry["data_offsets"])
        array = np.frombuffer(content[low:high], code).reshape(entry["shape"])
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadCoefficients(f"it is no .safetensors file of real numbers: {problem}") from None

    def with_track(track: Track) -> bytes:
        return content[:low] + track.reshape(array.shape).astype(code).tobytes() + content[high:]

    return Coefficients(_track(array), with_track)


def _mat(content: bytes, name: str) -> Coefficients:
    try:
        variables = elements(content)
        shapes = {one.name: one.array.shape for one in variables if one.array is not None}
        chosen = _chosen(shapes, name)
    except NotMatlab as problem:
        raise BadCoefficients(str(problem)) from None
    array = next(one.array for one in variables if one.name == chosen and one.array is not None)

    def with_track(track: Track) -> bytes:
        other = track.reshape(array.shape).astype(array.dtype)
        return written(
            content,
            tuple(replaced(one, other) if one.name == chosen else one for one in variables),
        )

    return Coefficients(_track(array), with_track)


def _chosen(shapes: Mapping[str, Any], name: str) -> str:
    """The array that is meant: by its name, by a usual one, or the only one."""
    if name:
        if name not in shapes:
            raise BadCoefficients(f"it has no array {name}, but {', '.join(shapes) or 'none'}")
        return name
    usual = next((one for one in USUAL if one in shapes), None)
    if usual is None and len(shapes) != 1:
        raise BadCoefficients(f"say which array is meant: {', '.join(shapes) or 'it has none'}")
    return usual or next(iter(shapes))


def _track(array: NDArray[Any]) -> Track:
    """Frames x dimensions; a batch of one is unpacked."""
    flat = array[0] if array.ndim == 3 and len(array) == 1 else array
    if flat.ndim != 2 or not flat.size:
        raise BadCoefficients(f"its array has the shape {array.shape}, not frames x dimensions")
    return np.asarray(flat, np.float64)
