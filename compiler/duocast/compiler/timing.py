"""Speech is the clock: from the takes under a shot to its exact frames. Pure: for estimates and for measured
takes."""

from collections.abc import Mapping
from math import floor

from msgspec import Struct, field

from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import (
    Anchor,
    Carry,
    HoldBeat,
    ShotTiming,
    SpokenBeat,
    SpokenSpan,
    TimeParams,
)

INTERRUPTION_FADE = 0.1
"""Seconds of sound kept after the last word of a line that is cut off."""
SHORTEST_CARRY = 0.004


class _Shot(Struct):
    """What is known of the shot while its beats are laid down; all in shot seconds."""

    times: Mapping[str, TakeTimes]
    carry: dict[str, tuple[str, float, float]]
    cursor: float
    spans: list[SpokenSpan] = field(default_factory=list)
    beats: list[tuple[float, float]] = field(default_factory=list)
    cut: float | None = None


def time_shot(
    params: TimeParams, times: Mapping[str, TakeTimes], carry: Carry
) -> tuple[ShotTiming, Carry]:
    """The shot's frames, what sounds when in it, and what goes on sounding after it.

    `times` holds the take of every line of the beats and of the carry.
    """
    shot = _Shot(
        times,
        {line: (role, reached, left) for line, role, reached, left in carry.lines},
        params.head,
    )
    _continue_carried(shot, params)
    for beat in params.beats:
        _lay(shot, beat)
    frames = _frames(params, shot)
    return _timing(params, shot, frames), _rest(shot, frames / float(params.rate.fps))


def line_seconds(take: TakeTimes, interrupted: bool) -> float:
    """How long a take sounds in the film."""
    if interrupted and take.words:
        return min(take.seconds, take.words[-1].end + INTERRUPTION_FADE)
    return take.seconds


def _continue_carried(shot: _Shot, params: TimeParams) -> None:
    """Lines of the shot before that merely ring out here: they have no beat of their own."""
    continued = {beat.line for beat in params.beats if isinstance(beat, SpokenBeat) and beat.first}
    for line, (role, reached, left) in shot.carry.items():
        if line not in continued:
            span = SpokenSpan(
                line=line, role=role, at=0.0, offset=reached, seconds=left, continued=True
            )
            shot.spans.append(span)


def _lay(shot: _Shot, beat: SpokenBeat | HoldBeat) -> None:
    if isinstance(beat, HoldBeat):
        start = _anchored(shot, beat.anchor)
        end = start + beat.seconds
    elif beat.first:
        start, end = _lay_continued(shot, beat)
    else:
        start, end = _lay_new(shot, beat)
    shot.beats.append((start, end))
    shot.cursor = max(shot.cursor, end)


def _lay_new(shot: _Shot, beat: SpokenBeat) -> tuple[float, float]:
    take = shot.times[beat.line]
    start = max(0.0, _anchored(shot, beat.anchor))
    seconds = line_seconds(take, beat.interrupted)
    _add_span(shot, beat, at=start, offset=0.0, seconds=seconds)
    return start, _beat_end(shot, beat, start, start + seconds)


def _lay_continued(shot: _Shot, beat: SpokenBeat) -> tuple[float, float]:
    take = shot.times[beat.line]
    whole = line_seconds(take, beat.interrupted)
    _, reached, left = shot.carry.get(beat.line, (beat.role, whole, 0.0))
    _add_span(shot, beat, at=0.0, offset=reached, seconds=left)
    return 0.0, _beat_end(shot, beat, -reached, left)


def _beat_end(shot: _Shot, beat: SpokenBeat, take_at: float, end: float) -> float:
    """Where the beat ends: at the line's end, or where the word after `last` begins and the picture cuts."""
    words = shot.times[beat.line].words
    if beat.last is None or beat.last + 1 >= len(words):
        return end
    shot.cut = take_at + words[beat.last + 1].start
    return shot.cut


def _add_span(shot: _Shot, beat: SpokenBeat, *, at: float, offset: float, seconds: float) -> None:
    shot.spans.append(
        SpokenSpan(
            line=beat.line,
            role=beat.role,
            at=at,
            offset=offset,
            seconds=seconds,
            continued=beat.first > 0,
            interrupted=beat.interrupted,
        )
    )


def _anchored(shot: _Shot, anchor: Anchor) -> float:
    if anchor.line is None:
        return shot.cursor + anchor.offset
    span = next((s for s in shot.spans if s.line == anchor.line), None)
    if span is None:
        return shot.cursor + anchor.offset
    take, take_at = shot.times[anchor.line], span.at - span.offset
    return take_at + _edge(take, span, anchor) + anchor.offset


def _edge(take: TakeTimes, span: SpokenSpan, anchor: Anchor) -> float:
    """The anchor's instant in take time."""
    if anchor.mark is not None:
        return next((mark.at for mark in take.marks if mark.name == anchor.mark), 0.0)
    if anchor.word is not None and take.words:
        word = take.words[min(anchor.word, len(take.words) - 1)]
        return word.start if anchor.edge == "start" else word.end
    return 0.0 if anchor.edge == "start" else span.offset + span.seconds


def _frames(params: TimeParams, shot: _Shot) -> int:
    fps = float(params.rate.fps)
    if params.exactly is not None:
        return max(1, round(params.exactly * fps))
    if shot.cut is not None:
        return max(1, floor(shot.cut * fps + 1e-6))
    return max(1, round(max(shot.cursor + params.tail, params.at_least) * fps))


def _timing(params: TimeParams, shot: _Shot, frames: int) -> ShotTiming:
    length = frames / float(params.rate.fps)
    spoken = tuple(_clipped(span, length) for span in shot.spans if span.at < length)
    marks = tuple(
        (mark.name, span.at - span.offset + mark.at)
        for span in spoken
        for mark in shot.times[span.line].marks
        if span.offset <= mark.at <= span.offset + span.seconds
    )
    return ShotTiming(
        rate=params.rate, frames=frames, spoken=spoken, marks=marks, beats=tuple(shot.beats)
    )


def _clipped(span: SpokenSpan, length: float) -> SpokenSpan:
    return span.replace(seconds=min(span.seconds, length - span.at))


def _rest(shot: _Shot, length: float) -> Carry:
    lines = []
    for span in shot.spans:
        left = span.at + span.seconds - length
        if left > SHORTEST_CARRY:
            lines.append((span.line, span.role, length - span.at + span.offset, left))
    return Carry(lines=tuple(lines))
