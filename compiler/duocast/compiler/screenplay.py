"""The Screenplay: the script with every name resolved, every shot decided, and no text left to interpret."""

from typing import ClassVar, Literal

from duocast.compiler.operations.animate import Gesture, PersonaSpec
from duocast.compiler.operations.compose import CameraMove, Framing, Person
from duocast.compiler.operations.encode import FootageSpec, LookSpec, Overlay
from duocast.compiler.operations.speak import Delivery as Delivered
from duocast.compiler.operations.speak import Mark, Pause, Vocal, VoiceSpec, Words
from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value
from duocast.language.direction import Angle, Size

Segment = Words | Pause | Vocal | Mark | Delivered


class Role(Value):
    """A character of the cast. `id` is its name in addresses; `portrait` is a picture's path in the project."""

    id: str
    name: str
    portrait: str | None = None
    description: str = ""
    wardrobe: str = ""
    caption: str = ""
    """The second line of its lower third."""
    voice: VoiceSpec
    voice_engine: str | None = None
    persona: PersonaSpec = PersonaSpec()
    pause: float = 1.0
    """How long this role's pauses are beside the ordinary ones."""
    mood: str = ""


class Place(Value):
    """Where scenes happen. `sound` names its ambience: a file or a known sound."""

    id: str
    name: str
    plate: str | None = None
    description: str = ""
    light: str = ""
    weather: str = ""
    sound: str = ""
    sound_db: float | None = None
    room: str = "living"


class Look(Value):
    """How the picture is finished; `lut` is the path of a .cube file in the project."""

    name: str = ""
    spec: LookSpec = LookSpec()
    lut: str | None = None


class Line(Value):
    """A speech. `id` is unique in its scene and is made from what is said, never from where it stands."""

    id: str
    role: str
    segments: tuple[Segment, ...]
    manner: tuple[str, ...] = ()
    on_screen: bool = True
    room: str | None = None
    """Where it sounds, if not in the scene's room: `phone`."""
    interrupted: bool = False
    addresses: str | None = None
    """The role spoken to; None is the lens."""
    gestures: tuple[Gesture, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The written words, as the take counts them."""
        spoken = (segment.text for segment in self.segments if isinstance(segment, Words))
        return tuple(" ".join(spoken).split())


class Camera(Value):
    """How a shot looks at its subjects."""

    framing: Framing
    size: Size
    subjects: tuple[str, ...]
    lens_mm: float
    angle: Angle = "eye"
    move: CameraMove = CameraMove()
    thing: str = ""


class Said(Value):
    """A line, or words `first` to `last` of it, under a shot.

    `gap` is the silence before it in seconds; negative is an overlap. `together` starts it at a word of the line
    `with_line` instead of after it.
    """

    kind: ClassVar[Literal["said"]] = "said"
    line: str
    first: int = 0
    last: int | None = None
    gap: float = 0.0
    with_line: str | None = None
    with_word: int | None = None


class Rest(Value):
    """Time in which nobody speaks: an action line, in seconds."""

    kind: ClassVar[Literal["rest"]] = "rest"
    seconds: float
    text: str = ""


class Transition(Value):
    """How the film goes from one shot to the next; a cut takes no time."""

    kind: Literal["cut", "dissolve", "fade", "wipe"] = "cut"
    seconds: float = 0.0


class Shot(Value):
    """A piece of film between two cuts. One with `broll` shows nobody of the scene: its camera has no subjects."""

    id: str
    """Unique in the film: `kitchen-night/shot-2`."""
    camera: Camera
    beats: tuple[Said | Rest, ...]
    overlays: tuple[Overlay, ...] = ()
    head: float = 0.0
    tail: float = 0.0
    at_least: float = 0.0
    exactly: float | None = None
    head_handle: float = 0.0
    tail_handle: float = 0.0
    broll: str | None = None
    """A picture or video of the project shown instead of the place."""
    footage: FootageSpec = FootageSpec()
    """What is done with it."""
    transition: Transition = Transition()
    """From this shot to the next."""


class Moment(Value):
    """An instant of the film: the start of a beat of a shot, a word of a line, a mark, or a shot's end."""

    shot: str
    beat: int | None = None
    """None: the shot's end."""
    line: str | None = None
    word: int = 0
    mark: str | None = None
    offset: float = 0.0


class SoundCue(Value):
    """Music, an effect or ambience, from one moment to another (None: as long as it is, or the film's end)."""

    kind: Literal["music", "effects", "ambience"]
    what: str
    """The writer's words for it, or the file's name."""
    file: str | None = None
    """A sound file of the project."""
    start: Moment
    stop: Moment | None = None
    gain_db: float = 0.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    loop: bool = False
    duck: bool = True


class ChapterCue(Value):
    """A named place to jump to."""

    title: str
    at: Moment


class Scene(Value):
    """One place at one time. `id` is made from the heading."""

    id: str
    heading: str
    place: str | None
    interior: bool = True
    time_of_day: str = "day"
    action: str = ""
    people: tuple[Person, ...] = ()
    lines: tuple[Line, ...] = ()
    shots: tuple[Shot, ...] = ()


class Delivery(Value):
    """What leaves the house."""

    width: int = 1280
    height: int = 720
    rate: Rate = Rate(numerator=24)
    loudness: float = -16.0
    true_peak: float = -1.0
    captions: Literal["sidecar", "burnt in", "none"] = "sidecar"
    disclosure: str = "Made with AI by duocast"
    disclosure_place: Literal[
        "end card", "top left", "top right", "bottom left", "bottom right"
    ] = "end card"
    language: str = "en-US"


class Screenplay(Value):
    """The whole film, decided."""

    title: str
    author: str = ""
    delivery: Delivery
    look: Look = Look()
    roles: tuple[Role, ...]
    places: tuple[Place, ...]
    lexicon: tuple[tuple[str, str], ...] = ()
    scenes: tuple[Scene, ...]
    sounds: tuple[SoundCue, ...] = ()
    chapters: tuple[ChapterCue, ...] = ()
