"""Health: whether a farm takes work, in a form that needs nothing of the API to be loaded."""

import time
from functools import cache
from importlib.metadata import version

from msgspec import Struct

from duocast.farm.daemon.premises import Premises


class Health(Struct, frozen=True):
    """Whether the farm takes work; `trouble` says why it doesn't. `uptime` is in seconds."""

    ok: bool
    version: str
    epoch: int
    seq: int
    uptime: float
    trouble: str


def health(farm: Premises) -> Health:
    """How a farm is now; nothing of anybody's work is in it."""
    shop = farm.shop
    return Health(
        ok=not shop.trouble and shop.failure is None,
        version=_version(),
        epoch=farm.epoch,
        seq=shop.seq,
        uptime=round(time.time() - farm.started, 3),
        trouble=shop.trouble,
    )


@cache
def _version() -> str:
    return version("duocast")
