"""The engine of drawn portraits: a card's words in, a rig and its picture out. No model, no network."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from duocast.compiler.operations.portrait import PortraitParams
from duocast.compiler.value import WrongValue
from duocast.runtime import engines
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.picture.drawn.casting import cast_person
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.pose import NEUTRAL
from duocast.runtime.picture.rig import Picture

_HEIGHT = 720
_REACH = 2.25
"""How far below the eyes the still shows somebody, in head heights."""


class DrawnPortrait:
    """Makes `rig` (rig.json) and `still` (still.png, bust on transparent)."""

    name = engines.DRAWN.name
    version = engines.DRAWN.version
    operation = engines.DRAWN.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Draw the person that the params describe."""
        person = cast_person(PortraitParams.from_plain(request.params))
        rig, still = request.folder / "rig.json", request.folder / "still.png"
        rig.write_bytes(person.to_json(indent=1) + b"\n")
        request.progress(0.3)
        _save(portrait_still(DrawnRig(person)), still)
        request.progress(1.0)
        return {"rig": rig, "still": still}


def portrait_still(rig: DrawnRig, height: int = _HEIGHT) -> Picture:
    """Head, shoulders and chest of a drawn person, neutral, on transparent, premultiplied RGBA."""
    top = rig.extent.top - 0.06
    scale = height / (_REACH - top)
    width = round((rig.extent.right - rig.extent.left) * scale)
    matrix = (scale, 0.0, 0.0, scale, width / 2, -top * scale)
    sheet = rig.draw(NEUTRAL, matrix, (width, height))
    picture: Picture = np.zeros((height, width, 4), np.uint8)
    rows, columns = sheet.pixels.shape[:2]
    picture[sheet.y : sheet.y + rows, sheet.x : sheet.x + columns] = sheet.pixels
    return picture


def load_rig(path: Path) -> DrawnRig:
    """The rig of a rig.json.

    Raises `EngineError` (poisoned) when the file is not one.
    """
    try:
        return DrawnRig(Person.from_json(path.read_bytes()))
    except (OSError, WrongValue) as error:
        raise EngineError(
            FailureClass.POISONED,
            "A0211",
            f"{path.name} does not hold a drawn person",
            "remove it, so that it is made again",
        ) from error


def _save(picture: Picture, path: Path) -> None:
    """Write premultiplied RGBA as an ordinary PNG."""
    alpha = picture[..., 3:].astype(np.float32)
    colour = picture[..., :3].astype(np.float32) * 255 / np.maximum(alpha, 1)
    straight = np.concatenate([np.clip(np.round(colour), 0, 255), alpha], axis=-1).astype(np.uint8)
    Image.fromarray(straight).save(path, optimize=False, compress_level=6)
