"""From what is heard to cues: pieces are cut, laid beside one another where people overlap, and given their frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from duocast.compiler.operations.delivery import CaptionParams
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.timeline import Timeline
from duocast.runtime.delivery.captions.breaks import rows
from duocast.runtime.delivery.captions.chunks import DASH, Chunk, Room, chunks
from duocast.runtime.delivery.captions.clock import timed
from duocast.runtime.delivery.captions.cue import Cue, CueLine, Speech, cuts_of, speeches

_TOUCH = 0.12
"""Seconds by which speeches may run into each other before it counts as talking at the same time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue without its frames: one chunk, or two of different speakers."""

    chunks: tuple[Chunk, ...]

    @property
    def start(self) -> float:
        """When its first word begins, seconds."""
        return min(chunk.words[0].start for chunk in self.chunks)

    @property
    def end(self) -> float:
        """When its last word ends, seconds."""
        return max(chunk.words[-1].end for chunk in self.chunks)

    @property
    def length(self) -> int:
        """Characters to read."""
        return sum(len(" ".join(w.text for w in chunk.words)) for chunk in self.chunks)


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
    drafts = _merged(_paired(pieces, rules), rules, gap, film_end)
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
        if draft is not None and _overlap(draft, piece) and _fits((*draft.chunks, piece), rules):
            drafts[-1] = Draft((*draft.chunks, piece))
        else:
            drafts.append(Draft((piece,)))
    return drafts


def _overlap(draft: Draft, piece: Chunk) -> bool:
    other = all(chunk.speaker != piece.speaker for chunk in draft.chunks)
    return other and draft.end - piece.words[0].start > _TOUCH


def _merged(drafts: list[Draft], rules: CaptionParams, gap: float, end: float) -> list[Draft]:
    """Cues too short or too fast to be read are joined with a neighbour where that helps."""
    at = 0
    while at < len(drafts):
        if _stress(drafts, at, rules, gap, end) <= 0:
            at += 1
            continue
        joined = _best_join(drafts, at, rules, gap, end)
        if joined is None:
            at += 1
        else:
            drafts, at = joined, max(0, at - 1)
    return drafts


def _best_join(
    drafts: list[Draft], at: int, rules: CaptionParams, gap: float, end: float
) -> list[Draft] | None:
    found: tuple[float, list[Draft]] | None = None
    for first in (at - 1, at):
        if first < 0 or first + 1 >= len(drafts):
            continue
        both = _join(drafts[first], drafts[first + 1], rules)
        if both is None:
            continue
        tried = [*drafts[:first], both, *drafts[first + 2 :]]
        around = (_stress(drafts, i, rules, gap, end) for i in (first, first + 1))
        better = sum(around) - _stress(tried, first, rules, gap, end)
        if better > 0.01 and (found is None or better > found[0]):
            found = (better, tried)
    return found[1] if found else None


def _join(a: Draft, b: Draft, rules: CaptionParams) -> Draft | None:
    """Both in one cue, or None where they don't fit together."""
    if b.end - a.start > rules.longest:
        return None
    if len(a.chunks) == len(b.chunks) == 1 and a.chunks[0].speaker == b.chunks[0].speaker:
        one, two = a.chunks[0], b.chunks[0]
        whole = Chunk(one.speaker, one.words + two.words, one.prefix, one.shared or two.shared)
        texts = [word.text for word in whole.words]
        fits = rows(texts, rules.lines, rules.line_length, whole.prefix) is not None
        return Draft((whole,)) if fits else None
    together = (*a.chunks, *b.chunks)
    return Draft(together) if _fits(together, rules) else None


def _fits(together: Sequence[Chunk], rules: CaptionParams) -> bool:
    """Two speakers, a row each."""
    speakers = {chunk.speaker for chunk in together}
    if len(together) != 2 or len(speakers) != 2 or rules.lines < 2:
        return False
    width = rules.line_length - len(DASH)
    return all(rows([w.text for w in c.words], 1, width) is not None for c in together)


def _stress(
    drafts: Sequence[Draft], at: int, rules: CaptionParams, gap: float, end: float
) -> float:
    """How far a cue is from being readable in the time it can have; 0 is readable."""
    draft = drafts[at]
    limit = drafts[at + 1].start - gap if at + 1 < len(drafts) else end
    seconds = max(min(limit - draft.start, rules.longest), 0.01)
    needed = max(rules.shortest, draft.length / rules.reading_speed)
    return max(0.0, needed / seconds - 1.0)


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
