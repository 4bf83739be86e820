"""A still on its way through an enlargement: what of it is transparent stays so."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from duocast.runtime.delivery.colour import RGB

Alpha = NDArray[np.uint8]


def alpha_of(path: Path) -> Alpha | None:
    """How opaque a picture is, upright; None if it is so everywhere."""
    with Image.open(path) as picture:
        if not picture.has_transparency_data:
            return None
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        return np.asarray(upright.getchannel("A"))


def write_still(path: Path, picture: RGB, alpha: Alpha | None) -> Path:
    """Write the picture as the PNG `path`, with the alpha of the smaller one."""
    channels = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    if alpha is not None:
        size = (picture.shape[1], picture.shape[0])
        large = cv2.resize(alpha, size, interpolation=cv2.INTER_CUBIC)
        channels = np.dstack([channels, np.asarray(large, np.uint8)])
    cv2.imwrite(str(path), channels, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    return path
