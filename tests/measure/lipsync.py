"""Measures of acting: how well mouths and voices agree, who speaks with whom, how smooth a movement is.

Openings are per frame (jaw times what the lips leave open); envelopes are the square root of the sound's smoothed
energy. Times in seconds.
"""

from dataclasses import dataclass

import numpy as np

from duocast.runtime.picture.pose import FIELDS

STEP = 0.005
LARGEST_LAG = 0.5


@dataclass(frozen=True, slots=True)
class Sync:
    """`offset` above 0: the mouth is late. `correlation` at that offset, `margin` over the median of all lags."""

    offset: float
    correlation: float
    margin: float


def field(performance, name):
    """One field of a performance (frames x people x fields) or of one person's rows, by its name."""
    return np.asarray(performance[..., FIELDS.index(name)], float)


def opening(performance):
    """How far mouths are open: frames x people, or frames."""
    return field(performance, "jaw") * (1 - field(performance, "press"))


def envelope_of(sound, rate, step=0.010, sigma=0.020):
    """The square root of the smoothed energy of a mono sound, one value each `step` seconds."""
    size = round(step * rate)
    blocks = np.asarray(sound, float)[: len(sound) // size * size].reshape(-1, size)
    energy = (blocks**2).mean(axis=1)
    reach = np.arange(-round(3 * sigma / step), round(3 * sigma / step) + 1)
    kernel = np.exp(-0.5 * (reach * step / sigma) ** 2)
    return np.sqrt(np.convolve(energy, kernel / kernel.sum(), mode="same"))


def sync(mouth, fps, envelope, envelope_step=0.010, start=0.0):
    """The lag of the best agreement between a mouth's opening and a voice whose time 0 stands at `start`."""
    seconds = len(mouth) / fps
    grid = np.arange(0, seconds, STEP)
    opened = np.interp(grid, (np.arange(len(mouth)) + 0.5) / fps, mouth)
    at = start + (np.arange(len(envelope)) + 0.5) * envelope_step
    lags = np.arange(-round(LARGEST_LAG / STEP), round(LARGEST_LAG / STEP) + 1) * STEP
    values = [
        _agreement(opened, np.interp(grid - lag, at, envelope, left=0, right=0)) for lag in lags
    ]
    best = int(np.argmax(values))
    return Sync(float(lags[best]), float(values[best]), float(values[best] - np.median(values)))


def correlation(a, b):
    """Pearson's correlation of two rows; 0 if one of them never changes."""
    return _agreement(np.asarray(a, float), np.asarray(b, float))


def _agreement(a, b):
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 1e-12 else 0.0


def binding(openings, fps, envelopes, envelope_step=0.010, starts=None):
    """The matrix faces x voices of correlations at lag 0: who speaks with which voice."""
    starts = starts or [0.0] * len(envelopes)
    times = (np.arange(openings.shape[0]) + 0.5) / fps
    rows = [
        np.interp(times, start + (np.arange(len(e)) + 0.5) * envelope_step, e, left=0, right=0)
        for e, start in zip(envelopes, starts, strict=True)
    ]
    return np.array(
        [[_agreement(openings[:, i], row) for row in rows] for i in range(openings.shape[1])]
    )


def motion_ratio(listener, speaker):
    """The mouth motion (sum of frame to frame changes) of a listener over that of the speaker."""
    return float(np.abs(np.diff(listener)).sum() / max(np.abs(np.diff(speaker)).sum(), 1e-9))


def jerk(values, fps):
    """Root mean square of the third derivative, in units a second cubed."""
    return float(np.sqrt(np.mean((np.diff(values, 3) * fps**3) ** 2)))


def closed_share(mouth, fps, touches, limit=0.06, slack=0.0):
    """The share of closures (start, end in seconds) of which at least one frame is shut, `slack` seconds around."""
    times = (np.arange(len(mouth)) + 0.5) / fps
    around = 0.5 / fps + slack
    shut = [
        bool((mouth[(times >= start - around) & (times <= end + around)] < limit).any())
        for start, end in touches
    ]
    return float(np.mean(shut)) if shut else 1.0
