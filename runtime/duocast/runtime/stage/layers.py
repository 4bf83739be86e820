"""Layers: people and foregrounds toned, softened and laid over a picture. RGBA is premultiplied."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.rig import Sheet

Bytes = NDArray[np.uint8]


def lay_over(picture: Bytes, pixels: Bytes, x: int, y: int) -> None:
    """Lay premultiplied RGBA over an RGB picture, in place; what lies outside is cut off."""
    left, top = max(0, x), max(0, y)
    right = min(picture.shape[1], x + pixels.shape[1])
    bottom = min(picture.shape[0], y + pixels.shape[0])
    if right <= left or bottom <= top:
        return
    source = pixels[top - y : bottom - y, left - x : right - x]
    target = picture[top:bottom, left:right]
    through = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(source, 3)), cv2.COLOR_GRAY2RGB)
    cv2.multiply(target, through, dst=through, scale=1 / 255)
    cv2.add(through, cv2.cvtColor(source, cv2.COLOR_RGBA2RGB), dst=target)


def premultiplied(straight: Bytes) -> Bytes:
    """RGBA with colour multiplied by alpha."""
    alpha = cv2.cvtColor(np.ascontiguousarray(straight[..., 3]), cv2.COLOR_GRAY2RGB)
    colour = cv2.multiply(np.ascontiguousarray(straight[..., :3]), alpha, scale=1 / 255)
    return np.dstack([colour, straight[..., 3]]).astype(np.uint8, copy=False)


def softened(sheet: Sheet, sigma: float, size: tuple[int, int], grow: int) -> Sheet:
    """A sheet of a frame of `size`, out of focus, then `grow` times as large; what the frame cuts off goes on."""
    pixels = sheet.pixels
    reach = math.ceil(2.6 * sigma)
    top = reach if sheet.y > 0 else 0
    left = reach if sheet.x > 0 else 0
    low = reach if sheet.y + pixels.shape[0] < size[1] else 0
    right = reach if sheet.x + pixels.shape[1] < size[0] else 0
    padded = cv2.copyMakeBorder(
        pixels, top, low, left, right, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)
    )
    soft = cv2.GaussianBlur(padded, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    if grow > 1:
        wide, tall = soft.shape[1] * grow, soft.shape[0] * grow
        soft = cv2.resize(soft, (wide, tall), interpolation=cv2.INTER_LINEAR)
    place = ((sheet.x - left) * grow, (sheet.y - top) * grow)
    return Sheet(*place, soft.astype(np.uint8, copy=False))
