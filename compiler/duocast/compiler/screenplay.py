"""The Screenplay: the script with every name resolved, every shot decided, and no text left to interpret."""

from typing import ClassVar, Literal

from duocast.compiler.operations.animate import Gesture, PersonaSpec
from duocast.compiler.operations.compose import CameraMove, Framing, Person
from duocast.compiler.operations.encode import CaptionStyle, FootageSpec, LookSpec, Overlay
from duocast.compiler.operations.speak import Delivery as Delivered
from duocast.compiler.operations.speak import Mark, Pause, Vocal, VoiceSpec, Words
from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value
from duocast.language.direction import Angle, Size
from duocast.language.nodes import TransitionKind

Segment = Words | Pause | Vocal | Mark | Delivered


class EngineChoice(Value):
    """An engine that the writer asks for, and the work it is asked for (empty: whatever the thing needs).

    `here` is False for one that is known but can't be had: the choice is carried, and the ordinary engine works.
    """

    operation: str = ""
    name: str
    here: bool = True


class Lora(Value):
    """What a painter's model was taught about somebody: a file of the project, or a name on the model shelf."""

    file: str | None = None
    name: str = ""
    weight: float = 1.0


class Role(Value):
    """A character of the cast. `id` is its name in addresses; `portrait` is a picture's path in the project."""

    id: str
    name: str
    born: str = ""
    """The name that its seeds and its face come from, if it was called something else once."""
    portrait: str | None = None
    portraits: tuple[str, ...] = ()
    """All its pictures, the first included."""
    description: str = ""
    wardrobe: str = ""
    position: str = ""
    """Where in a place it is, in the writer's words: `by the window`."""
    caption: str = ""
    """The second line of its lower third."""
    voice: VoiceSpec
    voice_engine: str | None = None
    engine: EngineChoice | None = None
    """Who makes its pictures."""
    lora: Lora | None = None
    """What painters learn from about it."""
    reference: str | None = None
    """A recording that its voice shall sound like."""
    emphasis: float = 1.0
    """How often and how much it emphasises, beside the ordinary."""
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
    engine: EngineChoice | None = None


class Look(Value):
    """How the picture is finished; `lut` is the path of a .cube file in the project."""

    name: str = ""
    spec: LookSpec = LookSpec()
    lut: str | None = None
    film: str = ""
    """The film stock that it imitates."""
    match: str = ""
    """What its scenes are to be matched to."""


class Reaction(Value):
    """What somebody else does while a line is said."""

    role: str
    gesture: Gesture


