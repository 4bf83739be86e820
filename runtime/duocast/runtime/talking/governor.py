"""The motion governor of face coefficients: expression held to what is meant, pose made smooth.

Two kinds of tracks are known by their width, frames x dimensions.
Compact, under 200: the expression is multiplied by 0.7 + 0.25 x intent; the rest is let be. 64 columns of expression
come first, as in SadTalker's 70 (expression, rotation, translation), unless the caller names others.
Full, 224 to 257, a 3D morphable face: identity 80, expression 64, texture 80, then angles 3, light 27, translation 3.
Expression that leaps out of its column is clamped; angles and translation are fitted by parabolas over half a second.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.performance.curve import savitzky_golay

Track = NDArray[np.float64]
"""frames x dimensions."""

COMPACT_BELOW = 200
FULL = range(224, 258)
FLOOR, REACH = 0.7, 0.25
"""The share of the expression let through at an intent of 0, and what an intent of 1 adds."""
COMPACT_EXPRESSION = range(64)
FULL_EXPRESSION = range(80, 144)
FULL_POSE = (*range(224, 227), *range(254, 257))
SPREADS = 3.0
"""How far from its column's median an expression may go, in spreads."""
SIGMA = 1.4826
"""The standard deviation of a normal spread, in median absolute deviations."""
WINDOW_SECONDS = 13 / 25
LEAST_WINDOW = 5


class UnknownCoefficients(ValueError):
    """A track that is neither compact nor full, or whose intent has another number of frames."""


def governed(
    track: Track, intent: Track, *, fps: float = 25.0, expression: Iterable[int] | None = None
) -> Track:
    """The governed track, a new array. `intent` is one number (0 to 1) for each frame.

    `expression` names the columns of a compact track that are expression. Raises `UnknownCoefficients`.
    """
    if track.ndim != 2 or intent.shape != track.shape[:1]:
        raise UnknownCoefficients(
            f"a track of shape {track.shape} with an intent of shape {intent.shape}"
        )
    width = track.shape[1]
    if width < COMPACT_BELOW:
        wanted = COMPACT_EXPRESSION if expression is None else expression
        return compact(track, intent, [column for column in wanted if column < width])
    if width in FULL:
        return full(track, fps)
    raise UnknownCoefficients(
        f"{width} coefficients: neither under {COMPACT_BELOW} nor {FULL.start} to {FULL.stop - 1}"
    )


def compact(track: Track, intent: Track, expression: list[int]) -> Track:
    """`coefficient * (0.7 + 0.25 * intent)` in the columns `expression`; the others as they are."""
    out = np.array(track, np.float64)
    out[:, expression] *= (FLOOR + REACH * np.clip(intent, 0.0, 1.0))[:, None]
    return out


def full(track: Track, fps: float) -> Track:
    """Expression clamped to its column's median and spread; the pose smoothed."""
    out = np.array(track, np.float64)
    out[:, FULL_EXPRESSION] = clamped(out[:, FULL_EXPRESSION])
    for column in FULL_POSE:
        if column < track.shape[1]:
            out[:, column] = savitzky_golay(out[:, column], window(fps))
    return out


def clamped(columns: Track) -> Track:
    """Every column within median ± 3 x 1.4826 x MAD of its own. One that hardly ever moves is let be."""
    middle = np.median(columns, axis=0)
    spread = SPREADS * SIGMA * np.median(np.abs(columns - middle), axis=0)
    reach = np.where(spread > 0, spread, np.inf)
    return np.clip(columns, middle - reach, middle + reach)


def window(fps: float) -> int:
    """How many frames a parabola is fitted to: 13 at 25 frames a second, always odd."""
    return max(2 * round(WINDOW_SECONDS * fps / 2) + 1, LEAST_WINDOW)
