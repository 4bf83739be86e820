"""Microphones on arms, one before each speaker of a podcast: drawn where people ended up sitting."""

from collections.abc import Sequence

import numpy as np

from duocast.compiler.operations.compose import Placed
from duocast.runtime.stage.layers import Bytes
from duocast.runtime.stage.place.brush import Brush
from duocast.runtime.stage.shading import NEUTRAL, tone


def with_microphones(foreground: Bytes, people: Sequence[Placed]) -> Bytes:
    """The foreground (RGBA, straight alpha) with a microphone for everybody who is seen from the front."""
    brush = Brush(foreground.shape[1], foreground.shape[0])
    speakers = [person for person in people if person.view == "front"]
    for person in speakers:
        _microphone(brush, person)
    if not speakers:
        return foreground
    over = brush.pixels.astype(np.float32) * (tone(speakers[0].gain) / NEUTRAL)
    under = foreground.astype(np.float32)
    share = over[..., 3:] / 255
    alpha = over[..., 3:] + under[..., 3:] * (1 - share)
    colour = over[..., :3] + under[..., :3] * (under[..., 3:] / 255) * (1 - share)
    out = np.dstack([colour * 255 / np.maximum(alpha, 1), alpha])
    return np.clip(out + 0.5, 0, 255).astype(np.uint8)


def _microphone(brush: Brush, person: Placed) -> None:
    """Below the chin, on the side that the face looks to, so that it hides no lips."""
    head, x, y = person.matrix[0], person.matrix[4], person.matrix[5]
    side = 1.0 if person.yaw >= 0 else -1.0
    with brush.moved(x, y, head * side, head):
        elbow, mount, foot = (1.24, 1.24), (0.84, 1.02), (1.30, 1.92)
        brush.oval(foot[0], foot[1] + 0.02, 0.26, 0.045, "#0b070d", alpha=0.45)
        brush.oval(foot[0], foot[1], 0.15, 0.035, "#2b2e36", to="#121317")
        for a, b in ((foot, elbow), (elbow, mount)):
            brush.line([a, b], 0.062, "#17181d")
            brush.line([(a[0] - 0.012, a[1]), (b[0] - 0.012, b[1])], 0.016, "#4b4f58")
        brush.oval(*elbow, 0.055, 0.055, "#2b2e36")
        with brush.moved(*mount, turn=-58.0):
            brush.rect(-0.105, -0.36, 0.21, 0.46, "#2e3139", to="#121317", across=True, r=0.085)
            brush.rect(-0.112, -0.40, 0.224, 0.22, "#8d949c", to="#33373e", across=True, r=0.10)
            for k in range(5):
                brush.rect(-0.105, -0.37 + 0.036 * k, 0.21, 0.010, "#1c1e23", alpha=0.55)
            brush.rect(-0.115, -0.175, 0.23, 0.026, "#cf9d4a")
