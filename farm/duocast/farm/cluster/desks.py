"""Desks: the scratch folders of hosts, all in the store's folder, and clearing those of hosts that are gone.

A nursery clears its own when its host ends in whatever way, kill -9 too. Where all of a machine goes at once, nobody is
left to do so; the farm's own daemon does it, which knows who lives.
"""

import shutil
from collections.abc import Collection
from pathlib import Path


def desk(farm: str, host: str) -> str:
    """What the name of a host's scratch folder begins with."""
    return f"{farm}.{host}."


def clear(scratch: Path, farm: str, living: Collection[str]) -> int:
    """Remove the folders of this farm's hosts that do not live; gives how many there were."""
    gone = [folder for folder in scratch.glob(f"{farm}.*") if _host(folder) not in living]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return len(gone)


def _host(folder: Path) -> str:
    return folder.name.split(".")[1]
