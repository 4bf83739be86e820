"""Chance that repeats: numbers and slow noise that depend on a name alone, never on the moment they are asked for."""

import hashlib

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LATTICE = 2048


def generator(*name: object) -> np.random.Generator:
    """A generator seeded by `name`, the same in every process and on every machine."""
    digest = hashlib.sha256("\x1f".join(map(str, name)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "little")))


def draw(*name: object) -> float:
    """One number from 0 to 1 that belongs to `name`."""
    return float(generator(*name).random())


def drift(time: Floats, period: float, *name: object) -> Floats:
    """Smooth noise at `time` (s), about -1 to 1, with nothing faster than `period` seconds in it.

    A cubic B-spline through random knots half a period apart. The value at an instant depends on that instant
    and the name only, so that a shot can begin in the middle of what the last one showed.
    """
    knots = generator(*name).random(LATTICE) * 2 - 1
    place = np.asarray(time, float) / (period / 2)
    base = np.floor(place)
    u = place - base
    index = base.astype(np.int64)
    weights = (
        (1 - u) ** 3 / 6,
        (3 * u**3 - 6 * u**2 + 4) / 6,
        (-3 * u**3 + 3 * u**2 + 3 * u + 1) / 6,
        u**3 / 6,
    )
    total = np.zeros_like(place)
    for offset, weight in zip((-1, 0, 1, 2), weights, strict=True):
        total = total + weight * knots[(index + offset) % LATTICE]
    return total * 1.7
