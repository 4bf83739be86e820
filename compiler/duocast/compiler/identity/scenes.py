"""Scenes paired: the same speeches first, then the same name with something in common, then most in common."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

ENOUGH = 0.34
"""Share of the speeches of the smaller scene that make two scenes of different names the same."""


class Outline(Struct, frozen=True, gc=False):
    """A scene for pairing: its name and its speeches by (role, words)."""

    id: str
    said: tuple[str, ...]


def pair_scenes(old: Sequence[Outline], new: Sequence[Outline]) -> dict[int, int]:
    """New places to old ones."""
    pairs: dict[int, int] = {}
    free = set(range(len(old)))
    _the_same(old, new, pairs, free)
    if len(pairs) == len(new) or not free:
        return pairs
    _by_content(old, new, pairs, free)
    _by_name(old, new, pairs, free)
    _by_overlap(old, new, pairs, free)
    return pairs


def _the_same(
    old: Sequence[Outline], new: Sequence[Outline], pairs: dict[int, int], free: set[int]
) -> None:
    """Scenes of the same name with exactly the same speeches: most of a film, at every save."""
    named = {scene.id: place for place, scene in enumerate(old)}
    for place, scene in enumerate(new):
        other = named.get(scene.id, -1)
        if other in free and (old[other] is scene or old[other].said == scene.said):
            _take(pairs, free, place, other)


def _by_content(
    old: Sequence[Outline], new: Sequence[Outline], pairs: dict[int, int], free: set[int]
) -> None:
    """Scenes with exactly the same speeches; of several the one of the same name, then the first."""
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in sorted(free):
        if old[place].said:
            having[old[place].said].append(place)
    for place, scene in enumerate(new):
        if place in pairs:
            continue
        found = [one for one in having.get(scene.said, ()) if one in free]
        if found:
            best = next((one for one in found if old[one].id == scene.id), found[0])
            _take(pairs, free, place, best)


def _by_name(
    old: Sequence[Outline], new: Sequence[Outline], pairs: dict[int, int], free: set[int]
) -> None:
    named = {old[place].id: place for place in sorted(free)}
    for place, scene in enumerate(new):
        other = named.get(scene.id)
        if place in pairs or other is None or other not in free:
            continue
        silent = not scene.said or not old[other].said
        if silent or overlap(old[other], scene) > 0:
            _take(pairs, free, place, other)


def _by_overlap(
    old: Sequence[Outline], new: Sequence[Outline], pairs: dict[int, int], free: set[int]
) -> None:
    open_ = [place for place in range(len(new)) if place not in pairs]
    found = [
        (-overlap(old[other], new[place]), abs(other - place), place, other)
        for place in open_
        for other in sorted(free)
    ]
    for score, _, place, other in sorted(found):
        if -score >= ENOUGH and place not in pairs and other in free:
            _take(pairs, free, place, other)
    named = {old[place].id: place for place in sorted(free)}
    for place in open_:
        other = named.get(new[place].id, -1)
        if place not in pairs and other in free:
            _take(pairs, free, place, other)


def overlap(one: Outline, other: Outline) -> float:
    """The share of the smaller scene's speeches that the other has too."""
    smaller = min(len(one.said), len(other.said))
    if not smaller:
        return 0.0
    return (Counter(one.said) & Counter(other.said)).total() / smaller


def _take(pairs: dict[int, int], free: set[int], place: int, other: int) -> None:
    pairs[place] = other
    free.discard(other)
