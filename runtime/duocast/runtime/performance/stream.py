"""A person's own clock: idle motion belongs to the line being heard, so that it runs on unbroken over a cut."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from duocast.runtime.performance.chance import Floats, drift
from duocast.runtime.performance.curve import smooth_step
from duocast.runtime.performance.view import ShotView, Spoken

BLEND = 0.5
"""Seconds over which one line's idle motion gives way to the next one's."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of the shot from `start` to `stop` that belongs to one line. `zero` is where its clock shows 0."""

    name: str
    zero: float
    start: float
    stop: float
    line: Spoken | None


def stretches(view: ShotView) -> tuple[Stretch, ...]:
    """The shot divided among its lines, each from its first sound to the next one's; all of it if nobody speaks."""
    first, last = float(view.time[0]) - 1.0, float(view.time[-1]) + 1.0
    if not view.lines:
        return (Stretch(f"still-{view.params.seed}", 0.0, first, last, None),)
    edges = [first, *(max(spoken.zero, first) for spoken in view.lines[1:]), last]
    return tuple(
        Stretch(spoken.line, spoken.zero, edges[i], edges[i + 1], spoken)
        for i, spoken in enumerate(view.lines)
    )


def idle(view: ShotView, period: float, *name: object) -> Floats:
    """Slow noise over the shot, about -1 to 1, blended from line to line."""
    total = np.zeros_like(view.time)
    for stretch, weight in _weights(view):
        total += weight * drift(view.time - stretch.zero, period, *name, stretch.name)
    return total


def _weights(view: ShotView) -> Iterator[tuple[Stretch, Floats]]:
    """Each stretch with its share at every frame; the shares sum to 1."""
    parts = stretches(view)
    for i, part in enumerate(parts):
        into = 1.0 if i == 0 else smooth_step((view.time - part.start) / BLEND)
        out = 1.0 if i + 1 == len(parts) else 1 - smooth_step((view.time - part.stop) / BLEND)
        yield part, np.asarray(into * out * np.ones_like(view.time))
