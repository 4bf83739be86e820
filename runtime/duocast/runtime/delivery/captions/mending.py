"""Cues that can't be read in their time: joined with a neighbour, or words moved over to it, where that helps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from duocast.runtime.delivery.captions.breaks import break_cost
from duocast.runtime.delivery.captions.chunks import Chunk
from duocast.runtime.delivery.captions.clock import Clock, starts_of
from duocast.runtime.delivery.captions.draft import Draft, fits

_NEAR = 3
"""Neighbours on either side that a change is judged with."""
_FAULT, _EXCESS = 4.0, 12.0
"""What a cue costs that can't be read in its time, and a whole such time that it lacks."""
_BREAK = 1.0
_JOINED = 0.5
"""What it costs to put two speakers in one cue."""
_LEAST = 0.05
_AHEAD = 0.5
"""Seconds of a cue's speech that may still be heard when the next has come."""


def mended(drafts: Sequence[Draft], clock: Clock) -> list[Draft]:
    """The drafts with every cue readable, as far as any change of one boundary can make them so."""
    out, at = list(drafts), 0
    while at < len(out):
        better = _better(out, at, clock) if _stress(out, at, clock) > 0 else None
        if better is None:
            at += 1
        else:
            out, at = better, max(0, at - 1)
    return out


def _better(drafts: list[Draft], at: int, clock: Clock) -> list[Draft] | None:
    """The best change at one of the cue's two edges, or None if all make it worse."""
    low, high = max(0, at - _NEAR), min(len(drafts), at + _NEAR + 1)
    after = drafts[high] if high < len(drafts) else None
    least, found = _cost(drafts[low:high], after, clock) - _LEAST, None
    for first in (at - 1, at):
        if first < 0 or first + 1 >= len(drafts):
            continue
        if drafts[first].scene != drafts[first + 1].scene:
            continue
        for changed in _changes(drafts[first], drafts[first + 1], clock):
            tried = [*drafts[:first], *changed, *drafts[first + 2 :]]
            cost = _cost(tried[low : high + len(changed) - 2], after, clock)
            if cost < least:
                least, found = cost, tried
    return found


def _changes(a: Draft, b: Draft, clock: Clock) -> Iterator[tuple[Draft, ...]]:
    """All that can be made of two neighbours: one cue of both, or the edge between them somewhere else."""
    joined = _joined(a, b)
    longest = clock.rules.longest
    if b.last_word - a.first_word <= longest and fits(joined, clock.rules):
        yield (joined,)
    for one, two in (*_moved(a, b), *_handed(a, b)):
        if _in_order(one, two) and fits(one, clock.rules) and fits(two, clock.rules):
            yield one, two


def _in_order(one: Draft, two: Draft) -> bool:
    """All words of a cue are at least begun before the next comes."""
    begun = max(chunk.words[-1].start for chunk in one.chunks)
    return begun < two.first_word and one.last_word < two.first_word + _AHEAD


def _joined(a: Draft, b: Draft) -> Draft:
    if len(a.chunks) == len(b.chunks) == 1 and a.chunks[0].speaker == b.chunks[0].speaker:
        one, two = a.chunks[0], b.chunks[0]
        return Draft((replace(one, words=one.words + two.words, shared=one.shared or two.shared),))
    return Draft((*a.chunks, *b.chunks))


def _moved(a: Draft, b: Draft) -> Iterator[tuple[Draft, Draft]]:
    """Words of one speaker moved over the edge, either way."""
    for one in a.chunks:
        for two in b.chunks:
            if one.speaker != two.speaker or two.prefix:
                continue
            words = one.words + two.words
            for at in range(1, len(words)):
                if at != len(one.words):
                    upper, lower = replace(one, words=words[:at]), replace(two, words=words[at:])
                    yield _with(a, one, upper), _with(b, two, lower)


def _handed(a: Draft, b: Draft) -> Iterator[tuple[Draft, Draft]]:
    """One of two speakers handed over to the cue before or after."""
    for giver in (a, b):
        for chunk in giver.chunks if len(giver.chunks) > 1 else ():
            left = Draft(tuple(other for other in giver.chunks if other is not chunk))
            if giver is a:
                yield left, Draft((chunk, *b.chunks))
            else:
                yield Draft((*a.chunks, chunk)), left


def _with(draft: Draft, old: Chunk, new: Chunk) -> Draft:
    return Draft(tuple(new if chunk is old else chunk for chunk in draft.chunks))


def _cost(drafts: Sequence[Draft], after: Draft | None, clock: Clock) -> float:
    """What it costs to read these cues; `after` is the next one."""
    cost = 0.0
    for short in _lacks(drafts, after, clock):
        cost += _FAULT * (short > 0) + _EXCESS * short
    for a, b in pairwise(drafts):
        for one in a.chunks:
            for two in b.chunks:
                if one.speaker == two.speaker:
                    cost += _BREAK * break_cost(one.words[-1].text, two.words[0].text)
    return cost + _JOINED * sum(len(draft.chunks) > 1 for draft in drafts)


def _stress(drafts: Sequence[Draft], at: int, clock: Clock) -> float:
    """How far a cue is from being readable in the time it can have; 0 is readable."""
    low, high = max(0, at - _NEAR), min(len(drafts), at + _NEAR + 1)
    after = drafts[high] if high < len(drafts) else None
    return _lacks(drafts[low:high], after, clock)[at - low]


def _lacks(drafts: Sequence[Draft], after: Draft | None, clock: Clock) -> list[float]:
    """The share of the time needed that each cue lacks where all have their best starts."""
    gap = clock.rules.gap_frames
    end = clock.timeline.frames if after is None else clock.word(after) - gap
    starts = starts_of(drafts, clock, end)
    ends = [*(start - gap for start in starts[1:]), end]
    needs = [clock.needed(draft) for draft in drafts]
    return [
        max(0.0, 1 - (end - start) / need)
        for start, end, need in zip(starts, ends, needs, strict=True)
    ]
