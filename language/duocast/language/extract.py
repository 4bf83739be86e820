"""An extract: a part of a script, from one passage to another, that is read on its own."""

from bisect import bisect_right
from functools import cache
from operator import attrgetter

import msgspec

from duocast.language.lalr import Automaton
from duocast.language.passage import Passage
from duocast.language.passagelexer import PassageLexer
from duocast.language.reading import Reading, State
from duocast.language.removed import Removed, blanked, remove
from duocast.language.respan import placed
from duocast.language.scriptrules import ScriptRules
from duocast.language.source import Place, Source
from duocast.language.tables import tables

_BEGIN = attrgetter("begin")
_NEVER_CLOSES = "S0102"


class Extract(msgspec.Struct, frozen=True):
    """A part of a source's text."""

    source: Source
    start: int
    end: int
    state: State
    """What stands above it."""
    text: str
    """The source's, with blanks for what was removed."""
    removed: tuple[Removed, ...]
    outside: Reading
    """What was found while removing."""

    @property
    def whole(self) -> bool:
        """Whether nothing in it could reach over its ends: a boneyard that does not close does."""
        if self.outside.lenient:
            marks = (self.source.text.find(mark, self.start, self.end) for mark in ("/*", "*/"))
            return max(marks) < 0
        if self.end == len(self.source.text):
            return True
        return all(one.code != _NEVER_CLOSES for one in self.outside.found)

    def passages(self) -> tuple[Passage, ...]:
        """What it has in it."""
        lexer = PassageLexer(self.source, self.text, self.removed, lenient=self.outside.lenient)
        tokens = lexer.tokens(self.start, self.end, self.state)
        _automaton().read("script", lambda _: next(tokens, None))
        for one in self.outside.found:
            at = bisect_right(lexer.readings, one.span.start if one.span else 0, key=_BEGIN)
            lexer.readings[at - 1].found.append(one)
        return tuple(map(_passage, lexer.readings))


def extract(
    source: Source,
    *,
    lenient: bool,
    start: int,
    end: int,
    state: State,
    around: tuple[str, str] | None = None,
) -> Extract:
    """A part of a text, which stands between two texts without notes and boneyard, or else in the source itself."""
    outside = Reading(source, lenient, place=Place(source.path))
    removed = remove(outside, start, end)
    text = source.text
    if around is not None:
        text = around[0] + blanked(text, start, end, removed) + around[1]
    elif removed:
        text = text[:start] + blanked(text, start, end, removed) + text[end:]
    return Extract(source, start, end, state, text, removed, outside)


@cache
def _automaton() -> Automaton:
    return Automaton(tables("script"), ScriptRules())


def _passage(reading: Reading) -> Passage:
    return Passage(
        reading.begin,
        reading.place,
        reading.state,
        tuple(reading.entries),
        tuple(reading.blocks),
        tuple(placed(one, reading.place) for one in reading.found) if reading.found else (),
    )
