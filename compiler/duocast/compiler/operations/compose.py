"""`compose`: people, place and framing become one still, with the place of every face.

Inputs: `plate`, `front`, `geometry` of the plate (absent for a card on black), `rig.<role>` of each person in frame.
Outputs: `background` (background.png, RGB: the plate cropped and put out of focus as the lens says), `foreground`
(foreground.png, RGBA, same size as the background), `layout` (layout.json, a `Layout`) and `still` (still.png, at
the film's size, people in a neutral pose: the storyboard's picture).
An engine that paints the whole picture gets `PaintParams`, `plate` and `person.<role>` (stills of the portraits), and
also answers `rig.<role>` for the people whose lips are to move: the rig of the face that it painted. One that knows
faces gets `likeness.<role>.<n>` (the pictures that the card gives of those whose faces are seen) and `lora.<role>`, and
may answer `likeness` (likeness.json, what `duocast.runtime.likeness` tells); one that paints over a drawing gets
`rig.<role>`, too.
"""

from typing import Literal

from msgspec import UNSET, UnsetType

from duocast.compiler.value import Value
from duocast.language.direction import Angle, MoveKind, Size

Framing = Literal[
    "single", "two-shot", "group", "over-the-shoulder", "insert", "establishing", "card", "pov"
]


class CameraMove(Value):
    """How the camera moves over the shot. `amount` 1 is the move's ordinary reach; slow is 0.5, fast is 2.

    `seconds`: how long it moves before it stands (None: the whole shot). `target`: the role that it ends on.
    """

    kind: MoveKind = "static"
    amount: float = 1.0
    seconds: float | None = None
    target: str | None = None


class Person(Value):
    """Somebody in the scene: seats are numbered from left to right, and everybody keeps theirs."""

    role: str
    seat: int
    faces: int | None = None
    """The seat of the person looked at, or None for the lens."""


class ComposeParams(Value):
    """One shot's framing."""

    width: int
    height: int
    framing: Framing
    size: Size
    people: tuple[Person, ...]
    """All people of the scene, in seat order; those not in `subjects` may stand behind or out of frame."""
    subjects: tuple[str, ...]
    """The roles the shot is on. over-the-shoulder: the one seen first, then the one whose back is seen."""
    seats: int
    lens_mm: float
    angle: Angle = "eye"
    move: CameraMove = CameraMove()
    thing: str = ""
    """What an insert shows."""
    look: str = ""
    seed: int = 0


class Adapter(Value):
    """A LoRA that a painter lays into its model for one person.

    `name` is that of a file on the model shelf and `digest` its SHA-256, which then stands for the file in the key;
    without a name the file is the input `lora.<role>`. `weight` 1 is all of it.
    """

    role: str
    name: str = ""
    digest: str = ""
    weight: float = 1.0


class PaintParams(ComposeParams):
    """What an engine that paints the whole picture is told besides."""

    picture: str
    """What is seen, in words."""
    faces: tuple[str, ...] = ()
    """The roles whose faces the picture is to show, from left to right."""
    rigged: bool = True
    """Whether their lips are to move: then each of these faces must be found again in the picture."""
    adapters: tuple[Adapter, ...] | UnsetType = UNSET
    """Not there, and so in no key, where no card names one."""

    @property
    def trained(self) -> tuple[Adapter, ...]:
        """The adapters that there are."""
        return () if isinstance(self.adapters, UnsetType) else self.adapters


class Placed(Value):
    """A person on the stage. The matrix takes rig units to stage pixels: (x, y) -> (a x + c y + e, b x + d y + f)."""

    role: str
    matrix: tuple[float, float, float, float, float, float]
    yaw: float
    """Where the body and head face at rest, degrees; 0 is the lens, positive is to the picture's right."""
    view: Literal["front", "back"] = "front"
    depth: float
    """Bigger is farther from the lens; people are drawn from far to near."""
    blur: float = 0.0
    """Gaussian sigma in stage pixels for people out of focus."""
    blur_end: float | None = None
    """The sigma at the shot's end when the focus travels; None: it stays."""
    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Colour of the place's light, multiplied into the person in linear light."""
    light_from: float = 0.0
    """-1 the key light comes from the left, 1 from the right."""
    contrast: float = 0.0
    """How strong the shading of the key light is, 0 to 1."""
    rim: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """sRGB added along the outline on the side away from the key, 0 to 1: light from behind."""
    face: tuple[float, float, float, float]
    """The face's box on the stage: x, y, width, height in pixels."""
    shadow: tuple[float, float, float, float] | None = None
    """Contact shadow: centre x, centre y, radius x, radius y in stage pixels."""


class Framed(Value):
    """A camera position: centre on the stage in pixels, zoom (1 shows stage pixels one to one), roll in degrees."""

    x: float
    y: float
    zoom: float
    roll: float = 0.0


class Layout(Value):
    """Where everything stands in one shot. The stage is the background's pixel space; width and height are the
    frame's."""

    width: int
    height: int
    people: tuple[Placed, ...]
    start: Framed
    end: Framed
    handheld: float = 0.0
    """Amplitude of the hand's sway, in fractions of the frame's height."""
    falling: Literal["", "rain", "snow"] = ""
    """What falls through the air in front of the background."""
    move_seconds: float | None = None
    """How long the camera moves before it stands; None: the whole shot."""
    parallax: float = 0.0
    """How much farther the near things move than the far ones: fraction of the camera's path for each depth unit."""
    seed: int = 0
