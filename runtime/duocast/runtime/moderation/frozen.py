"""A frozen model: a joblib file read as data. Nothing of it is imported or called, whatever it names.

Such a file is a pickle in which the bytes of an array follow the object that describes it. The few classes that it may
name become inert shells that only keep their attributes; any other name ends the reading.
"""

import io
import pickle
from pathlib import Path
from typing import Any, ClassVar

import numpy as np


class NotFrozen(ValueError):
    """The file is no such model, or names something that has no business in it."""


class Shell:
    """An object of the file: its attributes, and nothing that it could do."""


class _Array(Shell):
    """What describes an array whose bytes come next."""

    shape: tuple[int, ...]
    order: str
    dtype: np.dtype[Any]
    numpy_array_alignment_bytes: int | None = None


_NUMPY = {
    ("numpy", "dtype"): np.dtype,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "float64"): np.float64,
    ("numpy", "int64"): np.int64,
    ("numpy._core.multiarray", "scalar"): np.float64(0).__reduce__()[0],
}
_ARRAY = ("joblib.numpy_pickle", "NumpyArrayWrapper")
_SHELLS = ("sklearn.",)
"""Where the classes come from whose objects are kept as shells."""


class _Reader(pickle._Unpickler):
    """Python's own: the one in C reads ahead, over the bytes of arrays."""

    dispatch: ClassVar[dict[int, Any]] = dict(pickle._Unpickler.dispatch)

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._bytes = file

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        if (module, name) in _NUMPY:
            return _NUMPY[module, name]
        if (module, name) == _ARRAY:
            return _Array
        if module.startswith(_SHELLS):
            return Shell
        raise NotFrozen(f"it names {module}.{name}")

    def load_build(self) -> None:
        """As pickle does it; an array's description gives way to the array."""
        super().load_build()  # type: ignore[misc]
        if isinstance(self.stack[-1], _Array):  # type: ignore[attr-defined]
            self.stack.append(self._array(self.stack.pop()))  # type: ignore[attr-defined]

    def _array(self, told: _Array) -> np.ndarray[Any, Any]:
        if told.dtype.hasobject:
            raise NotFrozen("it has an array of objects")
        if told.numpy_array_alignment_bytes is not None:
            self._bytes.read(self._bytes.read(1)[0])
        count = int(np.prod(told.shape, dtype=np.int64))
        plain = np.frombuffer(self._bytes.read(count * told.dtype.itemsize), told.dtype, count)
        return plain.reshape(told.shape, order="F" if told.order == "F" else "C")

    dispatch[pickle.BUILD[0]] = load_build


def read_frozen(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """The object of a joblib file, as `Shell`s, arrays and plain values. Raises `NotFrozen`."""
    try:
        return _Reader(io.BytesIO(path.read_bytes())).load()
    except NotFrozen:
        raise
    except Exception as problem:
        raise NotFrozen(f"it can't be read: {problem}") from problem
