"""Two sequences laid side by side: what is the same in the same order, and the gaps between."""

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Gap = tuple[range, range]
"""What stands between two equal stretches: the old places and the new ones."""


def equal_pairs(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> tuple[list[tuple[int, int]], list[Gap]]:
    """The pairs of places with the same content, in order, and the gaps that are not empty on either side."""
    first = _common(old, new)
    rest = min(len(old), len(new)) - first
    last = min(_common(old[::-1], new[::-1]), rest)
    pairs = [(place, place) for place in range(first)]
    gaps: list[Gap] = []
    old_end, new_end = len(old) - last, len(new) - last
    if first < old_end and first < new_end:
        for pair in _inside(old[first:old_end], new[first:new_end]):
            pairs.append((pair[0] + first, pair[1] + first))
    pairs += [(old_end + step, new_end + step) for step in range(last)]
    gaps.extend(_gaps(pairs, len(old), len(new)))
    return pairs, gaps


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many places at the start are the same."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _inside(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The pairs between the ends. Where everything stands once and in the same order, that is all that both have."""
    here, there = set(old), set(new)
    both = here & there
    if not both:
        return
    if len(here) == len(old) and len(there) == len(new):
        kept = [one for one in old if one in both]
        if kept == [one for one in new if one in both]:
            places = {one: place for place, one in enumerate(new)}
            yield from ((place, places[one]) for place, one in enumerate(old) if one in both)
            return
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield block.a + step, block.b + step


def _gaps(pairs: list[tuple[int, int]], old: int, new: int) -> Iterator[Gap]:
    before = (-1, -1)
    for pair in [*pairs, (old, new)]:
        gap = (range(before[0] + 1, pair[0]), range(before[1] + 1, pair[1]))
        if gap[0] or gap[1]:
            yield gap
        before = pair
