"""The mouth through one take: overlapping targets of its sounds, gated and scaled by how loud it is.

Jaw and width follow the dominance model (Cohen and Massaro 1993): every sound pulls with a strength that fades on
both sides, rounding farther ahead than opening. Closures (p b m), bites (f v) and the tongue are kept apart as
intervals, so that no frame rate can lose them.
"""

from dataclasses import dataclass, replace

import numpy as np

from duocast.compiler.operations.speak import TakeTimes
from duocast.runtime.performance.chance import Floats
from duocast.runtime.performance.curve import blur, bump, rise
from duocast.runtime.performance.phones import Segment, segments_of

STEP = 0.005
MARGIN = 0.4
ENVELOPE_STEP = 0.010
JAW_REACH = (0.050, 0.060)
WIDE_REACH = (0.120, 0.075)
ROUND_AHEAD = 0.170
LONGEST_CLOSURE = 0.15
SLUGGISH = 6.0
"""Steps by which a jaw is slower than its targets: bone and beard don't leap from frame to frame."""
LEAD = 0.010
"""Seconds by which the mouth runs ahead of the sound, as real ones do."""
DIP = 0.055
"""Seconds around a closure within which the sound may say better when it was."""
DOUBT = 6.0
"""How much agreement a large move must win, per second squared."""
ARTICULATION = 1.15
"""How clearly an actor speaks, over the ordinary targets."""
FARTHEST = 0.10
"""Seconds by which a voice may report its phonemes too early or too late."""


@dataclass(frozen=True, slots=True)
class Touch:
    """Lips on lips, teeth on lip or tongue at teeth, from `start` to `end` (take seconds)."""

    start: float
    end: float
    strength: float


@dataclass(frozen=True, slots=True)
class Mouth:
    """The mouth of one take on a grid of `STEP` seconds that begins at `-MARGIN`."""

    time: Floats
    jaw: Floats
    wide: Floats
    closures: tuple[Touch, ...]
    bites: tuple[Touch, ...]
    tongues: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class MouthFrames:
    """The mouth's fields at the frames asked for."""

    jaw: Floats
    wide: Floats
    press: Floats
    bite: Floats
    tongue: Floats


def mouth_of(times: TakeTimes, effort: float = 1.0) -> Mouth:
    """The mouth that says a take. `effort` scales its opening: below 1 mumbled, above 1 declaimed."""
    time = np.arange(-MARGIN, times.seconds + MARGIN, STEP)
    loud = loudness(times, time)
    segments = _aligned(time, segments_of(times.phones), loud)
    gate, gain = _gate(loud), _gain(loud)
    jaw = _dominated(time, segments, "jaw", JAW_REACH)
    wide = _dominated(time, segments, "wide", WIDE_REACH)
    opened = blur(jaw * gate * gain, SLUGGISH) * ARTICULATION * effort
    return Mouth(
        time=time,
        jaw=np.clip(opened, 0, 1),
        wide=blur(wide * (0.35 + 0.65 * gate), 4.0),
        closures=tuple(_snapped(touch, time, loud) for touch in _touches(segments, "press")),
        bites=_touches(segments, "bite"),
        tongues=_touches(segments, "tongue"),
    )


def loudness(times: TakeTimes, time: Floats) -> Floats:
    """The take's envelope at `time`, scaled so that its loud syllables are 1; silent outside the take."""
    if not times.envelope:
        return _spoken_blocks(times, time)
    envelope = np.asarray(times.envelope, float)
    heard = envelope[envelope > 0.05 * max(envelope.max(), 1e-9)]
    reference = float(np.percentile(heard, 88)) if heard.size else 1.0
    at = (np.arange(envelope.size) + 0.5) * ENVELOPE_STEP
    loud: Floats = np.interp(time, at, envelope, left=0.0, right=0.0) / reference
    return np.asarray(np.clip(loud, 0, 1.4), np.float64)


def _spoken_blocks(times: TakeTimes, time: Floats) -> Floats:
    """Loudness for a take without an envelope: 1 while a sound lasts."""
    loud = np.zeros_like(time)
    for segment in segments_of(times.phones):
        if segment.symbol != "rest":
            loud[(time >= segment.start) & (time < segment.end)] = 1.0
    return blur(loud, 3.0)


def _gate(loud: Floats) -> Floats:
    """1 where the voice sounds, a little before and after too; 0 in silence."""
    sounding = (loud > 0.10).astype(float)
    before, after = round(0.055 / STEP), round(0.045 / STEP)
    spread = np.convolve(sounding, np.ones(before + after + 1))[before : before + loud.size]
    return blur((spread > 0).astype(float), 6.0)


def _gain(loud: Floats) -> Floats:
    """How far a target is really opened at this loudness."""
    return blur(np.clip(0.16 + 0.92 * loud, 0, 1.12), 4.0)


