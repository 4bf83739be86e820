"""The board: what the page is told of the film, its shots, the findings and the work, as plain values."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from duocast.cli.boardwords import camera
from duocast.cli.watch.gallery import Gallery
from duocast.cli.watch.judging import Judgement
from duocast.cli.watch.media import Media, Playable
from duocast.cli.watch.progress import Work
from duocast.cli.watch.view import Staging, View
from duocast.compiler.screenplay import Line, Said, Scene, Shot
from duocast.compiler.timeline import Timeline
from duocast.language import Diagnostic, Source

CARDS = ("title-card", "end-card")
EXCERPT = 120
"""Characters of a line that are shown beside what was found in it."""
State = Literal["ready", "drawn", "old", "empty"]
"""A shot can be played; has its new still; has only what it looked like before the last change; has nothing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Words under a shot, and who says them."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A shot on the board. `still` and `clip` name media."""

    id: str
    number: int
    """In its scene; 0 for a title."""
    camera: str
    people: str
    seconds: float
    at: float
    """Seconds after the start of its scene."""
    heard: tuple[Heard, ...]
    still: str | None = None
    clip: str | None = None
    state: State = "empty"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding on the page; `line` is 0 for one that has no place in the script itself."""

    code: str
    severity: str
    title: str
    hint: str
    fix: str
    path: str
    line: int
    column: int
    excerpt: str
    """The line that it is about."""


def film_part(view: View, mode: str, cut: dict[str, object] | None) -> dict[str, object]:
    """The film as a whole."""
    play, delivery = view.screenplay, view.screenplay.delivery
    return {
        "title": play.title or "Untitled",
        "author": play.author,
        "width": delivery.width,
        "height": delivery.height,
        "mode": mode,
        "seconds": round(view.seconds, 2),
        "cut": cut,
    }


def cut_part(name: str, timeline: Timeline) -> dict[str, object]:
    """A film that can be played, and where each shot stands in it."""
    rate = timeline.rate
    return {
        "name": name,
        "seconds": float(rate.seconds(timeline.frames)),
        "shots": [
            {
                "id": c.shot,
                "at": float(rate.seconds(c.start)),
                "seconds": float(rate.seconds(c.frames)),
            }
            for c in timeline.picture
        ],
    }


def findings_part(judgement: Judgement) -> dict[str, object]:
    """The verdict and every finding."""
    compiled = judgement.compiled
    found = compiled.diagnostics if compiled is not None else ()
    sources = compiled.sources if compiled is not None else {}
    main = next(iter(sources), "")
    return {
        "good": judgement.good,
        "words": judgement.words,
        "changed": list(judgement.changed) if not judgement.first else [],
        "items": [_finding(one, sources, main) for one in found],
    }


def _finding(one: Diagnostic, sources: dict[str, Source], main: str) -> Finding:
    span = one.span
    source = sources.get(span.path) if span is not None else None
    fix = one.fix.title if one.fix is not None else ""
    if span is None or source is None:
        return Finding(one.code, one.severity, one.title, one.hint, fix, "", 0, 0, "")
    place = source.position(span.start)
    path = "" if span.path == main else span.path
    said = source.line(place.line).strip()
    excerpt = said if len(said) <= EXCERPT else f"{said[: EXCERPT - 1].rstrip()}…"
    return Finding(
        one.code, one.severity, one.title, one.hint, fix, path, place.line, place.column, excerpt
    )


def work_part(work: Work) -> dict[str, object]:
    """What is being made."""
    return {
        "aim": work.aim,
        "doing": list(work.doing.values()),
        "done": work.done,
        "total": work.total,
        "seconds": round(work.seconds),
        "failed": work.failed,
        "broken": work.broken,
    }


@dataclass(frozen=True, slots=True)
class Heading:
    """A scene on the board. Titles have no heading, and no number."""

    id: str
    heading: str
    number: int
    at: float


def shots_part(view: View) -> tuple[Heading, ...]:
    """The scenes in story order; the cards of each are a part of their own."""
    found, at, number = [], 0.0, 0
    for staging in view.stagings:
        scene = staging.scene
        is_card = scene.id in CARDS
        number += not is_card
        heading = ("", 0) if is_card else (scene.heading, number)
        found.append(Heading(scene.id, *heading, round(at, 2)))
        at += sum(staging.seconds[shot.id] - shot.tail_handle for shot in scene.shots)
    return tuple(found)


def cards(
    staging: Staging, names: Mapping[str, str], gallery: Gallery, media: Media
) -> Iterator[Card]:
    """The shots of a scene, with whatever there is of each. `names` are those of the roles by their ids."""
    scene, at = staging.scene, 0.0
    for index, shot in enumerate(scene.shots, 1):
        seconds = staging.seconds[shot.id]
        before = scene.shots[index - 2] if index > 1 else None
        still, clip = _pictures(staging, shot, before, gallery, media)
        yield Card(
            id=shot.id,
            number=0 if scene.id in CARDS else index,
            camera=camera(shot),
            people=" and ".join(names[role] for role in shot.camera.subjects if role in names),
            seconds=round(seconds, 2),
            at=round(at, 2),
            heard=tuple(_heard(scene, shot, names)),
            still=still,
            clip=clip,
            state="ready" if clip is not None else "drawn" if still is not None else "empty",
        )
        at += seconds - shot.tail_handle


def clips(
    staging: Staging, shots: Collection[str], gallery: Gallery, media: Media
) -> Iterator[str]:
    """The names of what can be played of some shots of a scene."""
    for index, shot in enumerate(staging.scene.shots):
        if shot.id in shots:
            before = staging.scene.shots[index - 1] if index else None
            clip = _pictures(staging, shot, before, gallery, media)[1]
            if clip is not None:
                yield clip


def with_old(card: Card, old: Card | None) -> Card:
    """A shot that is not made yet, with the picture that it had before."""
    if old is None or card.clip is not None:
        return card
    if card.still is not None:
        return replace(card, clip=old.clip)
    return replace(card, still=old.still, clip=old.clip, state="old" if old.still else "empty")


def _pictures(
    staging: Staging, shot: Shot, before: Shot | None, gallery: Gallery, media: Media
) -> tuple[str | None, str | None]:
    keys = staging.keys
    clip = gallery.find(keys.get(f"{shot.id}/clip"), "clip")
    thumb = gallery.find(keys.get(f"{shot.id}/clip"), "thumb")
    still = gallery.find(keys.get(f"{shot.id}/still"), "still") or thumb
    timing = gallery.find(keys.get(f"{shot.id}/time"), "timing")
    takes = tuple(_takes(staging, shot, before, gallery))
    playable = Playable(clip.digest, timing.digest, takes) if clip and timing else None
    return (
        media.still(still.digest) if still is not None else None,
        media.shot(playable) if playable is not None else None,
    )


def _takes(
    staging: Staging, shot: Shot, before: Shot | None, gallery: Gallery
) -> Iterator[tuple[str, str]]:
    """The takes of the lines under a shot, and of those that may ring on from the shot before, by line."""
    beats = (*(before.beats if before is not None else ()), *shot.beats)
    heard = {beat.line for beat in beats if isinstance(beat, Said)}
    for line in staging.scene.lines:
        key = staging.keys.get(f"{staging.scene.id}/{line.id}/take")
        sound = gallery.find(key, "sound") if line.id in heard else None
        if sound is not None:
            yield line.id, sound.digest


def _heard(scene: Scene, shot: Shot, names: Mapping[str, str]) -> Iterator[Heard]:
    lines = {line.id: line for line in scene.lines}
    for beat in shot.beats:
        if not isinstance(beat, Said):
            if beat.text:
                yield Heard("", beat.text)
            continue
        line: Line = lines[beat.line]
        last = None if beat.last is None else beat.last + 1
        text = " ".join(line.words[beat.first : last])
        if text:
            yield Heard(names[line.role], text)
