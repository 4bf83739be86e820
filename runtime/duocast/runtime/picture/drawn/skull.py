"""The skull: the solid of a person's head, its measures, and how it sits in a frame."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from duocast.runtime.picture.drawn.ink import Points
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.solid import Solid, Turn, dense

# y, half width, front, back, z of the widest place
_ROWS = np.array(
    [
        [-0.500, 0.000, -0.040, -0.040, -0.04],
        [-0.491, 0.085, 0.070, -0.150, -0.04],
        [-0.462, 0.165, 0.175, -0.265, -0.04],
        [-0.400, 0.246, 0.282, -0.370, -0.04],
        [-0.290, 0.319, 0.372, -0.450, -0.04],
        [-0.150, 0.357, 0.408, -0.480, -0.03],
        [-0.020, 0.356, 0.382, -0.460, -0.02],
        [0.090, 0.350, 0.398, -0.400, 0.00],
        [0.190, 0.332, 0.392, -0.290, 0.02],
        [0.290, 0.298, 0.388, -0.130, 0.06],
        [0.370, 0.247, 0.388, 0.000, 0.11],
        [0.435, 0.180, 0.386, 0.090, 0.18],
        [0.480, 0.105, 0.374, 0.200, 0.26],
        [0.500, 0.000, 0.320, 0.320, 0.32],
    ]
)
# Widths at the brow, cheek, jaw and chin.
_SHAPES = {
    "oval": (1.00, 1.00, 1.00, 1.00),
    "round": (1.00, 1.04, 1.09, 1.08),
    "square": (1.00, 1.00, 1.10, 1.24),
    "heart": (1.03, 1.02, 0.94, 0.84),
    "long": (0.95, 0.94, 0.97, 1.06),
    "diamond": (0.95, 1.03, 0.96, 0.90),
}
PIVOT = (0.0, 0.40, -0.06)


def skull(person: Person) -> Solid:
    """The head without hair."""
    shape = np.array(_SHAPES[person.face.shape])
    lean = person.manly - 0.5
    shape = shape * (1, 1, 1 + 0.10 * lean, 1 + 0.26 * lean)
    shape[2:] *= person.face.jaw
    shape *= 1 + 0.35 * (person.build - 1) * np.array((0.2, 0.8, 1.2, 1.0))
    if person.age < 15:
        shape *= (1.02, 1.04, 1.0, 0.92)
    rows = _ROWS.copy()
    rows[:, 1] *= np.interp(rows[:, 0], (-0.15, 0.09, 0.30, 0.45), shape)
    return Solid(dense(rows, 44), 2.25)


@dataclass(frozen=True, eq=False)
class Head:
    """The head in one frame. Angles in radians; `drop` is how far the chin is lowered; `side` is where shade lies."""

    solid: Solid
    turn: Turn
    yaw: float
    pitch: float
    drop: float
    cheek: float
    """How much the cheeks are lifted, 0 to 1."""
    side: float
    """-1 shade on the picture's left, 1 on its right; its size is how strong."""
    towards: int
    """The side to which the face is turned: -1 left, 1 right. The other ear is the near one."""

    def moved(self, model: Points) -> Points:
        """Model points with the jaw lowered and the cheeks lifted."""
        if self.drop == 0.0:
            return model
        y = model[:, 1]
        t = np.minimum(np.maximum((y - 0.17) / 0.27, 0), 1)
        lower = t * t * (3 - 2 * t)
        out = model.copy()
        out[:, 1] += self.drop * lower
        out[:, 2] -= 0.25 * self.drop * lower
        out[:, 0] *= 1 - 0.28 * self.drop * lower
        return out

    def on(self, x: Points, y: Points, lift: float | Points = 0.0) -> Points:
        """Picture points of places on the face: (x, y) of the neutral face, `lift` out of it."""
        return self.turn.flat(self.moved(self._model(x, y, lift)))

    def fixed(self, x: Points, y: Points, lift: float | Points = 0.0) -> Points:
        """As `on`, but the jaw does not carry them."""
        return self.turn.flat(self._model(x, y, lift))

    def _model(self, x: Points, y: Points, lift: float | Points) -> Points:
        model = np.empty((len(x), 3))
        model[:, 0], model[:, 1], model[:, 2] = x, y, self.solid.over(x, y) + lift
        return model

    def rim(self, side: int, top: float = -9.0, bottom: float = 9.0) -> Points:
        """The outline of the head on one side, from top to bottom, in the picture."""
        return self.turn.flat(self.moved(self.solid.rim(self.yaw, side, top, bottom)))

    def around(self, azimuth: Points, y: Points) -> Points:
        """Places by azimuth; those round the corner lie on the outline."""
        return self.turn.flat(self.moved(self.solid.seen(azimuth, y, self.yaw)))

    @cached_property
    def contour(self) -> tuple[Points, Points]:
        """The whole outline: the left side from crown to chin, and the right side."""
        return self.rim(-1), self.rim(1)
