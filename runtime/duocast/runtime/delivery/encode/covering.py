"""Covering: a picture of any shape fills the film's frame; one of quite another shape stands before itself, blurred."""

import cv2
import numpy as np

from duocast.runtime.delivery.colour import RGB

MOST_CUT = 0.45
"""The share of a picture that may be cut off to fill the frame."""
BACKDROP_SIZE = 96
"""Width in pixels at which the backdrop is blurred."""
BACKDROP_SHADE = 0.55


def covering(picture: RGB, width: int, height: int) -> RGB:
    """The picture at `width` x `height`: scaled and cropped with its middle kept, or whole before a blurred copy."""
    tall, wide = picture.shape[:2]
    if (wide, tall) == (width, height):
        return picture
    if fills(picture, width, height):
        return _cropped(picture, width, height)
    return _before_itself(picture, width, height)


def fills(picture: RGB, width: int, height: int) -> bool:
    """Whether the picture can fill the frame without losing too much of itself."""
    tall, wide = picture.shape[:2]
    scale = max(width / wide, height / tall)
    return bool(1 - width * height / (wide * tall * scale * scale) <= MOST_CUT)


def _cropped(picture: RGB, width: int, height: int) -> RGB:
    tall, wide = picture.shape[:2]
    scale = max(width / wide, height / tall)
    scaled = _scaled(picture, max(width, round(wide * scale)), max(height, round(tall * scale)))
    x, y = (scaled.shape[1] - width) // 2, (scaled.shape[0] - height) // 2
    return np.ascontiguousarray(scaled[y : y + height, x : x + width])


def _before_itself(picture: RGB, width: int, height: int) -> RGB:
    tall, wide = picture.shape[:2]
    scale = min(width / wide, height / tall)
    whole = _scaled(picture, max(1, round(wide * scale)), max(1, round(tall * scale)))
    frame = _backdrop(picture, width, height)
    x, y = (width - whole.shape[1]) // 2, (height - whole.shape[0]) // 2
    frame[y : y + whole.shape[0], x : x + whole.shape[1]] = whole
    return frame


def _backdrop(picture: RGB, width: int, height: int) -> RGB:
    small = _cropped(picture, BACKDROP_SIZE, max(2, round(BACKDROP_SIZE * height / width)))
    blurred = cv2.GaussianBlur(small, (0, 0), BACKDROP_SIZE / 24).astype(np.float32)
    grown = cv2.resize(blurred * BACKDROP_SHADE, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(grown, 0, 255).astype(np.uint8)


def _scaled(picture: RGB, width: int, height: int) -> RGB:
    way = cv2.INTER_AREA if width < picture.shape[1] else cv2.INTER_CUBIC
    return cv2.resize(picture, (width, height), interpolation=way).astype(np.uint8, copy=False)
