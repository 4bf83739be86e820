"""The engines that paint a still from the pictures of a place and its people, and from words."""

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from duocast.compiler.graph import Operation
from duocast.compiler.operations.compose import Layout, PaintParams, Placed
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.diffusion.adapters import adapted
from duocast.runtime.diffusion.faces import bound, faces_in, placed, rigged
from duocast.runtime.diffusion.limits import PAINTERS, PictureLimits, limited
from duocast.runtime.diffusion.loading import SMALLER, loaded
from duocast.runtime.diffusion.painting import HOW, SKETCHED, Ask
from duocast.runtime.diffusion.pieces import size
from duocast.runtime.diffusion.references import chosen, pictures, words
from duocast.runtime.diffusion.sketch import sketched
from duocast.runtime.engine import Request
from duocast.runtime.models.engine import ModelEngine
from duocast.runtime.models.warm import at_work
from duocast.runtime.stage.files import write_picture
from duocast.runtime.stage.moves import middle, path
from duocast.runtime.stage.placing import Stage


class Painter(ModelEngine):
    """One model that makes one picture of several. The same request gives the same still on the same machine."""

    operation = Operation.COMPOSE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write background, foreground, layout and still, and a rig for each face that is to speak.

        Raises `EngineError`: V0301 to V0303 as `Shelf.model` and `adapted`, R0020 without the extra `models`, R0004
        out of memory, A0601 for a face that is not found again.
        """
        cv2.setNumThreads(1)
        params = PaintParams.from_plain(request.params)
        model = self._shelf.model(self.name)
        limits = limited(PAINTERS[self.name], model.sheet)
        pipeline = loaded(model, limits)
        request.progress(0.2)
        stage = Stage.of(params)
        with at_work(self.name, SMALLER):
            ask = asked(params, request.inputs, limits)
            with adapted(pipeline, params, request.inputs, self._shelf):
                made = HOW[limits.engine](pipeline, ask, limits)
        request.progress(0.8)
        return delivered(request, params, stage, covering(made, stage.width, stage.height))


def asked(params: PaintParams, inputs: Mapping[str, Path], limits: PictureLimits) -> Ask:
    """What the model is asked for: its pictures, its words and, where it paints over one, the sketch."""
    stage = Stage.of(params)
    width, height = size(stage.width, stage.height, limits)
    sketching = limits.engine in SKETCHED
    shown = chosen(params, sorted(inputs), limits.pictures)
    seen = pictures(shown, inputs, limits.pixels)
    people = {one.role: seen[n] for n, one in reversed([*enumerate(shown)]) if one.role is not None}
    return Ask(
        prompt=params.picture if sketching else words(params, shown),
        pictures=seen,
        people=people,
        width=width,
        height=height,
        seed=params.seed,
        sketch=sketched(params, inputs) if sketching else None,
    )


def delivered(
    request: Request, params: PaintParams, stage: Stage, picture: RGB
) -> Mapping[str, Path]:
    """The outputs of a painted still of the stage's size: a rig for each face that is to speak, and the layout.

    Raises `EngineError` A0601 for a face that is not found again.
    """
    folder = request.folder
    people = bound(params, faces_in(picture, request.weights)) if params.faces else ()
    standing: tuple[Placed, ...] = tuple(placed(one) for one in people)
    rigs: Mapping[str, Path] = {}
    if params.rigged:
        standing, rigs = rigged(picture, people, folder, request.weights)
    nothing = np.zeros((stage.height, stage.width, 4), np.uint8)
    (folder / "layout.json").write_bytes(_layout(params, stage, standing).to_json())
    left, top = (stage.width - params.width) // 2, (stage.height - params.height) // 2
    still = np.ascontiguousarray(picture[top : top + params.height, left : left + params.width])
    request.progress(1.0)
    return {
        "background": write_picture(folder / "background.png", picture),
        "foreground": write_picture(folder / "foreground.png", nothing),
        "layout": folder / "layout.json",
        "still": write_picture(folder / "still.png", still),
        **rigs,
    }


def _layout(params: PaintParams, stage: Stage, people: tuple[Placed, ...]) -> Layout:
    """The camera's path over the painted stage; the angle is painted already."""
    boxes = [one.face for one in people if one.role == params.move.target]
    boxes = boxes or [one.face for one in people]
    start, end, sway, _ = path(params.move, stage, "eye", middle(boxes, stage))
    return Layout(
        width=params.width,
        height=params.height,
        people=people,
        start=start,
        end=end,
        handheld=sway,
        move_seconds=params.move.seconds,
        seed=params.seed,
    )
