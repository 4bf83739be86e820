"""Parsing: text in, a tree and findings out. It never raises, and takes time in proportion to the text."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from duocast.language.checks import CHECKS
from duocast.language.diagnostic import Diagnostic
from duocast.language.lalr import Automaton
from duocast.language.linelexer import tokens
from duocast.language.lines import cut_lines
from duocast.language.nodes import Script
from duocast.language.reading import Reading
from duocast.language.removed import remove
from duocast.language.scriptrules import ScriptRules
from duocast.language.source import Place, Source
from duocast.language.tables import tables


@dataclass(frozen=True, slots=True)
class Parsed:
    """A script, and what was found while reading it, in the order of the text."""

    script: Script
    diagnostics: tuple[Diagnostic, ...]


@cache
def _automaton() -> Automaton:
    return Automaton(tables("script"), ScriptRules())


def parse(source: Source, *, lenient: bool = False) -> Parsed:
    """The tree of a script, whatever its text is.

    `lenient` is for plain Fountain pages, and on for files that end in `.fountain`: brackets and keys that are not
    known are text, and near misses are not reported.
    """
    lenient = lenient or source.path.lower().endswith(".fountain")
    reading = Reading(source, lenient, place=Place(source.path))
    lines = tokens(cut_lines(reading, remove(reading)))
    parsed: Any = _automaton().read("script", lambda _: next(lines, None))
    title_page, blocks = parsed
    script = Script(title_page, blocks, span=source.span(0, len(source.text)))
    for check in CHECKS:
        check(reading, script)
    return Parsed(script, tuple(sorted(reading.found, key=_place)))


def _place(diagnostic: Diagnostic) -> tuple[int, str]:
    return (diagnostic.span.start if diagnostic.span else 0, diagnostic.code)
