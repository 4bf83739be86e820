"""What happens in a scene, in order: the input of coverage. Names are resolved, shots are still wishes."""

from dataclasses import dataclass, field

from duocast.compiler.operations.compose import CameraMove, Framing
from duocast.compiler.operations.encode import FootageSpec, Overlay
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.screenplay import Line, Transition
from duocast.language.direction import Angle, Policy, Size


@dataclass(frozen=True, slots=True)
class CameraWish:
    """A shot as the writer asked for it; what is None is for coverage to decide."""

    size: Size | None = None
    framing: Framing | None = None
    subjects: tuple[str, ...] = ()
    lens_mm: float | None = None
    angle: Angle | None = None
    move: CameraMove | None = None
    thing: str = ""


@dataclass(frozen=True, slots=True)
class InlineCut:
    """The picture cuts at word `word` of a line; `stays` keeps the shot until the line's end."""

    word: int
    wish: CameraWish
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Footage:
    """A picture or video of the project, and what is done with it."""

    path: str
    spec: FootageSpec


@dataclass(frozen=True, slots=True)
class InlineCutaway:
    """Footage covers the picture from word `word` of a line, for `seconds` (None: to the line's end)."""

    word: int
    footage: Footage
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line is said. `estimate` is its probable take; `together`: with the line before; `breaks_in`: over its end."""

    line: Line
    estimate: TakeTimes
    together: bool = False
    breaks_in: bool = False
    pause: float = 1.0
    """How long the speaker's pauses are beside the ordinary ones."""
    cuts: tuple[InlineCut, ...] = ()
    cutaways: tuple[InlineCutaway, ...] = ()
    overlays: tuple[Overlay, ...] = ()


@dataclass(frozen=True, slots=True)
class Acted:
    """Something is done and nobody speaks, for `seconds`."""

    seconds: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cutaway:
    """Footage is shown for `seconds`, and nobody speaks."""

    footage: Footage
    seconds: float


@dataclass(frozen=True, slots=True)
class Directed:
    """The writer asks for a shot from here on."""

    wish: CameraWish
    at_least: float = 0.0
    exactly: float | None = None


@dataclass(frozen=True, slots=True)
class Policed:
    """The writer leaves the shots to a policy from here on."""

    policy: Policy


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Words on the picture, from here."""

    overlay: Overlay


@dataclass(frozen=True, slots=True)
class Joined:
    """A transition stands here: between the shot before and the one after."""

    transition: Transition


@dataclass(frozen=True, slots=True)
class Played:
    """A sound starts or a chapter begins here; `number` finds it again."""

    number: int


Item = Spoken | Acted | Cutaway | Directed | Policed | Overlaid | Joined | Played


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in the scene and seen, in seat order."""

    seen: tuple[str, ...] = field(default=())
