"""A note, and the song it stands in."""

from dataclasses import dataclass

from duocast.runtime.sound.music.harmony import Chord
from duocast.runtime.sound.music.mood import Mood


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a part: beats from the song's start, a MIDI pitch, how hard (0 to 1)."""

    start: float
    beats: float
    pitch: int
    strength: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its chord, the phrase it stands in, and how full the music is there (0 to 1)."""

    number: int
    chord: Chord
    phrase: int
    in_phrase: int
    strain: str
    """`A` or `B`."""
    fullness: float


@dataclass(frozen=True, slots=True)
class Song:
    """A cue before anybody plays it.

    `beat` is the seconds of a beat; the bars fill the cue exactly. `seed` chooses the tune that all share.
    """

    mood: Mood
    bars: tuple[Bar, ...]
    beat: float
    seed: int

    @property
    def beats(self) -> int:
        """Beats in the whole cue."""
        return len(self.bars) * self.mood.beats

    def start(self, bar: Bar) -> float:
        """The beat at which a bar starts."""
        return float(bar.number * self.mood.beats)
