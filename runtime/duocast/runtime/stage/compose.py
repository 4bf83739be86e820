"""The engine `stage`: people, place and framing become one still, ready for a moving camera."""

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.compose import ComposeParams, Layout, Placed
from duocast.compiler.operations.plate import PlateGeometry
from duocast.compiler.timeline import Rate
from duocast.runtime.engine import Request
from duocast.runtime.picture.load import load_rig
from duocast.runtime.picture.rig import Rig
from duocast.runtime.stage.files import read_picture, write_picture
from duocast.runtime.stage.frames import Bytes, ShotFrames
from duocast.runtime.stage.framing import View, Window, view
from duocast.runtime.stage.moves import path
from duocast.runtime.stage.placing import Stage, place
from duocast.runtime.stage.props import insert

BLUR = 0.0135
"""Gaussian sigma of the background of a close-up at 85 mm, as a fraction of the frame's height."""


class StageComposer:
    """`compose`: background, foreground, layout and still."""

    name = "stage"
    version = "1"
    operation = Operation.COMPOSE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Compose one shot."""
        cv2.setNumThreads(1)
        params = ComposeParams.model_validate(request.params)
        geometry = PlateGeometry.model_validate_json(request.inputs["geometry"].read_bytes())
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
        (folder / "layout.json").write_text(layout.model_dump_json(), encoding="utf-8")
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
    stage, seen = Stage.of(params), view(params, geometry)
    background = _cropped(plate, seen.behind, stage)
    background = _out_of_focus(background, params, seen)
    foreground = _cropped(front, seen.people, stage)
    people: tuple[Placed, ...] = ()
    if params.framing == "insert":
        background = insert(background, params, stage)
        foreground = np.zeros_like(foreground)
    else:
        people = place(params, geometry, seen, rigs)
    return background, foreground, _layout(params, stage, people)


def _layout(params: ComposeParams, stage: Stage, people: tuple[Placed, ...]) -> Layout:
    faces = [p.face for p in people if p.view == "front"]
    middle = (stage.width / 2, stage.height / 2)
    if faces:
        middle = (
            sum(f[0] + f[2] / 2 for f in faces) / len(faces),
            sum(f[1] + f[3] / 2 for f in faces) / len(faces),
        )
    start, end, sway, parallax = path(params.move, stage, params.angle, middle)
    return Layout(
        width=params.width,
        height=params.height,
        people=people,
        start=start,
        end=end,
        handheld=sway,
        parallax=parallax,
        seed=params.seed,
    )


def _cropped(picture: Bytes, window: Window, stage: Stage) -> Bytes:
    """The window of the plate on the stage; a plate much larger than it is filtered down first."""
    scale = stage.scale(window)
    source, shrink = picture, 1.0
    while scale / shrink < 0.6:
        shrink *= 0.5
        half = (max(2, source.shape[1] // 2), max(2, source.shape[0] // 2))
        source = cv2.resize(source, half, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]  # stays bytes
    step_x, step_y = picture.shape[1] / source.shape[1], picture.shape[0] / source.shape[0]
    left, top = stage.point(window, 0.0, 0.0)
    matrix = np.array([[scale * step_x, 0, left], [0, scale * step_y, top]])
    way = cv2.INTER_LINEAR if scale * step_x < 1.5 else cv2.INTER_CUBIC
    seen = cv2.warpAffine(
        source, matrix, (stage.width, stage.height), flags=way, borderMode=_border(picture)
    )
    return seen.astype(np.uint8, copy=False)


def _border(picture: Bytes) -> int:
    """A room goes on at its edge; a table's front side does too, downwards."""
    return cv2.BORDER_REFLECT_101 if picture.shape[2] == 3 else cv2.BORDER_REPLICATE


def _out_of_focus(background: Bytes, params: ComposeParams, seen: View) -> Bytes:
    """Longer lenses and closer people leave less in focus."""
    sigma = BLUR * params.height * (params.lens_mm / 85) ** 1.3 * min(seen.share / 0.54, 1.4)
    if sigma < 0.4:
        return background
    return cv2.GaussianBlur(background, (0, 0), sigma).astype(np.uint8, copy=False)
