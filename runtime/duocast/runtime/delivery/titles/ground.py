"""The ground of a card: black that is not dead, a little lighter in the middle."""

import numpy as np

from duocast.runtime.delivery.colour import Planes, from_yuv, yuv_matrix

_MIDDLE = (24.0, 26.0, 32.0)
_EDGE = (7.0, 8.0, 10.0)


def card_ground(width: int, height: int) -> Planes:
    """The frame behind a card's words; noise below one step keeps its gradient free of bands."""
    y = np.linspace(-1, 1, height)[:, None]
    x = np.linspace(-1, 1, width)[None, :]
    away = np.clip(np.sqrt((x * x + (y + 0.1) ** 2) / 2), 0, 1)[..., None]
    part = away * away * (3 - 2 * away)
    colour = np.array(_MIDDLE) * (1 - part) + np.array(_EDGE) * part
    matrix = yuv_matrix().astype(np.float64)
    yuv = colour @ matrix[:, :3].T + matrix[:, 3]
    noise = np.random.default_rng(0).random(yuv.shape)
    noise[..., 1:] = 0.5
    return from_yuv(np.floor(yuv + noise).astype(np.uint8))
