"""A person for tests: a red oval head (one head high, eyes in its middle) on a blue body."""

from functools import cache

import cv2
import numpy as np

from duocast.runtime.picture.pose import Pose
from duocast.runtime.picture.rig import Anchors, Extent, Matrix, Sheet

HEAD, BODY = (220, 40, 40), (30, 40, 200)


class Oval:
    """A rig that reaches `bottom` heads below the eyes; it remembers how it was asked to be drawn."""

    def __init__(self, bottom: float = 6.38) -> None:
        self.extent = Extent(-0.9, -0.5, 0.9, bottom)
        self.anchors = Anchors((0, 0), (0, 0.25), (0, 0.5), (0, -0.5), (0, 0.9))
        self.asked: list[tuple[float, str]] = []

    def draw(
        self,
        pose: Pose,
        matrix: Matrix,
        size: tuple[int, int],
        *,
        yaw: float = 0.0,
        view: str = "front",
    ) -> Sheet:
        self.asked.append((yaw, view))
        wide, tall = size
        ys, xs = np.mgrid[0:tall, 0:wide].astype(np.float32)
        a, b, c, d, e, f = matrix
        inverse = np.linalg.inv(np.array([[a, c], [b, d]]))
        u = inverse[0, 0] * (xs - e) + inverse[0, 1] * (ys - f)
        v = inverse[1, 0] * (xs - e) + inverse[1, 1] * (ys - f)
        head = (u / 0.36) ** 2 + (v / 0.5) ** 2 <= 1
        body = (np.abs(u) < 0.8) & (v > 0.7) & (v < self.extent.bottom)
        pixels = np.zeros((tall, wide, 4), np.uint8)
        pixels[body] = (*BODY, 255)
        pixels[head] = (*HEAD, 255)
        return Sheet(0, 0, pixels)


def red_rows(frame: np.ndarray) -> tuple[int, int]:
    """First and last row in which a head's red is seen."""
    red = (frame[..., 0] > 110) & (frame[..., 1] < 70) & (frame[..., 2] < 70)
    rows = np.flatnonzero(red.any(axis=1))
    return int(rows[0]), int(rows[-1])


def grey(height: int, width: int) -> np.ndarray:
    """A plate without detail."""
    return np.full((height, width, 3), 128, np.uint8)


@cache
def dotted(height: int, width: int) -> np.ndarray:
    """A plate with one soft white dot in its middle."""
    plate = np.zeros((height, width, 3), np.uint8)
    cv2.circle(plate, (width // 2, height // 2), 14, (255, 255, 255), -1, cv2.LINE_AA)
    return cv2.GaussianBlur(plate, (0, 0), 6)
