"""Music, effects and ambience: one node for each different sound, however often it is heard."""

from collections.abc import Iterator

from duocast.compiler.cue_prompts import cue_seconds, music_prompt, sound_prompt, sound_seconds
from duocast.compiler.graph import Asset, Node, Operation, Ref
from duocast.compiler.lower.crew import DEFAULT_ENGINES, Crew
from duocast.compiler.lower.identity import fingerprint, node, seed, slug
from duocast.compiler.lower.own_sound import made_cues
from duocast.compiler.operations.sound import EffectParams, MusicParams, NoiseParams, ScoreParams
from duocast.compiler.screenplay import Place, Scene, Screenplay, SoundCue

WORDS_IN_NAME = 24


def lower_sounds(screenplay: Screenplay, crew: Crew) -> Iterator[Node]:
    """The nodes of all sound cues that are made apart from the pictures."""
    for cue in made_cues(screenplay):
        yield _node(cue, screenplay, crew)


def sound_addresses(screenplay: Screenplay, crew: Crew) -> list[str]:
    """The nodes that make the cues' sounds, in the order of the cues."""
    if not any(
        crew.paints(work, crew.engine(work)) for work in (Operation.SCORE, Operation.EFFECT)
    ):
        return [_address(cue) for cue in made_cues(screenplay)]
    return [_node(cue, screenplay, crew).address for cue in made_cues(screenplay)]


def _node(cue: SoundCue, screenplay: Screenplay, crew: Crew) -> Node:
    operation = Operation.SCORE if cue.kind == "music" else Operation.EFFECT
    engine = crew.engine(operation)
    inputs: dict[str, Ref] = {} if cue.file is None else {"file": Asset(cue.file)}
    if not crew.paints(operation, engine):
        return node(_address(cue), operation, engine, _plain(cue), inputs)
    if cue.file is not None:
        return node(_address(cue), operation, DEFAULT_ENGINES[operation], _plain(cue), inputs)
    params = _music(cue, screenplay) if cue.kind == "music" else _noise(cue, screenplay)
    told = params.to_json().decode()
    return node(_address(cue, told), operation, engine, params, inputs)


def _address(cue: SoundCue, *told: str) -> str:
    """A sound's address, by its words and by what else a model is told."""
    what = cue.file or cue.what
    mark = fingerprint(what, str(cue.loop), *told, length=8 if told else 4)
    kind = "music" if cue.kind == "music" else "sound"
    return f"{kind}/{slug(what)[:WORDS_IN_NAME]}-{mark}"


def _plain(cue: SoundCue) -> ScoreParams | EffectParams:
    words = "" if cue.file else cue.what
    if cue.kind == "music":
        return ScoreParams(mood=words, seed=seed("score", cue.what))
    return EffectParams(name=words, loop=cue.loop, seed=seed("effect", cue.what))


def _music(cue: SoundCue, screenplay: Screenplay) -> MusicParams:
    told = music_prompt(cue.what, _scene(cue, screenplay))
    return MusicParams(
        mood=cue.what,
        seconds=cue_seconds(cue) or ScoreParams().seconds,
        seed=seed("score", cue.what),
        prompt=told.prompt,
        unwanted=told.unwanted,
        bpm=told.bpm,
        beats=told.beats,
        lyrics=told.lyrics,
    )


def _noise(cue: SoundCue, screenplay: Screenplay) -> NoiseParams:
    scene = _scene(cue, screenplay)
    told = sound_prompt(cue, scene, _place(scene, screenplay))
    return NoiseParams(
        name=cue.what,
        loop=cue.loop,
        seconds=sound_seconds(cue),
        seed=seed("effect", cue.what),
        prompt=told.prompt,
        unwanted=told.unwanted,
    )


def _scene(cue: SoundCue, screenplay: Screenplay) -> Scene | None:
    """The scene in which a cue starts."""
    return next(
        (s for s in screenplay.scenes if any(shot.id == cue.start.shot for shot in s.shots)), None
    )


def _place(scene: Scene | None, screenplay: Screenplay) -> Place | None:
    if scene is None:
        return None
    return next((place for place in screenplay.places if place.id == scene.place), None)
