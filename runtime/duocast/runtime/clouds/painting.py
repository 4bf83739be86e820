"""The engines of `compose` that a cloud answers for: portraits and place become one picture."""

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from duocast.compiler.operations.compose import PaintParams
from duocast.runtime.clouds.contract import Medium, Order, Picture
from duocast.runtime.clouds.desk import Desk
from duocast.runtime.clouds.looking import picture_check
from duocast.runtime.clouds.pictures import as_jpeg, read_workflow
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.diffusion.compose import delivered
from duocast.runtime.engine import Request
from duocast.runtime.listed import Listed
from duocast.runtime.picture.photo.build import DETECTOR
from duocast.runtime.stage.placing import Stage


class CloudPainter:
    """Outputs as `duocast.compiler.operations.compose` says of engines that paint the whole picture."""

    def __init__(self, entry: Listed, desk: Desk) -> None:
        self.name = entry.name
        self.version = entry.version
        self.operation = entry.operation
        self._desk = desk

    def run(self, request: Request) -> Mapping[str, Path]:
        """One shot's still. Raises `EngineError` R0701 to R0709, and A0601 for a face that is not found again."""
        params, account = PaintParams.from_plain(request.params), self._desk.account()
        if params.faces:
            request.weights.path(
                DETECTOR
            )  # what is needed afterwards is had before anything is paid
        order = Order(
            name=self._desk.name(request, account),
            medium=Medium.PICTURE,
            model=self._desk.model(account),
            prompt=_prompt(params, request.inputs),
            pictures=_pictures(request.inputs, params),
            width=params.width,
            height=params.height,
            seed=params.seed,
            workflow=read_workflow(account, self.operation),
        )
        with self._desk.opened(account, request) as cloud:
            made = cloud.make(order, self._desk.purpose(account, request), picture_check)
        stage = Stage.of(params)
        return delivered(request, params, stage, _seen(made.file, stage.width, stage.height))


def _pictures(inputs: Mapping[str, Path], params: PaintParams) -> tuple[Picture, ...]:
    """The people of the shot from left to right, and the place behind them."""
    people = [f"person.{person.role}" for person in params.people]
    return tuple(as_jpeg(inputs[name]) for name in (*people, "plate") if name in inputs)


def _prompt(params: PaintParams, inputs: Mapping[str, Path]) -> str:
    count = sum(f"person.{person.role}" in inputs for person in params.people)
    parts = [params.picture]
    if count:
        whom = (
            "The first picture shows the person"
            if count == 1
            else f"The first {count} pictures show the people"
        )
        parts.append(f"{whom}, from left to right: keep their faces, hair and clothes exactly.")
    if "plate" in inputs:
        parts.append("The last picture shows the place: put them there, in its light.")
    return " ".join([*parts, "One photograph, no text, no border."])


def _seen(file: Path, width: int, height: int) -> RGB:
    """The picture at the stage's size."""
    found = cv2.imdecode(np.fromfile(file, np.uint8), cv2.IMREAD_COLOR)
    assert found is not None, "it was looked at before it was settled"
    return covering(np.ascontiguousarray(found[:, :, ::-1]).astype(np.uint8), width, height)
