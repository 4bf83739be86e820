"""Titles: words laid over the picture, when they stand, how they look and how they move."""

from duocast.runtime.delivery.titles.reel import Reel, reel
from duocast.runtime.delivery.titles.schedule import Shown, scheduled

__all__ = ["Reel", "Shown", "reel", "scheduled"]
