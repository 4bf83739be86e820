"""A proof: what is found in passages that have been read, once it is known who is in the cast."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from duocast.language.checks import PASSAGE_CHECKS
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
    lenient: bool,
    cast: frozenset[str],
) -> tuple[Diagnostic, ...]:
    """What there is to say about the passages from `first` to before `last`."""
    begin = passages[first].origin if 0 < first < len(passages) else 0
    end = passages[last].origin if last < len(passages) else len(source.text)
    blocks = tuple(chain.from_iterable(map(_BLOCKS, passages[first:last])))
    following = next((one.blocks for one in passages[last:] if one.blocks), ())
    script = Script((), blocks + following[:1], span=source.span(begin, end))
    place = Place(source.path)
    reading = Reading(source, lenient, text=text, place=place, begin=begin, end=end, cast=cast)
    for check in PASSAGE_CHECKS:
        check(reading, script)
    found = (one for one in reading.found if one.span is None or begin <= one.span.start < end)
    return tuple(settled(one, passages) for one in found)
