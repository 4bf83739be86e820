"""A sprite: a drawn thing ready to be laid over frames, kept as premultiplied planes so that a frame costs little."""

from dataclasses import dataclass
from math import floor
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import KB, KG, KR, Plane, Planes, as_bytes
from duocast.runtime.delivery.lettering import RGBA

Deep = NDArray[np.uint16]
_Any = TypeVar("_Any", np.uint8, np.uint16)


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """Planes times alpha, in 16 bits (255 x 255 is full), so that a blend is rounded once.

    (x, y) of the frame, both even, is where the first pixel belongs.
    """

    x: int
    y: int
    luma: Deep
    blue: Deep
    red: Deep
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
        luma=_deep(luma * 219 + a * 16),
        blue=_deep(_half((b - luma) * (224 / (2 * (1 - KB))) + a * 128)),
        red=_deep(_half((r - luma) * (224 / (2 * (1 - KR))) + a * 128)),
        alpha=padded[..., 3].copy(),
        alpha_half=_bytes(_half(a)),
    )


def lay(frame: Planes, drawn: Sprite, pose: Pose = STILL) -> None:
    """Blend `drawn` into `frame`, in place; only the sprite's box is touched."""
    if pose.opacity <= 0.002 or pose.reveal <= 0.0:
        return
    x, y = drawn.x + 2 * floor(pose.dx / 2), drawn.y + 2 * floor(pose.dy / 2)
    part = (pose.dx - 2 * floor(pose.dx / 2), pose.dy - 2 * floor(pose.dy / 2))
    luma, alpha = _posed(drawn.luma, part, pose, 1.0), _posed(drawn.alpha, part, pose, 1.0)
    blue, red = (_posed(plane, part, pose, 0.5) for plane in (drawn.blue, drawn.red))
    alpha_half = _posed(drawn.alpha_half, part, pose, 0.5)
    _blend(frame.y, luma, alpha, x, y, pose.opacity)
    _blend(frame.u, blue, alpha_half, x // 2, y // 2, pose.opacity)
    _blend(frame.v, red, alpha_half, x // 2, y // 2, pose.opacity)


def _posed(
    plane: NDArray[_Any], part: tuple[float, float], pose: Pose, scale: float
) -> NDArray[_Any]:
    """The plane moved by a part of two pixels and covered as the pose says."""
    if part != (0.0, 0.0):
        plane = _moved(plane, part[0] * scale, part[1] * scale)
    return _revealed(plane, pose.reveal) if pose.reveal < 1.0 else plane


def _blend(under: Plane, over: Deep, alpha: Plane, x: int, y: int, opacity: float) -> None:
    height, width = under.shape
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + over.shape[1], width), min(y + over.shape[0], height)
    if left >= right or top >= bottom:
        return
    box = (slice(top - y, bottom - y), slice(left - x, right - x))
    over, alpha = over[box], alpha[box]
    view = under[top:bottom, left:right]
    rest = cv2.multiply(view, cv2.bitwise_not(alpha), dtype=cv2.CV_16U)
    blended = cv2.convertScaleAbs(cv2.add(rest, over), alpha=1 / 255)
    if opacity < 1.0:
        cv2.addWeighted(view, 1 - opacity, blended, opacity, 0.0, dst=view)
    else:
        view[...] = blended


def _moved(plane: NDArray[_Any], dx: float, dy: float) -> NDArray[_Any]:
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_LINEAR), plane.dtype)


def _revealed(plane: NDArray[_Any], reveal: float) -> NDArray[_Any]:
    """The left part of the plane with a soft edge a twelfth of its width wide."""
    width = plane.shape[1]
    soft = max(2.0, width / 12)
    edge = reveal * (width + soft)
    ramp = np.clip((edge - np.arange(width)) / soft, 0.0, 1.0).astype(np.float32)
    return np.asarray(np.rint(plane * ramp), plane.dtype)


def _half(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """Half the size, sited like the film's chroma."""
    shifted = np.concatenate([plane[:, :1], plane[:, :-1]], axis=1)
    mean = (shifted + plane) / 2
    rows = (mean[0::2] + mean[1::2]) / 2
    return np.asarray((rows[:, 0::2] + rows[:, 1::2]) / 2, np.float32)


def _bytes(plane: NDArray[np.floating]) -> Plane:
    return as_bytes(np.clip(np.rint(plane), 0, 255).astype(np.uint8))


def _deep(plane: NDArray[np.floating]) -> Deep:
    return np.asarray(np.clip(np.rint(plane), 0, 65_025), np.uint16)
