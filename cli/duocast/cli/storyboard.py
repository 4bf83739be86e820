"""The storyboard: one page with a still of every shot, its text, size, lens, move and probable length."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape

import cv2
import numpy as np

from duocast.compiler.estimate import estimate_take
from duocast.compiler.lower.cast import speak_params
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.screenplay import Line, Rest, Said, Scene, Screenplay, Shot
from duocast.farm.outcome import Outcome
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.disk import DiskStore

STILL_WIDTH = 480
STYLE = """
:root{color-scheme:light dark;--ink:#1d1f21;--soft:#6d737a;--paper:#f6f4ef;--card:#fff;--line:#e2ded4}
@media(prefers-color-scheme:dark){:root{--ink:#eceae4;--soft:#9aa0a6;--paper:#17181a;--card:#202225;--line:#33363a}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
header,section{max-width:1320px;margin:0 auto;padding:24px}h1{margin:0;font-size:30px}h2{font-size:17px;margin:0 0 14px}
.soft{color:var(--soft)}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:18px}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
img,.black{display:block;width:100%;aspect-ratio:var(--aspect);background:#000;color:#eee;object-fit:cover}
.black{display:grid;place-content:center;text-align:center;white-space:pre-line;padding:12px}
figcaption{padding:12px 14px}.camera{font-size:13px;color:var(--soft)}.line{margin:6px 0 0}.who{font-weight:600}
.action{font-style:italic;margin:6px 0 0}
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """A shot on the board: its still as JPEG (None for a card) and its probable length in seconds."""

    scene: Scene
    shot: Shot
    still: bytes | None
    seconds: float


def frames(screenplay: Screenplay, outcome: Outcome, store: DiskStore) -> list[Frame]:
    """The shots in story order; one whose still failed is shown without."""
    roles = {role.id: role for role in screenplay.roles}
    found = []
    for scene in screenplay.scenes:
        takes = {
            line.id: estimate_take(speak_params(screenplay, roles[line.role], line))
            for line in scene.lines
        }
        for shot in scene.shots:
            result = outcome.results.get(f"{shot.id}/still")
            blob = result.outputs.get("still") if result is not None else None
            still = _small(store.read(blob.digest)) if blob is not None else None
            found.append(Frame(scene, shot, still, _seconds(shot, takes)))
    return found


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
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 86])[1].tobytes()


def _seconds(shot: Shot, takes: dict[str, TakeTimes]) -> float:
    if shot.exactly is not None:
        return shot.exactly
    total = shot.head + max(shot.tail, 0.0)
    for beat in shot.beats:
        total += beat.seconds if isinstance(beat, Rest) else _said(beat, takes[beat.line])
    return max(total, shot.at_least)


def _said(beat: Said, take: TakeTimes) -> float:
    if beat.with_line is not None or not take.words:
        return 0.0 if take.words else take.seconds
    start = take.words[beat.first].start if beat.first else 0.0
    end = take.seconds if beat.last is None else take.words[beat.last].end
    return max(end - start, 0.0) + max(beat.gap, 0.0)


def page(screenplay: Screenplay, shots: list[Frame]) -> str:
    """The page as HTML, with its pictures inside: one file that can be sent to anybody."""
    delivery = screenplay.delivery
    total = sum(shot.seconds for shot in shots)
    roles = {role.id: role.name for role in screenplay.roles}
    sections = "".join(
        _section(scene, [s for s in shots if s.scene is scene], roles)
        for scene in screenplay.scenes
    )
    title = escape(screenplay.title or "Storyboard")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>:root{{--aspect:{delivery.width}/{delivery.height}}}{STYLE}</style>"
        f'<header><h1>{title}</h1><div class="soft">{len(shots)} shots, about {total:.0f} s, '
        f"{delivery.width}×{delivery.height}</div></header>{sections}</html>\n"
    )


def _section(scene: Scene, shots: list[Frame], roles: dict[str, str]) -> str:
    heading = escape(scene.heading or scene.id.replace("-", " "))
    lines = {line.id: line for line in scene.lines}
    figures = "".join(_figure(shot, lines, roles) for shot in shots)
    return f'<section><h2>{heading}</h2><div class="grid">{figures}</div></section>'


def _figure(frame: Frame, lines: dict[str, Line], roles: dict[str, str]) -> str:
    camera = frame.shot.camera
    number = frame.shot.id.rsplit("-", 1)[-1]
    if frame.still is not None:
        data = b64encode(frame.still).decode()
        picture = f'<img alt="shot {number}" src="data:image/jpeg;base64,{data}">'
    else:
        words = frame.shot.overlays[0].text if frame.shot.overlays else ""
        picture = f'<div class="black">{escape(words)}</div>'
    facts = [
        camera.framing,
        camera.size,
        f"{camera.lens_mm:g} mm",
        camera.move.kind,
        f"{frame.seconds:.1f} s",
    ]
    facts = facts if camera.framing != "card" else ["card", facts[-1]]
    text = "".join(_beat(beat, lines, roles) for beat in frame.shot.beats)
    about = escape(", ".join(facts))
    return (
        f'<figure>{picture}<figcaption><div class="camera">{number} · {about}</div>{text}'
        "</figcaption></figure>"
    )


def _beat(beat: Said | Rest, lines: dict[str, Line], roles: dict[str, str]) -> str:
    if isinstance(beat, Rest):
        return f'<p class="action">{escape(beat.text)}</p>' if beat.text else ""
    line = lines[beat.line]
    last = len(line.words) if beat.last is None else beat.last + 1
    words = escape(" ".join(line.words[beat.first : last]))
    return f'<p class="line"><span class="who">{escape(roles[line.role])}</span> {words}</p>'
