"""The shots: time, still, picture and clip of each."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.graph import Asset, Node, Operation, Output, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.finer import (
    NEARER,
    Finer,
    Moving,
    finer,
    is_video,
    moving_nodes,
    still_node,
)
from duocast.compiler.lower.hiring import animator
from duocast.compiler.lower.identity import node, seed
from duocast.compiler.lower.painting import (
    faced,
    film_params,
    happens,
    likenesses,
    paint_params,
    portraits,
    seen,
    taught,
    trained,
)
from duocast.compiler.operations.animate import Actor, AnimateParams, Gesture
from duocast.compiler.operations.compose import ComposeParams, PaintParams, Person
from duocast.compiler.operations.encode import EncodeParams, FootageSpec
from duocast.compiler.operations.time import Anchor, HoldBeat, SpokenBeat, TimeParams
from duocast.compiler.screenplay import (
    Camera,
    Line,
    Place,
    Rest,
    Role,
    Said,
    Scene,
    Screenplay,
    Shot,
)

WORK = (Operation.TIME, Operation.COMPOSE, Operation.ANIMATE, Operation.ENCODE)
ALONE = ("single", "insert", "card", "pov")
"""Framings that show their subjects only."""


class _Stage(Struct, frozen=True, gc=False):
    """A scene with what all of its shots share."""

    screenplay: Screenplay
    crew: Crew
    size: tuple[int, int]
    scene: Scene
    place: Place | None
    roles: dict[str, Role]
    lines: dict[str, Line]
    times: dict[str, Output]
    """By line."""
    rigs: dict[str, Output]
    """By role."""
    engines: dict[Operation, str]
    """Whoever does the work of a shot as a rule."""
    seated: int
    """The seed of where everybody is put."""
    finer: Finer
    """Who makes pictures finer that are not drawn here."""
    idle: dict[str, Actor]
    """By role: those who neither speak nor are asked for anything."""


class _Context(Struct, frozen=True, gc=False):
    """A shot with everything around it that its nodes need."""

    stage: _Stage
    shot: Shot
    rings: tuple[Line, ...]
    """Lines of the shot before that may still sound in this one."""
    heard: tuple[Line, ...]
    """The lines of the beats, and those that ring on from the shot before."""
    people: tuple[Person, ...]
    rigs: dict[str, Ref]
    """The rigs of the people, as inputs."""
    times: dict[str, Ref]
    """The times of what is heard, as inputs."""
    timing: Output
    layout: Output
    animator: str
    """The engine that makes its moving picture."""
    finer: tuple[Node, ...] = ()
    """What makes its picture finer, in order."""

    @property
    def painted(self) -> bool:
        """Whether its still is painted as a whole, and not put together from rigs and a plate."""
        stage = self.stage
        return stage.crew.paints(Operation.COMPOSE, stage.engines[Operation.COMPOSE])

    @property
    def filmed(self) -> bool:
        """Whether its moving picture is made as a whole, and not acted by rigs."""
        return self.stage.crew.paints(Operation.ANIMATE, self.animator)

    @property
    def cast(self) -> tuple[Role, ...]:
        """The people, as roles."""
        return tuple([self.stage.roles[person.role] for person in self.people])

    @property
    def staged(self) -> bool:
        """Whether people in a place are seen: neither a card nor B-roll."""
        return self.shot.camera.framing != "card" and self.shot.broll is None

    def seed(self, purpose: str) -> int:
        """A seed that is the shot's own: from its place and what is heard in it."""
        place = self.stage.scene.place or ""
        return seed(purpose, place, *[line.id for line in self.heard])


