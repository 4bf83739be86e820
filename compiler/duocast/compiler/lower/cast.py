"""The cast: a portrait for every role and a take for every line."""

from collections.abc import Iterator

from duocast.compiler.graph import Asset, Node, Operation, Output, Ref
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.finer import SHEET, finer, still_node
from duocast.compiler.lower.hiring import hired
from duocast.compiler.lower.identity import node, seed
from duocast.compiler.operations.portrait import PortraitParams
from duocast.compiler.operations.speak import SpeakParams
from duocast.compiler.screenplay import Line, Role, Screenplay


def lower_cast(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """A rig for every role that is seen, in all the clothes that it is seen in."""
    seen: dict[str, dict[str | None, None]] = {}
    for scene in screenplay.scenes:
        worn = dict(scene.wardrobe)
        for person in scene.people:
            seen.setdefault(person.role, {})[worn.get(person.role)] = None
    who = finer(screenplay, crew)
    for role in screenplay.roles:
        large = None
        if role.id in seen and role.portrait is not None:
            address = addresses.large("cast", role.id)
            large = still_node(who, address, Asset(role.portrait), SHEET, SHEET)
        if large is not None:
            yield large
        for clothes in seen.get(role.id, ()):
            yield _portrait(role, clothes, crew, large)


def _portrait(role: Role, clothes: str | None, crew: Crew, large: Node | None) -> Node:
    inputs: dict[str, Ref] = {} if role.portrait is None else {"picture": Asset(role.portrait)}
    if large is not None:
        inputs["picture"] = Output(large.address, "picture")
    params = PortraitParams(
        name=role.born or role.name,
        description=role.description,
        wardrobe=role.wardrobe if clothes is None else clothes,
        seed=seed("portrait", role.born or role.name),
    )
    engine = hired(role.engine, Operation.PORTRAIT) or crew.engine(
        Operation.PORTRAIT, "from a picture" if inputs else ""
    )
    return node(addresses.portrait(role, clothes), Operation.PORTRAIT, engine, params, inputs)


def lower_takes(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """A take for every line."""
    roles = {role.id: role for role in screenplay.roles}
    for scene in screenplay.scenes:
        for line in scene.lines:
            role = roles[line.role]
            params = speak_params(screenplay, role, line)
            engine = role.voice_engine or crew.engine(Operation.SPEAK, crew.quality)
            inputs: dict[str, Ref] = {}
            if role.reference is not None and engine in crew.cloners:
                inputs["reference"] = Asset(role.reference)
            yield node(addresses.take(scene, line), Operation.SPEAK, engine, params, inputs)


def speak_params(screenplay: Screenplay, role: Role, line: Line) -> SpeakParams:
    """What the speaker is asked for; only the lexicon's words that the line has."""
    words = line.words
    lexicon: dict[str, tuple[str, str]] = {}
    if screenplay.lexicon or line.lexicon:
        bare = _bare(words)
        lexicon = {pair[0]: pair for pair in screenplay.lexicon if pair[0].lower() in bare}
        lexicon |= {pair[0]: pair for pair in line.lexicon}
    return SpeakParams(
        voice=role.voice,
        segments=line.segments,
        manner=line.manner,
        lexicon=tuple(lexicon.values()),
        seed=seed("take", role.born or role.name, *words) if line.seed is None else line.seed,
    )


def _bare(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.strip(".,;:!?\"'“”‘’()").lower() for word in words)
