"""The `photo` engine: a photograph in, a rig and a still out."""

from collections.abc import Mapping
from pathlib import Path

from duocast.runtime import engines
from duocast.runtime.engine import EngineError, FailureClass, Request

STILL = 480.0
"""Pixels that a head is high on the still."""


class PhotoPortrait:
    """Makes a rig from the picture of a face. Deterministic on one machine."""

    name = engines.PHOTO.name
    version = engines.PHOTO.version
    operation = engines.PHOTO.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write rig.npz and still.png. Raises `EngineError` as `build_rig`, and A0207 if no picture is given."""
        from duocast.runtime.picture.photo.build import build_rig
        from duocast.runtime.picture.photo.data import save_rig
        from duocast.runtime.picture.photo.rig import PhotoRig
        from duocast.runtime.picture.photo.still import write_still

        if "picture" not in request.inputs:
            message = "a portrait from a photograph needs a picture"
            raise EngineError(
                FailureClass.INVALID, "A0207", message, "Name one on the character's card."
            )
        data = build_rig(request.inputs["picture"], request.weights)
        request.progress(0.8)
        rig, still = request.folder / "rig.npz", request.folder / "still.png"
        save_rig(rig, data)
        write_still(still, PhotoRig(data), STILL)
        request.progress(1.0)
        return {"rig": rig, "still": still}
