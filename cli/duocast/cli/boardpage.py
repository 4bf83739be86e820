"""The storyboard's page: one HTML file with its pictures inside, which can be sent to anybody."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from duocast.cli.board import clock as lasting
from duocast.cli.boardstyle import STYLE
from duocast.cli.boardwords import Spoken, beats, camera, clock
from duocast.cli.storyboard import Frame
from duocast.compiler.screenplay import Role, Said, Scene, Screenplay, Shot

TONES = 6
CARDS = ("title-card", "end-card")


def page(screenplay: Screenplay, shots: list[Frame]) -> str:
    """The page. Lengths on it are estimates: no take has been spoken yet."""
    tones = {role.id: number % TONES for number, role in enumerate(screenplay.roles)}
    delivery = screenplay.delivery
    title = escape(screenplay.title or "Storyboard")
    numbers = {id(shot): number for number, shot in enumerate(shots, 1)}
    sections = "".join(
        _section(screenplay, scene, among, numbers, tones) for scene, among in _grouped(shots)
    )
    by = f'<p class="by">{escape(screenplay.author)}</p>' if screenplay.author else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<style>:root{{--aspect:{delivery.width}/{delivery.height}}}{STYLE}</style></head>\n"
        f'<body><main class="page"><header><h1>{title}</h1>{by}{_facts(screenplay, shots)}'
        f"{_rhythm(shots, numbers, tones)}{_key(screenplay, shots, tones)}</header>\n{sections}</main></body></html>\n"
    )


def _facts(screenplay: Screenplay, shots: list[Frame]) -> str:
    delivery = screenplay.delivery
    total = shots[-1].at + shots[-1].seconds if shots else 0.0
    scenes = sum(scene.id not in CARDS for scene in screenplay.scenes)
    facts = (
        (str(scenes), "scene" if scenes == 1 else "scenes"),
        (str(len(shots)), "shot" if len(shots) == 1 else "shots"),
        _length(total),
        (f"{delivery.width} × {delivery.height}", f"at {float(delivery.rate.fps):g} fps"),
    )
    items = "".join(f"<li><b>{value}</b> {name}</li>" for value, name in facts)
    return f'<ul class="facts">{items}</ul>'


def _length(seconds: float) -> tuple[str, str]:
    """`about 45` `seconds`, and from a minute on `about 2:05` `minutes`."""
    if round(seconds) < 60:
        return f"about {round(seconds)}", "second" if round(seconds) == 1 else "seconds"
    return f"about {clock(seconds)}", "minutes"


def _rhythm(shots: list[Frame], numbers: dict[int, int], tones: dict[str, int]) -> str:
    """The cut at a glance: a bar for each shot, as wide as the shot is long, in its speaker's colour."""
    bars = "".join(_bar(frame, numbers[id(frame)], tones) for frame in shots)
    return f'<nav class="rhythm" aria-label="shots, by length">{bars}</nav>'


def _bar(frame: Frame, number: int, tones: dict[str, int]) -> str:
    role = _speaker(frame)
    kind = _kind(frame.shot)
    colour = f";--c:var(--r{tones[role]})" if role is not None else ""
    label = f"shot {number}, {frame.seconds:.1f} s"
    return (
        f'<a href="#shot-{number}" class="{kind}" style="--s:{max(frame.seconds, 0.05):.2f}{colour}" '
        f'title="{label}" aria-label="{label}"></a>'
    )


def _kind(shot: Shot) -> str:
    if shot.broll is not None:
        return "footage"
    return "card" if shot.camera.framing == "card" else ""


def _speaker(frame: Frame) -> str | None:
    """Who is heard first under a shot."""
    lines = {line.id: line.role for line in frame.scene.lines}
    return next((lines[beat.line] for beat in frame.shot.beats if isinstance(beat, Said)), None)


