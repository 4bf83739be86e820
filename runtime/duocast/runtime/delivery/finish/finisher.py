"""The finisher: a shot's frames from the stage's RGB bytes to the encoder's planes, with the look on them.

All that can be folded is folded: saturation into the colour matrix, contrast, warmth and fade into one curve a
channel, and a .cube with all of them into one table over the RGB bytes. Vignette and grain are laid on the planes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.encode import LookSpec
from duocast.runtime.delivery.colour import RGB, Planes, from_yuv, planes, yuv_matrix
from duocast.runtime.delivery.finish.cube import Cube, packed_yuv
from duocast.runtime.delivery.finish.curves import curves, is_plain
from duocast.runtime.delivery.finish.grain import Grain
from duocast.runtime.delivery.finish.vignette import Vignette


class Finisher:
    """The look of one shot, with its tables made once."""

    def __init__(
        self, look: LookSpec, width: int, height: int, *, cube: Cube | None = None, seed: int = 0
    ) -> None:
        self._matrix = yuv_matrix(max(0.0, look.saturation))
        self._curves = None if is_plain(look) else curves(look).reshape(256, 1, 3)
        self._table = None if cube is None else packed_yuv(cube, self._curves, self._matrix)
        self._vignette = Vignette(look.vignette, width, height) if look.vignette > 0 else None
        self._grain = Grain(look.grain, width, height, seed) if look.grain > 0 else None

    def finish(self, frame: RGB, index: int) -> Planes:
        """Frame number `index` of the shot, finished."""
        finished = self._graded(frame)
        self.texture(finished, index)
        return finished

    def _graded(self, frame: RGB) -> Planes:
        if self._table is not None:
            return from_yuv(_looked_up(frame, self._table))
        if self._curves is not None:
            frame = cv2.LUT(frame, self._curves).astype(np.uint8, copy=False)
        return planes(frame, self._matrix)

    def texture(self, frame: Planes, index: int) -> None:
        """Lay vignette and grain on finished planes, in place: all of the look that a card gets."""
        if self._vignette is not None:
            self._vignette.apply(frame)
        if self._grain is not None:
            self._grain.add(frame.y, index)


def _looked_up(frame: RGB, table: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """height x width x 3, YUV at every pixel."""
    height, width = frame.shape[:2]
    index = cv2.cvtColor(frame, cv2.COLOR_RGB2BGRA).view(np.uint32).reshape(-1)
    found = table.take(index & np.uint32(0xFF_FFFF))
    yuv: NDArray[np.uint8] = found.view(np.uint8).reshape(height, width, 4)[..., :3]
    return np.ascontiguousarray(yuv)
