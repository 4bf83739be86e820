"""A difference: what would change in a file, as a unified diff on standard output."""

import difflib
import re
import sys
from pathlib import Path

import click

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show_difference(path: Path, old: str, new: str) -> None:
    """Print the unified difference between two texts of a file, in colour on a terminal."""
    name, colour = str(path), sys.stdout.isatty()
    for line in difflib.unified_diff(_LINE.findall(old), _LINE.findall(new), name, name):
        shown = line.removesuffix("\n").replace("\r", "␍")
        shown += "" if line.endswith(("\n", "\r")) else "\n\\ no line end at the end of the file"
        click.echo(click.style(shown, fg=_COLOURS.get(line[:1])) if colour else shown)
