"""`animate`: the still comes alive.

Inputs: `timing` (a `ShotTiming`), `layout` (a `Layout`), `times.<line>` (a `TakeTimes`) for each line heard.
Output: `performance`
(performance.npy, float32, frames x people x pose fields, people in the layout's order, fields as
`duocast.runtime.picture.pose.FIELDS`).
An engine that makes whole pictures (a video model) gets `FilmParams`, `timing`, `layout` and the shot's `still`, and
answers `clip` (clip.mp4, of any size and rate: `encode` conforms it) instead.
"""

from typing import Literal

from duocast.compiler.value import Value


class PersonaSpec(Value):
    """How somebody moves. 1 is ordinary; `motion` scales head and body, `brows` the face, `blinks` their rate."""

    motion: float = 1.0
    brows: float = 1.0
    blinks: float = 1.0


class Gesture(Value):
    """Something that somebody does. It starts at a word of a line, or if `line` is None at beat number `beat`.

    kind: look (at `target`: a role, `lens`, `away`, `down`), nod, shake, smile, frown, laugh, breath, sigh, shrug.
    """

    kind: Literal["look", "nod", "shake", "smile", "frown", "laugh", "breath", "sigh", "shrug"]
    line: str | None = None
    word: int = 0
    beat: int | None = None
    """None: at shot time 0, where no line is named."""
    target: str = ""


class Actor(Value):
    """One person of the shot: `role` as in the layout."""

    role: str
    persona: PersonaSpec = PersonaSpec()
    manner: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(line, words of its acting note): ("L3", ("quiet", "not looking up"))."""
    addresses: tuple[tuple[str, str], ...] = ()
    """(line, whom the speaker looks at while saying it: a role, or `lens`)."""
    gestures: tuple[Gesture, ...] = ()
    mood: str = ""
    emphasis: float = 1.0
    """How strongly stressed words move the face."""


class AnimateParams(Value):
    """The actors of one shot."""

    actors: tuple[Actor, ...]
    listeners_look_at_speaker: bool = True
    seed: int = 0


class FilmParams(AnimateParams):
    """What an engine that makes whole pictures is told besides. `width` and `height` are the film's."""

    width: int
    height: int
    picture: str
    """What is seen, in words."""
    motion: str
    """What happens, in words."""
