"""A proof: what is found in passages that have been read, once it is known who is in the cast."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from duocast.language.checks import Check
from duocast.language.diagnostic import Diagnostic
from duocast.language.nodes import Script
from duocast.language.passage import Passage
from duocast.language.reading import Reading
from duocast.language.respan import settled
from duocast.language.source import Place, Source

_BLOCKS = attrgetter("blocks")


def prove(
    source: Source,
    text: str,
    passages: Sequence[Passage],
    first: int,
    last: int,
    *,
    checks: Sequence[Check],
    lenient: bool,
    cast: frozenset[str] = frozenset(),
) -> tuple[Diagnostic, ...]:
    """What some checks have to say about the passages from `first` to before `last`."""
    begin = _begin(source, passages, first) if first else 0
    end = _begin(source, passages, last)
    blocks = tuple(chain.from_iterable(map(_BLOCKS, passages[first:last])))
    following = next((one.blocks for one in passages[last:] if one.blocks), ())
    script = Script((), blocks + following[:1], span=source.span(begin, end))
    place = Place(source.path)
    reading = Reading(source, lenient, text=text, place=place, begin=begin, end=end, cast=cast)
    for check in checks:
        check(reading, script)
    found = (one for one in reading.found if one.span is None or begin <= one.span.start < end)
    return tuple(settled(one, passages) for one in found)


def _begin(source: Source, passages: Sequence[Passage], index: int) -> int:
    return passages[index].origin if index < len(passages) else len(source.text)
