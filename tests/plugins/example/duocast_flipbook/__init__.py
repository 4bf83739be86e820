"""Engines that this package gives duocast. Importing it loads no library: an engine imports its own when it runs."""

from duocast_flipbook.engine import Flipbook


def engines():
    """What the entry point names."""
    return [Flipbook()]
