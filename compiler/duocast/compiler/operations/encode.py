"""`encode`: a shot becomes a piece of film that joins without re-encoding.

Inputs: `timing`, `layout`, `background`, `foreground`, `performance` (or `clip`), `rig.<role>`; `lut` (a .cube) when
the look has one; `picture` for B-roll; `captions` (a `ShotCaptions`) when they are burnt in. Outputs: `clip`
(clip.mp4, H.264, closed GOPs) and `thumb` (thumb.jpg, 480 wide, the middle frame).
"""

from typing import Literal

from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value

VIDEOS = ("mp4", "mov", "mkv", "webm", "avi", "m4v", "mpg", "mpeg", "ts")
"""What the names of videos end in."""


class Overlay(Value):
    """Words on the picture. Times are seconds in the shot; `end` None means the shot's end."""

    kind: Literal["title", "subtitle", "lower third", "card", "end card", "disclosure"]
    text: str
    second: str = ""
    """The smaller line under it: a role's profession, an author."""
    start: float = 0.0
    end: float | None = None
    line: str | None = None
    word: int | None = None
    """If `line` is set, `start` and `end` count from the start of this word of the line."""
    mark: str | None = None
    """If set, `start` and `end` count from this mark."""
    place: Literal["bottom left", "bottom right", "top left", "top right", "centre"] = "centre"


class CaptionStyle(Value):
    """How captions look in the picture. `size` multiplies the ordinary type; `colour` is sRGB."""

    size: float = 1.0
    colour: tuple[int, int, int] = (255, 255, 255)
    plate: bool = True
    """A soft dark plate behind the words."""
    top: bool = False
    """At the head of the picture instead of its foot."""


class LookSpec(Value):
    """How the picture is finished. All but `saturation` and `contrast` are 0 for none, 1 for strong."""

    grain: float = 0.0
    vignette: float = 0.0
    warmth: float = 0.0
    """-1 cold to 1 warm."""
    saturation: float = 1.0
    contrast: float = 1.0
    fade: float = 0.0


class FootageSpec(Value):
    """What is done with a picture or video of the project (the input `picture`) on its way into the film."""

    start: float = 0.0
    """Seconds into the video."""
    speed: float = 1.0
    """2 is twice as fast."""
    loop: bool = False
    """A video that is too short begins again; otherwise its last frame stays."""
    mirror: bool = False
    black_and_white: bool = False
    fade_in: float = 0.0
    """Seconds from black."""
    fade_out: float = 0.0


class EncodeParams(Value):
    """One shot's delivery."""

    rate: Rate
    width: int
    height: int
    quality: Literal["draft", "standard"] = "standard"
    overlays: tuple[Overlay, ...] = ()
    look: LookSpec = LookSpec()
    caption_style: CaptionStyle = CaptionStyle()
    head_handle: float = 0.0
    """Seconds at the start that a dissolve with the shot before uses; an IDR frame stands at its end."""
    tail_handle: float = 0.0
    """Seconds at the end that a dissolve with the next shot uses; an IDR frame stands at its start."""
    black: bool = False
    """A card: no people, no plate."""
    footage: FootageSpec | None = None
    """For B-roll."""
    seed: int = 0
