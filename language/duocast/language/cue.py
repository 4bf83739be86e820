"""A cue: sound, titles, light or pictures that start here. A line of its own, or in brackets inside a speech."""

from typing import Literal

from duocast.language.node import Name, Node, Text

CueKind = Literal[
    "music", "sfx", "ambience", "title", "lower third", "chapter", "light", "grade", "b-roll"
]
PlaceInPicture = Literal["top left", "top right", "bottom left", "bottom right", "centre"]


class Until(Node, frozen=True):
    """When a cue ends: when a role speaks, at a mark, or at the end of the scene or the film."""

    kind: Literal["speaks", "mark", "end of scene", "end of film"]
    name: Name | None = None
    """The role that speaks, or the mark without its `#`."""


class Cue(Node, frozen=True):
    """`MUSIC: theme.wav, fade in 2s, duck under dialogue` in parts. What is None was not said."""

    kind: CueKind
    texts: tuple[Text, ...] = ()
    """What it is about, in order: a file, a description (`soft piano, hopeful` is one text), quoted titles."""
    level_db: float | None = None
    fade_in: float | None = None
    """Seconds."""
    fade_out: float | None = None
    """Seconds."""
    loop: bool = False
    duck: bool | None = None
    """False: it never ducks. None: as its kind does."""
    duck_db: float | None = None
    """How far it ducks, in dB (always negative); None is the ordinary depth."""
    duck_under: Name | None = None
    """The role it ducks under; None with `duck` set means all dialogue."""
    under: Name | None = None
    """The role whose speech it goes with: `under MARA`."""
    at: Name | None = None
    """The mark it starts at, without its `#`."""
    start: float | None = None
    """`from 12s`: seconds into the file."""
    until: Until | None = None
    seconds: float | None = None
    """`for 3s` or a bare `3s`: how long it lasts."""
    stop: bool = False
    """`MUSIC: stop` ends what is playing."""
    place: PlaceInPicture | None = None
    """Where words stand in the picture: `top left`, `centre` ..."""

    @property
    def text(self) -> str:
        """The first of the texts, or nothing."""
        return self.texts[0].text if self.texts else ""

    @property
    def is_file(self) -> bool:
        """Whether the first text is the path of a file (it ends in something like `.wav`)."""
        head, dot, ending = self.text.rpartition(".")
        return bool(dot and head and 2 <= len(ending) <= 5 and ending.isalnum())
