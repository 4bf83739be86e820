"""The edit: what is seen and heard when. Picture counts frames, sound counts samples at 48 kHz."""

from typing import TYPE_CHECKING, Literal

from duocast.compiler.value import Value

if TYPE_CHECKING:
    from fractions import Fraction

SAMPLE_RATE = 48_000


class Rate(Value):
    """Frames a second as an exact fraction, so that 23.976 is 24000/1001 and nothing drifts."""

    numerator: int
    denominator: int = 1

    @property
    def fps(self) -> "Fraction":
        """The rate as an exact number."""
        from fractions import Fraction  # a compile needs none

        return Fraction(self.numerator, self.denominator)

    def seconds(self, frames: int) -> "Fraction":
        """How long `frames` frames last, in seconds."""
        return frames / self.fps

    def samples(self, frames: int) -> int:
        """The sample (48 kHz) that stands at the start of frame number `frames`."""
        return round(self.seconds(frames) * SAMPLE_RATE)


class PictureClip(Value):
    """A shot on the picture track. `start` is its first frame on the film; dissolves make clips overlap."""

    shot: str
    """The shot's id, as in `scene-1/shot-2`; the clip comes from the node `<shot>/clip`."""
    start: int
    frames: int


class PictureTransition(Value):
    """What joins the clip `after` (index on the picture track) to the next; `frames` long.

    dissolve and wipe: the two clips overlap by `frames` on the track (the next clip's `start` is the end of
    this one minus `frames`). fade: no overlap; the last half of `frames` of the one goes to black and the
    first half of the other comes from black. A fade whose `after` is -1 opens the film; one after the last clip
    closes it.
    """

    after: int
    kind: Literal["dissolve", "fade", "wipe"]
    frames: int
    colour: Literal["black", "white"] = "black"
    """What a fade goes through."""


class SoundClip(Value):
    """A piece of one sound file on the film: it starts at sample `at` and plays `samples` from `offset`.

    `source` is the name of the mix's input. `gain_db` is on top of the level that the bus gives. Fades are in
    samples. A `loop` clip repeats its source with a short cross-fade until it has played `samples`.
    """

    source: str
    at: int
    samples: int
    offset: int = 0
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    loop: bool = False
    pan: float = 0.0
    """-1 is left, 1 is right."""
    line: str | None = None
    """The line spoken, on the dialogue track."""
    room: str = "none"
    """Where it sounds: none, small, living, hall, outdoors, studio, phone."""


class Track(Value):
    """One stem of the mix."""

    kind: Literal["dialogue", "music", "effects", "ambience"]
    clips: tuple[SoundClip, ...]
    duck_db: float = 0.0
    """How far the dialogue pushes this track down while somebody speaks, in dB (negative or 0)."""
    duck_under: str | None = None
    """The one role whose voice does; None: everybody's."""


class SpokenLine(Value):
    """A line as it stands on the finished film: for captions and transcripts. Samples at 48 kHz."""

    line: str
    role: str
    name: str
    """The speaker's name as it is read on screen."""
    at: int
    """The film sample at which take time 0 stands."""
    end: int
    """The film sample after its last sound (an interrupted line ends before its take does)."""
    on_screen: bool = True
    """The speaker is seen while speaking; if not, captions say who it is."""


class Chapter(Value):
    """A named place to jump to."""

    title: str
    frame: int


class Timeline(Value):
    """The whole film."""

    rate: Rate
    width: int
    height: int
    frames: int
    picture: tuple[PictureClip, ...]
    transitions: tuple[PictureTransition, ...]
    tracks: tuple[Track, ...]
    spoken: tuple[SpokenLine, ...]
    chapters: tuple[Chapter, ...] = ()
