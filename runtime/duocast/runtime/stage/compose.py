"""The engine `stage`: people, place and framing become one still, ready for a moving camera."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from duocast.compiler.operations.compose import ComposeParams, Layout, Placed
from duocast.compiler.operations.plate import PlateGeometry
from duocast.compiler.timeline import Rate
from duocast.runtime import engines
from duocast.runtime.engine import Request
from duocast.runtime.picture.load import load_rig
from duocast.runtime.picture.rig import Rig
from duocast.runtime.stage.contact import with_contact
from duocast.runtime.stage.files import read_picture, write_picture
from duocast.runtime.stage.frames import ShotFrames
from duocast.runtime.stage.framing import Cast, view
from duocast.runtime.stage.layers import Bytes
from duocast.runtime.stage.lens import cropped, out_of_focus
from duocast.runtime.stage.microphones import with_microphones
from duocast.runtime.stage.moves import middle, path
from duocast.runtime.stage.placing import Stage, place
from duocast.runtime.stage.props import insert

Falls = Literal["", "rain", "snow"]


class StageComposer:
    """`compose`: background, foreground, layout and still."""

    name = engines.STAGE.name
    version = engines.STAGE.version
    operation = engines.STAGE.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Compose one shot."""
        cv2.setNumThreads(1)
        params = ComposeParams.from_plain(request.params)
        geometry = PlateGeometry.from_json(request.inputs["geometry"].read_bytes())
        rigs = {
            person.role: load_rig(request.inputs[f"rig.{person.role}"]) for person in params.people
        }
        plate = read_picture(request.inputs["plate"], 3)
        front = read_picture(request.inputs["front"], 4)
        background, foreground, layout = compose(params, geometry, plate, front, rigs)
        request.progress(0.6)
        still = ShotFrames(layout, background, foreground, rigs, None, 1, Rate(numerator=24)).frame(
            0
        )
        folder = request.folder
        (folder / "layout.json").write_bytes(layout.to_json())
        return {
            "background": write_picture(folder / "background.png", background),
            "foreground": write_picture(folder / "foreground.png", foreground),
            "layout": folder / "layout.json",
            "still": write_picture(folder / "still.png", still),
        }


def compose(
    params: ComposeParams,
    geometry: PlateGeometry,
    plate: Bytes,
    front: Bytes,
    rigs: Mapping[str, Rig],
) -> tuple[Bytes, Bytes, Layout]:
    """The background and the foreground on the stage, and where everything stands."""
    stage = Stage.of(params)
    cast = Cast({role: rig.extent.bottom for role, rig in rigs.items()}, geometry.table is not None)
    seen = view(params, geometry, cast)
    if params.framing == "insert":
        background = insert(plate, params, geometry, stage)
        return (
            background,
            np.zeros((*background.shape[:2], 4), np.uint8),
            _layout(params, stage, ()),
        )
    background = out_of_focus(cropped(plate, seen.behind, stage), params.lens_mm, seen.share, stage)
    foreground = cropped(front, seen.people, stage)
    people = place(params, geometry, seen, rigs, cast)
    if geometry.table is not None:
        foreground = with_contact(foreground, people)
    if any(word == "microphone" for word, *_ in geometry.inserts):
        foreground = with_microphones(foreground, people)
    return background, foreground, _layout(params, stage, people, geometry.falling)


def _layout(
    params: ComposeParams, stage: Stage, people: tuple[Placed, ...], falling: Falls = ""
) -> Layout:
    faces = [p.face for p in people if p.view == "front"]
    faces = [p.face for p in people if p.role == params.move.target] or faces
    start, end, sway, parallax = path(params.move, stage, params.angle, middle(faces, stage))
    return Layout(
        width=params.width,
        height=params.height,
        people=people,
        start=start,
        end=end,
        handheld=sway,
        parallax=parallax,
        falling=falling,
        move_seconds=params.move.seconds,
        seed=params.seed,
    )
