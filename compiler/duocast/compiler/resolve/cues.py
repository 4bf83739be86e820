"""Sound cues: what is heard, and how loud, before it is known where in the film it stands."""

from typing import Literal

from msgspec import Struct

from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import check_file
from duocast.compiler.screenplay import Moment, SoundCue
from duocast.compiler.sounds import OWN, nearest_sounds, sounds_in
from duocast.language import replacement
from duocast.language.cue import Cue

MUSIC_DB = -4.0
"""Beside its bus's level, so that music alone stands about 5 LU under speech."""
EFFECT_DB = -4.0
AMBIENCE_DB = -18.0
DUCKS = {"music": -12.0, "ambience": -3.0, "effects": -6.0}
"""How far a kind makes way for voices; an effect only where the writer asks for it."""
MUSIC_FADES = (1.0, 2.5)
AMBIENCE_FADES = (0.6, 0.8)
KINDS: dict[str, Literal["music", "effects", "ambience"]] = {
    "music": "music",
    "sfx": "effects",
    "ambience": "ambience",
}


class Heard(Struct, frozen=True, gc=False):
    """A cue as it stands in a scene: at item number `item`, or at a word of a line (its id in the scene)."""

    cue: Cue
    item: int
    line: str | None = None
    word: int = 0


def sound(
    cue: Cue,
    start: Moment,
    stop: Moment | None,
    reader: Reader,
    findings: Findings,
    *,
    under: str | None = None,
) -> SoundCue | None:
    """The sound of a cue; a file that is not there is a finding. `under` is the role that it ducks under."""
    kind = KINDS[cue.kind]
    path = cue.texts[0] if cue.is_file else None
    if path is not None and not check_file(path, reader, findings):
        return None
    fades = {"music": MUSIC_FADES, "ambience": AMBIENCE_FADES}.get(kind, (0.0, 0.0))
    return SoundCue(
        kind=kind,
        what=cue.text,
        file=path.text if path is not None else None,
        start=start,
        stop=stop,
        gain_db=_level(cue, kind),
        fade_in=fades[0] if cue.fade_in is None else cue.fade_in,
        fade_out=fades[1] if cue.fade_out is None else cue.fade_out,
        loop=cue.loop or kind != "effects",
        offset=cue.start or 0.0,
        duck_db=_duck(cue, kind),
        duck_under=under,
    )


def _duck(cue: Cue, kind: str) -> float:
    """Music and ambience make way unless the writer says `no duck`."""
    wanted = kind != "effects" if cue.duck is None else cue.duck
    if not wanted:
        return 0.0
    return DUCKS[kind] if cue.duck_db is None else cue.duck_db


def check_known(cue: Cue, findings: Findings) -> None:
    """A sound that the foley can't make is heard as a quiet room, and the writer is told."""
    if KINDS[cue.kind] == "music" or sounds_in(cue.text) or cue.text.lower() == OWN:
        return
    near = ", ".join(nearest_sounds(cue.text))
    hint = f"there are: {near}" if near else "name a sound file, or another sound"
    first = nearest_sounds(cue.text)[:1]
    fix = replacement(cue.texts[0].span, first[0], safe=False) if first else None
    title = f"no sound is called {cue.text}"
    findings.warning("D0510", title, cue.texts[0].span, hint=hint, fix=fix)


def _level(cue: Cue, kind: str) -> float:
    if cue.level_db is not None:
        return cue.level_db
    return {"music": MUSIC_DB, "ambience": AMBIENCE_DB}.get(kind, EFFECT_DB)
