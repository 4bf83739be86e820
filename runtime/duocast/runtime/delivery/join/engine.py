"""The engine `joiner`: the film from its clips and its programme, with its poster and its contact sheet."""

import logging
from collections.abc import Mapping
from pathlib import Path

import cv2

from duocast.compiler.operations.delivery import MasterParams
from duocast.compiler.timeline import Timeline
from duocast.runtime import engines
from duocast.runtime.delivery.join.clip import Clip, read_clip
from duocast.runtime.delivery.join.film import Film, Mismatch, write_film
from duocast.runtime.delivery.join.poster import write_poster
from duocast.runtime.delivery.join.sheet import write_sheet
from duocast.runtime.delivery.join.sound import programme
from duocast.runtime.delivery.join.spans import Rendered, pieces, spans
from duocast.runtime.engine import EngineError, FailureClass, Request

_LOG = logging.getLogger(__name__)


class Joiner:
    """Inputs and outputs as `duocast.compiler.operations.delivery` says."""

    name = engines.JOINER.name
    version = engines.JOINER.version
    operation = engines.JOINER.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write film.mp4, poster.jpg and sheet.jpg.

        Raises `EngineError` (poisoned): R0405 a broken picture track, R0406 a programme of another length.
        """
        cv2.setNumThreads(1)
        params = MasterParams.from_plain(request.params)
        timeline = Timeline.from_json(request.inputs["timeline"].read_bytes())
        clips = tuple(_clip(request, timeline, index) for index in range(len(timeline.picture)))
        found = spans(timeline)
        plan = pieces(found, tuple(clip.keys for clip in clips))
        sound = programme(request.inputs["programme"], timeline.rate.samples(timeline.frames))
        request.progress(0.2)
        film, path = Film(timeline, params, clips, plan, sound), request.folder / "film.mp4"
        try:
            write_film(path, film)
        except Mismatch:
            _LOG.warning("the clips were not encoded alike: the whole film is encoded again")
            write_film(path, Film(timeline, params, clips, (Rendered(found),), sound))
        request.progress(0.8)
        thumbs = [request.inputs[f"thumb.{clip.shot}"] for clip in timeline.picture]
        poster, sheet = request.folder / "poster.jpg", request.folder / "sheet.jpg"
        write_poster(poster, clips, thumbs)
        write_sheet(sheet, timeline, thumbs, params)
        request.progress(1.0)
        return {"film": path, "poster": poster, "sheet": sheet}


def _clip(request: Request, timeline: Timeline, index: int) -> Clip:
    planned = timeline.picture[index]
    clip = read_clip(request.inputs[f"clip.{planned.shot}"])
    if clip.frames != planned.frames:
        message = f"The clip of {planned.shot} has {clip.frames} frames, not {planned.frames}."
        raise EngineError(FailureClass.POISONED, "R0405", message, "Render again.")
    return clip
