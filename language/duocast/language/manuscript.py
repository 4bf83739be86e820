"""A manuscript: a script that has been read."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter

import msgspec

from duocast.language.checks import CHECKS
from duocast.language.diagnostic import Diagnostic
from duocast.language.lalr import Automaton
from duocast.language.nodes import Script
from duocast.language.passage import Passage, passage_of
from duocast.language.passagelexer import PassageLexer
from duocast.language.reading import Reading
from duocast.language.removed import blanked, remove
from duocast.language.scriptrules import ScriptRules
from duocast.language.source import Place, Source
from duocast.language.tables import tables


@cache
def _automaton() -> Automaton:
    return Automaton(tables("script"), ScriptRules())


class Manuscript(msgspec.Struct, frozen=True):
    """The text, its passages, and the script that they make."""

    source: Source
    lenient: bool
    text: str
    """The source's text with blanks for notes and boneyard."""
    passages: tuple[Passage, ...]
    script: Script
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, source: Source, *, lenient: bool = False) -> "Manuscript":
        """A script from its text."""
        lenient = lenient or source.path.lower().endswith(".fountain")
        outside = Reading(source, lenient, place=Place(source.path))
        removed = remove(outside)
        text = blanked(source.text, 0, len(source.text), removed) if removed else source.text
        lexer = PassageLexer(source, text, removed, lenient=lenient)
        tokens = lexer.tokens(0, len(text), "top")
        _automaton().read("script", lambda _: next(tokens, None))
        _give(outside.found, lexer.readings)
        passages = tuple(map(passage_of, lexer.readings))
        return _bound(source, lenient, text, passages)


def _give(found: Sequence[Diagnostic], readings: Sequence[Reading]) -> None:
    """Findings to the passages that they stand in."""
    for one in found:
        at = bisect_right(readings, one.span.start if one.span else 0, key=attrgetter("begin"))
        readings[at - 1].found.append(one)


def _bound(source: Source, lenient: bool, text: str, passages: tuple[Passage, ...]) -> Manuscript:
    """A manuscript from its passages."""
    script = Script(
        tuple(chain.from_iterable(map(attrgetter("entries"), passages))),
        tuple(chain.from_iterable(map(attrgetter("blocks"), passages))),
        span=source.span(0, len(source.text)),
    )
    found = list(chain.from_iterable(map(attrgetter("found"), passages)))
    reading = Reading(source, lenient, found, text, Place(source.path))
    for check in CHECKS:
        check(reading, script)
    return Manuscript(source, lenient, text, passages, script, _sorted(reading.found))


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=_place))


def _place(diagnostic: Diagnostic) -> tuple[int, str]:
    return (diagnostic.span.start if diagnostic.span else 0, diagnostic.code)
