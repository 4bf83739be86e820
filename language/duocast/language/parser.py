"""Parsing: text in, a tree and findings out. It never raises, and takes time in proportion to the text."""

from msgspec import Struct

from duocast.language.diagnostic import Diagnostic
from duocast.language.manuscript import Manuscript
from duocast.language.nodes import Script
from duocast.language.source import Source


class Parsed(Struct, frozen=True, gc=False):
    """A script, and what was found while reading it, in the order of the text."""

    script: Script
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source, *, lenient: bool = False) -> Parsed:
    """The tree of a script, whatever its text is.

    `lenient` is for plain Fountain pages, and on for files that end in `.fountain`: brackets and keys that are not
    known are text, and near misses are not reported.
    """
    read = Manuscript.read(source, lenient=lenient)
    return Parsed(read.script, read.diagnostics)
