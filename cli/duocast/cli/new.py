"""`duocast new`: start a film."""

import shlex
from pathlib import Path

import click

SCRIPT = """\
Title: {title}
Format: 1280x720 @ 24

character ANNA
  description: woman in her thirties, dark bob, green eyes
  wardrobe: rust red sweater

character BEN
  description: man in his forties, short beard, glasses
  wardrobe: grey jacket over a white shirt

place CAFE
  description: small cafe with a window to the street
  light: lamp from left

INT. CAFE - DAY

MUSIC: soft piano, hopeful, fade in 2s, duck under dialogue

Two cups of coffee on the table.

ANNA
(smiling)
So this is the whole film? [beat] You only type it?

BEN
Every word. [pause 0.4s] Change a line, and only that line is made again.

ANNA
Then I would like the *last* word.

BEN
You just had it.
"""
IGNORED = ".duocast/\nout/\n"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start a film in FOLDER: a script that renders as it is, ready to be changed."""
    script = folder / "film.scene"
    if script.exists():
        raise click.UsageError(f"{script} is there already; choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        title = folder.resolve().name.replace("-", " ").replace("_", " ").title()
        script.write_text(SCRIPT.format(title=title), encoding="utf-8")
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text(IGNORED, encoding="utf-8")
    except OSError as problem:
        raise click.UsageError(f"{folder} can't be written: {problem.strerror}") from None
    click.echo(f"wrote {script}\nnext: duocast render {shlex.quote(str(script))}")
