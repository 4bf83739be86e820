"""Ducking: where somebody speaks, and how music makes way.

Everything is known before the mix, so the music is down before the first phoneme, and stays down through a breath.
"""

from collections.abc import Iterable

import numpy as np

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import rise, stretched
from duocast.runtime.sound.signal.spectrum import RATE

STEP = 240
"""Samples from one point of a duck's curve to the next (5 ms)."""

LEAD = 0.04
"""Seconds by which the music is down before the voice starts."""
ATTACK = 0.16
HOLD = 0.22
RELEASE = 0.65
BREATH = 0.9
"""A gap between voices below this many seconds is no reason to come back."""

_FRAME = 480
_UNDER_PEAK = 32.0
_FLOOR = -55.0

Spans = list[tuple[int, int]]


def spoken_spans(voice: Floats, at: int) -> Spans:
    """Where a voice (n,) that stands at sample `at` of the film is heard: (first, last) samples, rising."""
    frames = -(-len(voice) // _FRAME)
    if not frames:
        return []
    squares = np.square(np.pad(voice, (0, frames * _FRAME - len(voice)))).reshape(frames, _FRAME)
    levels = 10 * np.log10(squares.mean(axis=1) + 1e-10)
    heard = np.flatnonzero(levels > max(_FLOOR, float(levels.max()) - _UNDER_PEAK))
    if not len(heard):
        return []
    breaks = np.flatnonzero(np.diff(heard) > 1)
    firsts = heard[np.concatenate([[0], breaks + 1])]
    lasts = heard[np.concatenate([breaks, [len(heard) - 1]])]
    return [
        (at + int(first) * _FRAME, at + (int(last) + 1) * _FRAME)
        for first, last in zip(firsts, lasts, strict=True)
    ]


def merged(spans: Iterable[tuple[int, int]], gap: float = BREATH) -> Spans:
    """The spans joined where less than `gap` seconds lie between."""
    result: Spans = []
    for first, last in sorted(spans):
        if result and first - result[-1][1] < gap * RATE:
            result[-1] = (result[-1][0], max(result[-1][1], last))
        else:
            result.append((first, last))
    return result


def duck_curve(spans: Spans, samples: int) -> Floats:
    """How far down a ducked track is, 0 to 1, at every `STEP` samples of the film."""
    points = samples // STEP + 3
    curve = np.zeros(points, np.float32)
    down = rise(max(1, round(ATTACK * RATE / STEP)))
    up = rise(round(RELEASE * RATE / STEP))[::-1]
    for first, last in merged(spans):
        low = int((first - LEAD * RATE) // STEP)
        high = round((last + HOLD * RATE) / STEP)
        shape = np.concatenate([down, np.ones(max(1, high - low), np.float32), up])
        start = low - len(down)
        clipped = shape[max(0, -start) : max(0, points - start)]
        begin = max(0, start)
        part = curve[begin : begin + len(clipped)]
        np.maximum(part, clipped[: len(part)], out=part)
    return curve


def ducked(curve: Floats, depth: float, start: int, stop: int) -> Floats:
    """The gain (stop - start, 1) of a track that goes down by `depth` dB (negative), for those samples of the film."""
    first = start // STEP
    points = curve[first : stop // STEP + 2]
    if not points.any():
        return np.ones((1, 1), np.float32)
    gains = stretched(np.asarray(10 ** (points * (depth / 20)), np.float32), STEP)
    return gains[start - first * STEP : stop - first * STEP, np.newaxis]
