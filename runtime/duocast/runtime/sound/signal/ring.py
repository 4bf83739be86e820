"""A ring of samples: what is written past its end goes on at its start, so that it loops without a seam."""

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats


class Ring:
    """A stereo sound that loops."""

    def __init__(self, samples: int) -> None:
        self.samples: Floats = np.zeros((max(1, samples), 2), np.float32)

    def add(self, at: int, sound: NDArray[np.floating], gain: float = 1.0) -> None:
        """Add a sound (n,), (n, 1) or (n, 2) from sample `at` on, round and round if it is longer."""
        part = np.asarray(sound, np.float32)
        if part.ndim == 1:
            part = part[:, np.newaxis]
        if gain != 1.0:
            part = part * np.float32(gain)
        at %= len(self.samples)
        while len(part):
            room = len(self.samples) - at
            self.samples[at : at + len(part)] += part[:room]
            part = part[room:]
            at = 0