def lower_shots(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """Four nodes a shot; a card on black and B-roll have no people and need two."""
    roles = {role.id: role for role in screenplay.roles}
    places = {place.id: place for place in screenplay.places}
    for scene in screenplay.scenes:
        stage = _stage(screenplay, crew, scene, roles, places)
        before: Shot | None = None
        for shot in scene.shots:
            context = _with_finer(_context(stage, shot, before))
            yield _time(context, before)
            if context.staged:
                yield _compose(context)
                yield _animate(context)
            yield from context.finer
            yield _encode(context)
            before = shot


def _stage(
    screenplay: Screenplay,
    crew: Crew,
    scene: Scene,
    roles: dict[str, Role],
    places: dict[str, Place],
) -> _Stage:
    delivery = screenplay.delivery
    return _Stage(
        screenplay,
        crew,
        crew.size(delivery.width, delivery.height),
        scene,
        None if scene.place is None else places.get(scene.place),
        roles,
        {line.id: line for line in scene.lines},
        {line.id: Output(addresses.take(scene, line), "times") for line in scene.lines},
        _dressed(scene, roles),
        {work: crew.engine(work) for work in WORK},
        seed("compose", scene.place or ""),
        finer(screenplay, crew),
        {},
    )


def _dressed(scene: Scene, roles: dict[str, Role]) -> dict[str, Output]:
    """Everybody's rig, in what they wear in this scene."""
    worn = dict(scene.wardrobe)
    return {
        person.role: Output(addresses.portrait(roles[person.role], worn.get(person.role)), "rig")
        for person in scene.people
    }


def _context(stage: _Stage, shot: Shot, before: Shot | None) -> _Context:
    rings = _rings(stage.scene, before)
    heard = {line.id: line for line in rings}
    for beat in shot.beats:
        if isinstance(beat, Said):
            heard[beat.line] = stage.lines[beat.line]
    people = _people(stage.scene, shot.camera)
    return _Context(
        stage,
        shot,
        rings,
        tuple(heard.values()),
        people,
        {f"rig.{person.role}": stage.rigs[person.role] for person in people},
        {f"times.{line}": stage.times[line] for line in heard},
        Output(addresses.shot(shot, "time"), "timing"),
        Output(addresses.shot(shot, "still"), "layout"),
        animator(shot.camera, people, stage.crew),
    )


def _people(scene: Scene, camera: Camera) -> tuple[Person, ...]:
    if camera.framing in ALONE or camera.framing == "over-the-shoulder":
        return tuple([person for person in scene.people if person.role in camera.subjects])
    return scene.people


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
    if last.last is not None or shot.tail < 0 or shot.exactly is not None:
        return True
    return any(isinstance(b, Said) and b.with_line is not None for b in shot.beats)


def _time(context: _Context, before: Shot | None) -> Node:
    shot, stage = context.shot, context.stage
    params = TimeParams(
        rate=stage.screenplay.delivery.rate,
        beats=tuple([_beat(stage, beat) for beat in shot.beats]),
        head=shot.head,
        tail=shot.tail,
        at_least=shot.at_least,
        exactly=shot.exactly,
    )
    inputs = context.times
    if before is not None and context.rings:
        inputs = {**inputs, "carry": Output(addresses.shot(before, "time"), "carry")}
    engine = stage.engines[Operation.TIME]
    return node(context.timing.address, Operation.TIME, engine, params, inputs)


def _beat(stage: _Stage, beat: Said | Rest) -> SpokenBeat | HoldBeat:
    if isinstance(beat, Rest):
        return HoldBeat(seconds=beat.seconds)
    line = stage.lines[beat.line]
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
    stage, camera = context.stage, context.shot.camera
    params = ComposeParams(
        width=stage.size[0],
        height=stage.size[1],
        framing=camera.framing,
        size=camera.size,
        people=context.people,
        subjects=camera.subjects,
        seats=max(1, len(stage.scene.people)),
        lens_mm=camera.lens_mm,
        angle=camera.angle,
        move=camera.move,
        thing=camera.thing,
        seed=stage.seated,
    )
    inputs = context.rigs
    if context.painted:
        faces = faced(camera, context.people)
        words = _seen(context, context.heard)
        painted = paint_params(params, words, faces, rigged=not context.filmed)
        inputs = _sitters(context, faces)
        params = _taught(context, painted)
    if stage.place is not None:
        plate = addresses.plate(stage.place, stage.scene, context.shot.light)
        inputs = inputs | {
            "plate": Output(plate, "plate"),
            "front": Output(plate, "front"),
            "geometry": Output(plate, "geometry"),
        }
    engine = stage.engines[Operation.COMPOSE]
    return node(context.layout.address, Operation.COMPOSE, engine, params, inputs)


def _sitters(context: _Context, faces: tuple[str, ...]) -> dict[str, Ref]:
    """The people, as the engine that paints the shot takes them."""
    crew, engine = context.stage.crew, context.stage.engines[Operation.COMPOSE]
    inputs = portraits(context.rigs)
    if crew.sketches(Operation.COMPOSE, engine):
        inputs |= context.rigs
    if crew.knows_people(Operation.COMPOSE, engine):
        inputs |= likenesses(context.cast, faces) | taught(context.cast)
    return inputs


def _taught(context: _Context, params: PaintParams) -> PaintParams:
    """The params with what the engine's model is taught about the people."""
    crew, engine = context.stage.crew, context.stage.engines[Operation.COMPOSE]
    if not crew.knows_people(Operation.COMPOSE, engine):
        return params
    return trained(params, context.cast, crew.loras)


def _animate(context: _Context) -> Node:
    params = AnimateParams(
        actors=tuple([_actor(context, person.role) for person in context.people]),
        seed=context.seed("animate"),
    )
    inputs: dict[str, Ref] = {"timing": context.timing}
    if context.filmed:
        moves = happens(context.shot, context.stage.scene, context.cast, context.heard)
        params = film_params(params, context.stage.size, _seen(context), moves)
        inputs |= _shown(context)
        if context.stage.crew.knows_people(Operation.ANIMATE, context.animator):
            faces = faced(context.shot.camera, context.people)
            inputs |= likenesses(context.cast, faces)
    else:
        inputs = {**context.times, **inputs, "layout": context.layout}
    address = addresses.shot(context.shot, "picture")
    return node(address, Operation.ANIMATE, context.animator, params, inputs)


def _shown(context: _Context) -> dict[str, Ref]:
    """What the engine that films the shot is shown of it."""
    shown = context.stage.crew.shown.get(context.animator)
    if shown == "nothing":
        return {}
    still = Output(context.layout.address, "still")
    seen: dict[str, Ref] = {"layout": context.layout, "still": still}
    if shown == "people":
        roles = faced(context.shot.camera, context.people)
        seen |= portraits({f"rig.{role}": context.rigs[f"rig.{role}"] for role in roles})
    if shown == "talk":
        seen |= _said(context)
    return seen


def _said(context: _Context) -> dict[str, Ref]:
    """The lines of the people in the shot, as sound and with their times."""
    people = {person.role for person in context.people}
    own = [line.id for line in context.heard if line.role in people]
    takes = {line: context.stage.times[line] for line in own}
    times: dict[str, Ref] = {f"times.{line}": take for line, take in takes.items()}
    return times | {f"sound.{line}": Output(take.address, "sound") for line, take in takes.items()}


def _seen(context: _Context, heard: tuple[Line, ...] | None = None) -> str:
    """What the shot shows, in words."""
    stage = context.stage
    look = stage.screenplay.look
    return seen(context.shot, stage.scene, stage.place, context.cast, look, heard)


def _actor(context: _Context, role_id: str) -> Actor:
    own = [line for line in context.heard if line.role == role_id]
    asked = tuple(_gestures(context, role_id))
    if own or asked:
        return _acting(context.stage.roles[role_id], own, asked)
    idle = context.stage.idle
    if role_id not in idle:
        idle[role_id] = _acting(context.stage.roles[role_id], [], ())
    return idle[role_id]


def _acting(role: Role, own: list[Line], asked: tuple[Gesture, ...]) -> Actor:
    return Actor(
        role=role.id,
        persona=role.persona,
        manner=tuple([(line.id, manner) for line in own if (manner := line.manner + line.notes)]),
        addresses=tuple([(line.id, line.addresses or "lens") for line in own]),
        gestures=asked,
        mood=role.mood,
        emphasis=role.emphasis,
    )


def _gestures(context: _Context, role: str) -> Iterator[Gesture]:
    """What somebody does in this shot: in their own lines, in others', and while nobody speaks."""
    for line in context.heard:
        if line.role == role and line.gestures:
            yield from line.gestures
        if line.reactions:
            yield from (one.gesture for one in line.reactions if one.role == role)
    if context.shot.reactions:
        yield from (one.gesture for one in context.shot.reactions if one.role == role)


def _with_finer(context: _Context) -> _Context:
    """The context with the nodes that make its picture finer, where one is asked for and not drawn here."""
    shot, stage = context.shot, context.stage
    who = stage.finer
    if who == Finer():
        return context
    rate = stage.screenplay.delivery.rate
    if context.staged and context.filmed:
        clip = Output(addresses.shot(shot, "picture"), "clip")
        moving = Moving("clip", clip, context.timing, stage.size, rate)
    elif shot.broll is None:
        return context
    elif not is_video(shot.broll):
        sides = [NEARER * side for side in stage.size]
        still = still_node(who, addresses.shot(shot, "large"), Asset(shot.broll), *sides)
        return context if still is None else replace(context, finer=(still,))
    else:
        spec = shot.footage or FootageSpec()
        moving = Moving("picture", Asset(shot.broll), context.timing, stage.size, rate, spec)
    return replace(context, finer=tuple(moving_nodes(who, shot.id, moving)))


def _footage(context: _Context) -> FootageSpec | None:
    """What is done with B-roll; a video that was made finer begins where the shot does."""
    shot = context.shot
    if shot.broll is None:
        return None
    if shot.footage is None or not context.finer:
        return shot.footage
    return shot.footage.replace(start=0.0)


def _encode(context: _Context) -> Node:
    shot, stage = context.shot, context.stage
    params = EncodeParams(
        rate=stage.screenplay.delivery.rate,
        width=stage.size[0],
        height=stage.size[1],
        quality=stage.crew.quality,
        overlays=shot.overlays,
        look=(shot.look or stage.screenplay.look).spec,
        caption_style=stage.screenplay.delivery.caption_style,
        head_handle=shot.head_handle,
        tail_handle=shot.tail_handle,
        black=shot.camera.framing == "card",
        footage=_footage(context),
        seed=context.seed("grain"),
    )
    engine = stage.engines[Operation.ENCODE]
    address = addresses.shot(shot, "clip")
    return node(address, Operation.ENCODE, engine, params, _encode_inputs(context))


def _encode_inputs(context: _Context) -> dict[str, Ref]:
    shot, screenplay = context.shot, context.stage.screenplay
    inputs: dict[str, Ref] = {"timing": context.timing}
    if shot.overlays:
        inputs |= context.times
    picture = addresses.shot(shot, "picture")
    if context.staged and context.filmed:
        inputs["clip"] = _finest(context) or Output(picture, "clip")
    elif context.staged:
        still = context.layout.address
        inputs["background"] = Output(still, "background")
        inputs["foreground"] = Output(still, "foreground")
        inputs["layout"] = context.layout
        inputs["performance"] = Output(picture, "performance")
        inputs |= (
            {
                f"rig.{role}": Output(still, f"rig.{role}")
                for role in faced(shot.camera, context.people)
            }
            if context.painted
            else context.rigs
        )
    look = shot.look or screenplay.look
    if look.lut is not None:
        inputs["lut"] = Asset(look.lut)
    if shot.broll is not None:
        inputs["picture"] = _finest(context) or Asset(shot.broll)
    if screenplay.delivery.captions == "burnt in":
        inputs["captions"] = Output("film/captions", f"captions.{shot.id}")
    return inputs


def _finest(context: _Context) -> Output | None:
    """The picture that was made finer."""
    if not context.finer:
        return None
    last = context.finer[-1]
    still = context.shot.broll is not None and not is_video(context.shot.broll)
    return Output(last.address, "picture" if still else "clip")
