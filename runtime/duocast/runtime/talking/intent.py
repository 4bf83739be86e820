"""Intent: what somebody means at every moment of a line - a pause, plain talk, weight on a word - and how strongly."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.animate import Actor
from duocast.compiler.operations.speak import TakeTimes
from duocast.runtime.performance.bearing import bearing_of
from duocast.runtime.performance.curve import blur

Kind = Literal["pause", "neutral", "emphasis"]

LEVEL: dict[Kind, float] = {"pause": 0.0, "neutral": 0.5, "emphasis": 1.0}
PAUSE_SECONDS = 0.18
"""A shorter silence between two words belongs to the talk."""
SOFT_SECONDS = 0.08
"""The spread by which the edges of segments are softened."""
PERSONA_FPS = 25.0


@dataclass(frozen=True, slots=True)
class IntentSegment:
    """A stretch of a take, in its seconds. `intensity` 1 is ordinary; acting notes make it more or less."""

    kind: Kind
    start: float
    end: float
    intensity: float = 1.0

    @property
    def level(self) -> float:
        """0 to 1, as the governor takes it."""
        return min(1.0, LEVEL[self.kind] * self.intensity)


def talking_intent(times: TakeTimes, actor: Actor, line: str) -> tuple[IntentSegment, ...]:
    """The segments of one take from end to end, without gaps, from its words and the line's acting notes."""
    strength = intensity(actor, line)
    return tuple(_joined(_stretches(times, strength, max(actor.emphasis, 0.0))))


def intensity(actor: Actor, line: str) -> float:
    """How strongly the line is meant: its notes and the mood, within 0.4 to 1.6."""
    notes = next((words for name, words in actor.manner if name == line), ())
    meant = bearing_of((*notes, actor.mood) if actor.mood else notes)
    return float(np.clip(1.0 + meant.effort + 0.5 * meant.motion, 0.4, 1.6))


def intent_map(
    segments: Iterable[IntentSegment], frames: int, fps: float = PERSONA_FPS, *, zero: float = 0.0
) -> NDArray[np.float64]:
    """The level at the middle of every frame, 0 to 1, edges softened; take second 0 stands at second `zero`."""
    time = (np.arange(frames) + 0.5) / fps - zero
    level = np.zeros(frames)
    for segment in segments:
        level[(time >= segment.start) & (time < segment.end)] = segment.level
    return blur(level, SOFT_SECONDS * fps) if frames else level


def _stretches(times: TakeTimes, strength: float, emphasis: float) -> Iterator[IntentSegment]:
    at = 0.0
    for word in times.words:
        if word.start - at >= PAUSE_SECONDS:
            yield IntentSegment("pause", at, word.start)
            at = word.start
        kind: Kind = "emphasis" if word.emphasis else "neutral"
        yield IntentSegment(kind, at, word.end, strength * (emphasis if word.emphasis else 1.0))
        at = max(at, word.end)
    if times.seconds > at:
        yield IntentSegment("pause", at, times.seconds)


def _joined(segments: Iterable[IntentSegment]) -> Iterator[IntentSegment]:
    """Neighbours of one kind and strength as one."""
    held: IntentSegment | None = None
    for one in segments:
        if held is not None and (held.kind, held.intensity) == (one.kind, one.intensity):
            held = IntentSegment(held.kind, held.start, one.end, held.intensity)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
