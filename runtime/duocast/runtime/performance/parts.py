"""Parts of a pose over time: each movement adds its own, by field."""

from collections.abc import Iterable, Mapping

import numpy as np

from duocast.runtime.performance.chance import Floats

Parts = Mapping[str, Floats]


def summed(parts: Iterable[Parts], frames: int) -> dict[str, Floats]:
    """All movements together, field by field."""
    total: dict[str, Floats] = {}
    for part in parts:
        for field, values in part.items():
            total[field] = total.get(field, np.zeros(frames)) + values
    return total


def scaled(parts: Parts, factor: Floats | float) -> dict[str, Floats]:
    """Every field times `factor`."""
    return {field: values * factor for field, values in parts.items()}
