"""The review: what is written well and can't be meant. It runs over the whole script when all names are resolved."""

from collections.abc import Callable
from functools import partial
from itertools import chain
from operator import attrgetter

from msgspec import Struct

from duocast.compiler.memory import Memory
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings, Found
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.resolve.stretches import Stretch
from duocast.compiler.review.cast import review_names, review_unused
from duocast.compiler.review.cues import review_cast, review_cues, review_music
from duocast.compiler.review.files import review_files
from duocast.compiler.review.film import review_film
from duocast.compiler.review.inventory import Inventory, take_inventory
from duocast.compiler.review.marks import review_marks
from duocast.compiler.review.order import Ordered, review_order, review_sequence
from duocast.compiler.review.settings import review_settings
from duocast.compiler.review.shots import review_shots
from duocast.compiler.review.times import review_times
from duocast.language import Span
from duocast.language.cue import Cue

Review = Callable[[Inventory], None]

REVIEWS: tuple[Review, ...] = (
    review_marks,
    review_shots,
    review_times,
    review_cues,
    review_film,
    review_files,
)
"""What every stretch of the script is looked through for, by itself."""


class _Reviewed(Struct, frozen=True, gc=False):
    """What was found in one stretch, and what others must know of it."""

    found: Found
    ordered: Ordered
    music: tuple[Cue, ...]


_ITEMS = attrgetter("found.items")
_ORDERED = attrgetter("ordered")
_MUSIC = attrgetter("music")


def review(sources: Sources, reader: Reader, findings: Findings, memory: Memory) -> None:
    """Look through a script once more. A lenient reading takes everything as it is."""
    if sources.lenient:
        return
    cast = review_cast(sources)
    look = partial(_review, sources=sources, reader=reader, cast=cast, files=findings)
    given = (sources.cards, "\n".join(cast))
    reviewed = memory.each("review", sources.stretches, look, given=given, fleeting=_fleeting)
    review_settings(sources, findings)
    findings.items.extend(chain.from_iterable(map(_ITEMS, reviewed)))
    source = sources.files[sources.script.span.path]
    review_sequence(sources.stretches, tuple(map(_ORDERED, reviewed)), source, findings)
    review_music(chain.from_iterable(map(_MUSIC, reviewed)), findings)
    findings.keep(
        memory.once("names", (sources.cards,), partial(_names, sources, findings), _still)
    )
    review_unused(sources, findings)


def _review(
    stretch: Stretch,
    *,
    sources: Sources,
    reader: Reader,
    cast: dict[str, Span | None],
    files: Findings,
) -> _Reviewed:
    source, apart = sources.files[sources.script.span.path], files.apart()
    scene = take_inventory(stretch)
    inventory = Inventory(sources, source, reader, apart, cast, stretch, scene)
    ordered = review_order(inventory)
    for one in REVIEWS:
        one(inventory)
    music = tuple(cue for cue in scene.cues if cue.kind == "music")
    return _Reviewed(apart.found(), ordered, music)


def _fleeting(reviewed: _Reviewed) -> bool:
    return reviewed.found.fleeting


def _names(sources: Sources, findings: Findings) -> Found:
    apart = findings.apart()
    review_names(sources, apart)
    return apart.found()


def _still(found: Found) -> bool:
    return found.fleeting
