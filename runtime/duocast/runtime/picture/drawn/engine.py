"""The engine `drawn`: a portrait from words."""

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.engine import Request
from duocast.runtime.picture.drawn.casting import cast
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.pose import NEUTRAL

STILL = (640, 720)
HEAD_PIXELS = 250.0


class DrawnPortrait:
    """`portrait` without a picture."""

    name = "drawn"
    version = "1"
    operation = Operation.PORTRAIT

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write rig.json and still.png."""
        person = cast(PortraitParams.model_validate(request.params))
        rig, still = request.folder / "rig.json", request.folder / "still.png"
        rig.write_text(person.model_dump_json(), encoding="utf-8")
        matrix = (HEAD_PIXELS, 0.0, 0.0, HEAD_PIXELS, STILL[0] / 2, STILL[1] * 0.38)
        sheet = DrawnRig(person).draw(NEUTRAL, matrix, STILL, yaw=12.0)
        picture = np.zeros((STILL[1], STILL[0], 4), np.uint8)
        height, width = sheet.pixels.shape[:2]
        picture[sheet.y : sheet.y + height, sheet.x : sheet.x + width] = sheet.pixels
        cv2.imwrite(str(still), cv2.cvtColor(_straight(picture), cv2.COLOR_RGBA2BGRA))
        return {"rig": rig, "still": still}


def _straight(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Colour as PNG wants it: not multiplied by alpha."""
    alpha = pixels[..., 3:].astype(np.float32)
    colour = np.divide(
        pixels[..., :3] * 255.0,
        alpha,
        out=np.zeros_like(pixels[..., :3], np.float32),
        where=alpha > 0,
    )
    return np.dstack([np.clip(colour + 0.5, 0, 255), alpha]).astype(np.uint8)
