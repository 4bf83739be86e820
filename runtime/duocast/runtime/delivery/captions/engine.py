"""The engine `captions`: a film's cues as SRT, as WebVTT and, under each shot, as what can be burnt in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from duocast.compiler.operations.delivery import Caption, CaptionParams, ShotCaptions
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.timeline import PictureClip, Timeline
from duocast.runtime import engines
from duocast.runtime.delivery.captions.cue import Cue
from duocast.runtime.delivery.captions.cues import cues_of
from duocast.runtime.delivery.captions.files import srt, vtt
from duocast.runtime.engine import Request


class Captioner:
    """Inputs and outputs as `duocast.compiler.operations.delivery` says."""

    name = engines.CAPTIONS.name
    version = engines.CAPTIONS.version
    operation = engines.CAPTIONS.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write film.srt, film.vtt and a JSON for each shot."""
        params = CaptionParams.from_plain(request.params)
        timeline = Timeline.from_json(request.inputs["timeline"].read_bytes())
        times = {
            name.removeprefix("times."): TakeTimes.from_json(path.read_bytes())
            for name, path in sorted(request.inputs.items())
            if name.startswith("times.")
        }
        cues = cues_of(timeline, times, params)
        texts = {"srt": srt(cues, timeline.rate), "vtt": vtt(cues, timeline.rate)}
        for index, clip in enumerate(timeline.picture):
            captions = shot_captions(cues, clip, timeline)
            texts[f"captions.{clip.shot}"] = captions.to_json(indent=1).decode()
            request.progress((index + 1) / len(timeline.picture))
        return {name: _write(request.folder, name, text) for name, text in texts.items()}


def shot_captions(cues: Sequence[Cue], clip: PictureClip, timeline: Timeline) -> ShotCaptions:
    """What stands under one shot, in its own frames."""
    found = []
    for cue in cues:
        start, end = cue.start - clip.start, cue.end - clip.start
        if end > 0 and start < clip.frames:
            found.append(
                Caption(
                    start=max(0, start),
                    end=min(end, clip.frames),
                    text=cue.text,
                    speaker=cue.speaker,
                )
            )
    return ShotCaptions(rate=timeline.rate, captions=tuple(found))


def _write(folder: Path, name: str, text: str) -> Path:
    file = f"film.{name}" if name in ("srt", "vtt") else f"{name.replace('/', '~')}.json"
    path = folder / file
    path.write_text(text, encoding="utf-8")
    return path
