"""The film: cut, captions, mix, master and signature."""

from collections.abc import Iterator
from math import copysign

from duocast.compiler.graph import Node, Operation, Output, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.identity import node
from duocast.compiler.lower.own_sound import made_cues, own_sounds
from duocast.compiler.lower.sounds import sound_addresses
from duocast.compiler.operations.compose import Person
from duocast.compiler.operations.cut import CutLine, CutParams, CutShot, CutSound
from duocast.compiler.operations.delivery import CaptionParams, Credit, MasterParams, SignParams
from duocast.compiler.operations.sound import MixParams
from duocast.compiler.screenplay import Said, Scene, Screenplay

CUT, CAPTIONS, MIX, MASTER, SIGNED = (
    "film/cut",
    "film/captions",
    "film/mix",
    "film/master",
    "film/signed",
)
WIDEST_PAN = 0.18
CODEC_ROOM = 0.3
"""dB below the norm's true peak that the programme keeps: AAC puts a little on top."""


def lower_film(screenplay: Screenplay, crew: Crew, nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes that put the film together. `nodes` are all the others: their engines are credited."""
    shots, lines = _shots(screenplay), _lines(screenplay)
    times: dict[str, Ref] = {f"times.{line}": Output(f"{line}/take", "times") for line in lines}
    yield _cut(screenplay, crew, shots, times)
    yield node(
        CAPTIONS,
        Operation.CAPTION,
        crew.engine(Operation.CAPTION),
        CaptionParams(),
        {"timeline": Output(CUT, "timeline"), **times},
    )
    yield _mix(screenplay, crew, lines)
    yield _master(screenplay, crew, shots)
    yield _sign(screenplay, crew, shots, nodes)


def _shots(screenplay: Screenplay) -> list[CutShot]:
    return [
        CutShot(
            id=shot.id,
            scene=scene.id,
            transition=shot.transition.kind,
            seconds=shot.transition.seconds,
            colour=shot.transition.colour,
        )
        for scene in screenplay.scenes
        for shot in scene.shots
    ]


def _lines(screenplay: Screenplay) -> list[str]:
    """The film-wide ids of all lines."""
    return [addresses.line_name(scene, line) for scene in screenplay.scenes for line in scene.lines]


def _cut(screenplay: Screenplay, crew: Crew, shots: list[CutShot], times: dict[str, Ref]) -> Node:
    delivery = screenplay.delivery
    width, height = crew.size(delivery.width, delivery.height)
    params = CutParams(
        rate=delivery.rate,
        width=width,
        height=height,
        shots=tuple(shots),
        lines=tuple(_cut_lines(screenplay)),
        sounds=tuple(_sounds(screenplay, crew)),
        chapters=screenplay.chapters,
        opening_fade=screenplay.opening_fade,
    )
    timings = {f"timing.{shot.id}": Output(f"{shot.id}/time", "timing") for shot in shots}
    inputs = {**timings, **times}
    return node(CUT, Operation.CUT, crew.engine(Operation.CUT), params, inputs)


def _cut_lines(screenplay: Screenplay) -> Iterator[CutLine]:
    roles = {role.id: role for role in screenplay.roles}
    rooms = {place.id: place.room for place in screenplay.places}
    for scene in screenplay.scenes:
        place_room = "none" if scene.place is None else rooms.get(scene.place, "none")
        pans = {person.role: _pan(scene, person) for person in scene.people}
        seen = _seen(scene)
        for line in scene.lines:
            room = line.room or place_room
            yield CutLine(
                id=addresses.line_name(scene, line),
                role=line.role,
                name=roles[line.role].name,
                room=room if line.on_screen or line.room else "none",
                pan=pans.get(line.role, 0.0),
                interrupted=line.interrupted,
                on_screen=line.on_screen and (line.id, line.role) in seen,
            )


def _seen(scene: Scene) -> set[tuple[str, str]]:
    """Every line with everybody who is in a picture under it."""
    return {
        (beat.line, role)
        for shot in scene.shots
        for beat in shot.beats
        if isinstance(beat, Said)
        for role in shot.camera.subjects
    }


def _pan(scene: Scene, person: Person) -> float:
    """Voices come from where people sit, but never far from the middle."""
    if len(scene.people) < 2:
        return 0.0
    side = 2 * person.seat / (len(scene.people) - 1) - 1
    return round(copysign(WIDEST_PAN * abs(side), side), 3)


def _sounds(screenplay: Screenplay, crew: Crew) -> Iterator[CutSound]:
    sources = sound_addresses(screenplay, crew)
    for cue, source in zip(made_cues(screenplay), sources, strict=True):
        yield CutSound(
            kind=cue.kind,
            source=source,
            start=cue.start,
            stop=cue.stop,
            gain_db=cue.gain_db,
            fade_in=cue.fade_in,
            fade_out=cue.fade_out,
            loop=cue.loop,
            offset=cue.offset,
            duck_db=cue.duck_db,
            duck_under=cue.duck_under,
        )
    yield from own_sounds(screenplay, crew)


def _mix(screenplay: Screenplay, crew: Crew, lines: list[str]) -> Node:
    delivery = screenplay.delivery
    params = MixParams(loudness=delivery.loudness, true_peak=delivery.true_peak - CODEC_ROOM)
    inputs: dict[str, Ref] = {"timeline": Output(CUT, "timeline")}
    for line in lines:
        inputs[f"take.{line}"] = Output(f"{line}/take", "sound")
    for source in sound_addresses(screenplay, crew):
        inputs[source] = Output(source, "sound")
    for own in own_sounds(screenplay, crew):
        inputs[own.source] = Output(own.source, "sound")
    return node(MIX, Operation.MIX, crew.engine(Operation.MIX), params, inputs)


def _master(screenplay: Screenplay, crew: Crew, shots: list[CutShot]) -> Node:
    params = MasterParams(
        title=screenplay.title,
        author=screenplay.author,
        language=screenplay.delivery.language,
        quality=crew.quality,
    )
    inputs: dict[str, Ref] = {
        "timeline": Output(CUT, "timeline"),
        "programme": Output(MIX, "programme"),
    }
    for shot in shots:
        inputs[f"clip.{shot.id}"] = Output(f"{shot.id}/clip", "clip")
        inputs[f"thumb.{shot.id}"] = Output(f"{shot.id}/clip", "thumb")
    return node(MASTER, Operation.MASTER, crew.engine(Operation.MASTER), params, inputs)


def _sign(
    screenplay: Screenplay, crew: Crew, shots: list[CutShot], nodes: tuple[Node, ...]
) -> Node:
    used = sorted({(node.operation, node.engine) for node in nodes})
    params = SignParams(
        title=screenplay.title,
        author=screenplay.author,
        credits=tuple(
            Credit(operation=operation, engine=engine, version=crew.versions.get(engine, ""))
            for operation, engine in used
        ),
        shots=tuple([shot.id for shot in shots]),
        disclosure=screenplay.delivery.disclosure,
    )
    inputs: dict[str, Ref] = {"film": Output(MASTER, "film"), "timeline": Output(CUT, "timeline")}
    return node(SIGNED, Operation.SIGN, crew.engine(Operation.SIGN), params, inputs)
