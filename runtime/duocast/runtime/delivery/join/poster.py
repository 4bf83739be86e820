"""The poster: the shot whose middle frame says most, at the film's full size."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.delivery.colour import as_bytes, rgb
from duocast.runtime.delivery.join.clip import Clip


def write_poster(path: Path, clips: Sequence[Clip], thumbs: Sequence[Path]) -> None:
    """Write the middle frame of the best shot (the first of equals)."""
    scores = [score(_read(thumb)) for thumb in thumbs]
    clip = clips[int(np.argmax(scores))]
    middle = clip.frames // 2
    frame = next(clip.pictures(middle, middle + 1))
    quality = [cv2.IMWRITE_JPEG_QUALITY, 93]
    cv2.imwrite(str(path), cv2.cvtColor(rgb(frame), cv2.COLOR_RGB2BGR), quality)


def score(picture: NDArray[np.uint8]) -> float:
    """How good a poster the picture (BGR bytes) makes: people big enough, light, colour, something sharp."""
    small = as_bytes(cv2.resize(picture, (240, 135), interpolation=cv2.INTER_AREA))
    luma, red, blue = cv2.split(cv2.cvtColor(small, cv2.COLOR_BGR2YCrCb))
    skin = (red > 135) & (red < 178) & (blue > 80) & (blue < 127) & (luma > 55)
    faces = min(float(skin[10:120, 20:220].mean()), 0.22) / 0.22
    light = float(luma.mean()) / 255
    well_lit = max(0.0, 1 - abs(light - 0.46) / 0.46)
    colour = min(float(cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[..., 1].mean()) / 110, 1.0)
    detail = min(float(cv2.Laplacian(luma, cv2.CV_32F).std()) / 24, 1.0)
    return 2.2 * faces + 1.2 * well_lit + 0.5 * colour + 0.8 * detail


def _read(path: Path) -> NDArray[np.uint8]:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    return np.zeros((8, 8, 3), np.uint8) if picture is None else as_bytes(picture)
