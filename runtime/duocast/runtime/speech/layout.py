"""A line on its clock: pieces of speech, pauses, sounds of the voice and marks, each at its time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from duocast.compiler.operations.speak import Mark, MarkTime, Pause, Vocal, VocalTime
from duocast.runtime.speech.pieces import Piece, between
from duocast.runtime.speech.reading import PUNCTUATION
from duocast.runtime.speech.score import Event, Score, timed
from duocast.runtime.speech.vocals import VocalSound

MakeVocal = Callable[[str], VocalSound]

BETWEEN_SENTENCES = 0.32
"""Seconds between two phrases that were said apart."""
SILENT_LINE = 0.6
"""How long a line lasts that has nothing to say (`...`)."""
_BREATHING = 0.07
"""Seconds kept free around a sound of the voice."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the time of its first phone."""

    at: float
    piece: Piece


@dataclass(frozen=True, slots=True)
class PlacedVocal:
    """A sound of the voice and when it starts."""

    at: float
    name: str
    vocal: VocalSound


@dataclass(slots=True)
class Layout:
    """Everything that sounds in a line, with its times in seconds. `seconds` is the whole length."""

    pieces: list[Placed] = field(default_factory=list)
    vocals: list[PlacedVocal] = field(default_factory=list)
    marks: list[MarkTime] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def vocal_times(self) -> tuple[VocalTime, ...]:
        """When the sounds of the voice are."""
        return tuple(
            VocalTime(
                sound=placed.name,
                start=round(placed.at, 4),
                end=round(placed.at + placed.vocal.seconds, 4),
            )
            for placed in self.vocals
        )


def laid_out(score: Score, pieces: Sequence[Piece], pace: float, make: MakeVocal) -> Layout:
    """The pieces in their order with the score's events between them."""
    layout = Layout()
    last = -1
    for piece in pieces:
        events = _events(score, last, piece.words[0])
        start = _before(layout, events, piece, score, last, pace, make)
        layout.pieces.append(Placed(start, piece))
        _inner_marks(layout, score, piece, start)
        layout.seconds = start + piece.end
        last = piece.words[1]
    closing = _events(score, last, len(score.words))
    _place(layout, closing, layout.seconds, make, _BREATHING if pieces else 0.0)
    if not pieces and not layout.vocals and layout.seconds == 0:
        layout.seconds = SILENT_LINE
    return layout


def _events(score: Score, last: int, first: int) -> tuple[Event, ...]:
    return tuple(event for place in between(last, first) for event in score.events[place])


def _before(
    layout: Layout,
    events: Sequence[Event],
    piece: Piece,
    score: Score,
    last: int,
    pace: float,
    make: MakeVocal,
) -> float:
    """When a piece starts; what happens before it is placed on the way."""
    end = layout.seconds
    apart = BETWEEN_SENTENCES / pace if layout.pieces else 0.0
    natural = apart if piece.rest is None else piece.rest
    if not timed(events):
        start = end + natural
        layout.marks += [_mark(event, start) for event in events if isinstance(event, Mark)]
        return start
    if not any(isinstance(event, Vocal) for event in events):
        closed = last >= 0 and score.words[last].text.rstrip("\"'”’*)]")[-1:] in PUNCTUATION
        pause = sum(event.seconds for event in events if isinstance(event, Pause))
        start = end + (natural + pause if closed else max(natural, pause))
        _place(layout, events, end, make, 0.0)
        layout.marks[:] = _late_marks(layout.marks, events, start)
        return start
    _place(layout, events, end, make, max(_BREATHING, natural / 2) if layout.pieces else 0.0)
    return max(layout.seconds + _BREATHING, end + natural)


def _place(
    layout: Layout, events: Sequence[Event], at: float, make: MakeVocal, lead: float
) -> None:
    """Events one after the other from `at` on; the first sound waits `lead` seconds."""
    for event in events:
        if isinstance(event, Pause):
            at, lead = at + event.seconds, 0.0
        elif isinstance(event, Vocal):
            vocal = make(event.sound)
            layout.vocals.append(PlacedVocal(at + lead, event.sound, vocal))
            at, lead = at + lead + vocal.seconds, _BREATHING
        else:
            layout.marks.append(_mark(event, at))
    layout.seconds = max(layout.seconds, at)


def _late_marks(marks: Sequence[MarkTime], events: Sequence[Event], start: float) -> list[MarkTime]:
    """Marks behind the last pause belong to the word that follows."""
    late = {event.name for event in _after_pause(events)}
    return [MarkTime(name=m.name, at=round(start, 4)) if m.name in late else m for m in marks]


def _after_pause(events: Sequence[Event]) -> list[Mark]:
    late: list[Mark] = []
    for event in events:
        late = [*late, event] if isinstance(event, Mark) else []
    return late


def _inner_marks(layout: Layout, score: Score, piece: Piece, start: float) -> None:
    """Marks between words that are said without a break."""
    seen = piece.words[0]
    for phone in piece.phones:
        if phone.word == seen:
            continue
        for event in _events(score, seen, phone.word):
            if isinstance(event, Mark):
                layout.marks.append(_mark(event, start + phone.start))
        seen = phone.word


def _mark(event: Mark, at: float) -> MarkTime:
    return MarkTime(name=event.name, at=round(at, 4))
