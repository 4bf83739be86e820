"""What the script says that somebody does, and what their voice does besides words: acted at its moment."""

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.runtime.performance.attention import when
from duocast.runtime.performance.body import own_lines
from duocast.runtime.performance.chance import Floats, draw
from duocast.runtime.performance.curve import bump, rise
from duocast.runtime.performance.face import nods
from duocast.runtime.performance.parts import Parts
from duocast.runtime.performance.view import ShotView

LAUGH_RATE = 4.8
"""Bursts a second."""


def acted(view: ShotView, actor: Actor) -> list[Parts]:
    """Every written gesture and every vocal of the takes."""
    found: list[Parts] = []
    for i, gesture in enumerate(actor.gestures):
        at = when(view, gesture.line, gesture.word, gesture.beat)
        if gesture.kind != "look" and not _voiced(view, actor, gesture.kind, at):
            found.append(_gesture(view, actor, gesture.kind, at, i))
    for spoken in own_lines(view, actor):
        for vocal in spoken.take.vocals:
            start, end = spoken.zero + vocal.start, spoken.zero + vocal.end
            if spoken.until is None or vocal.start < spoken.until:
                found.append(_vocal(view, vocal.sound, start, end))
    return found


def _voiced(view: ShotView, actor: Actor, kind: str, at: float) -> bool:
    """Whether the take's own vocal already acts this gesture."""
    return any(
        vocal.sound == kind and abs(spoken.zero + vocal.start - at) < 1.5
        for spoken in own_lines(view, actor)
        for vocal in spoken.take.vocals
    )


def _gesture(view: ShotView, actor: Actor, kind: str, at: float, i: int) -> Parts:
    time = view.time
    match kind:
        case "nod":
            return {"pitch": nods(view, at, 2, 8.0)}
        case "shake":
            return {"yaw": _shake(time, at)}
        case "smile":
            smile = bump(time, at, 0.45, 1.8, 0.9)
            return {"smile": 0.75 * smile, **_lids(0.12 * smile), **_brows(0.08 * smile)}
        case "frown":
            frown = bump(time, at, 0.35, 1.6, 0.8)
            return {
                "frown": 0.8 * frown,
                "smile": -0.2 * frown,
                **_brows(-0.35 * frown),
                "pitch": 1.5 * frown,
            }
        case "shrug":
            lift = bump(time, at, 0.28, 0.30, 0.50)
            side = 1.0 if draw(actor.role, "shrug", i) < 0.5 else -1.0
            return {
                "shrug": 0.85 * lift,
                **_brows(0.5 * lift),
                "roll": 4.5 * side * lift,
                "smile": -0.18 * lift,
            }
        case _:
            return _vocal(view, kind, at, at + (1.3 if kind == "laugh" else 1.0))


def _vocal(view: ShotView, sound: str, start: float, end: float) -> Parts:
    time, length = view.time, max(0.25, end - start)
    on = bump(time, start - 0.12, 0.16, max(0.05, length - 0.1), 0.30)
    match sound:
        case "laugh":
            return _laugh(time, start, end)
        case "sigh":
            out = bump(time, start - 0.45, 0.45, 0.05, length)
            droop = bump(time, start + 0.1, 0.5, length, 0.8)
            return {
                "breath": 0.8 * out - 0.2 * droop,
                "jaw": 0.10 * on,
                **_lids(0.25 * droop),
                "lean_y": 0.02 * droop,
                "pitch": 2.5 * droop,
            }
        case "gasp":
            return {
                "breath": 0.6 * on,
                "jaw": 0.35 * on,
                **_brows(0.8 * on),
                **_lids(-0.25 * on),
                "pitch": -3 * on,
            }
        case "cough":
            return {
                "pitch": 7 * on,
                "jaw": 0.18 * on,
                **_lids(0.7 * on),
                "shrug": 0.35 * on,
                "lean_y": 0.02 * on,
            }
        case _:
            return {
                "breath": 0.55 * bump(time, start, 0.7 * length, 0.05, 0.8),
                "jaw": 0.06 * on,
                "shrug": 0.10 * on,
                "pitch": -1.0 * on,
            }


def _laugh(time: Floats, start: float, end: float) -> Parts:
    """Shoulders and head in bursts under an open smile that outlasts the sound."""
    on = bump(time, start - 0.10, 0.18, max(0.1, end - start - 0.1), 0.35)
    bursts = on * (0.5 - 0.5 * np.cos(2 * np.pi * LAUGH_RATE * (time - start)))
    smile = bump(time, start - 0.25, 0.30, end - start, 1.3)
    return {
        "smile": 0.85 * smile,
        "wide": 0.35 * on,
        "jaw": 0.14 * on + 0.22 * bursts,
        "shrug": 0.12 * on + 0.26 * bursts,
        "lean_y": 0.012 * bursts,
        "breath": 0.25 * bursts,
        "pitch": -4.5 * on + 1.4 * bursts,
        **_lids(0.30 * smile),
        **_brows(0.18 * smile),
    }


def _shake(time: Floats, at: float) -> Floats:
    """Left and right and left again, dying away."""
    on = rise(time, at, 0.12) * (1 - rise(time, at + 0.55, 0.75))
    return 10.0 * on * np.sin(2 * np.pi * 1.75 * (time - at))


def _brows(values: Floats) -> dict[str, Floats]:
    return {"brow_left": values, "brow_right": values}


def _lids(values: Floats) -> dict[str, Floats]:
    return {"lid_left": values, "lid_right": values}
