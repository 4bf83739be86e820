"""The nearest word: what somebody meant when they typed something else."""

from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 48


def distance(one: str, other: str, limit: int) -> int:
    """How many letters to put in, take out, change or swap with a neighbour; above `limit` it may stop counting."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, previous, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


@lru_cache(maxsize=4096)
def _folded(word: str) -> tuple[str, frozenset[str]]:
    """A word without its case, and its letters."""
    folded = word.casefold()
    return folded, frozenset(folded)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` is most likely a slip for, or None when none is near; case does not count.

    A slip is at most one letter in three. Of equally near candidates the first in their order wins.
    """
    wanted = " ".join(word.split()).casefold()
    if not 1 < len(wanted) <= _LONGEST:
        return None
    best: str | None = None
    room = max(1, len(wanted) // 3)
    letters = frozenset(wanted)
    for candidate in candidates:
        folded, has = _folded(candidate)
        if len(letters - has) > room or len(has - letters) > room:
            continue  # every letter that only one of them has is at least one slip
        found = distance(wanted, folded, room)
        if found <= room and found < len(candidate):
            best, room = candidate, found - 1
        if room < 0:
            break
    return best


def certain(word: str, meant: str, candidates: Iterable[str]) -> bool:
    """Whether nobody could have meant anything but `meant`: one letter is wrong, and no other candidate is as near."""
    wanted = " ".join(word.split()).casefold()
    near = [one for one in candidates if distance(wanted, one.casefold(), 1) <= 1]
    return near == [meant] and len(wanted) > 2
