"""The storyboard's frames: a still of every shot, from the stage or from its footage, and its probable length."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from duocast.cli.rehearsing import rehearsed
from duocast.compiler.screenplay import Delivery, Scene, Screenplay, Shot
from duocast.farm.assets import resolve
from duocast.farm.outcome import Outcome
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.delivery.encode.pictures import VIDEO
from duocast.runtime.delivery.encode.video import shown
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.disk import DiskStore

STILL_WIDTH = 640
LUMA = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Frame:
    """A shot on the board: its still as JPEG (None for a card), where it begins and how long it is, in seconds."""

    scene: Scene
    shot: Shot
    still: bytes | None
    at: float
    seconds: float
    problem: EngineError | None = None
    """Why the footage of the shot can't be shown."""


def frames(
    screenplay: Screenplay, outcome: Outcome, store: DiskStore, project: Path
) -> list[Frame]:
    """The shots in story order; one whose still failed is shown without. `project` is the folder of the footage."""
    rehearsal = rehearsed(screenplay)
    fps = float(rehearsal.timeline.rate.fps)
    clips = {clip.shot: clip for clip in rehearsal.timeline.picture}
    found: list[Frame] = []
    for scene in screenplay.scenes:
        for shot in scene.shots:
            clip = clips[shot.id]
            still, problem = _still(shot, screenplay.delivery, outcome, store, project)
            frame = Frame(scene, shot, still, clip.start / fps, clip.frames / fps, problem)
            found.append(frame)
    return found


def _still(
    shot: Shot, delivery: Delivery, outcome: Outcome, store: DiskStore, project: Path
) -> tuple[bytes | None, EngineError | None]:
    if shot.broll is not None:
        try:
            return _jpeg(_footage(shot, resolve(project, shot.broll), delivery)), None
        except EngineError as problem:
            return None, problem
    result = outcome.results.get(f"{shot.id}/still")
    blob = result.outputs.get("still") if result is not None else None
    return (_small(store.read(blob.digest)) if blob is not None else None), None


def _footage(shot: Shot, path: Path, delivery: Delivery) -> RGB:
    """The first frame of the footage, as it will be seen."""
    spec, height = shot.footage, round(STILL_WIDTH * delivery.height / delivery.width)
    if path.suffix.lower() in VIDEO:
        with closing(shown(path, Fraction(spec.start).limit_denominator(1000))) as decoded:
            picture = next(decoded)[0]
    else:
        picture = read_picture(path)
    picture = covering(picture, STILL_WIDTH, height)
    effects: list[tuple[bool, Callable[[RGB], RGB]]] = [
        (spec.mirror, lambda seen: seen[:, ::-1]),
        (spec.black_and_white, _grey),
    ]
    for wanted, effect in effects:
        picture = effect(picture) if wanted else picture
    return np.ascontiguousarray(picture)


def _grey(picture: RGB) -> RGB:
    luma = (picture @ np.array(LUMA)).astype(np.uint8)
    return np.repeat(luma[..., None], 3, axis=2)


def _small(content: bytes) -> bytes:
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise EngineError(
            FailureClass.INVALID,
            "R0031",
            "a still can't be read",
            "remove the folder .duocast and compile again",
        )
    height = round(picture.shape[0] * STILL_WIDTH / picture.shape[1])
    small = cv2.resize(picture, (STILL_WIDTH, height), interpolation=cv2.INTER_AREA)
    return _jpeg(cv2.cvtColor(small, cv2.COLOR_BGR2RGB).astype(np.uint8, copy=False))


def _jpeg(picture: RGB) -> bytes:
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 84])[1].tobytes()
