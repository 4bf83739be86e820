"""Segments: the pieces between which the picture may cut, each with the camera that shows it."""

from msgspec import Struct, field

from duocast.compiler.cover.cutaways import COVERED, FLASH, Piece, cut_away
from duocast.compiler.cover.framing import camera, fits
from duocast.compiler.cover.items import (
    Acted,
    Cutaway,
    Directed,
    Footage,
    Graded,
    InlineCut,
    Item,
    Joined,
    Lit,
    Overlaid,
    Played,
    Policed,
    Spoken,
)
from duocast.compiler.cover.policy import Coverage, Part
from duocast.compiler.cover.turns import together_at, turn_gap
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.screenplay import Camera, Look, Reaction, Rest, Said, Transition
from duocast.language.direction import Policy

DIRECTED_HOLD = 2.0
"""Seconds of a shot under which nothing happens and for which no length was given."""


class Segment(Struct, frozen=True, gc=False):
    """A beat and the camera on it. `fresh` starts a new shot even when the camera stays the same."""

    camera: Camera
    beat: Said | Rest
    item: int
    spoken: Spoken | None = None
    footage: Footage | None = None
    """What is seen instead of the camera's picture."""
    reactions: tuple[Reaction, ...] = ()
    """What people do at its start."""
    look: Look | None = None
    light: str | None = None
    asked: Directed | None = None
    """The direction that this segment is the first to follow."""
    arrived: Joined | None = None
    overlays: tuple[Overlay, ...] = ()
    fresh: bool = False
    at_least: float = 0.0
    exactly: float | None = None
    transition: Transition | None = None
    """How the film comes into this segment."""


class _Scene(Struct):
    """Where the walk through a scene's items stands."""

    items: tuple[Item, ...]
    seen: tuple[str, ...]
    coverage: Coverage
    spoken: tuple[Spoken | None, ...]
    """By item: the line that comes next."""
    speakers: tuple[Spoken | None, ...]
    """By item: the next line of somebody who is seen."""
    wished: Directed | None = None
    shown: bool = True
    """Whether the wished shot has been seen at all."""
    look: Look | None = None
    light: str | None = None
    joined: Joined | None = None
    matched: Camera | None = None
    """The camera that the next picture is to be like."""
    last: Camera | None = None
    """The camera that was on last; footage does not count."""
    said: Spoken | None = None
    """The line that was said last."""
    segments: list[Segment] = field(default_factory=list)
    overlays: list[Overlay] = field(default_factory=list)
    transition: Transition | None = None


def segments(
    items: tuple[Item, ...], seen: tuple[str, ...], policy: Policy
) -> tuple[tuple[Segment, ...], Joined | None]:
    """The segments of a scene, and the transition that leads out of it."""
    scene = _Scene(
        items,
        seen,
        Coverage(policy, seen, _talk(items)),
        spoken=_coming(items, seen=False),
        speakers=_coming(items, seen=True),
    )
    for index, item in enumerate(items):
        _take(scene, index, item)
    _show_unseen(scene, len(items))
    return tuple(scene.segments), scene.joined


def _talk(items: tuple[Item, ...]) -> int:
    return len([item for item in items if type(item) is Spoken])


def _take(scene: _Scene, index: int, item: Item) -> None:
    if type(item) is Spoken:
        _speak(scene, index, item)
    elif isinstance(item, Acted):
        _act(scene, index, item)
    elif isinstance(item, Cutaway):
        _show(scene, index, item)
    elif isinstance(item, Directed):
        _show_unseen(scene, index)
        scene.wished, scene.shown = item, False
        if _stands_alone(item):
            _show_unseen(scene, index + 1)
            scene.wished = None
    elif isinstance(item, Policed):
        _show_unseen(scene, index)
        scene.wished = None
        scene.coverage = scene.coverage.turned(item, _talk(scene.items[index:]))
    elif isinstance(item, Graded):
        scene.look = item.look
    elif isinstance(item, Lit):
        scene.light = item.light
    elif isinstance(item, Overlaid):
        scene.overlays.append(item.overlay)
    elif isinstance(item, Joined):
        _show_unseen(scene, index)
        scene.transition, scene.joined = item.transition, item
        if item.transition.written in ("match cut", "jump cut"):
            scene.matched = scene.last
    else:
        assert isinstance(item, Played)


