"""Lines paired: exactly the same in order, then alike between the same neighbours, then moved.

A line stays the same while the same role says it. A speech that another role takes over is paired as recast: its shot
stays, its take does not.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from duocast.compiler.identity.likeness import MOVED, SAME, likeness
from duocast.compiler.identity.sequence import Gap, equal_pairs

WIDEST = 60
"""Lines of a gap, on each side, that are all compared with each other."""
TELLING = 3
"""Words from which a line that stands somewhere else is taken for the same without a neighbour that moved along."""


class Spot(Struct, frozen=True, gc=False):
    """A line for pairing: its scene and place there, who says it, the print of its words, and the words."""

    scene: int
    place: int
    role: str
    fresh: str
    words: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes two lines exactly the same."""
        return self.role, self.words


class Pairs(Struct):
    """New spots to old ones, by (scene, place); `recast` are those that another role says now."""

    kept: dict[tuple[int, int], Spot] = field(default_factory=dict)
    recast: dict[tuple[int, int], Spot] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def keep(self, new: Spot, old: Spot) -> None:
        """The new line is the old one."""
        self.kept[new.scene, new.place] = old
        self.taken.add((old.scene, old.place))


def pair_lines(scenes: Sequence[tuple[Sequence[Spot], Sequence[Spot]]]) -> Pairs:
    """The pairs of all lines of the given scenes, (old lines, new lines) each."""
    pairs = Pairs()
    for old, new in scenes:
        _pair_scene(old, new, pairs)
    old = [
        spot for side, _ in scenes for spot in side if (spot.scene, spot.place) not in pairs.taken
    ]
    new = [
        spot for _, side in scenes for spot in side if (spot.scene, spot.place) not in pairs.kept
    ]
    if old and new:
        _moved(old, new, pairs)
    _recast(scenes, pairs)
    return pairs


def _pair_scene(old: Sequence[Spot], new: Sequence[Spot], pairs: Pairs) -> None:
    same, gaps = equal_pairs([spot.key for spot in old], [spot.key for spot in new])
    for one, other in same:
        pairs.keep(new[other], old[one])
    for gap in gaps:
        for one, other in _alike(old, new, gap):
            pairs.keep(new[other], old[one])


def _alike(old: Sequence[Spot], new: Sequence[Spot], gap: Gap) -> Iterator[tuple[int, int]]:
    """The best pairs of a gap, best first, none of them crossing another."""
    if not gap[0] or not gap[1] or len(gap[0]) > WIDEST or len(gap[1]) > WIDEST:
        return
    enough = SAME if len(gap[0]) == len(gap[1]) == 1 else 1.0
    scored = [
        (likeness(old[one].words, new[other].words, enough), one, other)
        for one in gap[0]
        for other in gap[1]
        if old[one].role == new[other].role
    ]
    chosen: list[tuple[int, int]] = []
    for score, one, other in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score < SAME:
            break
        if all((one < a) == (other < b) and one != a and other != b for a, b in chosen):
            chosen.append((one, other))
    yield from sorted(chosen)


def _moved(old: list[Spot], new: list[Spot], pairs: Pairs) -> None:
    """Lines that left their place: the same words first, then what went along with them, then nearly the same."""
    having: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in old:
        having[spot.key].append(spot)
    wanting: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in new:
        wanting[spot.key].append(spot)
    for key, those in wanting.items():
        found = having.get(key, [])
        if len(found) == len(those) and len(key[1].split()) >= TELLING:
            for spot, other in zip(those, found, strict=True):
                pairs.keep(spot, other)
    spots = {(spot.scene, spot.place): spot for spot in old}
    _along(spots, new, pairs, step=1)
    _along(spots, new[::-1], pairs, step=-1)
    _edited(old, new, pairs)


def _along(old: dict[tuple[int, int], Spot], new: list[Spot], pairs: Pairs, step: int) -> None:
    """A line whose neighbour is paired is the old neighbour's neighbour, if that says the same or nearly so."""
    for spot in new:
        before = pairs.kept.get((spot.scene, spot.place - step))
        if (spot.scene, spot.place) in pairs.kept or before is None:
            continue
        other = old.get((before.scene, before.place + step))
        if other is None or (other.scene, other.place) in pairs.taken or other.role != spot.role:
            continue
        if other.words == spot.words or likeness(other.words, spot.words, SAME) >= SAME:
            pairs.keep(spot, other)


def _edited(old: list[Spot], new: list[Spot], pairs: Pairs) -> None:
    """What moved and was edited too: only when hardly anything else could be meant."""
    left = [spot for spot in old if (spot.scene, spot.place) not in pairs.taken]
    for spot in new:
        if (spot.scene, spot.place) in pairs.kept or len(spot.words.split()) <= TELLING:
            continue
        alike = [one for one in left if one.role == spot.role and _near(one, spot)]
        scored = sorted((-likeness(one.words, spot.words), one.scene, one.place) for one in alike)
        if scored and -scored[0][0] >= MOVED:
            best = next(one for one in left if (one.scene, one.place) == scored[0][1:])
            pairs.keep(spot, best)
            left.remove(best)


def _near(one: Spot, other: Spot) -> bool:
    """Lines of about the same length, so that few have to be compared."""
    return 2 * abs(len(one.words) - len(other.words)) <= max(len(one.words), len(other.words))


def _recast(scenes: Sequence[tuple[Sequence[Spot], Sequence[Spot]]], pairs: Pairs) -> None:
    """The same words by somebody else, in the same scene."""
    for old, new in scenes:
        left = {spot.words: spot for spot in old if (spot.scene, spot.place) not in pairs.taken}
        for spot in new:
            found = left.get(spot.words)
            if found is not None and (spot.scene, spot.place) not in pairs.kept:
                pairs.recast[spot.scene, spot.place] = found
                pairs.taken.add((found.scene, found.place))
                del left[spot.words]
