"""A rig's still: the person alone, in a neutral pose, on transparent."""

from pathlib import Path

import numpy as np
from PIL import Image

from duocast.runtime.picture.pose import NEUTRAL
from duocast.runtime.picture.rig import Rig


def write_still(path: Path, rig: Rig, head: float) -> None:
    """Draw all of `rig` with a head `head` pixels high into a PNG."""
    extent = rig.extent
    width = max(1, round((extent.right - extent.left) * head))
    height = max(1, round((extent.bottom - extent.top) * head))
    matrix = (head, 0.0, 0.0, head, -extent.left * head, -extent.top * head)
    sheet = rig.draw(NEUTRAL, matrix, (width, height))
    whole = np.zeros((height, width, 4), np.uint8)
    rows, columns = sheet.pixels.shape[:2]
    whole[sheet.y : sheet.y + rows, sheet.x : sheet.x + columns] = sheet.pixels
    alpha = whole[..., 3:].astype(np.float32)
    whole[..., :3] = np.rint(np.clip(whole[..., :3] * (255 / np.maximum(alpha, 1)), 0, 255)).astype(
        np.uint8
    )
    Image.fromarray(whole).save(path, compress_level=4)
