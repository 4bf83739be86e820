"""Shots: segments with the same camera run together, and the silences are shared out at the cuts."""

from collections.abc import Iterator
from dataclasses import dataclass

from duocast.compiler.cover.items import Item
from duocast.compiler.cover.segments import Segment, segments
from duocast.compiler.operations.encode import FootageSpec
from duocast.compiler.screenplay import Rest, Said, Shot, Transition
from duocast.language.direction import Policy

SCENE_HEAD = 0.5
SCENE_TAIL = 0.8
TAIL_SHARE = 0.55
"""How much of the silence before a line belongs to the shot before: a cut comes a little ahead of the voice."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A scene's shots, where each of its items begins (shot number, beat number), and how the film arrives."""

    shots: tuple[Shot, ...]
    places: dict[int, tuple[int, int]]
    arriving: Transition | None = None


def cover(scene_id: str, items: tuple[Item, ...], seen: tuple[str, ...], policy: Policy) -> Covered:
    """The shots of a scene. `seen` are the roles in the picture, in seat order."""
    pieces, leaving = segments(items, seen, policy)
    groups = list(_groups(pieces))
    shots: list[Shot] = []
    places: dict[int, tuple[int, int]] = {}
    for number, group in enumerate(groups):
        following = groups[number + 1] if number + 1 < len(groups) else None
        shots.append(_shot(f"{scene_id}/shot-{number + 1}", number, group, following, leaving))
        for beat, piece in enumerate(group):
            places.setdefault(piece.item, (number, beat))
    return Covered(tuple(shots), places, pieces[0].transition if pieces else None)


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
    return piece.camera == before.camera and piece.footage == before.footage


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
        overlays=tuple(overlay for piece in group for overlay in piece.overlays),
        head=_head(group[0], opening=number == 0),
        tail=_tail(group[-1], following),
        at_least=max(piece.at_least for piece in group),
        exactly=next((piece.exactly for piece in group if piece.exactly), None),
        broll=footage.path if footage is not None else None,
        footage=footage.spec if footage is not None else FootageSpec(),
        transition=transition or Transition(),
    )


def _beats(group: list[Segment]) -> tuple[Said | Rest, ...]:
    """The first beat's gap is in the shot's head."""
    first = group[0].beat
    if isinstance(first, Said) and first.with_line is None:
        first = first.replace(gap=0.0)
    return (first, *(piece.beat for piece in group[1:]))


def _head(first: Segment, *, opening: bool) -> float:
    if opening:
        return SCENE_HEAD
    beat = first.beat
    if not isinstance(beat, Said) or beat.first or beat.gap <= 0:
        return 0.0
    return round(beat.gap * (1 - TAIL_SHARE), 3)


def _tail(last: Segment, following: list[Segment] | None) -> float:
    """Silence after the last beat; negative where the next line begins before this one has ended."""
    if following is None:
        return SCENE_TAIL
    beat = following[0].beat
    if not isinstance(beat, Said):
        return 0.15 if isinstance(last.beat, Said) else 0.0
    if beat.gap < 0:
        return beat.gap
    return round(beat.gap * TAIL_SHARE, 3)
