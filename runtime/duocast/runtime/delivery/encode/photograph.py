"""A photograph as a shot: it fills the frame and the camera goes slowly nearer, so that it does not stand still."""

from collections.abc import Iterator
from math import ceil
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering, fills
from duocast.runtime.engine import EngineError, FailureClass

BIGGEST_PIXELS = 120_000_000
NEARER = 0.07
"""How much bigger the picture has become at the shot's end."""


def photograph(path: Path, frames: int, width: int, height: int) -> Iterator[RGB]:
    """`frames` frames of the picture. Raises `EngineError` (invalid): A0411 no picture, A0412 too big."""
    picture = read_picture(path)
    if not fills(picture, width, height):
        picture = covering(picture, ceil(width * (1 + NEARER)), ceil(height * (1 + NEARER)))
    source = _covering(picture, width * (1 + NEARER), height * (1 + NEARER))
    tall, wide = source.shape[:2]
    fit = max(width / wide, height / tall)
    for index in range(frames):
        part = index / max(1, frames - 1)
        scale = fit * (1 + NEARER * part * part * (3 - 2 * part))
        x = width / 2 - scale * wide / 2 + (scale - 1) / 2
        y = height / 2 - scale * tall / 2 + (scale - 1) / 2
        matrix = np.array([[scale, 0, x], [0, scale, y]], np.float64)
        frame = cv2.warpAffine(
            source, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        yield frame.astype(np.uint8, copy=False)


def read_picture(path: Path) -> RGB:
    """The picture upright, as RGB bytes."""
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > BIGGEST_PIXELS:
                raise EngineError(
                    FailureClass.INVALID,
                    "A0412",
                    f"The picture {path.name} has {picture.width} x {picture.height} pixels.",
                    "Make it smaller; 8000 x 8000 is more than any film needs.",
                )
            return _rgb(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise EngineError(
            FailureClass.INVALID,
            "A0411",
            f"The file {path.name} is no picture that can be read.",
            "Use a PNG, a JPEG or a video file.",
        ) from error


def _rgb(picture: Image.Image) -> RGB:
    """Eight bits a channel; what is transparent is black."""
    if picture.mode.startswith("I;16"):
        grey = (np.asarray(picture).astype(np.uint16) >> 8).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)
    if not picture.has_transparency_data:
        return np.asarray(picture.convert("RGB"))
    ground = Image.new("RGBA", picture.size, (0, 0, 0, 255))
    return np.asarray(Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB"))


def _covering(picture: RGB, width: float, height: float) -> RGB:
    """The picture filtered down to just what covers `width` x `height`; a smaller one stays as it is."""
    tall, wide = picture.shape[:2]
    scale = max(width / wide, height / tall)
    if scale >= 1:
        return picture
    size = (max(2, round(wide * scale)), max(2, round(tall * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
