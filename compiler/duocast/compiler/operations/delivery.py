"""`cut`, `caption`, `master` and `sign`: the film is put together and leaves the house.

cut inputs: `timing.<shot>` of every shot, `times.<line>` of every line. Output: `timeline` (timeline.json, a
`Timeline`).
caption inputs: `timeline`, `times.<line>`. Outputs: `srt`, `vtt` and, for each shot, `captions.<shot>` (a
`ShotCaptions`).
master inputs: `timeline`, `programme`, `clip.<shot>`, `thumb.<shot>`. Outputs: `film` (film.mp4), `poster`
(poster.jpg),
`sheet` (contact sheet, sheet.jpg).
sign inputs: `film` and `timeline`. Output: `film` (film.mp4 with its C2PA manifest).
"""

from typing import Literal

from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value


class CaptionParams(Value):
    """How captions are cut: characters a line, lines, characters a second, seconds, frames between two."""

    line_length: int = 42
    lines: int = 2
    reading_speed: float = 17.0
    shortest: float = 5 / 6
    longest: float = 7.0
    gap_frames: int = 2
    cuts: bool = True
    """Captions do not straddle a cut of the picture unless a sentence leaves no other way."""


class Caption(Value):
    """Words on the screen: text with line breaks, frames of the film or the shot (half-open), and who speaks."""

    start: int
    end: int
    text: str
    speaker: str


class ShotCaptions(Value):
    """The captions under one shot, in its own frames: what is burnt in."""

    rate: Rate
    captions: tuple[Caption, ...]


class MasterParams(Value):
    """The finished file."""

    title: str = ""
    author: str = ""
    language: str = "en"
    quality: Literal["draft", "standard"] = "standard"


class Credit(Value):
    """An engine that made part of the film: for the manifest and the disclosure."""

    operation: str
    engine: str
    version: str


class SignParams(Value):
    """What the manifest declares."""

    title: str
    author: str = ""
    credits: tuple[Credit, ...]
    shots: tuple[str, ...]
    disclosure: str
