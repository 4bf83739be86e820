"""The engine `x264`: it finishes a shot's pictures, lays the titles and captions over them and encodes them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import cv2

from duocast.compiler.operations.delivery import ShotCaptions
from duocast.compiler.operations.encode import EncodeParams
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime import engines
from duocast.runtime.delivery.captions.burn import CaptionReel, caption_reel
from duocast.runtime.delivery.colour import RGB, Planes, rgb
from duocast.runtime.delivery.encode.pictures import Pictures, pictures
from duocast.runtime.delivery.finish import Finisher, read_cube
from duocast.runtime.delivery.titles import Reel, reel, scheduled
from duocast.runtime.delivery.titles.ground import card_ground
from duocast.runtime.delivery.x264 import FilmFormat, encode_file
from duocast.runtime.engine import EngineError, FailureClass, Request

THUMB_WIDTH = 480


class X264:
    """Inputs and outputs as `duocast.compiler.operations.encode` says. `source` yields the pictures of a shot."""

    name = engines.X264.name
    version = engines.X264.version
    operation = engines.X264.operation

    def __init__(self, source: Pictures = pictures) -> None:
        self._source = source

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write clip.mp4 and thumb.jpg.

        Raises `EngineError`: R0403 a frame size that is odd, R0404 too few frames, R0407 frames of another size, and
        those of the inputs' readers.
        """
        cv2.setNumThreads(1)
        params = EncodeParams.from_plain(request.params)
        timing = ShotTiming.from_json(request.inputs["timing"].read_bytes())
        _check(params, timing)
        frames = self._finished(params, timing, request.inputs)
        clip, thumb = request.folder / "clip.mp4", request.folder / "thumb.jpg"
        film = FilmFormat(params.rate, params.width, params.height, params.quality)
        watched = _watched(frames, timing.frames, thumb, request.progress)
        encode_file(clip, watched, film, _keys(params, timing))
        return {"clip": clip, "thumb": thumb}

    def _finished(
        self, params: EncodeParams, timing: ShotTiming, inputs: Mapping[str, Path]
    ) -> Iterator[Planes]:
        titles, captions = _words(params, timing, inputs)
        for index, frame in enumerate(self._plain(params, timing, inputs)):
            titles.draw(frame, index)
            captions.draw(frame, index)
            yield frame

    def _plain(
        self, params: EncodeParams, timing: ShotTiming, inputs: Mapping[str, Path]
    ) -> Iterator[Planes]:
        """The finished pictures without words."""
        cube = read_cube(inputs["lut"]) if "lut" in inputs and not params.black else None
        width, height = params.width, params.height
        finisher = Finisher(params.look, width, height, cube=cube, seed=params.seed)
        if params.black:
            ground = card_ground(width, height)
            for index in range(timing.frames):
                frame = Planes(ground.y.copy(), ground.u.copy(), ground.v.copy())
                finisher.texture(frame, index)
                yield frame
            return
        for index, picture in enumerate(self._source(timing, params, inputs)):
            _check_size(picture, params)
            yield finisher.finish(picture, index)


def _check(params: EncodeParams, timing: ShotTiming) -> None:
    if params.width % 2 or params.height % 2:
        raise EngineError(
            FailureClass.INVALID,
            "R0403",
            f"The film's size {params.width} x {params.height} is odd.",
            "Use an even width and height.",
        )
    if timing.frames < 1:
        raise EngineError(FailureClass.POISONED, "R0404", "The shot has no frames.")


def _check_size(picture: RGB, params: EncodeParams) -> None:
    height, width = picture.shape[:2]
    if (width, height) != (params.width, params.height):
        message = f"The stage made {width} x {height} pixels, not {params.width} x {params.height}."
        raise EngineError(FailureClass.POISONED, "R0407", message, "Render again.")


def _words(
    params: EncodeParams, timing: ShotTiming, inputs: Mapping[str, Path]
) -> tuple[Reel, CaptionReel]:
    times = {
        name.removeprefix("times."): TakeTimes.from_json(path.read_bytes())
        for name, path in sorted(inputs.items())
        if name.startswith("times.")
    }
    shown = scheduled(params.overlays, timing, times)
    titles = reel(shown, params.rate, params.width, params.height, black=params.black)
    captions = (
        ShotCaptions.from_json(inputs["captions"].read_bytes()).captions
        if "captions" in inputs
        else ()
    )
    size = (params.width, params.height)
    return titles, caption_reel(captions, titles, params.rate, *size, params.caption_style)


def _keys(params: EncodeParams, timing: ShotTiming) -> frozenset[int]:
    """The frames at the edges of the handles, where joining may begin to copy."""
    head = _handle(params, params.head_handle)
    tail = timing.frames - _handle(params, params.tail_handle)
    return frozenset(index for index in (head, tail) if 0 < index < timing.frames)


def _handle(params: EncodeParams, seconds: float) -> int:
    """Frames of a handle: even like a transition, which has a middle."""
    return 2 * round(seconds * float(params.rate.fps) / 2)


def _watched(
    frames: Iterator[Planes], expected: int, thumb: Path, progress: Callable[[float], None]
) -> Iterator[Planes]:
    """The frames, exactly as many as expected; the middle one is written as the thumb on its way."""
    made = 0
    for frame in frames:
        if made == expected // 2:
            write_thumb(thumb, frame)
        if made % 12 == 0:
            progress(made / expected)
        made += 1
        yield frame
        if made == expected:
            break
    if made != expected:
        message = f"The shot's pictures ended after {made} of {expected} frames."
        raise EngineError(FailureClass.POISONED, "R0404", message)
    progress(1.0)


def write_thumb(path: Path, frame: Planes, width: int = THUMB_WIDTH) -> None:
    """The frame as a JPEG, `width` pixels wide."""
    picture = rgb(frame)
    height = max(1, round(picture.shape[0] * width / picture.shape[1]))
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    quality = [cv2.IMWRITE_JPEG_QUALITY, 90]
    cv2.imwrite(str(path), cv2.cvtColor(small, cv2.COLOR_RGB2BGR), quality)
