"""The motion governor: how much of the motion is let through, frame by frame, and how smoothly.

70 % in pauses, 82.5 % in ordinary speech, all of it on the words that carry the emphasis; then a quadratic
Savitzky-Golay fit over about half a second, and a soft limit where a pose would leave what a body can do.
"""

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.runtime.performance.accents import accents
from duocast.runtime.performance.body import own_lines
from duocast.runtime.performance.chance import Floats
from duocast.runtime.performance.curve import blur, bump, savitzky_golay, soft_clamp
from duocast.runtime.performance.view import ShotView

PAUSE, NEUTRAL, EMPHASIS = 0.70, 0.825, 1.0
WINDOW_SECONDS = 13 / 25
LIMITS = {
    "yaw": 34.0,
    "pitch": 22.0,
    "roll": 14.0,
    "lean_x": 0.12,
    "lean_y": 0.10,
    "shrug": 1.0,
    "smile": 1.0,
    "frown": 1.0,
    "brow_left": 1.0,
    "brow_right": 1.0,
}


def intent(view: ShotView, actor: Actor) -> Floats:
    """What a person means to do at every frame: 0 a pause, 0.5 talk, 1 emphasis; smoothed over a quarter second."""
    level = np.zeros_like(view.time)
    for spoken in own_lines(view, actor):
        for word in spoken.words:
            start, end = spoken.zero + word.start, spoken.zero + word.end
            level = np.maximum(level, 0.5 * ((view.time >= start - 0.1) & (view.time < end + 0.1)))
        for accent in accents(spoken, actor.role, actor.emphasis):
            if accent.written:
                level = np.maximum(
                    level, bump(view.time, spoken.zero + accent.at - 0.4, 0.2, 0.3, 0.3)
                )
    return blur(level, 0.12 * view.fps)


def allowance(level: Floats) -> Floats:
    """The share of the motion let through at an intent of 0 to 1."""
    return np.interp(level, (0.0, 0.5, 1.0), (PAUSE, NEUTRAL, EMPHASIS))


def smoothed(values: Floats, fps: float) -> Floats:
    """A body's movement without what no body does: the window is 13 frames at 25 a second."""
    window = 2 * round(WINDOW_SECONDS * fps / 2) + 1
    return savitzky_golay(values, max(window, 5))


def limited(field: str, values: Floats) -> Floats:
    """Within what the field can be."""
    if field in LIMITS:
        return soft_clamp(values, LIMITS[field])
    low = (
        -0.3 if field.startswith("lid") else -1.0 if field in ("wide", "gaze_x", "gaze_y") else 0.0
    )
    return np.clip(values, low, 1.0)
