"""The face while speaking and listening: brows on emphasis and questions, small smiles, the eyes' squint."""

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.runtime.performance.accents import accents, phrases
from duocast.runtime.performance.body import own_lines
from duocast.runtime.performance.chance import draw
from duocast.runtime.performance.curve import bump
from duocast.runtime.performance.parts import Parts
from duocast.runtime.performance.stream import idle
from duocast.runtime.performance.view import ShotView


def brows(view: ShotView, actor: Actor) -> Parts:
    """Brows go up with the writer's emphasis and with questions, sometimes with other stressed words."""
    both, frown = np.zeros_like(view.time), np.zeros_like(view.time)
    for spoken in own_lines(view, actor):
        for i, accent in enumerate(accents(spoken, actor.role, actor.emphasis)):
            at = spoken.zero + accent.at
            if accent.written or draw(actor.role, spoken.line, "brow", i) < 0.45:
                both += 0.62 * accent.strength * bump(view.time, at - 0.20, 0.18, 0.10, 0.42)
            elif draw(actor.role, spoken.line, "knit", i) < 0.3:
                frown += 0.5 * accent.strength * bump(view.time, at - 0.2, 0.2, 0.15, 0.5)
        for phrase in phrases(spoken):
            if phrase.question:
                start = max(phrase.start, phrase.end - 0.9)
                both += 0.55 * bump(
                    view.time, spoken.zero + start - 0.1, 0.35, phrase.end - start, 0.6
                )
    drifting = 0.05 * idle(view, 3.7, actor.role, "brow")
    lopsided = 1 + 0.25 * (draw(actor.role, "lopsided") - 0.5)
    return {
        "brow_left": both * lopsided + drifting,
        "brow_right": both / lopsided + drifting,
        "frown": frown,
    }


def listening(view: ShotView, actor: Actor) -> Parts:
    """A listener's small signs: a nod or the trace of a smile where the other's clause ends, brows at a question."""
    pitch, smile, brow, roll = (np.zeros_like(view.time) for _ in range(4))
    for spoken in view.lines:
        if spoken.role == actor.role:
            continue
        for i, phrase in enumerate(phrases(spoken)):
            end = spoken.zero + phrase.end + 0.12 * draw(actor.role, spoken.line, "late", i)
            chance = draw(actor.role, spoken.line, "sign", i)
            size = 0.7 + 0.6 * draw(actor.role, spoken.line, "size", i)
            if phrase.question:
                brow += 0.40 * size * bump(view.time, end - 0.25, 0.3, 0.3, 0.7)
            elif chance < 0.48 and phrase.end - phrase.start > 0.5:
                pitch += size * nods(view, end - 0.05, 1 if chance < 0.3 else 2, 4.2)
            elif chance < 0.72:
                smile += 0.22 * size * bump(view.time, end - 0.1, 0.5, 0.9, 1.1)
        tilt = 2.6 * (2 * draw(actor.role, spoken.line, "tilt") - 1)
        length = max(0.1, spoken.end - spoken.zero - 1.2)
        roll += tilt * bump(view.time, spoken.zero + 0.4, 0.9, length, 1.2)
    return {"pitch": pitch, "smile": smile, "brow_left": brow, "brow_right": brow, "roll": roll}


def nods(view: ShotView, at: float, count: int, degrees: float) -> np.ndarray:
    """`count` nods from `at` on, each smaller than the last, in degrees of pitch."""
    total = np.zeros_like(view.time)
    for i in range(count):
        total += degrees * 0.72**i * bump(view.time, at + 0.44 * i, 0.20, 0.03, 0.30)
    return total
