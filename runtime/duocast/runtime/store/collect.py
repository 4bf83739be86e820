"""What `gc` deletes: a decision over plain values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """Something that holds objects: an action or a digested asset.

    `objects` are (digest, size) pairs, `seconds` the time to make it again, `pinned` whether it must stay.
    """

    name: str
    objects: tuple[tuple[str, int], ...]
    seconds: float
    pinned: bool


def victims(held: Sequence[Held], excess: int) -> tuple[str, ...]:
    """Which holders to let go of so that at least `excess` bytes are freed, as far as pins allow.

    Most bytes for the least seconds go first; ties by name. An object goes when its last holder does.
    """
    holders = Counter(digest for holder in held for digest, _ in holder.objects)
    chosen: list[str] = []
    for holder in sorted((h for h in held if not h.pinned), key=_dearest):
        if excess <= 0:
            break
        chosen.append(holder.name)
        for digest, size in holder.objects:
            holders[digest] -= 1
            excess -= size if not holders[digest] else 0
    return tuple(chosen)


def _dearest(holder: Held) -> tuple[float, str]:
    size = sum(size for _, size in holder.objects)
    return -size / max(holder.seconds, 0.001), holder.name
