"""When overlays stand: their anchors (a word, a mark, the shot) become seconds of the shot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import ShotTiming

SHORTEST = 1.0
"""Seconds that an overlay stands at least, if the shot has room: nobody reads faster."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An overlay with its time in the shot, in seconds. `whole`: it stands from the shot's start to its end."""

    overlay: Overlay
    start: float
    end: float
    whole: bool


def scheduled(
    overlays: Iterable[Overlay], timing: ShotTiming, times: Mapping[str, TakeTimes]
) -> tuple[Shown, ...]:
    """The overlays seen in the shot, from the first to the last; `times` are the takes by line.

    A word that is not heard in this shot counts from the part of its line that is; a line or mark unknown to
    the shot counts from the shot's start.
    """
    seconds = float(timing.rate.seconds(timing.frames))
    shown = (_shown(overlay, timing, times, seconds) for overlay in overlays)
    return tuple(sorted((s for s in shown if s.end > s.start), key=lambda s: (s.start, s.end)))


def _shown(
    overlay: Overlay, timing: ShotTiming, times: Mapping[str, TakeTimes], seconds: float
) -> Shown:
    anchor = _anchor(overlay, timing, times)
    start = min(max(anchor + overlay.start, 0.0), max(seconds - SHORTEST, 0.0))
    end = seconds if overlay.end is None else min(anchor + overlay.end, seconds)
    end = min(max(end, start + SHORTEST), seconds)
    return Shown(overlay, start, end, whole=start <= 0.0 and overlay.end is None)


def _anchor(overlay: Overlay, timing: ShotTiming, times: Mapping[str, TakeTimes]) -> float:
    if overlay.mark is not None:
        return dict(timing.marks).get(overlay.mark, 0.0)
    span = next((span for span in timing.spoken if span.line == overlay.line), None)
    if overlay.line is None or span is None:
        return 0.0
    words = times[overlay.line].words if overlay.line in times else ()
    if not words or overlay.word is None:
        return span.at
    word = words[min(overlay.word, len(words) - 1)]
    return span.at + max(word.start - span.offset, 0.0)
