"""Overlays: titles and lower thirds, with where they stand and how long."""

from duocast.compiler.operations.encode import Overlay
from duocast.compiler.resolve.cast import Cast
from duocast.language.cue import Cue

TITLE_SECONDS = 3.0
LEAD = 0.4
"""Seconds into a shot at which words appear that hang on no word of a line."""
WRITTEN = ("title", "lower third")
"""Kinds of cue that put words on the picture."""


def overlay(cue: Cue, cast: Cast, *, line: str | None = None, word: int | None = None) -> Overlay:
    """The words of a cue, at a word of a line or at the shot's start."""
    text, second = _texts(cue, cast)
    start = LEAD if line is None else 0.0
    return Overlay(
        kind="title" if cue.kind == "title" else "lower third",
        text=text,
        second=second,
        start=start,
        end=start + (cue.seconds or TITLE_SECONDS),
        line=line,
        word=word,
        place=cue.place or "centre",
    )


def _texts(cue: Cue, cast: Cast) -> tuple[str, str]:
    """The line and the smaller line under it; a name of the cast brings its own."""
    text, second = cue.text, cue.texts[1].text if len(cue.texts) > 1 else ""
    if cue.kind == "title":
        return text, second
    if not second and cue.texts and not cue.texts[0].quoted:
        text, _, second = (part.strip() for part in text.partition(","))
    role = cast.roles.get(" ".join(text.split()).upper())
    return (role.name, second or role.caption) if role is not None else (text, second)
