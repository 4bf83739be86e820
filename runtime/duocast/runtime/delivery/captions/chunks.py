"""Cutting a speech into pieces for cues: the division that costs the reader least, found over all divisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from duocast.compiler.operations.delivery import CaptionParams
from duocast.runtime.delivery.captions.breaks import break_cost, rows
from duocast.runtime.delivery.captions.cue import CueWord, Speech

DASH = "- "

_TOO_FAST = 9.0
_TOO_SHORT = 5.0
_TOO_LONG = 12.0
_CUT = 1.2
_CUT_AT_STOP = 6.0
_PIECE = 0.55
_NEAR_CUT = 0.5


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one speaker for one cue; `shared` says that somebody else speaks meanwhile."""

    speaker: str
    words: tuple[CueWord, ...]
    prefix: str
    shared: bool
    scene: str = ""
    """In which it is said: a cue has words of one scene."""


@dataclass(frozen=True, slots=True)
class Room:
    """What limits the pieces of one speech, in seconds of the film."""

    rules: CaptionParams
    cuts: tuple[float, ...]
    gap: float
    limit: float
    """When the next thing is said: the last piece is gone by then."""
    others: tuple[tuple[float, float], ...]
    """When others speak at the same time."""


def chunks(speech: Speech, room: Room) -> tuple[Chunk, ...]:
    """The pieces of the speech, in order."""
    words = speech.words
    name = "" if speech.on_screen else f"{speech.name.upper()}: "
    best: list[float] = [0.0] + [float("inf")] * len(words)
    back = [0] * (len(words) + 1)
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            cost = _cost(words, start, end, name if start == 0 else "", room)
            if cost is None:
                break
            if best[start] + cost < best[end]:
                best[end], back[end] = best[start] + cost, start
    return tuple(
        Chunk(
            speech.name,
            words[a:b],
            name if a == 0 else "",
            _is_shared(words[a:b], room),
            speech.scene,
        )
        for a, b in _spans(back)
    )


def _spans(back: Sequence[int]) -> list[tuple[int, int]]:
    spans, end = [], len(back) - 1
    while end > 0:
        spans.append((back[end], end))
        end = back[end]
    return spans[::-1]


def _cost(
    words: tuple[CueWord, ...], start: int, end: int, prefix: str, room: Room
) -> float | None:
    """What it costs to show words[start:end] as one piece; None if they are too many for one."""
    piece, rules = words[start:end], room.rules
    texts = [word.text for word in piece]
    shared = _is_shared(piece, room)
    most = 1 if shared else rules.lines
    set_in = rows(texts, most, rules.line_length - (len(DASH) if shared else 0), prefix)
    if set_in is None and len(piece) > 1:
        return None
    last = end == len(words)
    limit = room.limit if last else words[end].start
    cost = _PIECE + _time_cost(piece, len(" ".join(texts)), limit - room.gap, rules)
    if not last:
        pause = min(max(words[end].start - piece[-1].end, 0.0), 1.0)
        cost += break_cost(texts[-1], words[end].text) * 3.0 - pause * 1.5
    if set_in is not None and len(set_in) > 1:
        cost += _row_cost(texts, set_in) * 0.8
    return cost + _inner_pauses(piece) + _cut_cost(piece, room)


def _time_cost(
    piece: tuple[CueWord, ...], length: int, limit: float, rules: CaptionParams
) -> float:
    """What too little or too much time costs; the piece may stand until `limit`."""
    spoken = piece[-1].end - piece[0].start
    longest = min(max(limit - piece[0].start, 0.05), rules.longest)
    speed = length / longest
    cost = _TOO_FAST * max(0.0, speed / rules.reading_speed - 0.98)
    if longest < rules.shortest:
        cost += _TOO_SHORT * (1 + (rules.shortest - longest) / rules.shortest)
    if spoken > rules.longest:
        cost += _TOO_LONG * (spoken - rules.longest + 1)
    return cost


def _row_cost(texts: Sequence[str], set_in: tuple[str, ...]) -> float:
    first = len(set_in[0].split())
    first = min(max(first, 1), len(texts) - 1)
    return break_cost(texts[first - 1], texts[first])


def _inner_pauses(piece: tuple[CueWord, ...]) -> float:
    """A long silence inside a cue gives away what is said after it."""
    return sum(2.5 * max(0.0, b.start - a.end - 0.6) for a, b in pairwise(piece))


def _cut_cost(piece: tuple[CueWord, ...], room: Room) -> float:
    if not room.rules.cuts:
        return 0.0
    inside = (c for c in room.cuts if piece[0].start + 0.13 < c < piece[-1].end - 0.05)
    return sum(_CUT_AT_STOP if _stops_near(piece, cut) else _CUT for cut in inside)


def _stops_near(piece: tuple[CueWord, ...], cut: float) -> bool:
    return any(
        break_cost(a.text, b.text) <= 0.2 and abs((a.end + b.start) / 2 - cut) < _NEAR_CUT
        for a, b in pairwise(piece)
    )


def _is_shared(piece: tuple[CueWord, ...], room: Room) -> bool:
    start, end = piece[0].start, piece[-1].end
    return any(a < end and start < b for a, b in room.others)
