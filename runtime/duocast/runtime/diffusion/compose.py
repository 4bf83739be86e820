"""The engine `flux`: a still painted from the pictures of a place and its people, and from words."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from duocast.compiler.graph import Operation
from duocast.compiler.operations.compose import Layout, PaintParams, Placed
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.diffusion.faces import bound, faces_in, placed, rigged
from duocast.runtime.diffusion.limits import PAINTERS, PictureLimits, limited
from duocast.runtime.diffusion.loading import SMALLER, Pipeline, loaded
from duocast.runtime.diffusion.pieces import size
from duocast.runtime.engine import Request
from duocast.runtime.models.device import generator
from duocast.runtime.models.shelf import Shelf
from duocast.runtime.models.warm import at_work
from duocast.runtime.stage.files import write_picture
from duocast.runtime.stage.moves import middle, path
from duocast.runtime.stage.placing import Stage

LEAST = 64
"""The fewest pixels of a reference's side."""
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Painter:
    """One model that edits several pictures into one. The same request gives the same still on the same machine."""

    operation = Operation.COMPOSE

    def __init__(self, name: str, version: str, shelf: Shelf) -> None:
        self.name = name
        self.version = version
        self._shelf = shelf

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write background, foreground, layout and still, and a rig for each face that is to speak.

        Raises `EngineError`: V0301 and V0302 as `Shelf.model`, R0020 without the extra `models`, R0004 out of memory,
        A0601 for a face that is not found again.
        """
        cv2.setNumThreads(1)
        params = PaintParams.from_plain(request.params)
        model = self._shelf.model(self.name)
        limits = limited(PAINTERS[self.name], model.sheet)
        pipeline = loaded(model, limits)
        request.progress(0.2)
        stage = Stage.of(params)
        with at_work(self.name, SMALLER):
            shown = references(params, request.inputs, limits.pixels)
            made = _painted(pipeline, params, stage, shown, limits)
        request.progress(0.8)
        return delivered(request, params, stage, covering(made, stage.width, stage.height))


def references(params: PaintParams, inputs: Mapping[str, Path], pixels: int) -> list[Image.Image]:
    """The place, if it has a picture, and everybody from left to right, on grey; none larger than `pixels`."""
    found = [Image.fromarray(read_picture(inputs["plate"]))] if "plate" in inputs else []
    for person in sorted(params.people, key=lambda one: one.seat):
        with Image.open(inputs[f"person.{person.role}"]) as picture:
            cut = picture.convert("RGBA")
        ground = Image.new("RGBA", cut.size, (128, 128, 128, 255))
        found.append(Image.alpha_composite(ground, cut).convert("RGB"))
    return [within(picture, pixels) for picture in found]


def within(picture: Image.Image, pixels: int) -> Image.Image:
    """The picture on at most `pixels`, but no side under `LEAST`, which models refuse; one that fits as it is."""
    scale = min(1.0, (pixels / (picture.width * picture.height)) ** 0.5)
    scale = max(scale, LEAST / min(picture.size))
    if scale == 1:
        return picture
    wide, tall = (max(LEAST, int(side * scale)) for side in picture.size)
    return picture.resize((wide, tall), Image.Resampling.LANCZOS)


def words(params: PaintParams, *, place: bool) -> str:
    """The prompt with which picture shows what: the place first, then everybody from left to right."""
    number = len(params.people)
    told = ["The first picture shows the place."] if place else []
    names = ORDINALS if place else ("first", *ORDINALS)
    if number == 1:
        told.append(f"The {names[0]} picture shows the person.")
    elif number > 1:
        which = " and ".join((", ".join(names[: number - 1]), names[number - 1]))
        told.append(f"The {which} pictures show the people from left to right.")
    return " ".join(
        [params.picture, *told, "Keep their faces and clothes."]
        if number
        else [params.picture, *told]
    )


def _painted(
    pipeline: Pipeline,
    params: PaintParams,
    stage: Stage,
    pictures: Sequence[Image.Image],
    limits: PictureLimits,
) -> RGB:
    width, height = size(stage.width, stage.height, limits)
    place = len(pictures) > len(params.people)
    asked: dict[str, Any] = {"image": list(pictures)} if pictures else {}
    made = pipeline(
        prompt=words(params, place=place),
        width=width,
        height=height,
        num_inference_steps=limits.steps,
        guidance_scale=limits.guidance,
        generator=generator(params.seed),
        output_type="np",
        **asked,
    ).images[0]
    return np.asarray(np.rint(np.clip(np.nan_to_num(made), 0, 1) * 255), np.uint8)


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
