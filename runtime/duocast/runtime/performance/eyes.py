"""Eyes: saccades with the head following, small shifts of fixation, and blinks."""

from itertools import pairwise

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.runtime.performance.accents import phrases
from duocast.runtime.performance.attention import Goal
from duocast.runtime.performance.bearing import manner_of, mood_of
from duocast.runtime.performance.chance import Floats, draw, generator
from duocast.runtime.performance.curve import bump, rise
from duocast.runtime.performance.stream import Stretch, stretches
from duocast.runtime.performance.view import ShotView

GAZE_DEGREES = 32.0
"""How far a gaze of 1 turns the eye."""
DEAD_ZONE = 5.0
"""Degrees that the eyes go alone."""
HEAD_LIMIT = 26.0
BLINK = (0.075, 0.045, 0.17)
"""Seconds to close, shut, to open: lids fall faster than they rise."""
GAP = 0.9
"""Seconds between two blinks that are not a double one."""


def aim(view: ShotView, path: tuple[Goal, ...]) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """The head's turn (yaw, pitch in degrees) and the eyes' way beyond it (gaze), along the goals."""
    time = view.time
    total_x, total_y = np.full_like(time, path[0].x), np.full_like(time, path[0].y)
    head_x = np.full_like(time, _head(path[0].x, path[0].head))
    head_y = np.full_like(time, _head(path[0].y, path[0].head))
    for last, goal in pairwise(path):
        far = float(np.hypot(goal.x - last.x, goal.y - last.y))
        jump = rise(time, goal.at, saccade_seconds(far))
        total_x += (goal.x - last.x) * jump
        total_y += (goal.y - last.y) * jump
        follow = rise(time, goal.at + 0.02, 0.30 + 0.006 * far)
        head_x += (_head(goal.x, goal.head) - _head(last.x, last.head)) * follow
        head_y += (_head(goal.y, goal.head) - _head(last.y, last.head)) * follow
    return (
        {"yaw": head_x, "pitch": head_y},
        {"gaze_x": (total_x - head_x) / GAZE_DEGREES, "gaze_y": (total_y - head_y) / GAZE_DEGREES},
    )


def saccade_seconds(degrees: float) -> float:
    """How long the eyes take for a jump: the main sequence (Bahill, Clark, Stark 1975)."""
    return 0.021 + 0.0022 * degrees


def _head(degrees: float, share: float) -> float:
    beyond = max(0.0, abs(degrees) - DEAD_ZONE)
    return float(np.sign(degrees) * min(share * beyond, HEAD_LIMIT))


def fixations(view: ShotView, actor: Actor) -> dict[str, Floats]:
    """Small shifts from one of the other's eyes to their mouth and back, every second or so."""
    total_x, total_y = np.zeros_like(view.time), np.zeros_like(view.time)
    for stretch in stretches(view):
        chance = generator(actor.role, stretch.name, "fixation")
        at, x, y = -4.0, 0.0, 0.0
        while stretch.zero + at < stretch.stop and at < 120:
            at += 0.45 + 1.3 * chance.random()
            new_x, new_y = 3.4 * chance.random() - 1.7, 2.6 * chance.random() - 1.1
            if stretch.start <= stretch.zero + at < stretch.stop:
                jump = rise(view.time, stretch.zero + at, saccade_seconds(2.0))
                total_x += (new_x - x) * jump
                total_y += (new_y - y) * jump
                x, y = new_x, new_y
        done = rise(view.time, stretch.stop, saccade_seconds(2.0))
        total_x, total_y = total_x - x * done, total_y - y * done
    return {"gaze_x": total_x / GAZE_DEGREES, "gaze_y": total_y / GAZE_DEGREES}


def blinks(view: ShotView, actor: Actor, path: tuple[Goal, ...]) -> dict[str, Floats]:
    """Both lids' blinks over the shot, the one lid a trifle behind the other."""
    left, right = np.zeros_like(view.time), np.zeros_like(view.time)
    close, shut, reopen = BLINK
    hold = max(shut, 1.02 * view.period)
    for at in blink_times(view, actor, path):
        left = np.maximum(left, bump(view.time, at, close, hold, reopen))
        right = np.maximum(right, bump(view.time, at + 0.004, close, hold, reopen * 1.06))
    return {"lid_left": left, "lid_right": right}


def blink_times(view: ShotView, actor: Actor, path: tuple[Goal, ...]) -> tuple[float, ...]:
    """When somebody blinks, in shot time: with big turns of the eyes, at the ends of phrases, and by chance."""
    turns = [
        goal.at - 0.03
        for last, goal in pairwise(path)
        if np.isfinite(goal.at)
        and np.hypot(goal.x - last.x, goal.y - last.y) > 13
        and draw(actor.role, "turn", round(goal.x * 10), round(goal.y * 10)) < 0.6
    ]
    times = sorted(turns)
    for stretch in stretches(view):
        for at, double in _chance_blinks(stretch, actor):
            if stretch.start <= at < stretch.stop and all(abs(at - other) > GAP for other in times):
                times += [at, at + 0.30] if double else [at]
    return tuple(sorted(times))


def _chance_blinks(stretch: Stretch, actor: Actor) -> list[tuple[float, bool]]:
    """Blinks of one stretch (shot time, whether double), drawn in its own clock and drawn to phrase ends."""
    spoken = stretch.line
    own = spoken is not None and spoken.role == actor.role
    rate = (23.0 if own else 15.0) * actor.persona.blinks * (1 + mood_of(actor).blinks)
    ends = [phrase.end for phrase in phrases(spoken)] if spoken is not None else []
    if own and spoken is not None:
        rate *= 1 + manner_of(actor, spoken.line).blinks
    chance = generator(actor.role, stretch.name, "blink")
    found, at = [], -5.0 + 3.0 * chance.random()
    while rate > 0 and at < 90:
        wait, double = chance.random(), chance.random() < 0.11
        at += 0.9 - (60.0 / rate - 0.9) * float(np.log(1 - 0.97 * wait))
        near = min(ends, key=lambda end: abs(end - at), default=at)
        found.append((stretch.zero + (near if abs(near - at) < 0.5 else at), double))
    return found
