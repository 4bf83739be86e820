"""Music, effects and ambience: one node for each different sound, however often it is heard."""

from collections.abc import Iterator

from duocast.compiler.graph import Asset, Node, Operation, Ref
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.identity import fingerprint, node, seed, slug
from duocast.compiler.operations.sound import EffectParams, ScoreParams
from duocast.compiler.screenplay import Screenplay, SoundCue

WORDS_IN_NAME = 24


def lower_sounds(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """The nodes of all sound cues."""
    for cue in screenplay.sounds:
        yield _score(cue, crew) if cue.kind == "music" else _effect(cue, crew)


def sound_address(cue: SoundCue) -> str:
    """The node that makes a cue's sound."""
    what = cue.file or cue.what
    name = f"{slug(what)[:WORDS_IN_NAME]}-{fingerprint(what, str(cue.loop), length=4)}"
    return f"{'music' if cue.kind == 'music' else 'sound'}/{name}"


def _inputs(cue: SoundCue) -> dict[str, Ref]:
    return {} if cue.file is None else {"file": Asset(cue.file)}


def _score(cue: SoundCue, crew: Crew) -> Node:
    params = ScoreParams(mood="" if cue.file else cue.what, seed=seed("score", cue.what))
    engine = crew.engine(Operation.SCORE)
    return node(sound_address(cue), Operation.SCORE, engine, params, _inputs(cue))


def _effect(cue: SoundCue, crew: Crew) -> Node:
    params = EffectParams(
        name="" if cue.file else cue.what, loop=cue.loop, seed=seed("effect", cue.what)
    )
    engine = crew.engine(Operation.EFFECT)
    return node(sound_address(cue), Operation.EFFECT, engine, params, _inputs(cue))
