"""Small films for the tests of the watch."""

from pathlib import Path

FILM = """\
Title: Two Cups
Format: 320x180 @ 12

character MARA
  description: woman in her thirties, dark bob

character JONAS
  description: man of forty, short beard

INT. KITCHEN - NIGHT

Rain at the window.

MARA
You kept the letter.

JONAS
(quiet)
I never opened it.

EXT. BRIDGE - DAY

MARA
Then open it now.
"""


def write_film(folder: Path, text: str = FILM) -> Path:
    """A film in a folder of its own."""
    folder.mkdir(exist_ok=True)
    script = folder / "film.scene"
    script.write_text(text, encoding="utf-8")
    return script
