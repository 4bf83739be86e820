"""A sprite: a drawn thing ready to be laid over frames, kept as premultiplied planes so that a frame costs little."""

from dataclasses import dataclass
from math import floor

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import KB, KG, KR, Plane, Planes, as_bytes
from duocast.runtime.delivery.lettering import RGBA


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """Planes premultiplied by alpha; (x, y) of the frame, both even, is where the first pixel belongs."""

    x: int
    y: int
    luma: Plane
    blue: Plane
    red: Plane
    alpha: Plane
    alpha_half: Plane


@dataclass(frozen=True, slots=True)
class Pose:
    """How a sprite stands in one frame: opacity 0 to 1, moved by pixels, revealed from the left or the bottom."""

    opacity: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    reveal: float = 1.0
    """The part of the width that is seen, from the left."""


STILL = Pose()


def sprite(pixels: RGBA, x: int, y: int) -> Sprite:
    """The sprite of `pixels` at (x, y) of the frame; padded to even edges with two free pixels all around."""
    left, top = 2 + x % 2, 2 + y % 2
    height, width = pixels.shape[:2]
    right, bottom = 2 + (left + width) % 2, 2 + (top + height) % 2
    padded = as_bytes(
        cv2.copyMakeBorder(pixels, top, bottom, left, right, cv2.BORDER_CONSTANT, value=0)
    )
    wide = padded.astype(np.float32)
    r, g, b, a = (wide[..., i] for i in range(4))
    luma = KR * r + KG * g + KB * b
    return Sprite(
        x=x - left,
        y=y - top,
        luma=_bytes(luma * (219 / 255) + a * (16 / 255)),
        blue=_bytes(_half((b - luma) * (224 / 255 / (2 * (1 - KB))) + a * (128 / 255))),
        red=_bytes(_half((r - luma) * (224 / 255 / (2 * (1 - KR))) + a * (128 / 255))),
        alpha=padded[..., 3].copy(),
        alpha_half=_bytes(_half(a)),
    )


def lay(frame: Planes, drawn: Sprite, pose: Pose = STILL) -> None:
    """Blend `drawn` into `frame`, in place; only the sprite's box is touched."""
    if pose.opacity <= 0.002 or pose.reveal <= 0.0:
        return
    x, y = drawn.x + 2 * floor(pose.dx / 2), drawn.y + 2 * floor(pose.dy / 2)
    part = (pose.dx - 2 * floor(pose.dx / 2), pose.dy - 2 * floor(pose.dy / 2))
    luma, alpha = (_posed(plane, part, pose, 1.0) for plane in (drawn.luma, drawn.alpha))
    blue, red, alpha_half = (
        _posed(plane, part, pose, 0.5) for plane in (drawn.blue, drawn.red, drawn.alpha_half)
    )
    _blend(frame.y, luma, alpha, x, y, pose.opacity)
    _blend(frame.u, blue, alpha_half, x // 2, y // 2, pose.opacity)
    _blend(frame.v, red, alpha_half, x // 2, y // 2, pose.opacity)


def _posed(plane: Plane, part: tuple[float, float], pose: Pose, scale: float) -> Plane:
    """The plane moved by a part of two pixels and covered as the pose says."""
    if part != (0.0, 0.0):
        plane = _moved(plane, part[0] * scale, part[1] * scale)
    return _revealed(plane, pose.reveal) if pose.reveal < 1.0 else plane


def _blend(under: Plane, over: Plane, alpha: Plane, x: int, y: int, opacity: float) -> None:
    height, width = under.shape
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + over.shape[1], width), min(y + over.shape[0], height)
    if left >= right or top >= bottom:
        return
    box = (slice(top - y, bottom - y), slice(left - x, right - x))
    over, alpha = over[box], alpha[box]
    if opacity < 1.0:
        over = as_bytes(cv2.convertScaleAbs(over, alpha=opacity))
        alpha = as_bytes(cv2.convertScaleAbs(alpha, alpha=opacity))
    view = under[top:bottom, left:right]
    rest = cv2.multiply(view, cv2.bitwise_not(alpha), scale=1 / 255)
    cv2.add(rest, over, dst=view)


def _moved(plane: Plane, dx: float, dy: float) -> Plane:
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    size = (plane.shape[1], plane.shape[0])
    return as_bytes(cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_LINEAR))


def _revealed(plane: Plane, reveal: float) -> Plane:
    """The left part of the plane with a soft edge a twelfth of its width wide."""
    width = plane.shape[1]
    soft = max(2.0, width / 12)
    edge = reveal * (width + soft)
    ramp = np.clip((edge - np.arange(width)) / soft, 0.0, 1.0).astype(np.float32)
    return _bytes(plane * ramp)


def _half(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """Half the size, sited like the film's chroma."""
    shifted = np.concatenate([plane[:, :1], plane[:, :-1]], axis=1)
    mean = (shifted + plane) / 2
    rows = (mean[0::2] + mean[1::2]) / 2
    return np.asarray((rows[:, 0::2] + rows[:, 1::2]) / 2, np.float32)


def _bytes(plane: NDArray[np.floating]) -> Plane:
    return as_bytes(np.clip(np.rint(plane), 0, 255).astype(np.uint8))