def _key(screenplay: Screenplay, shots: list[Frame], tones: dict[str, int]) -> str:
    heard = {_speaker(frame) for frame in shots}
    names = [
        f'<li><i style="--c:var(--r{tones[role.id]})"></i>{escape(role.name)}</li>'
        for role in screenplay.roles
        if role.id in heard
    ]
    if any(not _kind(frame.shot) and _speaker(frame) is None for frame in shots):
        names.append("<li><i></i>action</li>")
    if any(frame.shot.broll for frame in shots):
        names.append('<li><i class="footage"></i>B-roll</li>')
    return f'<ul class="key">{"".join(names)}</ul>'


def _grouped(shots: list[Frame]) -> list[tuple[Scene, list[Frame]]]:
    """The shots of each scene; the film's cards are groups of their own."""
    groups: list[tuple[Scene, list[Frame]]] = []
    for frame in shots:
        if groups and groups[-1][0] is frame.scene:
            groups[-1][1].append(frame)
        else:
            groups.append((frame.scene, [frame]))
    return groups


def _section(
    screenplay: Screenplay,
    scene: Scene,
    shots: list[Frame],
    numbers: dict[int, int],
    tones: dict[str, int],
) -> str:
    heading = escape(scene.heading or scene.id.replace("-", " ").capitalize())
    roles = {role.id: role for role in screenplay.roles}
    figures = "".join(_figure(frame, numbers[id(frame)], roles, tones) for frame in shots)
    count = f"{len(shots)} shot{'' if len(shots) == 1 else 's'}"
    length = f"{count}, about {lasting(sum(frame.seconds for frame in shots))}"
    return (
        f'<section><div class="heading"><h2>{heading}</h2><span>{length}</span></div>'
        f'<div class="grid">{figures}</div></section>\n'
    )


def _figure(frame: Frame, number: int, roles: dict[str, Role], tones: dict[str, int]) -> str:
    text = "".join(_beats(frame, roles, tones))
    join = frame.shot.transition
    after = f'<p class="join">{join.kind} {join.seconds:g} s</p>' if join.kind != "cut" else ""
    return (
        f'<figure id="shot-{number}"><div class="still">{_picture(frame, number)}</div><figcaption>'
        f'<div class="camera"><b>{number}</b><span class="what">{_camera(frame.shot)}</span>'
        f"<span>{clock(frame.at)}</span><b>{frame.seconds:.1f} s</b></div>{text}{after}</figcaption></figure>"
    )


def _picture(frame: Frame, number: int) -> str:
    shot = frame.shot
    words = shot.overlays[0] if shot.camera.framing == "card" and shot.overlays else None
    if frame.still is not None:
        data = b64encode(frame.still).decode()
        titles = [o for o in shot.overlays if o.kind in ("title", "lower third")]
        over = f'<div class="title">{escape(titles[0].text)}</div>' if titles else ""
        return f'<img alt="still of shot {number}" loading="lazy" src="data:image/jpeg;base64,{data}">{over}'
    if words is not None:
        return _words(words.text, words.second)
    if frame.problem is not None:
        return f'<div class="problem">{escape(frame.problem.message)}</div>'
    return '<div class="problem">no still could be made</div>'


def _words(text: str, second: str) -> str:
    first, _, rest = text.partition("\n")
    more = "\n".join(part for part in (rest, second) if part)
    small = f"<span>{escape(more)}</span>" if more else ""
    return f'<div class="words"><b>{escape(first)}</b>{small}</div>'


def _camera(shot: Shot) -> str:
    chip = '<span class="chip">B-roll</span> ' if shot.broll is not None else ""
    return chip + escape(camera(shot))


def _beats(frame: Frame, roles: dict[str, Role], tones: dict[str, int]) -> Iterator[str]:
    for beat in beats(frame, roles):
        if isinstance(beat, Spoken):
            note = " <small>heard</small>" if beat.heard else ""
            yield (
                f'<p class="line"><span class="who" style="--c:var(--r{tones[beat.role.id]})">'
                f"{escape(beat.role.name)}{note}</span>{escape(beat.words)}</p>"
            )
        else:
            yield f'<p class="action">{escape(beat.text)}</p>'