def _aligned(time: Floats, segments: tuple[Segment, ...], loud: Floats) -> tuple[Segment, ...]:
    """The segments moved to where the sound says that they are.

    Voices report their phonemes by the edges of their own frames, which may stand some hundredths of a second
    beside the sound: open sounds are loud and closed ones are not, so the best agreement of the two tells.
    """
    jaw = _dominated(time, segments, "jaw", JAW_REACH)
    steps = range(-round(FARTHEST / STEP), round(FARTHEST / STEP) + 1)
    agreement = [
        float(np.corrcoef(np.roll(jaw, step) + 1e-9 * time, loud)[0, 1])
        - DOUBT * (step * STEP) ** 2
        for step in steps
    ]
    best = int(np.argmax(agreement))
    late = steps[best] * STEP if agreement[best] > 0.3 else 0.0
    move = late - LEAD
    return tuple(replace(s, start=s.start + move, end=s.end + move) for s in segments)


def _dominated(
    time: Floats, segments: tuple[Segment, ...], field: str, reach: tuple[float, float]
) -> Floats:
    """The blend of all segments' targets for one field, each weighing less the farther away it is."""
    pull = np.full_like(time, 0.02)
    total = np.zeros_like(time)
    for segment in segments:
        target = float(getattr(segment.shape, field))
        grip = float(getattr(segment.shape, f"{field}_grip")) * (1.15 if segment.stress else 1.0)
        before, after = _reach(segment, field, reach)
        core = min(0.35 * (segment.end - segment.start), 0.05)
        low, high = segment.start + core, segment.end - core
        near, far = np.searchsorted(time, (low - 5 * before, high + 5 * after))
        part = time[near:far]
        distance = np.maximum(low - part, 0) / before + np.maximum(part - high, 0) / after
        weight = grip * np.exp(-(distance**1.3))
        pull[near:far] += weight
        total[near:far] += weight * target
    return total / pull


def _reach(segment: Segment, field: str, reach: tuple[float, float]) -> tuple[float, float]:
    """How far a sound's pull goes back and on, in seconds: rounding is prepared early."""
    before, after = reach
    if field == "wide" and segment.shape.wide < -0.5:
        before = ROUND_AHEAD
    return before, after


def _touches(segments: tuple[Segment, ...], field: str) -> tuple[Touch, ...]:
    """The intervals of one kind of contact. A sound that has swallowed a pause keeps only its own time."""
    touches = []
    for segment in segments:
        strength = float(getattr(segment.shape, field))
        if strength > 0:
            end = min(segment.end, segment.start + LONGEST_CLOSURE)
            share = 0.8 if segment.symbol in "pb" else 1.0
            touches.append(
                Touch(segment.start, segment.start + share * (end - segment.start), strength)
            )
    return tuple(touches)


def _snapped(touch: Touch, time: Floats, loud: Floats) -> Touch:
    """A closure where the sound dips nearest to it: lips that shut take the voice's strength away."""
    middle = (touch.start + touch.end) / 2
    near, far = np.searchsorted(time, (middle - DIP, middle + DIP))
    if far - near < 3:
        return touch
    away = time[near:far] - middle
    cost = loud[near:far] + 0.25 * (away / DIP) ** 2
    move = float(away[int(np.argmin(cost))])
    return replace(touch, start=touch.start + move, end=touch.end + move)


def sampled(mouth: Mouth, take_time: Floats, period: float, until: float | None) -> MouthFrames:
    """The mouth at the middles of frames `period` seconds long. After `until` it says nothing more."""
    jaw = np.interp(take_time, mouth.time, mouth.jaw, left=0, right=0)
    wide = np.interp(take_time, mouth.time, mouth.wide, left=0, right=0)
    alive = np.ones_like(jaw) if until is None else 1 - rise(take_time, until - 0.03, 0.10)
    limit = np.inf if until is None else until
    return MouthFrames(
        jaw=jaw * alive,
        wide=wide * alive,
        press=_contact(take_time, mouth.closures, period, limit) * alive,
        bite=_contact(take_time, mouth.bites, period, limit) * alive,
        tongue=_contact(take_time, mouth.tongues, 0.0, limit) * alive,
    )


def _contact(time: Floats, touches: tuple[Touch, ...], period: float, limit: float) -> Floats:
    """The strongest contact at `time`; each lasts `period` at least, so that some frame's middle falls into it."""
    total = np.zeros_like(time)
    for touch in touches:
        if touch.start >= limit:
            continue
        spare = max(0.0, 1.02 * period - (touch.end - touch.start)) / 2
        start, hold = touch.start - spare, touch.end - touch.start + 2 * spare
        shape = bump(time, start - 0.050, 0.050, hold, 0.042)
        total = np.maximum(total, touch.strength * shape)
    return total
