"""What falls through the air of a shot: rain and snow, moving with the shot's time."""

import math
import random
from typing import NamedTuple

import cv2
import numpy as np

from duocast.compiler.operations.compose import Layout
from duocast.runtime.stage.layers import Bytes

_SHUTTER = 1 / 60
"""Seconds for which a drop draws its streak."""


class _Kind(NamedTuple):
    """`speed` in frame heights a second, `many` in a frame, `light` in steps of a byte."""

    speed: float
    many: int
    light: float
    drift: float


_KINDS = {
    "rain": (_Kind(1.9, 260, 46.0, -0.16), _Kind(2.9, 34, 58.0, -0.16)),
    "snow": (_Kind(0.13, 330, 150.0, 0.02), _Kind(0.24, 26, 190.0, 0.03)),
}
"""What falls behind the people, and before them."""


class Falling:
    """Two layers of drops or flakes, drawn once; they wrap round, so that a shot may last as long as it likes. The
    nearer to the people the camera is, the fainter are those before them: nothing hides a face."""

    def __init__(self, layout: Layout) -> None:
        self._size = (layout.width, layout.height)
        closeness = _closeness(layout)
        self._kinds = tuple(
            kind._replace(speed=kind.speed * closeness**0.5, light=kind.light / closeness**number)
            for number, kind in enumerate(_KINDS.get(layout.falling, ()))
        )
        self._tiles = tuple(
            _tile(kind, layout, closeness * (1.0 + 0.9 * number), layout.seed + number)
            for number, kind in enumerate(self._kinds)
        )

    def behind(self, picture: Bytes, seconds: float) -> None:
        """Add what falls behind the people, in place."""
        self._add(picture, seconds, 0)

    def before(self, picture: Bytes, seconds: float) -> None:
        """Add what falls before them, in place."""
        self._add(picture, seconds, 1)

    def _add(self, picture: Bytes, seconds: float, layer: int) -> None:
        if not self._tiles:
            return
        kind, (width, height) = self._kinds[layer], self._size
        fallen = round(kind.speed * height * seconds) % height
        aside = round(kind.drift * kind.speed * height * seconds)
        if kind.speed < 1:
            aside += round(0.02 * height * math.sin(1.1 * seconds + layer))
        across = aside % width
        part = self._tiles[layer][height - fallen : 2 * height - fallen, width - across :][
            :, :width
        ]
        cv2.add(picture, cv2.cvtColor(part, cv2.COLOR_GRAY2RGB), dst=picture)


def _closeness(layout: Layout) -> float:
    """How much bigger than in a wide shot things near the people are."""
    heads = [person.face[3] for person in layout.people if person.view == "front"]
    share = max(heads, default=0.0) / layout.height
    return min(max(share / 0.12, 1.0), 3.2)


def _tile(kind: _Kind, layout: Layout, closeness: float, seed: int) -> Bytes:
    """One frame of it, twice across and twice down, so that any frame-sized part wraps round."""
    dice, width, height = random.Random(seed), layout.width, layout.height
    tile = np.zeros((height, width), np.float32)
    count = round(kind.many / closeness**0.8)
    for _ in range(count):
        x, y, light = dice.random() * width, dice.random() * height, dice.uniform(0.3, 1.0)
        size = height / 720 * closeness * dice.uniform(0.7, 1.5)
        for dx in (-width, 0, width):
            for dy in (-height, 0, height):
                if -60 < x + dx < width + 60 and -0.2 * height < y + dy < 1.2 * height:
                    _particle(tile, kind, (x + dx, y + dy), size, light * kind.light)
    soft = 0.4 + 0.8 * (closeness - 1) * height / 720
    wrapped = cv2.copyMakeBorder(tile, 16, 16, 16, 16, cv2.BORDER_WRAP)
    tile = np.asarray(cv2.GaussianBlur(wrapped, (0, 0), soft)[16:-16, 16:-16], np.float32)
    return np.tile(np.clip(tile + 0.5, 0, 255).astype(np.uint8), (2, 2))


def _particle(
    tile: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    kind: _Kind,
    at: tuple[float, float],
    size: float,
    light: float,
) -> None:
    x, y = (round(value * 16) for value in at)
    if kind.speed < 1:
        radius = max(12, round(size * 2.0 * 16))
        cv2.circle(tile, (x, y), radius, (light,), -1, cv2.LINE_AA, 4)
        return
    long = kind.speed * tile.shape[0] * _SHUTTER * 16
    end = (x + round(long * kind.drift), y + round(long))
    cv2.line(tile, (x, y), end, (light,), max(1, round(size * 1.1)), cv2.LINE_AA, 4)
