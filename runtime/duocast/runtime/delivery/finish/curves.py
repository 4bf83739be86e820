"""The curves of a look: what contrast, warmth and fade make of every level of red, green and blue."""

import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.encode import LookSpec


def curves(look: LookSpec) -> NDArray[np.uint8]:
    """256 x 3 levels: the output byte for every input byte of each channel."""
    level = np.linspace(0.0, 1.0, 256)
    channels = [
        _faded(_contrasted(_warmed(level, look.warmth, c), look.contrast), look.fade, c)
        for c in range(3)
    ]
    stacked = np.stack(channels, axis=1)
    return np.clip(np.rint(stacked * 255), 0, 255).astype(np.uint8)


def is_plain(look: LookSpec) -> bool:
    """The curves change nothing."""
    return look.contrast == 1.0 and look.warmth == 0.0 and look.fade == 0.0


def _warmed(level: NDArray[np.float64], warmth: float, channel: int) -> NDArray[np.float64]:
    """Middle tones lean to amber or to blue; black and white stay where they are."""
    lean = (-0.20, -0.02, 0.26)[channel]
    warmed: NDArray[np.float64] = level ** float(2.0 ** (lean * np.clip(warmth, -1.5, 1.5)))
    return warmed


def _contrasted(level: NDArray[np.float64], contrast: float) -> NDArray[np.float64]:
    """Above 1 an S that clips nothing, below 1 a straight line around the middle."""
    if contrast < 1.0:
        return 0.44 + (level - 0.44) * max(contrast, 0.0)
    steep = level * level * (3 - 2 * level)
    return level + min(contrast - 1.0, 1.0) * 1.2 * (steep - level)


def _faded(level: NDArray[np.float64], fade: float, channel: int) -> NDArray[np.float64]:
    """Old film: blacks rise (a little bluish), whites sink (a little creamy)."""
    black = (0.085, 0.09, 0.105)[channel] * fade
    white = 1.0 - (0.05, 0.06, 0.09)[channel] * fade
    return black + level * (white - black)