class Line(Value):
    """A speech. `id` is unique in its scene and is made from what is said, never from where it stands."""

    id: str
    role: str
    segments: tuple[Segment, ...]
    manner: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Acting notes that begin inside the line; what the voice can follow of them is in the segments."""
    on_screen: bool = True
    room: str | None = None
    """Where it sounds, if not in the scene's room: `phone`."""
    interrupted: bool = False
    addresses: str | None = None
    """The role spoken to; None is the lens."""
    gestures: tuple[Gesture, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    lexicon: tuple[tuple[str, str], ...] = ()
    """How words are said in this line only."""
    together: bool = False
    """Spoken together with the line before."""
    breaks_in: bool = False
    """It cuts the line before it off."""
    trails_off: bool = False
    """It ends in `...`: the next speaker waits a little longer."""
    backchannel: bool = False
    """A murmur in somebody else's line (`Mm-hm.`), which keeps the floor."""
    seed: int | None = None
    """Its take's, if it was kept from other words; None: that of its words."""

    @property
    def words(self) -> tuple[str, ...]:
        """The written words, as the take counts them."""
        segments = self.segments
        if len(segments) == 1:
            only = segments[0]
            return tuple(only.text.split()) if isinstance(only, Words) else ()
        return tuple(" ".join([s.text for s in segments if isinstance(s, Words)]).split())


class Camera(Value):
    """How a shot looks at its subjects."""

    framing: Framing
    size: Size
    subjects: tuple[str, ...]
    lens_mm: float
    angle: Angle = "eye"
    move: CameraMove = CameraMove()
    thing: str = ""
    look: Look | None = None
    """A look of this shot alone."""
    engine: EngineChoice | None = None
    """Who makes its moving picture."""
    viewer: str | None = None
    """The role whose eyes see this; it is never a subject."""


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
    written: TransitionKind | None = None
    """The writer's word for it; a smash cut has no silence around it, a match cut keeps the framing."""
    colour: Literal["black", "white"] = "black"
    """What a fade goes through."""


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
    reactions: tuple[Reaction, ...] = ()
    """What people do at its start, while nobody speaks."""
    look: Look | None = None
    """None: the film's."""
    light: str | None = None
    """None: the place's."""
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
    offset: float = 0.0
    """Seconds into the file at which it starts."""
    duck_db: float = 0.0
    """How far it makes way for voices, in dB (negative); 0: not at all."""
    duck_under: str | None = None
    """The one role it makes way for; None: everybody."""


class ChapterCue(Value):
    """A named place to jump to."""

    title: str
    at: Moment


class Scene(Value):
    """One place at one time. `id` is made from the heading."""

    id: str
    heading: str
    number: str = ""
    place: str | None
    interior: bool = True
    exterior: bool = False
    """Both: inside and outside at once, as in a car."""
    establishing: bool = False
    qualifiers: tuple[str, ...] = ()
    """What else the heading says: `FLASHBACK`."""
    sections: tuple[str, ...] = ()
    """The acts and sections it stands in, outermost first."""
    synopsis: str = ""
    remarks: tuple[str, ...] = ()
    """Notes between the people who make the film."""
    lyrics: tuple[str, ...] = ()
    time_of_day: str = "day"
    action: str = ""
    wardrobe: tuple[tuple[str, str], ...] = ()
    """(role, clothes) of those who wear something else than their card says; it goes on from scene to scene."""
    people: tuple[Person, ...] = ()
    lines: tuple[Line, ...] = ()
    shots: tuple[Shot, ...] = ()


class Format(Value):
    """A picture size and rate."""

    width: int
    height: int
    rate: Rate


class Delivery(Value):
    """What leaves the house: the first format's values, and whatever else is to be made from the same film."""

    width: int = 1280
    height: int = 720
    rate: Rate = Rate(numerator=24)
    also: tuple[Format, ...] = ()
    """Further formats."""
    quality: Literal["draft", "standard", "cinema"] = "standard"
    modest: bool = False
    """The title page says that less than cinema will do: no size and no rate asks for finer pictures by itself."""
    loudness: float = -16.0
    true_peak: float = -1.0
    norm: str = ""
    """The loudness norm's name: `EBU R128`."""
    captions: Literal["sidecar", "burnt in", "none"] = "sidecar"
    caption_style: CaptionStyle = CaptionStyle()
    disclosure: str = "Made with AI by duocast"
    disclosure_place: Literal[
        "end card", "top left", "top right", "bottom left", "bottom right"
    ] = "end card"
    language: str = "en-US"
    languages: tuple[str, ...] = ()
    """Further languages that the film is wanted in."""
    transition: Transition = Transition()
    """How scenes are joined where nothing is written."""


class Screenplay(Value):
    """The whole film, decided."""

    title: str
    author: str = ""
    front: tuple[tuple[str, str], ...] = ()
    """The rest of the title page that is for people: (key, what it says), as `copyright` and `draft date`."""
    delivery: Delivery
    look: Look = Look()
    roles: tuple[Role, ...]
    places: tuple[Place, ...]
    lexicon: tuple[tuple[str, str], ...] = ()
    scenes: tuple[Scene, ...]
    engines: tuple[EngineChoice, ...] = ()
    """Engines that the title page asks for, by the work they do."""
    seed: int = 0
    """Another number picks other takes of everything."""
    opening_fade: float = 0.0
    """Seconds in which the first picture comes out of black."""
    sounds: tuple[SoundCue, ...] = ()
    chapters: tuple[ChapterCue, ...] = ()
