"""Directions: what stands in brackets. They are never spoken; they happen where they stand."""

from typing import Literal

from duocast.language.cue import Cue
from duocast.language.node import Name, Node, Text

Size = Literal["ECU", "CU", "MCU", "MS", "MWS", "FS", "WS", "EWS"]
Framing = Literal[
    "single", "two-shot", "group", "over-the-shoulder", "insert", "establishing", "pov"
]
Angle = Literal["eye", "low", "high", "dutch", "overhead"]
MoveKind = Literal[
    "static",
    "push in",
    "pull out",
    "pan left",
    "pan right",
    "tilt up",
    "tilt down",
    "truck left",
    "truck right",
    "pedestal up",
    "pedestal down",
    "crane",
    "orbit",
    "handheld",
    "zoom in",
    "zoom out",
    "rack focus",
]
Policy = Literal["conversation", "podcast", "interview", "monologue"]
Sound = Literal["breath", "laugh", "sigh", "gasp", "cough"]
DeliveryKind = Literal[
    "slow", "fast", "whisper", "quiet", "loud", "shout", "high", "low", "pace", "pitch", "normal"
]
Cutting = Literal["no reactions", "no wides", "tight", "loose"]
GestureKind = Literal["nod", "shake", "smile", "frown", "shrug"]


class Move(Node, frozen=True):
    """A move of the camera: how fast, how long, and what it ends on, where the writer says so."""

    kind: MoveKind
    speed: Literal["slow", "ordinary", "fast"] = "ordinary"
    seconds: float | None = None
    target: Name | None = None


class Hold(Node, frozen=True):
    """How long a shot stays.

    at least: `hold 4s` or a bare `4s`, a floor. exactly: a fact. until end of line: the cut waits for the
    end of the speech it stands in; `seconds` is then 0.
    """

    kind: Literal["at least", "exactly", "until end of line"]
    seconds: float = 0.0


class Shot(Node, frozen=True):
    """A camera position, from here on: `[two-shot, 35mm, slow push in]`. What is None was not said.

    subjects: whom it is on; over-the-shoulder: the one seen first, then the one whose back is seen.
    """

    size: Size | None = None
    framing: Framing | None = None
    subjects: tuple[Name, ...] = ()
    lens_mm: float | None = None
    angle: Angle | None = None
    move: Move | None = None
    hold: Hold | None = None
    thing: Text | None = None
    """What an insert shows."""
    camera: Name | None = None
    """A camera card that gives what is not said here."""
    look: Name | None = None
    engine: Name | None = None


class Coverage(Node, frozen=True):
    """A policy that picks the shots from here on: `[podcast, no reactions]`.

    `policy` is None where only the options change: `[tight]`.
    """

    policy: Policy | None
    options: tuple[Cutting, ...] = ()


class Pause(Node, frozen=True):
    """Silence, in seconds: `[beat]` is 0.4, `[pause]` is 0.8, `[pause 1.2s]` is what it says."""

    seconds: float


class Vocal(Node, frozen=True):
    """A sound of the voice that is no word: `[laughs]`. `who` is None inside that role's own speech."""

    sound: Sound
    who: Name | None = None


class Gesture(Node, frozen=True):
    """Something that somebody does: `[nods]`. `who` is None inside that role's own speech."""

    kind: GestureKind
    who: Name | None = None


class LookAt(Node, frozen=True):
    """Where somebody looks: at a role (`target`), into the lens, away or down."""

    toward: Literal["role", "lens", "away", "down"]
    target: Name | None = None
    who: Name | None = None


class Mark(Node, frozen=True):
    """A named instant: `[#ring]` has the name `ring`."""

    name: Name


class Delivery(Node, frozen=True):
    """How a speech goes on from here: `[whisper]`, `[pace 80%]`. It counts to the line's end, or to `[normal]`.

    `amount`: a factor for `pace`, semitones for `pitch`; 0 for words that have their own.
    """

    kind: DeliveryKind
    amount: float = 0.0


class SayAs(Node, frozen=True):
    """How a word of this speech is said: `[say "GIF" as "jif"]`."""

    word: Text
    how: Text


class Wears(Node, frozen=True):
    """What somebody wears from this scene on: `[MARA wears a red coat]`."""

    who: Name
    clothes: Text


class Unknown(Node, frozen=True):
    """A direction that was not understood; a diagnostic says so (none when parsing leniently)."""

    text: str


Direction = (
    Shot
    | Coverage
    | Pause
    | Vocal
    | Gesture
    | LookAt
    | Mark
    | Delivery
    | SayAs
    | Wears
    | Cue
    | Unknown
)
