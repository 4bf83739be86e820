"""The review: what is written well and can't be meant. It runs over the whole script when all names are resolved."""

from collections.abc import Callable

from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.review.inventory import Inventory, take_inventory
from duocast.compiler.review.order import review_order

Review = Callable[[Inventory], None]

REVIEWS: tuple[Review, ...] = (review_order,)


def review(sources: Sources, reader: Reader, findings: Findings) -> None:
    """Look through a script once more. A lenient reading takes everything as it is."""
    if sources.lenient:
        return
    inventory = take_inventory(sources, reader, findings)
    for one in REVIEWS:
        one(inventory)
