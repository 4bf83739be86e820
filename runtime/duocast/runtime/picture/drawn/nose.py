"""The nose: a wedge that stands out of the face, with its side in shade and its outline when turned."""

import math

import numpy as np

from duocast.runtime.picture.drawn.ink import Points, Shape, outline, points, ramp
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones

# Lines as x, y and z out of the face.
_SHAPES = {
    "ridge": points(
        (0, -0.085, 0.012),
        (0, -0.020, 0.010),
        (0, 0.060, 0.048),
        (0, 0.125, 0.088),
        (0, 0.163, 0.112),
        (0, 0.186, 0.106),
        (0, 0.202, 0.070),
        (0, 0.210, 0.030),
    ),
    "root": points((0, 0.21, 0), (0, 0.05, 0), (0, -0.085, 0)),
    "tip": points(
        (-0.057, 0.192, 0.020),
        (-0.036, 0.196, 0.052),
        (-0.018, 0.192, 0.092),
        (0, 0.190, 0.104),
        (0.018, 0.192, 0.092),
        (0.036, 0.196, 0.052),
        (0.057, 0.192, 0.020),
    ),
    "base": points(
        (0.048, 0.212, 0.020),
        (0.026, 0.214, 0.042),
        (0, 0.222, 0.058),
        (-0.026, 0.214, 0.042),
        (-0.048, 0.212, 0.020),
    ),
}
# As above, for the picture's right; the left is mirrored.
_PAIRS = {
    "side": points(
        (0.013, -0.085, 0.012),
        (0.013, -0.020, 0.010),
        (0.013, 0.060, 0.048),
        (0.013, 0.125, 0.088),
        (0.0195, 0.163, 0.112),
        (0.0195, 0.186, 0.106),
    ),
    "slope": points(
        (0.052, 0.200, 0.035),
        (0.060, 0.175, 0.020),
        (0.044, 0.10, 0.004),
        (0.046, 0.02, -0.008),
        (0.050, -0.060, 0),
    ),
    "hole": points(
        (0.013, 0.208, 0.066), (0.026, 0.203, 0.060), (0.041, 0.206, 0.034), (0.027, 0.211, 0.044)
    ),
    "wing": points(
        (0.054, 0.158, 0.030), (0.0645, 0.178, 0.020), (0.062, 0.200, 0.016), (0.048, 0.211, 0.022)
    ),
    "bridge": points((0.004, 0.0, 0.030), (0.005, 0.06, 0.060), (0.006, 0.120, 0.096)),
    "shine": points((0.010, 0.163, 0.118)),
}


class Nose:
    """A person's nose. Heights run from the bridge between the eyes to the base above the lip."""

    def __init__(self, person: Person) -> None:
        face = person.face
        young = 1.0 - 0.012 * max(0.0, 16 - person.age)
        old = 1 + 0.0016 * max(0.0, person.age - 50)
        self.length = face.nose_length * young * old
        self.width = face.nose_width * (0.94 + 0.12 * person.manly) * old
        self.out = face.nose_height * (0.92 + 0.16 * person.manly) * young
        self.base = 0.205 * self.length

        shapes = {
            **_SHAPES,
            **{f"{name}-left": shape * (-1, 1, 1) for name, shape in _PAIRS.items()},
        }
        shapes |= {f"{name}-right": shape for name, shape in _PAIRS.items()}
        self._names = tuple(shapes)
        self._ends = np.cumsum([len(shape) for shape in shapes.values()])[:-1]
        self._model = self._stand(np.concatenate(list(shapes.values())))

    def _stand(self, spots: Points) -> Points:
        """(x, y, z out of the face) in ordinary measures to the model."""
        x, y, z = spots[:, 0] * self.width, spots[:, 1] * self.length, spots[:, 2] * self.out
        return np.stack([x, y, 0.392 - 1.2 * x * x + z], axis=1)

    def placed(self, head: Head) -> dict[str, Points]:
        """Every line of the nose in the picture."""
        parts = np.split(head.turn.flat(self._model), self._ends)
        return dict(zip(self._names, parts, strict=True))

    def mass(self, lines: dict[str, Points]) -> Shape:
        """The part that hides what is behind it when the head is turned: for the far eye."""
        return outline(lines["ridge"], lines["root"])

    def draw(
        self, pen: Pen, head: Head, lines: dict[str, Points], tones: Tones, strength: float
    ) -> None:
        """All of the nose; `strength` is how hard the light is."""
        dark, lit = ("right", "left") if head.side >= 0 else ("left", "right")
        self._side(pen, lines[f"side-{dark}"], lines[f"slope-{dark}"], tones, strength)
        pen.fill(outline(lines["tip"], lines["base"]), tones.shade, 0.95)
        for side in ("left", "right"):
            pen.fill(outline(lines[f"hole-{side}"]), tones.line, 0.78)
            pen.brush(lines[f"wing-{side}"], (0.0, 0.0055, 0.0065, 0.001), tones.deep, 0.72)
        self._profile(pen, lines["ridge"], head.yaw, tones)
        pen.brush(lines[f"bridge-{lit}"], (0.0, 0.012, 0.006), tones.light, 0.55)
        pen.spot(lines[f"shine-{lit}"][0], (0.017 * self.width, 0.013), tones.light, 0.85, 0.2)

    def _side(self, pen: Pen, ridge: Points, slope: Points, tones: Tones, strength: float) -> None:
        """The plane that looks away from the light."""
        stops = (
            (0.0, tones.shade, 0.0),
            (0.35, tones.shade, 0.42),
            (1.0, tones.shade, 0.85 * strength),
        )
        pen.paint(outline(ridge, slope), ramp(ridge[0], ridge[5], stops))

    def _profile(self, pen: Pen, ridge: Points, yaw: float, tones: Tones) -> None:
        """The outline against the far cheek, the stronger the more the head is turned."""
        turned = min(1.0, abs(math.sin(yaw)) / 0.5)
        widths = (0.0, 0.003, 0.005, 0.006, 0.007, 0.007, 0.005, 0.0)
        pen.brush(ridge, widths, tones.deep, 0.80 * max(0.0, turned - 0.12) / 0.88)
