"""Contact: the dark that people cast on the table they sit at, so that they don't float behind it."""

from collections.abc import Sequence

import cv2
import numpy as np

from duocast.compiler.operations.compose import Placed
from duocast.runtime.stage.layers import Bytes

_REACH = 1.15
"""Half the shadow's width, in heads."""


def with_contact(foreground: Bytes, people: Sequence[Placed]) -> Bytes:
    """The foreground (RGBA, straight alpha) a little darker where its upper edge meets somebody."""
    out = foreground
    for person in people:
        if person.view == "front":
            out = _darkened(out, person)
    return out


def _darkened(foreground: Bytes, person: Placed) -> Bytes:
    head, x = person.matrix[0], person.matrix[4]
    left, right = (
        max(0, round(x - _REACH * head)),
        min(foreground.shape[1], round(x + _REACH * head)),
    )
    if right - left < 4:
        return foreground
    solid = foreground[:, left:right, 3] > 200
    rows = np.flatnonzero(solid.sum(axis=1) > 0.9 * (right - left))
    if len(rows) == 0:
        return foreground
    top, tall = int(rows[0]), max(4, round(0.30 * head))
    part = foreground[top : top + tall, left:right]
    across = np.linspace(-1, 1, right - left, dtype=np.float32)
    down = np.linspace(0, 1, part.shape[0], dtype=np.float32)
    above = max(0, top - max(2, round(0.05 * head)))
    bare = (foreground[above, left:right, 3] < 40).astype(np.float32)
    bare = cv2.GaussianBlur(bare[None], (0, 0), max(1.0, 0.04 * head))[0] * bare
    dark = 0.42 * np.outer((1 - down) ** 1.6, np.clip(1 - across**2, 0, 1) ** 0.8 * bare)
    shade = cv2.GaussianBlur(1 - dark, (0, 0), max(0.8, 0.02 * head))
    out = foreground.copy()
    seen = part[..., :3] * np.asarray(shade, np.float32)[..., None]
    out[top : top + tall, left:right, :3] = (seen + 0.5).astype(np.uint8)
    return out
