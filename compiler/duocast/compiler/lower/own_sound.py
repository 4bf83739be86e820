"""Own sound: what engines that film hear with their pictures, laid under the shots where the script asks for it."""

from collections.abc import Iterator

from duocast.compiler.graph import Operation
from duocast.compiler.lower import addresses
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.hiring import hired
from duocast.compiler.operations.cut import CutSound
from duocast.compiler.screenplay import Moment, Screenplay, Shot, SoundCue
from duocast.compiler.sounds import OWN

FADE = 0.04
"""Seconds at each end of a shot: two shots' sounds have nothing to do with each other."""


def is_own(cue: SoundCue) -> bool:
    """Whether a cue asks for the sound that comes with the pictures."""
    return cue.file is None and cue.kind != "music" and cue.what.lower() == OWN


def made_cues(screenplay: Screenplay) -> tuple[SoundCue, ...]:
    """The cues whose sounds are made apart from the pictures."""
    return tuple([cue for cue in screenplay.sounds if not is_own(cue)])


def own_sounds(screenplay: Screenplay, crew: Crew) -> Iterator[CutSound]:
    """The sound of every shot that such a cue covers and whose engine makes any; the last cue counts."""
    if not crew.sounding:
        return
    found: dict[str, CutSound] = {}
    for cue in screenplay.sounds:
        for shot in _covered(cue, screenplay) if is_own(cue) else ():
            if _sounds(shot, crew):
                found[shot.id] = _laid(shot, cue)
    yield from found.values()


def _covered(cue: SoundCue, screenplay: Screenplay) -> list[Shot]:
    """Whole shots, from the one in which the cue starts to the one in which it stops (or its scene's last)."""
    scene = next(s for s in screenplay.scenes if any(x.id == cue.start.shot for x in s.shots))
    stop = scene.shots[-1].id if cue.stop is None else cue.stop.shot
    shots = [shot for scene in screenplay.scenes for shot in scene.shots]
    ids = [shot.id for shot in shots]
    return shots[ids.index(cue.start.shot) : ids.index(stop) + 1]


def _sounds(shot: Shot, crew: Crew) -> bool:
    if shot.camera.framing == "card" or shot.broll is not None:
        return False
    engine = hired(shot.camera.engine, Operation.ANIMATE) or crew.engine(Operation.ANIMATE)
    return engine in crew.sounding


def _laid(shot: Shot, cue: SoundCue) -> CutSound:
    return CutSound(
        kind=cue.kind,
        source=addresses.shot(shot, "picture"),
        start=Moment(shot=shot.id, beat=0),
        stop=Moment(shot=shot.id),
        gain_db=cue.gain_db,
        fade_in=FADE,
        fade_out=FADE,
        duck_db=cue.duck_db,
        duck_under=cue.duck_under,
    )
