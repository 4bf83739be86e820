"""The shots: time, still, picture and clip of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from duocast.compiler.graph import Asset, Node, Operation, Output, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.identity import node, seed
from duocast.compiler.operations.animate import Actor, AnimateParams
from duocast.compiler.operations.compose import ComposeParams, Person
from duocast.compiler.operations.encode import EncodeParams
from duocast.compiler.operations.time import Anchor, HoldBeat, SpokenBeat, TimeParams
from duocast.compiler.screenplay import Line, Place, Rest, Role, Said, Scene, Screenplay, Shot

ALONE = ("single", "insert", "card", "pov")
"""Framings that show their subjects only."""


@dataclass(frozen=True, slots=True)
class _Context:
    """A shot with everything around it that its nodes need."""

    screenplay: Screenplay
    crew: Crew
    scene: Scene
    shot: Shot
    rings: tuple[Line, ...]
    """Lines of the shot before that may still sound in this one."""

    @property
    def lines(self) -> dict[str, Line]:
        return {line.id: line for line in self.scene.lines}

    @property
    def roles(self) -> dict[str, Role]:
        return {role.id: role for role in self.screenplay.roles}

    @property
    def place(self) -> Place | None:
        return next((p for p in self.screenplay.places if p.id == self.scene.place), None)

    @property
    def heard(self) -> tuple[Line, ...]:
        """The lines of the beats, and those that ring on from the shot before."""
        own = [self.lines[beat.line] for beat in self.shot.beats if isinstance(beat, Said)]
        return tuple(dict.fromkeys([*self.rings, *own]))

    @property
    def staged(self) -> bool:
        """Whether people in a place are seen: neither a card nor B-roll."""
        return self.shot.camera.framing != "card" and self.shot.broll is None

    @property
    def people(self) -> tuple[Person, ...]:
        camera = self.shot.camera
        everybody = self.scene.people
        if camera.framing in ALONE or (camera.framing == "over-the-shoulder"):
            return tuple(person for person in everybody if person.role in camera.subjects)
        return everybody


def lower_shots(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """Four nodes a shot; a card on black and B-roll have no people and need two."""
    for scene in screenplay.scenes:
        before: Shot | None = None
        for shot in scene.shots:
            rings = _rings(scene, before)
            context = _Context(screenplay, crew, scene, shot, rings)
            yield _time(context, before)
            if context.staged:
                yield _compose(context)
                yield _animate(context)
            yield _encode(context)
            before = shot


def _rings(scene: Scene, before: Shot | None) -> tuple[Line, ...]:
    """Lines of the shot before that may go on over the cut."""
    if before is None:
        return ()
    said = [beat for beat in before.beats if isinstance(beat, Said)]
    if not said or not _may_ring(before, said[-1]):
        return ()
    ringing = (
        {beat.line for beat in said} if before.exactly is not None else {b.line for b in said[-2:]}
    )
    return tuple(line for line in scene.lines if line.id in ringing)


def _may_ring(shot: Shot, last: Said) -> bool:
    overlapped = any(isinstance(b, Said) and b.with_line is not None for b in shot.beats)
    return last.last is not None or shot.tail < 0 or shot.exactly is not None or overlapped


def _times(context: _Context) -> dict[str, Ref]:
    return {
        f"times.{line.id}": Output(addresses.take(context.scene, line), "times")
        for line in context.heard
    }


def _time(context: _Context, before: Shot | None) -> Node:
    shot = context.shot
    params = TimeParams(
        rate=context.screenplay.delivery.rate,
        beats=tuple(_beat(context, beat) for beat in shot.beats),
        head=shot.head,
        tail=shot.tail,
        at_least=shot.at_least,
        exactly=shot.exactly,
    )
    inputs = _times(context)
    if before is not None and context.rings:
        inputs["carry"] = Output(addresses.shot(before, "time"), "carry")
    engine = context.crew.engine(Operation.TIME)
    return node(addresses.shot(shot, "time"), Operation.TIME, engine, params, inputs)


def _beat(context: _Context, beat: Said | Rest) -> SpokenBeat | HoldBeat:
    if isinstance(beat, Rest):
        return HoldBeat(seconds=beat.seconds)
    line = context.lines[beat.line]
    if beat.with_line is None:
        anchor = Anchor(offset=beat.gap)
    else:
        anchor = Anchor(line=beat.with_line, edge="start", word=beat.with_word, offset=beat.gap)
    return SpokenBeat(
        line=line.id,
        role=line.role,
        first=beat.first,
        last=beat.last,
        anchor=anchor,
        interrupted=line.interrupted,
    )


def _compose(context: _Context) -> Node:
    camera, delivery = context.shot.camera, context.screenplay.delivery
    width, height = context.crew.size(delivery.width, delivery.height)
    params = ComposeParams(
        width=width,
        height=height,
        framing=camera.framing,
        size=camera.size,
        people=context.people,
        subjects=camera.subjects,
        seats=max(1, len(context.scene.people)),
        lens_mm=camera.lens_mm,
        angle=camera.angle,
        move=camera.move,
        thing=camera.thing,
        seed=seed("compose", context.scene.place or ""),
    )
    inputs: dict[str, Ref] = _rigs(context)
    if context.place is not None:
        plate = addresses.plate(context.place, context.scene)
        inputs.update({name: Output(plate, name) for name in ("plate", "front", "geometry")})
    engine = context.crew.engine(Operation.COMPOSE)
    address = addresses.shot(context.shot, "still")
    return node(address, Operation.COMPOSE, engine, params, inputs)


def _rigs(context: _Context) -> dict[str, Ref]:
    roles = context.roles
    return {
        f"rig.{person.role}": Output(addresses.portrait(roles[person.role]), "rig")
        for person in context.people
    }


def _animate(context: _Context) -> Node:
    params = AnimateParams(
        actors=tuple(_actor(context, person.role) for person in context.people),
        seed=seed("animate", context.scene.place or "", *(line.id for line in context.heard)),
    )
    inputs = {
        **_times(context),
        "timing": Output(addresses.shot(context.shot, "time"), "timing"),
        "layout": Output(addresses.shot(context.shot, "still"), "layout"),
    }
    engine = context.crew.engine(Operation.ANIMATE)
    address = addresses.shot(context.shot, "picture")
    return node(address, Operation.ANIMATE, engine, params, inputs)


def _actor(context: _Context, role_id: str) -> Actor:
    role = context.roles[role_id]
    own = [line for line in context.heard if line.role == role_id]
    return Actor(
        role=role_id,
        persona=role.persona,
        manner=tuple((line.id, line.manner) for line in own if line.manner),
        addresses=tuple((line.id, line.addresses or "lens") for line in own),
        gestures=tuple(gesture for line in own for gesture in line.gestures),
        mood=role.mood,
    )


def _encode(context: _Context) -> Node:
    shot, screenplay = context.shot, context.screenplay
    delivery, look = screenplay.delivery, screenplay.look
    width, height = context.crew.size(delivery.width, delivery.height)
    params = EncodeParams(
        rate=delivery.rate,
        width=width,
        height=height,
        quality=context.crew.quality,
        overlays=shot.overlays,
        look=look.spec,
        head_handle=shot.head_handle,
        tail_handle=shot.tail_handle,
        black=shot.camera.framing == "card",
        footage=shot.footage if shot.broll is not None else None,
        seed=seed("grain", context.scene.place or "", *(line.id for line in context.heard)),
    )
    inputs = _encode_inputs(context)
    engine = context.crew.engine(Operation.ENCODE)
    return node(addresses.shot(shot, "clip"), Operation.ENCODE, engine, params, inputs)


def _encode_inputs(context: _Context) -> dict[str, Ref]:
    shot = context.shot
    inputs: dict[str, Ref] = {"timing": Output(addresses.shot(shot, "time"), "timing")}
    if shot.overlays:
        inputs.update(_times(context))
    if context.staged:
        still = addresses.shot(shot, "still")
        inputs.update(
            {name: Output(still, name) for name in ("background", "foreground", "layout")}
        )
        inputs["performance"] = Output(addresses.shot(shot, "picture"), "performance")
        inputs.update(_rigs(context))
    if context.screenplay.look.lut is not None:
        inputs["lut"] = Asset(context.screenplay.look.lut)
    if shot.broll is not None:
        inputs["picture"] = Asset(shot.broll)
    if context.screenplay.delivery.captions == "burnt in":
        inputs["captions"] = Output("film/captions", f"captions.{shot.id}")
    return inputs
