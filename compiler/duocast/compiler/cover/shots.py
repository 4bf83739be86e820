"""Shots: segments with the same camera run together, and the silences are shared out at the cuts."""

from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct

from duocast.compiler.cover.items import Directed, Item, Joined
from duocast.compiler.cover.segments import Segment, segments
from duocast.compiler.operations.encode import FootageSpec, Overlay
from duocast.compiler.screenplay import Reaction, Rest, Said, Shot, Transition
from duocast.language.direction import Policy

_REACTIONS = attrgetter("reactions")
PLAIN = FootageSpec()
CUT = Transition()
SCENE_HEAD = 0.5
SCENE_TAIL = 0.8
TAIL_SHARE = 0.55
"""How much of the silence before a line belongs to the shot before: a cut comes a little ahead of the voice."""


class Covered(Struct, frozen=True, gc=False):
    """A scene's shots, where each of its items begins (shot number, beat number), and how the film arrives."""

    shots: tuple[Shot, ...]
    places: dict[int, tuple[int, int]]
    arriving: Transition | None = None
    asked: tuple[tuple[int, Directed], ...] = ()
    """The writer's shots: (shot number, direction)."""
    joined: tuple[tuple[int, Joined], ...] = ()
    """The writer's transitions, each with the number of the shot after it."""


def cover(scene_id: str, items: tuple[Item, ...], seen: tuple[str, ...], policy: Policy) -> Covered:
    """The shots of a scene. `seen` are the roles in the picture, in seat order."""
    pieces, last = segments(items, seen, policy)
    leaving = last.transition if last is not None else None
    groups = list(_groups(pieces))
    shots: list[Shot] = []
    places: dict[int, tuple[int, int]] = {}
    for number, group in enumerate(groups):
        following = groups[number + 1] if number + 1 < len(groups) else None
        shots.append(_shot(f"{scene_id}/shot-{number + 1}", number, group, following, leaving))
        for beat, piece in enumerate(group):
            places.setdefault(piece.item, (number, beat))
    asked = [(n, p.asked) for n, group in enumerate(groups) for p in group if p.asked is not None]
    joined = [(n, group[0].arrived) for n, group in enumerate(groups) if group[0].arrived]
    joined += [(len(groups), last)] if last is not None else []
    arriving = pieces[0].transition if pieces else None
    return Covered(tuple(shots), places, arriving, tuple(asked), tuple(joined))


def _groups(pieces: tuple[Segment, ...]) -> Iterator[list[Segment]]:
    group: list[Segment] = []
    for piece in pieces:
        if group and (piece.fresh or not _same_picture(piece, group[-1])):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _same_picture(piece: Segment, before: Segment) -> bool:
    return (
        piece.camera == before.camera
        and piece.footage == before.footage
        and piece.look == before.look
        and piece.light == before.light
    )


def _shot(
    name: str,
    number: int,
    group: list[Segment],
    following: list[Segment] | None,
    leaving: Transition | None,
) -> Shot:
    transition = following[0].transition if following else leaving
    footage = group[0].footage
    return Shot(
        id=name,
        camera=group[0].camera,
        beats=_beats(group),
        overlays=_overlays(group),
        head=_head(group[0], opening=number == 0),
        tail=_tail(group[-1], following, smash=transition is not None and _smashes(transition)),
        at_least=max([piece.at_least for piece in group]),
        exactly=next((piece.exactly for piece in group if piece.exactly), None)
        if len(group) > 1
        else group[0].exactly or None,
        broll=footage.path if footage is not None else None,
        footage=footage.spec if footage is not None else PLAIN,
        reactions=tuple(_reactions(group)) if any(map(_REACTIONS, group)) else (),
        look=group[0].look,
        light=group[0].light,
        transition=transition or CUT,
    )


def _overlays(group: list[Segment]) -> tuple[Overlay, ...]:
    if len(group) == 1:
        return group[0].overlays
    return tuple([overlay for piece in group for overlay in piece.overlays])


def _reactions(group: list[Segment]) -> Iterator[Reaction]:
    """What people do while nobody speaks, each at the beat that it belongs to."""
    for number, piece in enumerate(group):
        for reaction in piece.reactions:
            yield reaction.replace(gesture=reaction.gesture.replace(beat=number))


def _beats(group: list[Segment]) -> tuple[Said | Rest, ...]:
    """The first beat's gap is in the shot's head."""
    first = group[0].beat
    if isinstance(first, Said) and first.with_line is None and first.gap:
        first = Said(line=first.line, first=first.first, last=first.last, with_word=first.with_word)
    return (first,) if len(group) == 1 else (first, *[piece.beat for piece in group[1:]])


def _head(first: Segment, *, opening: bool) -> float:
    if opening:
        return SCENE_HEAD
    beat = first.beat
    if not isinstance(beat, Said) or beat.first or beat.gap <= 0:
        return 0.0
    return _shared(beat.gap)[1]


def _smashes(transition: Transition) -> bool:
    """A smash cut comes on the last syllable."""
    return transition.written == "smash cut"


def _tail(last: Segment, following: list[Segment] | None, *, smash: bool = False) -> float:
    """Silence after the last beat; negative where the next line begins before this one has ended."""
    if smash:
        return 0.0
    if following is None:
        return SCENE_TAIL
    beat = following[0].beat
    if not isinstance(beat, Said):
        return 0.15 if isinstance(last.beat, Said) else 0.0
    if beat.gap < 0:
        return beat.gap
    return _shared(beat.gap)[0]


@lru_cache(maxsize=256)
def _shared(gap: float) -> tuple[float, float]:
    """A silence's seconds before a cut, and after it."""
    return round(gap * TAIL_SHARE, 3), round(gap * (1 - TAIL_SHARE), 3)
