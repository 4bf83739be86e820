"""The pose of one person in one frame: what every rig can be asked for."""

from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True, slots=True)
class Pose:
    """Neutral is all zeros: mouth at rest with closed lips, eyes open, looking straight ahead of the head.

    Mouth: `jaw` 0 shut to 1 wide open; `wide` -1 rounded (oo) to 1 spread (ee); `press` 0 to 1 lips pressed together
    (p, b, m; it wins over `jaw`); `bite` 0 to 1 lower lip under the upper teeth (f, v); `tongue` 0 to 1 tongue
    tip seen
    (th, l); `smile` -1 to 1 (corners down, corners up).
    Eyes: `lid_left`, `lid_right` 0 open to 1 shut (the picture's left and right), -0.3 wide; `gaze_x`,
    `gaze_y` -1 to 1
    (the picture's left to right, up to down); `brow_left`, `brow_right` -1 low to 1 raised; `frown` 0 to 1.
    Head, in degrees beside the layout's: `yaw` to the picture's right, `pitch` down, `roll` clockwise.
    Body, in head heights: `lean_x` to the picture's right, `lean_y` down; `breath` 0 out to 1 in; `shrug` 0 to 1.
    """

    jaw: float = 0.0
    wide: float = 0.0
    press: float = 0.0
    bite: float = 0.0
    tongue: float = 0.0
    smile: float = 0.0
    lid_left: float = 0.0
    lid_right: float = 0.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    brow_left: float = 0.0
    brow_right: float = 0.0
    frown: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    lean_x: float = 0.0
    lean_y: float = 0.0
    breath: float = 0.0
    shrug: float = 0.0

    def values(self) -> tuple[float, ...]:
        """The fields in order, as a row of a performance."""
        return astuple(self)


FIELDS = tuple(field.name for field in fields(Pose))
NEUTRAL = Pose()