def _stands_alone(item: Directed) -> bool:
    """An insert with a length of its own is seen before anybody speaks again."""
    insert = item.wish.framing == "insert" or bool(item.wish.thing)
    return insert and bool(item.at_least or item.exactly)


def _show_unseen(scene: _Scene, index: int) -> None:
    """A shot under which nothing happened is shown for its own length."""
    wished = scene.wished
    if wished is None or scene.shown:
        return
    seconds = wished.exactly or wished.at_least or DIRECTED_HOLD
    shot = camera(wished.wish, scene.seen, _next_speaker(scene, index))
    _add(scene, Segment(shot, Rest(seconds=seconds), index - 1), wished)


def _show(scene: _Scene, index: int, item: Cutaway) -> None:
    """Footage with nobody speaking; a shot that was asked for before comes after it."""
    beat = Rest(seconds=item.seconds)
    segment = Segment(COVERED, beat, index, footage=item.footage, fresh=True, exactly=item.seconds)
    _add(scene, segment, None)


def _act(scene: _Scene, index: int, item: Acted) -> None:
    speaker = _next_speaker(scene, index)
    if scene.wished is not None:
        shot = camera(scene.wished.wish, scene.seen, speaker)
    else:
        shot = scene.coverage.action(scene.last)
    beat = Rest(seconds=item.seconds, text=item.text)
    segment = Segment(shot, beat, index, reactions=item.reactions)
    _add(scene, segment, scene.wished)


def _speak(scene: _Scene, index: int, item: Spoken) -> None:
    pieces = _pieces(scene, index, item)
    for number, piece in enumerate(pieces):
        part = piece.part
        gap = _gap(scene, item) if number == 0 else 0.0
        beat = Said(line=item.line.id, first=part.first, last=part.last, gap=gap)
        if item.together and number == 0:
            beat = _joined(scene, beat, item)
        overlays = item.overlays
        if overlays and len(pieces) > 1:
            overlays = tuple(o for o in overlays if _holds(part, o.word or 0))
        segment = Segment(
            piece.camera,
            beat,
            index,
            spoken=item,
            footage=piece.footage,
            overlays=overlays,
            fresh=number > 0 or (piece.footage is not None and not item.together),
            at_least=item.cuts[-1].at_least if item.cuts and number + 1 == len(pieces) else 0.0,
        )
        _add(scene, segment, scene.wished)


def _holds(part: Part, word: int) -> bool:
    return part.first <= word and (part.last is None or word <= part.last)


def _pieces(scene: _Scene, index: int, item: Spoken) -> list[Piece]:
    """The pieces of a line and what is seen meanwhile; what is said over a line under footage stays under it."""
    footage = scene.segments[-1].footage if scene.segments else None
    if item.together and footage is not None and not item.cuts and not item.cutaways:
        return [Piece(Part(0, None), COVERED, footage)]
    return cut_away(item, _parts(scene, index, item))


def _parts(scene: _Scene, index: int, item: Spoken) -> list[tuple[Part, Camera]]:
    """The pieces of a line and the camera on each, without footage."""
    base, last = _base(scene, item), scene.last
    if item.cuts:
        return _cut_parts(scene, item, base or scene.coverage.whole(item, last))
    if base is not None:
        return [(Part(0, None), base)]
    if item.together and last is not None:
        return [(Part(0, None), last)]
    partner = _partner(scene, index)
    if partner is not None:
        return [(Part(0, None), scene.coverage.pair(item, partner, last))]
    return scene.coverage.parts(item, last)


def _base(scene: _Scene, item: Spoken) -> Camera | None:
    """The wished shot, as long as it can show the speaker; afterwards coverage takes over."""
    if scene.wished is None:
        return None
    shot = camera(scene.wished.wish, scene.seen, item.line.role)
    if not scene.shown or fits(shot, item.line.role) or not item.line.on_screen:
        return shot
    scene.wished = None
    return None


