"""Spans: the film's picture from its first frame to its last, as pieces of clips and the transitions between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from duocast.compiler.timeline import PictureTransition, Timeline
from duocast.runtime.engine import EngineError, FailureClass


@dataclass(frozen=True, slots=True)
class Plain:
    """Frames [first, last) of clip number `clip`, as they are."""

    clip: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fade:
    """Frames [first, last) of a clip, coming from black (or white) or going to it."""

    clip: int
    first: int
    last: int
    way: Literal["in", "out"]
    colour: Literal["black", "white"] = "black"


@dataclass(frozen=True, slots=True)
class Overlap:
    """The last `frames` frames of clip `clip` and the first of the next, laid over one another."""

    clip: int
    first: int
    frames: int
    kind: Literal["dissolve", "wipe"]


Span = Plain | Fade | Overlap


@dataclass(frozen=True, slots=True)
class Copied:
    """Frames [first, last) of a clip, from key frame to key frame: their packets are copied."""

    clip: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """Frames that are encoded for the film."""

    spans: tuple[Span, ...]


Piece = Copied | Rendered


def length(span: Span) -> int:
    """Frames."""
    return span.frames if isinstance(span, Overlap) else span.last - span.first


def spans(timeline: Timeline) -> tuple[Span, ...]:
    """The film in spans. Raises `EngineError` (poisoned, R0405) if the timeline has holes or crossing transitions."""
    found = tuple(span for span in _spans(timeline) if length(span) > 0)
    if sum(length(span) for span in found) != timeline.frames:
        raise _broken("The picture track does not fill the film.")
    return found


def _spans(timeline: Timeline) -> Iterator[Span]:
    clips = timeline.picture
    between = {t.after: t for t in timeline.transitions}
    overlaps = _overlaps(timeline, between)
    for index, clip in enumerate(clips):
        first = overlaps.get(index - 1, 0)
        last = clip.frames - overlaps.get(index, 0)
        if last < first:
            raise _broken(f"The shot {clip.shot} is shorter than its two transitions.")
        come = _faded(between.get(index - 1), whole=index == 0)
        go = _faded(between.get(index), whole=index == len(clips) - 1)
        come = min(come, (last - first) // 2 if go else last - first)
        go = min(go, last - first - come)
        yield Fade(index, first, first + come, "in", _colour(between.get(index - 1)))
        yield Plain(index, first + come, last - go)
        yield Fade(index, last - go, last, "out", _colour(between.get(index)))
        if index in overlaps:
            wipe = between[index].kind == "wipe"
            yield Overlap(index, last, overlaps[index], "wipe" if wipe else "dissolve")


def _overlaps(timeline: Timeline, between: Mapping[int, PictureTransition]) -> dict[int, int]:
    """How many frames each clip shares with the next."""
    overlaps = {}
    for index, (clip, after) in enumerate(pairwise(timeline.picture)):
        shared = clip.start + clip.frames - after.start
        transition = between.get(index)
        expected = 0
        if transition is not None and transition.kind in ("dissolve", "wipe"):
            expected = transition.frames
        if shared != expected or shared > min(clip.frames, after.frames):
            raise _broken(f"{clip.shot} and {after.shot} share {shared} frames, not {expected}.")
        if shared:
            overlaps[index] = shared
    return overlaps


def _colour(transition: PictureTransition | None) -> Literal["black", "white"]:
    return "black" if transition is None else transition.colour


def _faded(transition: PictureTransition | None, *, whole: bool) -> int:
    """A fade's frames on one side; at the film's ends it has only one."""
    if transition is None or transition.kind != "fade":
        return 0
    return transition.frames if whole else transition.frames // 2


def pieces(found: tuple[Span, ...], keys: tuple[tuple[int, ...], ...]) -> tuple[Piece, ...]:
    """What is copied and what is encoded; `keys` are each clip's key frames."""
    plan: list[Piece] = []
    for span in found:
        parts = _parts(span, keys[span.clip]) if isinstance(span, Plain) else (Rendered((span,)),)
        for part in parts:
            if isinstance(part, Rendered) and plan and isinstance(plan[-1], Rendered):
                plan[-1] = Rendered(plan[-1].spans + part.spans)
            else:
                plan.append(part)
    return tuple(plan)


def _parts(span: Plain, keys: tuple[int, ...]) -> Iterator[Piece]:
    """The span from its first key frame on is copied; up to its last if it does not end with the clip's pictures."""
    inside = [key for key in keys if span.first <= key < span.last]
    ends = [key for key in keys if span.first < key <= span.last]
    if not inside:
        yield Rendered((span,))
        return
    first, last = inside[0], span.last if span.last in keys else ends[-1] if ends else inside[0]
    if first >= last:
        yield Rendered((span,))
        return
    if span.first < first:
        yield Rendered((Plain(span.clip, span.first, first),))
    yield Copied(span.clip, first, last)
    if last < span.last:
        yield Rendered((Plain(span.clip, last, span.last),))


def _broken(message: str) -> EngineError:
    return EngineError(
        FailureClass.POISONED, "R0405", message, "Render again; the cut is made anew."
    )
