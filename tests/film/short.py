"""A film of two scenes that is made in seconds, and what is changed in it."""

from pathlib import Path

CARDS = """\
Title: Short
Format: 320x180 @ 12

character ANNA
  description: woman in her thirties, dark bob
  voice: amber

character BEN
  description: man in his forties, short beard
  voice: slate

"""
ROOM = """\
INT. ROOM - DAY

ANNA
So this is the whole film?

BEN
Every word of it.

"""
PARK = """\
EXT. PARK - DAY

ANNA
Then I would like the last word.

BEN
You just had it.

"""
TINY = """\
Title: Tiny
Format: 320x180 @ 12

character ANNA
  description: woman in her thirties, dark bob

INT. ROOM - DAY

ANNA
My map moved. Maybe people are here.
"""


def project(folder: Path, text: str = CARDS + ROOM + PARK) -> Path:
    """A project of its own with this script."""
    folder.mkdir()
    script = folder / "film.scene"
    script.write_text(text, encoding="utf-8")
    return script
