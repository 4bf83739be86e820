"""Colour: a network draws detail, and the large areas keep the colours that they had."""

import cv2
import numpy as np

from duocast.runtime.finer.tiles import Floats

REACH = 3.0
"""Sigma in the source's pixels: what is larger than this keeps its colour."""


def true_to(source: Floats, made: Floats) -> Floats:
    """The enlarged picture with the source's colours. Both height x width x 3, 0 to 1."""
    tall, wide = source.shape[:2]
    small = cv2.resize(made, (wide, tall), interpolation=cv2.INTER_AREA)
    apart = cv2.GaussianBlur(source - small, (0, 0), REACH)
    size = (made.shape[1], made.shape[0])
    spread = cv2.resize(apart, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(made + spread, np.float32)
