"""Matrix products that give the same bits on any number of threads.

A BLAS splits a large product among its threads and then adds in another order, so large ones are made here as
stacks of products that are each too small to be split (and whose threads spin for nothing).
"""

import numpy as np
from numpy.typing import NDArray

_MATRIX_LIMIT = 262_144
_VECTOR_LIMIT = 9_000
"""Multiplications below which OpenBLAS keeps to one thread: matrix by matrix, matrix by vector."""


def product(left: NDArray[np.floating], right: NDArray[np.floating]) -> NDArray[np.float32]:
    """`left` (m, k) times `right` (k, n) or (k,), in float32."""
    rows, inner = left.shape
    one = _VECTOR_LIMIT // inner if right.ndim == 1 else _MATRIX_LIMIT // right.size
    group = max(2, one)
    whole = rows - rows % group
    stack = np.ascontiguousarray(left[:whole], np.float32).reshape(-1, group, inner)
    result = np.empty((rows, *right.shape[1:]), np.float32)
    np.matmul(stack, right, out=result[:whole].reshape(-1, group, *right.shape[1:]))
    if whole < rows:
        result[whole:] = np.ascontiguousarray(left[whole:], np.float32) @ right
    return result
