"""What happens in a scene, in order: the input of coverage. Names are resolved, shots are still wishes."""

from msgspec import Struct, field

from duocast.compiler.estimate import Estimate
from duocast.compiler.operations.compose import CameraMove, Framing
from duocast.compiler.operations.encode import FootageSpec, Overlay
from duocast.compiler.screenplay import EngineChoice, Line, Look, Reaction, Transition
from duocast.language import Span
from duocast.language.direction import Angle, Cutting, Policy, Size


class CameraWish(Struct, frozen=True, gc=False):
    """A shot as the writer asked for it; what is None is for coverage to decide."""

    size: Size | None = None
    framing: Framing | None = None
    subjects: tuple[str, ...] = ()
    lens_mm: float | None = None
    angle: Angle | None = None
    move: CameraMove | None = None
    thing: str = ""
    look: Look | None = None
    engine: EngineChoice | None = None


class InlineCut(Struct, frozen=True, gc=False):
    """The picture cuts at word `word` of a line; `stays` keeps the shot until the line's end.

    `at_least` seconds it is seen even if the line ends; after `exactly` seconds the shot before comes back.
    """

    word: int
    wish: CameraWish
    stays: bool = False
    at_least: float = 0.0
    exactly: float | None = None


class Footage(Struct, frozen=True, gc=False):
    """A picture or video of the project, and what is done with it."""

    path: str
    spec: FootageSpec


class InlineCutaway(Struct, frozen=True, gc=False):
    """Footage covers the picture from word `word` of a line, for `seconds` (None: to the line's end)."""

    word: int
    footage: Footage
    seconds: float | None = None


class Spoken(Struct, frozen=True, gc=False):
    """A line is said. `estimate` is its probable take; `together`: with the line before; `breaks_in`: over its end."""

    line: Line
    estimate: Estimate
    together: bool = False
    breaks_in: bool = False
    pause: float = 1.0
    """How long the speaker's pauses are beside the ordinary ones."""
    at_word: int | None = None
    """The word of the line before at which it begins, if it is spoken over it."""
    cuts: tuple[InlineCut, ...] = ()
    cutaways: tuple[InlineCutaway, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    span: Span | None = None


class Acted(Struct, frozen=True, gc=False):
    """Something is done and nobody speaks, for `seconds`."""

    seconds: float
    text: str = ""
    reactions: tuple[Reaction, ...] = ()


class Cutaway(Struct, frozen=True, gc=False):
    """Footage is shown for `seconds`, and nobody speaks."""

    footage: Footage
    seconds: float


class Directed(Struct, frozen=True, gc=False):
    """The writer asks for a shot from here on. `span` is where."""

    wish: CameraWish
    at_least: float = 0.0
    exactly: float | None = None
    span: Span | None = None
    move_span: Span | None = None


class Policed(Struct, frozen=True, gc=False):
    """The writer leaves the shots to a policy from here on; None keeps the policy and changes its options."""

    policy: Policy | None
    options: tuple[Cutting, ...] = ()


class Graded(Struct, frozen=True, gc=False):
    """The picture looks like this from here to the scene's end; None is the film's look again."""

    look: Look | None


class Lit(Struct, frozen=True, gc=False):
    """The place is lit like this from here to the scene's end; None is the place's own light again."""

    light: str | None


class Overlaid(Struct, frozen=True, gc=False):
    """Words on the picture, from here."""

    overlay: Overlay


class Joined(Struct, frozen=True, gc=False):
    """A transition stands here: between the shot before and the one after. `span` is where."""

    transition: Transition
    span: Span | None = None


class Played(Struct, frozen=True, gc=False):
    """A sound starts or a chapter begins here; `number` finds it again."""

    number: int


Item = Spoken | Acted | Cutaway | Directed | Policed | Graded | Lit | Overlaid | Joined | Played


class Cast(Struct, frozen=True, gc=False):
    """Who is in the scene and seen, in seat order."""

    seen: tuple[str, ...] = field(default=())
