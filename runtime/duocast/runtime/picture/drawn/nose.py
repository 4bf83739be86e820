"""The nose: a wedge that stands out of the face, with its side in shade and its outline when turned."""

import numpy as np

from duocast.runtime.picture.drawn.ink import Pen, Points, brush, outline, points, ramp
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.tones import Tones


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

    def _at(self, head: Head, spots: Points) -> Points:
        """(x, y, z out of the face) in ordinary measures to the picture."""
        x, y, z = spots[:, 0] * self.width, spots[:, 1] * self.length, spots[:, 2] * self.out
        plane = 0.392 - 1.2 * x * x
        return head.turn.flat(np.stack([x, y, plane + z], axis=1))

    def ridge(self, head: Head, x: float = 0.0) -> Points:
        """The profile from between the brows over the tip to the base."""
        return self._at(
            head,
            points(
                (x, -0.085, 0.012),
                (x, -0.020, 0.010),
                (x, 0.060, 0.048),
                (x, 0.125, 0.088),
                (x * 1.5, 0.163, 0.112),
                (x * 1.5, 0.186, 0.106),
                (x, 0.202, 0.070),
                (x, 0.210, 0.030),
            ),
        )

    def mass(self, head: Head) -> object:
        """The part that hides what is behind it when the head is turned: for the far eye."""
        ridge = self.ridge(head)
        root = self._at(head, points((0.0, 0.21, 0.0), (0.0, 0.05, 0.0), (0.0, -0.085, 0.0)))
        return outline(ridge, root)

    def draw(self, pen: Pen, head: Head, tones: Tones, strength: float) -> None:
        """All of the nose; `strength` is how hard the light is."""
        dark = 1 if head.side >= 0 else -1
        self._side(pen, head, tones, dark, strength)
        self._under(pen, head, tones)
        self._profile(pen, head, tones)
        self._lights(pen, head, tones, dark)

    def _side(self, pen: Pen, head: Head, tones: Tones, dark: int, strength: float) -> None:
        """The plane that looks away from the light."""
        ridge = self.ridge(head, 0.013 * dark)[:6]
        wing = self._at(
            head,
            points(
                (dark * 0.052, 0.200, 0.035),
                (dark * 0.060, 0.175, 0.020),
                (dark * 0.044, 0.10, 0.004),
                (dark * 0.046, 0.02, -0.008),
                (dark * 0.050, -0.060, 0.000),
            ),
        )
        start, end = ridge[0], ridge[5]
        shade = ramp(
            start,
            end,
            (
                (0.0, tones.shade, 0.0),
                (0.35, tones.shade, 0.42),
                (1.0, tones.shade, 0.85 * strength),
            ),
        )
        pen.paint(outline(ridge, wing), shade)

    def _under(self, pen: Pen, head: Head, tones: Tones) -> None:
        """The ball, the wings and the nostrils."""
        under = outline(
            self._at(
                head,
                points(
                    (-0.057, 0.192, 0.020),
                    (-0.036, 0.196, 0.052),
                    (-0.018, 0.192, 0.092),
                    (0.0, 0.190, 0.104),
                    (0.018, 0.192, 0.092),
                    (0.036, 0.196, 0.052),
                    (0.057, 0.192, 0.020),
                ),
            ),
            self._at(
                head,
                points(
                    (0.048, 0.212, 0.020),
                    (0.026, 0.214, 0.042),
                    (0.0, 0.222, 0.058),
                    (-0.026, 0.214, 0.042),
                    (-0.048, 0.212, 0.020),
                ),
            ),
        )
        pen.fill(under, tones.shade, 0.95)
        for side in (-1, 1):
            hole = self._at(
                head,
                points(
                    (side * 0.013, 0.208, 0.066),
                    (side * 0.026, 0.203, 0.060),
                    (side * 0.041, 0.206, 0.034),
                    (side * 0.027, 0.211, 0.044),
                ),
            )
            pen.fill(outline(hole), tones.line, 0.78)
            wing = self._at(
                head,
                points(
                    (side * 0.054, 0.158, 0.030),
                    (side * 0.0645, 0.178, 0.020),
                    (side * 0.062, 0.200, 0.016),
                    (side * 0.048, 0.211, 0.022),
                ),
            )
            pen.brush(wing, (0.0, 0.0055, 0.0065, 0.001), tones.deep, 0.72)

    def _profile(self, pen: Pen, head: Head, tones: Tones) -> None:
        """The outline against the far cheek, the stronger the more the head is turned."""
        turned = min(1.0, abs(np.sin(head.yaw)) / 0.5)
        if turned < 0.12:
            return
        line = self.ridge(head)
        strength = (turned - 0.12) / 0.88
        pen.fill(
            brush(line, (0.0, 0.003, 0.005, 0.006, 0.007, 0.007, 0.005, 0.0)),
            tones.deep,
            0.80 * strength,
        )

    def _lights(self, pen: Pen, head: Head, tones: Tones, dark: int) -> None:
        """A light down the bridge and on the tip."""
        bridge = self._at(
            head,
            points(
                (-0.004 * dark, 0.0, 0.030),
                (-0.005 * dark, 0.06, 0.060),
                (-0.006 * dark, 0.120, 0.096),
            ),
        )
        pen.brush(bridge, (0.0, 0.012, 0.006), tones.light, 0.55)
        tip = self._at(head, points((-0.010 * dark, 0.163, 0.118)))[0]
        pen.spot(tip, (0.017 * self.width, 0.013), tones.light, 0.85, 0.2)
