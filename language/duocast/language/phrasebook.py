"""The phrasebook: what the text of a direction, an option or a transition means. What was read once is remembered."""

from functools import cache, lru_cache
from typing import Any, Literal, cast

from duocast.language.lalr import Automaton, Unread
from duocast.language.moved import moved
from duocast.language.phrases import PhraseLexer, PhraseToken
from duocast.language.shots import DirectionRules, Facet, Item
from duocast.language.source import Place
from duocast.language.tables import tables

_REMEMBERED = 4096
_LONGEST = 200
"""Letters; nobody writes anything longer twice."""

_Start = Literal["direction", "option", "transition"]


@cache
def _automaton() -> Automaton:
    return Automaton(tables("direction"), DirectionRules())


def items_of(text: str, at: int, place: Place | str) -> list[Item]:
    """What the text of a bracket, or a part of it, says. Raises Unread."""
    return cast(list[Item], _read("direction", text, at, place))


def facets_of(text: str, at: int, place: Place | str) -> tuple[Facet, ...]:
    """What a part of a cue says. Raises Unread."""
    return cast(tuple[Facet, ...], _read("option", text, at, place))


def transition_of(text: str, at: int, place: Place | str) -> Any:  # noqa: ANN401  # a Transition
    """The transition that a text names. Raises Unread."""
    return _read("transition", text, at, place)


def _read(start: _Start, text: str, at: int, place: Place | str) -> Any:  # noqa: ANN401  # what the rule makes
    """What a text that stands at `at` means."""
    found = (_remembered if len(text) <= _LONGEST else _meaning)(start, text)
    if isinstance(found, Unread):
        token = cast(PhraseToken | None, found.token)
        if token is not None:
            token = PhraseToken(token.type, token.value, at + token.start, at + token.end, place)
        raise Unread(token, found.expected)
    return moved(found, at, place)


def _meaning(start: _Start, text: str) -> Any:  # noqa: ANN401  # what the rule makes
    try:
        return _automaton().read(start, PhraseLexer(text).following)
    except Unread as unread:
        return unread.with_traceback(None)


_remembered = lru_cache(maxsize=_REMEMBERED)(_meaning)
