"""From what is heard to cues: pieces are cut, laid beside one another where people overlap, and given their frames."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from duocast.compiler.operations.delivery import CaptionParams
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.timeline import Timeline
from duocast.runtime.delivery.captions.breaks import rows
from duocast.runtime.delivery.captions.chunks import DASH, Chunk, Room, chunks
from duocast.runtime.delivery.captions.clock import clock_of, timed
from duocast.runtime.delivery.captions.cue import Cue, CueLine, Speech, cuts_of, speeches
from duocast.runtime.delivery.captions.draft import Draft, fits
from duocast.runtime.delivery.captions.mending import mended

_TOUCH = 0.12
"""Seconds by which speeches may run into each other before it counts as talking at the same time."""


def cues_of(
    timeline: Timeline, times: Mapping[str, TakeTimes], rules: CaptionParams
) -> tuple[Cue, ...]:
    """The film's cues in order. `times` are the takes by line."""
    heard = speeches(timeline, times)
    gap = float(timeline.rate.seconds(rules.gap_frames))
    cuts = tuple(float(timeline.rate.seconds(frame)) for frame in cuts_of(timeline))
    film_end = float(timeline.rate.seconds(timeline.frames))
    pieces: list[Chunk] = []
    for index, speech in enumerate(heard):
        limit = _next_start(heard, index, film_end)
        room = Room(rules, cuts, gap, limit, _others(heard, index))
        pieces.extend(chunks(speech, room))
    pieces.sort(key=lambda piece: piece.words[0].start)
    drafts = mended(_paired(pieces, rules), clock_of(timeline, rules))
    lines = [(_set(draft, rules), draft) for draft in drafts]
    return timed([cue_lines for cue_lines, _ in lines], timeline, rules)


def _next_start(heard: Sequence[Speech], index: int, film_end: float) -> float:
    """When the next speech begins that is not spoken into this one."""
    end = heard[index].words[-1].end
    later = (s.words[0].start for s in heard[index + 1 :] if s.words[0].start >= end - _TOUCH)
    return min(later, default=film_end)


def _others(heard: Sequence[Speech], index: int) -> tuple[tuple[float, float], ...]:
    """When others really speak into this speech."""
    own = heard[index]
    start, end = own.words[0].start, own.words[-1].end
    spans = []
    for other in heard:
        a, b = other.words[0].start, other.words[-1].end
        if other is not own and min(end, b) - max(start, a) > _TOUCH:
            spans.append((max(start, a), min(end, b)))
    return tuple(spans)


def _paired(pieces: Sequence[Chunk], rules: CaptionParams) -> list[Draft]:
    """Pieces spoken at the same time share a cue, a row each."""
    drafts: list[Draft] = []
    for piece in pieces:
        draft = drafts[-1] if drafts else None
        if (
            draft is not None
            and draft.scene == piece.scene
            and _overlap(draft, piece)
            and fits(Draft((*draft.chunks, piece)), rules)
        ):
            drafts[-1] = Draft((*draft.chunks, piece))
        else:
            drafts.append(Draft((piece,)))
    return drafts


def _overlap(draft: Draft, piece: Chunk) -> bool:
    other = all(chunk.speaker != piece.speaker for chunk in draft.chunks)
    return other and draft.last_word - piece.words[0].start > _TOUCH


def _set(draft: Draft, rules: CaptionParams) -> tuple[CueLine, ...]:
    if len(draft.chunks) == 1:
        chunk = draft.chunks[0]
        texts = [word.text for word in chunk.words]
        found = rows(texts, rules.lines, rules.line_length, chunk.prefix)
        return (CueLine(chunk.speaker, chunk.words, found or (chunk.prefix + " ".join(texts),)),)
    ordered = sorted(draft.chunks, key=lambda chunk: chunk.words[0].start)
    return tuple(
        CueLine(c.speaker, c.words, (DASH + " ".join(w.text for w in c.words),)) for c in ordered
    )


def speech_gaps(cues: Sequence[Cue]) -> list[float]:
    """Seconds of silence between the speech of neighbouring cues."""
    return [b.first_word - a.last_word for a, b in pairwise(cues)]
