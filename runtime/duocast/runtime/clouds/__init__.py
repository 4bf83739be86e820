"""Clouds: engines that other people's machines answer for, paid by the call. Importing this loads no network code."""

from typing import TYPE_CHECKING

from duocast.runtime.clouds.account import Office

if TYPE_CHECKING:
    from duocast.runtime.engine import Engine

__all__ = ["Office", "cloud_engines"]


def cloud_engines(office: Office) -> "tuple[Engine, ...]":
    """All engines of `duocast.runtime.clouds.houses`."""
    from duocast.runtime.clouds.houses import engines

    return engines(office)
