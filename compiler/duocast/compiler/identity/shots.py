"""Shots paired: the same look at the same lines in order, then whatever shows most of the same lines.

A shot keeps its name while others come and go; one that is put in after `shot-3` is `shot-3a`, as on a set.
"""

import re
from collections.abc import Sequence

from duocast.compiler.identity.kept import KeptShot
from duocast.compiler.identity.sequence import Gap, equal_pairs
from duocast.compiler.screenplay import Said, Shot

_NAME = re.compile(r"shot-(\d+)([a-z]*)$")


def outlined(shot: Shot, lines: dict[str, str]) -> KeptShot:
    """A shot as it is kept, by the lasting names of its lines, with the name that this compile gave it."""
    camera = shot.camera
    heard = tuple([f"{lines.get(b.line, b.line)}:{b.first}" for b in shot.beats if type(b) is Said])
    seen = shot.broll or f"{camera.framing} {' '.join(camera.subjects)}"
    return KeptShot(name=shot.id.rpartition("/")[2], heard=heard, seen=seen)


def name_shots(old: Sequence[KeptShot], new: Sequence[KeptShot]) -> tuple[KeptShot, ...]:
    """The new shots with the names that they keep or get."""
    if tuple(old) == tuple(new):
        return tuple(old)
    kept = _paired(old, new)
    used = {shot.name for shot in old}
    named: list[KeptShot] = []
    last = max((_number(shot.name) for shot in old), default=0)
    before = "shot-0"
    for place, shot in enumerate(new):
        if place in kept:
            name = old[kept[place]].name
        elif any(later in kept for later in range(place + 1, len(new))):
            name = _after(before, used)
        else:
            last += 1
            name = f"shot-{last}"
        used.add(name)
        before = name
        named.append(shot.replace(name=name))
    return tuple(named)


def _paired(old: Sequence[KeptShot], new: Sequence[KeptShot]) -> dict[int, int]:
    """New places to old ones."""
    same, gaps = equal_pairs(
        [(shot.heard, shot.seen) for shot in old], [(shot.heard, shot.seen) for shot in new]
    )
    pairs = {other: one for one, other in same}
    for gap in gaps:
        pairs.update(_alike(old, new, gap))
    return pairs


def _alike(old: Sequence[KeptShot], new: Sequence[KeptShot], gap: Gap) -> dict[int, int]:
    scored = sorted(
        (-score, other, one)
        for other in gap[1]
        for one in gap[0]
        if (score := _likeness(old[one], new[other])) > 0
    )
    pairs: dict[int, int] = {}
    for _, other, one in scored:
        free = other not in pairs and one not in pairs.values()
        if free and all((other < a) == (one < b) for a, b in pairs.items()):
            pairs[other] = one
    return pairs


def _likeness(one: KeptShot, other: KeptShot) -> float:
    """Lines in common count most, then what is seen; shots without a line need the same picture."""
    mine, theirs = set(one.heard), set(other.heard)
    if mine & theirs:
        shared = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        return shared + 0.5 * (one.seen == other.seen)
    lines = {name.partition(":")[0] for name in mine} & {name.partition(":")[0] for name in theirs}
    if one.seen != other.seen:
        return 0.0
    return 0.4 if lines else 0.2 if not mine and not theirs else 0.0


def _number(name: str) -> int:
    found = _NAME.match(name)
    return int(found[1]) if found else 0


def _after(name: str, used: set[str]) -> str:
    """The next free name after a shot's: `shot-3a`, `shot-3b` ... `shot-3z`, `shot-3za`."""
    found = _NAME.match(name)
    number, letters = (found[1], found[2]) if found else ("0", "")
    while True:
        last = letters[-1:]
        letters = letters[:-1] + chr(ord(last) + 1) if last and last < "z" else letters + "a"
        if f"shot-{number}{letters}" not in used:
            return f"shot-{number}{letters}"
