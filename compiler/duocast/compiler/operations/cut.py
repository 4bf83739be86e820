"""`cut`: the shots' exact frames become the film's timeline.

Inputs: `timing.<shot>` (a `ShotTiming`) of every shot, `times.<line>` (a `TakeTimes`) of every line, both by
their film-wide
ids. Output: `timeline` (timeline.json, a `Timeline`).
"""

from typing import Literal

from duocast.compiler.screenplay import ChapterCue, Moment
from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value


class CutShot(Value):
    """A shot in story order. `scene` prefixes the line ids of its timing; `transition` leads to the next shot."""

    id: str
    scene: str
    transition: Literal["cut", "dissolve", "fade", "wipe"] = "cut"
    seconds: float = 0.0
    colour: Literal["black", "white"] = "black"


class CutLine(Value):
    """A line by its film-wide id (`scene/line`), who says it, where it sounds and from which side."""

    id: str
    role: str
    name: str
    room: str
    pan: float = 0.0
    interrupted: bool = False
    on_screen: bool = True
    """Whether the speaker is in the picture while the line is said."""


class CutSound(Value):
    """Music, an effect or ambience; `source` is the mix's input name."""

    kind: Literal["music", "effects", "ambience"]
    source: str
    start: Moment
    stop: Moment | None = None
    gain_db: float = 0.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    loop: bool = False
    offset: float = 0.0
    duck_db: float = 0.0
    duck_under: str | None = None


class CutParams(Value):
    """The edit's decisions; positions come from the measured shots."""

    rate: Rate
    width: int
    height: int
    shots: tuple[CutShot, ...]
    lines: tuple[CutLine, ...]
    sounds: tuple[CutSound, ...] = ()
    chapters: tuple[ChapterCue, ...] = ()
    opening_fade: float = 0.0
    closing_fade: float = 0.0
