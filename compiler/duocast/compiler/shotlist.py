"""The shot list: a row for every shot, as an assistant director carries it on paper."""

import csv
import io
from collections.abc import Iterator

from duocast.compiler.rehearsal import Rehearsal
from duocast.compiler.screenplay import Rest, Said, Scene, Screenplay, Shot
from duocast.compiler.select import CARDS, slate
from duocast.compiler.timeline import PictureClip, Rate

_SPEEDS = {0.5: "slow ", 2.0: "fast "}
COLUMNS = (
    "scene",
    "shot",
    "start",
    "seconds",
    "frames",
    "heading",
    "size",
    "framing",
    "subjects",
    "lens_mm",
    "angle",
    "move",
    "transition",
    "text",
    "address",
)


def shot_list(screenplay: Screenplay, rehearsal: Rehearsal) -> str:
    """The list as CSV (RFC 4180) with a heading row; `start` is a time code of the film.

    Scenes and shots have the names of a slate, as selections take them: `2` and `2B`. Cards are in no scene.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    clips = {clip.shot: clip for clip in rehearsal.timeline.picture}
    names = {role.id: role.name for role in screenplay.roles}
    number = 0
    for scene in screenplay.scenes:
        card = scene.id in CARDS
        number += not card
        for place, shot in enumerate(scene.shots, start=1):
            clip = clips[shot.id]
            row = _row(scene, shot, clip, rehearsal.timeline.rate, names)
            named = {"scene": "", "shot": scene.id} if card else _named(number, place)
            writer.writerow({**named, **row})
    return text.getvalue()


def _named(scene: int, shot: int) -> dict[str, object]:
    return {"scene": scene, "shot": slate(scene, shot)}


def _row(
    scene: Scene, shot: Shot, clip: PictureClip, rate: Rate, names: dict[str, str]
) -> dict[str, object]:
    camera = shot.camera
    card = camera.framing == "card"
    return {
        "start": time_code(clip.start, rate),
        "seconds": round(clip.frames / float(rate.fps), 3),
        "frames": clip.frames,
        "heading": scene.heading,
        "size": "" if card else camera.size,
        "framing": camera.framing if shot.broll is None else "b-roll",
        "subjects": shot.broll or ", ".join(names.get(role, role) for role in camera.subjects),
        "lens_mm": "" if card else f"{camera.lens_mm:g}",
        "angle": "" if card else camera.angle,
        "move": ""
        if camera.move.kind == "static"
        else _SPEEDS.get(camera.move.amount, "") + camera.move.kind,
        "transition": "" if shot.transition.kind == "cut" else shot.transition.kind,
        "text": " / ".join(" / ".join(_text(scene, shot, names)).split("\n")),
        "address": shot.id,
    }


def _text(scene: Scene, shot: Shot, names: dict[str, str]) -> Iterator[str]:
    lines = {line.id: line for line in scene.lines}
    for beat in shot.beats:
        if isinstance(beat, Rest) and beat.text:
            yield beat.text
        elif isinstance(beat, Said):
            line = lines[beat.line]
            end = None if beat.last is None else beat.last + 1
            yield f"{names[line.role]}: {' '.join(line.words[beat.first : end])}"


def time_code(frame: int, rate: Rate) -> str:
    """`00:01:05:12`: hours, minutes, seconds and frames, without drops. At 23.976 it counts 24 to a second."""
    whole = round(rate.fps)
    seconds, frames = divmod(frame, whole)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frames:02}"
