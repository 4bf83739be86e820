"""What a photographed rig is made of, and the file that it is kept in."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.engine import EngineError, FailureClass

FORMAT = 1


@dataclass(frozen=True, slots=True)
class RigData:
    """The sheet is the cut-out person turned so that the eyes are level, `head` pixels a head.

    `pixels` is premultiplied RGBA, `points` the 468 face points on the sheet (z towards the picture, sheet pixels),
    `turn` the radians (clockwise) by which the photographed head leans, `origin` the rig's origin on the sheet,
    `facing` the degrees by which the photographed head looks to the picture's right, `extent` (left, top, right,
    bottom) in rig units.
    """

    pixels: NDArray[np.uint8]
    points: NDArray[np.float64]
    origin: tuple[float, float]
    head: float
    turn: float
    facing: float
    extent: tuple[float, float, float, float]

    def to_rig(self, sheet: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (n x 2) of the sheet in rig units."""
        cosine, sine = np.cos(self.turn) / self.head, np.sin(self.turn) / self.head
        turned = np.array([[cosine, sine], [-sine, cosine]])
        return np.asarray((sheet - self.origin) @ turned, np.float64)


def save_rig(path: Path, data: RigData) -> None:
    """Write it; the same values make the same bytes."""
    numbers = [FORMAT, *data.origin, data.head, data.turn, data.facing, *data.extent]
    with path.open("wb") as file:
        np.savez(
            file, pixels=data.pixels, points=data.points, numbers=np.array(numbers, np.float64)
        )


def load_rig_data(path: Path) -> RigData:
    """Read it. Raises `EngineError` (poisoned, A0211) if the file is no rig."""
    try:
        with np.load(path, allow_pickle=False) as file:
            numbers = [float(value) for value in file["numbers"]]
            pixels, points = file["pixels"], file["points"]
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise _unreadable(path) from error
    if len(numbers) != 10 or numbers[0] != FORMAT or pixels.ndim != 3:
        raise _unreadable(path)
    return RigData(
        pixels=pixels,
        points=points,
        origin=(numbers[1], numbers[2]),
        head=numbers[3],
        turn=numbers[4],
        facing=numbers[5],
        extent=(numbers[6], numbers[7], numbers[8], numbers[9]),
    )


def _unreadable(path: Path) -> EngineError:
    message = f"{path.name} is not a rig"
    return EngineError(
        FailureClass.POISONED, "A0211", message, "Delete it from the store and render again."
    )
