"""The performer: everything one person does in a shot, as rows of a pose."""

from collections.abc import Mapping

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.compiler.operations.compose import Placed
from duocast.runtime.performance.attention import goals
from duocast.runtime.performance.bearing import carriage, liveliness, manner_of, mood_of
from duocast.runtime.performance.body import beats, breathing, own_lines, sway
from duocast.runtime.performance.chance import Floats
from duocast.runtime.performance.eyes import aim, blinks, fixations
from duocast.runtime.performance.face import brows, listening
from duocast.runtime.performance.gestures import acted
from duocast.runtime.performance.governor import allowance, intent, limited, smoothed
from duocast.runtime.performance.mouth import mouth_of, sampled
from duocast.runtime.performance.parts import Parts, scaled, summed
from duocast.runtime.performance.view import ShotView
from duocast.runtime.picture.pose import FIELDS

BODY = frozenset(
    (
        "yaw",
        "pitch",
        "roll",
        "lean_x",
        "lean_y",
        "breath",
        "shrug",
        "smile",
        "frown",
        "brow_left",
        "brow_right",
    )
)
"""Fields that the governor smooths. Lids, eyes and mouth are faster than that; so are written gestures."""

Row = Mapping[str, Floats]


def perform(view: ShotView) -> np.ndarray:
    """The performance of a shot: float32, frames x people (in the layout's order) x pose fields."""
    people = [_rows(view, person(view, placed, actor)) for placed, actor in view.cast()]
    if not people:
        return np.zeros((view.frames, 0, len(FIELDS)), np.float32)
    return np.ascontiguousarray(np.stack(people, axis=1), np.float32)


def person(view: ShotView, placed: Placed, actor: Actor) -> Row:
    """One person's fields over the padded shot."""
    path = goals(view, placed, actor)
    head, gaze = aim(view, path)
    frames = view.time.size
    moved = summed([*_motion(view, actor), head, carriage(view, actor)], frames)
    calm = {field: smoothed(v, view.fps) if field in BODY else v for field, v in moved.items()}
    fast = summed([calm, gaze, fixations(view, actor), *acted(view, actor)], frames)
    return _finished(fast, blinks(view, actor, path), _speech(view, actor))


def _motion(view: ShotView, actor: Actor) -> list[Parts]:
    """What the governor governs: sway, beats, brows and a listener's signs; breath is let be."""
    motion = allowance(intent(view, actor)) * liveliness(view, actor)
    face = motion * actor.persona.brows / max(actor.persona.motion, 1e-3)
    return [
        scaled(sway(view, actor), motion),
        scaled(beats(view, actor), motion),
        scaled(listening(view, actor), motion),
        scaled(brows(view, actor), face),
        breathing(view, actor),
    ]


def _speech(view: ShotView, actor: Actor) -> Parts:
    """The mouth of all the lines that this person says; where two meet, the stronger."""
    total = {
        field: np.zeros_like(view.time) for field in ("jaw", "wide", "press", "bite", "tongue")
    }
    for spoken in own_lines(view, actor):
        effort = 1.0 + manner_of(actor, spoken.line).effort + mood_of(actor).effort
        mouth = mouth_of(spoken.take, max(0.4, effort))
        frames = sampled(mouth, view.time - spoken.zero, view.period, spoken.until)
        for field in total:
            new = getattr(frames, field)
            total[field] = np.where(np.abs(new) > np.abs(total[field]), new, total[field])
    return total


def _finished(body: Row, shut: Parts, mouth: Parts) -> dict[str, Floats]:
    """Everything together and within its limits. Lids follow the eyes down and a smile up."""
    fields = dict(body)
    zero = np.zeros_like(next(iter(body.values())))
    for field, values in mouth.items():
        fields[field] = fields.get(field, zero) + values
    fields["jaw"] = np.maximum(body.get("jaw", zero), mouth["jaw"])
    droop = 0.30 * np.maximum(fields["gaze_y"], 0) - 0.10 * np.maximum(-fields["gaze_y"], 0)
    for lid in ("lid_left", "lid_right"):
        rest = np.clip(fields.get(lid, zero) + droop, -0.3, 0.75)
        fields[lid] = rest + (1 - rest) * shut[lid]
    fields["jaw"] = fields["jaw"] * (1 - 0.5 * fields["bite"])
    return {field: limited(field, fields.get(field, zero)) for field in FIELDS}


def _rows(view: ShotView, fields: Row) -> np.ndarray:
    """The shot's own frames of one person: frames x fields."""
    whole = np.stack([fields[name] for name in FIELDS], axis=1)
    return whole[view.pad : view.pad + view.frames]
