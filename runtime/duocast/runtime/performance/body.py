"""The body of speaker and listener: sway, breath, and the head's beats on stressed words."""

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.runtime.performance.accents import accents, phrases
from duocast.runtime.performance.chance import Floats, draw, generator
from duocast.runtime.performance.curve import blur, bump, rise
from duocast.runtime.performance.parts import Parts
from duocast.runtime.performance.stream import idle
from duocast.runtime.performance.view import ShotView, Spoken

INHALE = 0.55
QUIET_BREATH = 3.9
"""Seconds of one breath at rest."""


def speaking(view: ShotView, actor: Actor) -> Floats:
    """1 while somebody speaks, 0 while they don't, with soft edges."""
    total = np.zeros_like(view.time)
    for spoken in own_lines(view, actor):
        on = rise(view.time, spoken.zero - 0.2, 0.4) * (1 - rise(view.time, spoken.end, 0.5))
        total = np.maximum(total, on)
    return total


def own_lines(view: ShotView, actor: Actor) -> tuple[Spoken, ...]:
    """The lines that somebody says in this shot."""
    return tuple(spoken for spoken in view.lines if spoken.role == actor.role)


def sway(view: ShotView, actor: Actor) -> Parts:
    """Nobody is ever quite still: slow drift of head and trunk, more of it while speaking."""
    role, active = actor.role, 0.75 + 0.75 * speaking(view, actor)
    trunk = idle(view, 5.2, role, "trunk")
    return {
        "yaw": active * (2.4 * idle(view, 2.7, role, "yaw") + 0.8 * trunk),
        "pitch": active
        * (1.3 * idle(view, 2.3, role, "pitch") + 0.3 * idle(view, 1.1, role, "pitch fine")),
        "roll": active * (1.4 * idle(view, 3.1, role, "roll") + 0.9 * trunk),
        "lean_x": 0.022 * trunk + 0.006 * active * idle(view, 2.2, role, "lean"),
        "lean_y": 0.006 * idle(view, 4.1, role, "bob"),
    }


def beats(view: ShotView, actor: Actor) -> Parts:
    """The head goes down on stressed words and up between them; each phrase ends a little lower, a question higher."""
    yaw, pitch, roll = (np.zeros_like(view.time) for _ in range(3))
    for spoken in own_lines(view, actor):
        for i, accent in enumerate(accents(spoken, actor.role, actor.emphasis)):
            chance = generator(actor.role, spoken.line, "beat", i)
            at, size = spoken.zero + accent.at, accent.strength * (0.8 + 0.5 * chance.random())
            side = 2 * chance.random() - 1
            nod = bump(view.time, at - 0.17, 0.19, 0.02, 0.36)
            lift = bump(view.time, at - 0.36, 0.17, 0.0, 0.20)
            pitch += size * (5.2 * nod - 1.6 * lift)
            yaw += size * 2.6 * side * nod
            roll += (
                size * 1.8 * (2 * chance.random() - 1) * bump(view.time, at - 0.2, 0.3, 0.1, 0.5)
            )
        for phrase in phrases(spoken):
            start, end = spoken.zero + phrase.start, spoken.zero + phrase.end
            arc = bump(view.time, start, max(0.2, end - start - 0.1), 0.15, 0.6)
            pitch += arc * (-2.2 if phrase.question else 1.3)
            if phrase.question:
                roll += arc * (3.2 if draw(actor.role, spoken.line, "tilt") < 0.5 else -3.2)
    return {"yaw": yaw, "pitch": pitch, "roll": roll, "lean_y": 0.0012 * pitch}


def breathing(view: ShotView, actor: Actor) -> Parts:
    """In quickly before each phrase and out along it; slow and even while silent."""
    phase = 2 * np.pi * (view.time - _anchor(view)) / QUIET_BREATH
    offset = 2 * np.pi * draw(actor.role, "breath")
    calm = 0.30 + 0.26 * np.sin(phase + offset + 0.8 * idle(view, 9.0, actor.role, "breath"))
    talk = np.zeros_like(view.time)
    for spoken in own_lines(view, actor):
        talk = np.maximum(talk, _speech_breath(view, spoken))
    active = blur(speaking(view, actor), 0.15 * view.fps)
    return {"breath": calm * (1 - active) + talk * active}


def _anchor(view: ShotView) -> float:
    """The shot time from which breaths are counted: the first line's own zero."""
    return view.lines[0].zero if view.lines else 0.0


def _speech_breath(view: ShotView, spoken: Spoken) -> Floats:
    """Full at a phrase's start, three quarters spent at its end."""
    total = np.full_like(view.time, 0.15)
    before = 1.0
    for phrase in phrases(spoken):
        start, end = spoken.zero + phrase.start, spoken.zero + phrase.end
        if before > 0.22:
            inhale = min(INHALE, max(0.2, before))
            length = max(end - start, 0.6) + 0.6
            depth = 0.55 + 0.3 * min(1.0, length / 3)
            total += (
                depth
                * rise(view.time, start - inhale, inhale)
                * (1 - rise(view.time, start, length))
            )
        before = phrase.pause
    return np.clip(total, 0, 1)
