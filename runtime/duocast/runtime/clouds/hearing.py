"""Hearing: a provider's sound, with the times of its characters if it tells them, becomes a take as our own voices'."""

from typing import Any

from duocast.compiler.operations.speak import SpeakParams, TakeTimes
from duocast.runtime.speech.recording import Recording, take_of
from duocast.runtime.speech.score import Score, score_of
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.take import SOUND_RATE as RATE

__all__ = ["RATE", "heard", "line_of"]

Spans = list[tuple[float, float]]


def line_of(params: SpeakParams) -> str:
    """The words of a line as they are sent: one space between them."""
    return " ".join(word.text for word in score_of(params).words)


def heard(params: SpeakParams, samples: Sound, notes: dict[str, Any]) -> tuple[Sound, TakeTimes]:
    """A take at `RATE` from samples at 24 kHz, and all its times.

    `notes["alignment"]` has the times of the characters; without it the words are looked for in the sound.
    """
    score = score_of(params)
    told = _told(score, notes.get("alignment"))
    take = take_of(params, [Recording(samples, 0, len(score.words), told)])
    return take.sound, take.times


def _told(score: Score, alignment: Any) -> Spans | None:  # noqa: ANN401 -- a provider's JSON
    """The span of each word by the times of its characters; None if they are not those of the line."""
    if not isinstance(alignment, dict):
        return None
    text = "".join(alignment.get("characters", ()))
    starts = alignment.get("character_start_times_seconds", ())
    ends = alignment.get("character_end_times_seconds", ())
    if not len(text) == len(starts) == len(ends):
        return None
    spans: Spans = []
    at = 0
    for word in score.words:
        at = text.find(word.text, at)
        if at < 0:
            return None
        last = at + len(word.text) - 1
        spans.append((float(starts[at]), max(float(starts[at]), float(ends[last]))))
        at = last + 1
    return spans
