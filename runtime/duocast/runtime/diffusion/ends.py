"""The ends of a shot: the picture it begins with, and the one it ends with where the camera's path tells it."""

import cv2
import numpy as np
from PIL import Image

from duocast.compiler.operations.compose import Framed, Layout
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering

NEAR = 1e-6


def first_picture(still: RGB, width: int, height: int) -> Image.Image:
    """The still at the size of the piece."""
    return Image.fromarray(covering(still, width, height))


def last_picture(still: RGB, layout: Layout, width: int, height: int) -> Image.Image | None:
    """The still as the camera sees it at the end of its path; None where it then sees more than the still shows."""
    end = layout.end
    if layout.handheld or end.roll != layout.start.roll or not _inside(layout.start, end, layout):
        return None
    if end == layout.start:
        return first_picture(still, width, height)
    zoom = end.zoom / layout.start.zoom
    tall, wide = still.shape[:2]
    x = (end.x - layout.start.x) * layout.start.zoom + layout.width / 2
    y = (end.y - layout.start.y) * layout.start.zoom + layout.height / 2
    x, y = x * wide / layout.width, y * tall / layout.height
    matrix = np.array([[zoom, 0, wide / 2 - zoom * x], [0, zoom, tall / 2 - zoom * y]])
    seen = cv2.warpAffine(still, matrix, (wide, tall), flags=cv2.INTER_CUBIC)
    return first_picture(np.asarray(seen, np.uint8), width, height)


def _inside(start: Framed, end: Framed, layout: Layout) -> bool:
    """Whether the frame at the end lies within the one at the start."""
    for side, a, b in ((layout.width, start.x, end.x), (layout.height, start.y, end.y)):
        if abs(b - a) + side / 2 / end.zoom > side / 2 / start.zoom + NEAR * side:
            return False
    return True
