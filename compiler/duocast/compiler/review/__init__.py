"""The review: what is written well and can't be meant. It runs over the whole script when all names are resolved."""

from collections.abc import Callable

from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.review.cast import review_names, review_unused
from duocast.compiler.review.cues import review_cues
from duocast.compiler.review.files import review_files
from duocast.compiler.review.film import review_film
from duocast.compiler.review.inventory import Inventory, take_inventory
from duocast.compiler.review.marks import review_marks
from duocast.compiler.review.order import review_order
from duocast.compiler.review.settings import review_settings
from duocast.compiler.review.shots import review_shots
from duocast.compiler.review.times import review_times

Review = Callable[[Inventory], None]

REVIEWS: tuple[Review, ...] = (
    review_settings,
    review_order,
    review_names,
    review_marks,
    review_shots,
    review_times,
    review_cues,
    review_film,
    review_files,
    review_unused,
)


def review(sources: Sources, reader: Reader, findings: Findings) -> None:
    """Look through a script once more. A lenient reading takes everything as it is."""
    if sources.lenient:
        return
    inventory = take_inventory(sources, reader, findings)
    for one in REVIEWS:
        one(inventory)