def _cut_parts(scene: _Scene, item: Spoken, base: Camera) -> list[tuple[Part, Camera]]:
    """The writer's own cuts inside a line; a cut at its first word leaves nothing before it."""
    words = len(item.line.words)
    shots = [(0, base)] if item.cuts[0].word > 0 else []
    for number, cut in enumerate(item.cuts):
        at, back = min(cut.word, words - 1), shots[-1][1] if shots else base
        shots.append((at, _inline(scene, item, cut)))
        word = _back_at(item, cut)
        following = item.cuts[number + 1].word if number + 1 < len(item.cuts) else words
        if word is not None and word < following:
            shots.append((word, back))
    parts = []
    for (first, shot), then in zip(shots, [*shots[1:], None], strict=True):
        last = then[0] - 1 if then is not None else None
        if last is None or last >= first:
            parts.append((Part(first, last), shot))
    return parts


def _back_at(item: Spoken, cut: InlineCut) -> int | None:
    """The word at which a cut with an exact length is over; None where that is the line's end."""
    words = item.estimate.words
    if cut.exactly is None or cut.word + 1 >= len(words):
        return None
    end = words[cut.word].start + cut.exactly
    if item.estimate.seconds - end < FLASH:
        return None
    return min(range(cut.word + 1, len(words)), key=lambda i: (abs(words[i].start - end), i))


def _inline(scene: _Scene, item: Spoken, cut: InlineCut) -> Camera:
    return camera(cut.wish, scene.seen, item.line.role)


def _partner(scene: _Scene, index: int) -> Spoken | None:
    """The line that is spoken together with line number `index`, if it comes next."""
    following = scene.spoken[index + 1]
    return following if following is not None and following.together else None


def _next_speaker(scene: _Scene, index: int) -> str | None:
    following = scene.speakers[index]
    return following.line.role if following is not None else None


def _coming(items: tuple[Item, ...], *, seen: bool) -> tuple[Spoken | None, ...]:
    """For every item, and for the end of the scene, the next line, or the next of somebody who is seen."""
    following: Spoken | None = None
    coming = [following]
    for item in reversed(items):
        if isinstance(item, Spoken) and (item.line.on_screen or not seen):
            following = item
        coming.append(following)
    return tuple(coming[::-1])


def _joined(scene: _Scene, beat: Said, item: Spoken) -> Said:
    """A line spoken together with the one before: a short one answers inside it, a long one runs beside it."""
    before = scene.said
    if before is None:
        return beat
    word, gap = together_at(before, item)
    if item.at_word is not None:
        word, gap = min(item.at_word, max(0, len(before.line.words) - 1)), 0.0
    return beat.replace(with_line=before.line.id, with_word=word, gap=gap)


def _add(scene: _Scene, segment: Segment, wished: Directed | None) -> None:
    """Put a segment down with what waits for the next picture: titles, a transition, a new wish.

    Under footage a wished shot goes on waiting.
    """
    covered = segment.footage is not None
    new = wished is not None and not scene.shown and not covered
    shot = segment.camera
    segment = Segment(
        shot if scene.matched is None or wished or covered else _matched(scene.matched, shot),
        segment.beat,
        segment.item,
        segment.spoken,
        segment.footage,
        segment.reactions,
        shot.look or scene.look,
        scene.light,
        wished if new else None,
        scene.joined,
        (*scene.overlays, *segment.overlays) if scene.overlays else segment.overlays,
        segment.fresh or new or bool(scene.transition),
        wished.at_least if new and wished is not None else segment.at_least,
        wished.exactly if new and wished is not None else segment.exactly,
        scene.transition,
    )
    scene.segments.append(segment)
    scene.said = segment.spoken or scene.said
    scene.last = scene.last if covered else segment.camera
    if scene.overlays:
        scene.overlays = []
    scene.transition = scene.joined = None
    scene.shown = scene.shown or not covered
    scene.matched = scene.matched if covered else None


def _matched(like: Camera, shot: Camera) -> Camera:
    """After a match or a jump cut the picture is as near as the one before, unless the writer asks for a shot."""
    return shot.replace(size=like.size, lens_mm=like.lens_mm, angle=like.angle)


def _gap(scene: _Scene, item: Spoken) -> float:
    """The silence before a line."""
    last = scene.segments[-1].beat if scene.segments else None
    return turn_gap(scene.said if isinstance(last, Said) else None, item)
