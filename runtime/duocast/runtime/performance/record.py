"""A performance as a file: what the animate engine writes and the picture's encoder reads."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.picture.pose import FIELDS, Pose

Performance = NDArray[np.float32]
"""frames x people (in the layout's order) x pose fields."""


def save_performance(path: Path, performance: Performance) -> None:
    """Write it; the same values make the same bytes."""
    with path.open("wb") as file:
        np.lib.format.write_array(
            file, np.ascontiguousarray(performance, np.float32), version=(1, 0)
        )


def load_performance(path: Path) -> Performance:
    """Read it. Raises `EngineError` (poisoned, A0301) if the file is no performance."""
    try:
        performance = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise _unreadable(path) from error
    if performance.ndim != 3 or performance.shape[2] != len(FIELDS):
        raise _unreadable(path)
    return np.asarray(performance, np.float32)


def pose_at(performance: Performance, frame: int, person: int) -> Pose:
    """The pose of person number `person` (layout order) in frame number `frame`."""
    return Pose(*map(float, performance[frame, person]))


def _unreadable(path: Path) -> EngineError:
    message = f"{path.name} is not a performance"
    return EngineError(
        FailureClass.POISONED, "A0301", message, "Delete it from the store and render again."
    )
