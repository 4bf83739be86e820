"""Pictures from and to files of the store: PNG, RGB or RGBA."""

from pathlib import Path

import cv2
import numpy as np

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.stage.layers import Bytes

_FAST = [cv2.IMWRITE_PNG_COMPRESSION, 1]


def read_picture(path: Path, channels: int) -> Bytes:
    """RGB (3 channels) or RGBA (4). Raises `EngineError` (poisoned, A0501) for what is no picture."""
    flag = cv2.IMREAD_COLOR if channels == 3 else cv2.IMREAD_UNCHANGED
    picture = cv2.imdecode(np.fromfile(path, np.uint8), flag)
    if picture is None or picture.ndim != 3 or picture.shape[2] != channels:
        message = f"{path.name} is not a picture with {channels} channels"
        raise EngineError(
            FailureClass.POISONED, "A0501", message, "delete it from the store and render again"
        )
    code = cv2.COLOR_BGR2RGB if channels == 3 else cv2.COLOR_BGRA2RGBA
    return cv2.cvtColor(picture, code).astype(np.uint8, copy=False)


def write_picture(path: Path, picture: Bytes) -> Path:
    """Write a PNG; the same pixels give the same bytes."""
    code = cv2.COLOR_RGB2BGR if picture.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
    cv2.imwrite(str(path), cv2.cvtColor(picture, code), _FAST)
    return path
