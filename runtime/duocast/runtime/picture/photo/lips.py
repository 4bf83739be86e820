"""The lower face of a photograph: lips, jaw and chin moved column by column, the corners by two smooth fields.

Each column of the box is cut at lines (nose, upper lip, mouth, lower lip, chin, neck) that a pose moves up or
down; between two lines the picture is stretched. Where the inner lips part, the inside of the mouth is seen.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.interior import Interior, Opening, painted
from duocast.runtime.picture.photo.level import Box, Level, box_around
from duocast.runtime.picture.photo.lines import Line, along, columns_map, ease
from duocast.runtime.picture.photo.mesh import (
    CHIN,
    JAW,
    LOWER_INNER,
    LOWER_OUTER,
    NOSE_BASE,
    UPPER_INNER,
    UPPER_OUTER,
)
from duocast.runtime.picture.photo.reals import Reals
from duocast.runtime.picture.pose import Pose

Plane = Reals

DROP = 0.150
"""How far the lower lip falls at a jaw of 1, in heads."""
RAISE = 0.022
SPREAD, ROUND = 0.026, 0.060
"""How far a corner of the mouth goes out at a width of 1 and in at -1, in heads."""
SMILE_UP, SMILE_OUT = 0.034, 0.020
NECK = 0.22
"""How far below the chin its motion ends, in heads."""
LEVEL = 0.006
"""How far below the middle of the lips the corners of a resting mouth stand, in heads."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """The photograph's lines at the box's columns: nose, upper lip's edges, lower lip's edges, chin, neck."""

    knots: Reals
    across: Line
    """-1 at the left inner corner, 1 at the right one."""


class LowerFace:
    """What can be computed once for a level of the sheet; `drawn` then costs a few passes over the box."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._head = level.head
        points = level.points
        self._nose_y = float(
            points[list(NOSE_BASE), 1].mean() + 0.25 * (points[0, 1] - points[2, 1])
        )
        self._corners = points[[61, 291]]
        self._gap = float(points[14, 1] - points[13, 1]) / self._head
        raised = float(points[[13, 14], 1].mean() - self._corners[:, 1].mean()) / self._head + LEVEL
        self._rest = -float(np.clip(0.9 * raised / SMILE_UP, 0, 1.1))
        self.box = self._box()
        self.interior = self._interior()

    def _box(self) -> Box:
        points, head = self._level.points, self._head
        middle = float(self._corners[:, 0].mean())
        high = (middle + 0.46 * head, float(points[CHIN, 1]) + (NECK + 0.02) * head)
        return box_around(self._level, (middle - 0.46 * head, self._nose_y - 0.17 * head), high)

    def _interior(self) -> Interior:
        skin = self._level.points[[205, 425]]
        x, y = np.clip(np.rint(skin).astype(int), 0, None).T
        light = float(self._level.pixels[y, x, :3].mean()) / 255
        return Interior(
            head=self._head,
            light=float(np.clip(light / 0.72, 0.35, 1.1)),
            photographed=self._gap > 0.022,
        )

    @cached_property
    def _fields(self) -> tuple[Reals, Reals]:
        """How far the picture moves (x, y pixels) at a width of 1 and at a smile of 1."""
        x, y = np.meshgrid(self.box.columns, self.box.rows)
        head, corners = self._head, self._corners
        wide, smile = np.zeros((*x.shape, 2)), np.zeros((*x.shape, 2))
        for side, (cx, cy) in zip((-1.0, 1.0), corners, strict=True):
            outward = side * (x - cx) > 0
            reach = np.where(outward, 0.085, 0.110) * head
            near = np.exp(-(((x - cx) / reach) ** 2) - ((y - cy) / (0.115 * head)) ** 2)
            cheek = np.exp(
                -(((x - cx - side * 0.04 * head) / (0.13 * head)) ** 2)
                - ((y - cy + 0.04 * head) / (0.14 * head)) ** 2
            )
            wide[..., 0] += side * SPREAD * head * near
            smile[..., 0] += side * SMILE_OUT * head * near
            smile[..., 1] -= SMILE_UP * head * cheek
        window = self._window(x, y)[..., None]
        return (wide * window).astype(np.float32), (smile * window).astype(np.float32)

    def _window(self, x: Reals, y: Reals) -> Reals:
        """1 inside the box, 0 along its border, so that nothing tears."""
        box, reach = self.box, 0.10 * self._head
        across = np.minimum(x - box.x, box.x + box.width - 1 - x)
        down = np.minimum(y - box.y, box.y + box.height - 1 - y)
        return ease(np.minimum(across, down) / reach)

    def drawn(self, pose: Pose) -> NDArray[np.uint8]:
        """The box's pixels in `pose`."""
        field = self._field(pose)
        source = self._lines(field)
        target, opening = self._posed(source, pose)
        from_y = columns_map(self.box.rows, source.knots, target)
        from_x = np.broadcast_to(self.box.columns.astype(np.float32), from_y.shape)
        skin = self._resampled(from_x, from_y, field)
        teeth = self._teeth(opening, field) if self.interior.photographed else None
        return painted(skin, teeth, opening, self.interior, self.box)

    def _teeth(self, opening: Opening, field: Reals) -> NDArray[np.uint8]:
        """The photograph's teeth where the posed mouth has them: moved as its upper lip is by all but the opening."""
        top = max(0, int(opening.upper.min()) - self.box.y - 2)
        bottom = min(self.box.height, int(opening.teeth.max()) - self.box.y + 3)
        rows = self.box.rows[top : max(bottom, top + 1)].astype(np.float32)[:, None]
        from_y = rows - opening.bend.astype(np.float32)
        from_x = np.broadcast_to(self.box.columns.astype(np.float32), from_y.shape)
        found = np.zeros((self.box.height, self.box.width, 4), np.uint8)
        found[top : top + len(rows)] = self._resampled(from_x, from_y, field)
        return found

    def _field(self, pose: Pose) -> Reals:
        """How the corners move in this pose: an open or round mouth pulls them down, and a smiling photograph rests."""
        wide, smile = self._fields
        round_open = 0.25 * pose.jaw * (1 - pose.press)
        spread = float(np.clip(pose.wide - round_open, -1.1, 1.0))
        if spread < 0:
            spread *= ROUND / SPREAD
        pulled = 0.60 * pose.jaw * (1 - pose.press) + 0.30 * max(0.0, -pose.wide)
        raised = pose.smile * (1 - 0.3 * pose.jaw) + self._rest - pulled
        return np.asarray((spread + 0.4 * self._rest) * wide + raised * smile, np.float32)

    def _lines(self, field: Reals) -> _Lines:
        """The photograph's own lines after the field has moved them."""
        columns = self.box.columns
        corners = self._moved(self._level.points[[78, 308]], field)

        def line(indices: tuple[int, ...]) -> Line:
            return along(self._moved(self._level.points[list(indices)], field), columns)

        middle, half = corners[:, 0].mean(), max(1.0, float(np.diff(corners[:, 0])[0]) / 2)
        lower_outer = line(LOWER_OUTER)
        jaw = along(self._level.points[list(JAW)], columns)
        chin = np.maximum(jaw, lower_outer + 0.06 * self._head)
        lips = (line(UPPER_OUTER), line(UPPER_INNER), line(LOWER_INNER), lower_outer)
        knots = np.stack(
            [np.full_like(columns, self._nose_y), *lips, chin, chin + NECK * self._head]
        )
        return _Lines(np.maximum.accumulate(knots, axis=0), (columns - middle) / half)

    def _moved(self, points: Reals, field: Reals) -> Reals:
        """Where points of the photograph are after `field` (which says, at the goal, how far they came)."""
        goal = points.copy()
        for _ in range(2):
            x = np.clip(np.rint(goal[:, 0]).astype(int) - self.box.x, 0, self.box.width - 1)
            y = np.clip(np.rint(goal[:, 1]).astype(int) - self.box.y, 0, self.box.height - 1)
            goal = points + field[y, x]
        return goal

    def _posed(self, source: _Lines, pose: Pose) -> tuple[Reals, Opening]:
        """Where the lines go, and what opens between the inner lips."""
        head, u = self._head, source.across
        narrow = 1 + 0.45 * max(0.0, -pose.wide) * (1 - 0.5 * pose.jaw)
        inside = np.clip(1 - (narrow * u) ** 2, 0, 1)
        open_lips = pose.jaw * (1 - pose.press)
        drop = DROP * head * open_lips
        arch = inside ** (0.62 - 0.12 * max(0.0, -pose.wide))
        nose, upper_outer, upper_inner, lower_inner, lower_outer, chin, neck = source.knots
        gap = lower_inner - upper_inner
        meet = upper_inner + 0.42 * gap
        bite = pose.bite * (1 - open_lips)
        upper = meet - (RAISE * head * open_lips + 0.010 * head * bite) * inside**0.7
        lower = meet + drop * arch + 0.006 * head * bite * inside
        closing = -0.58 * float(gap.max()) * (1 - open_lips) * ease((1.5 - np.abs(u)) / 0.9)
        thin = 0.010 * head * inside * max(pose.press, 0.8 * bite)
        full = 0.008 * head * inside * max(0.0, -pose.wide) * (1 - pose.press)
        follow = np.clip(1 - (u / 1.3) ** 2, 0, 1) ** 0.8
        jaw = ease(1 - (np.abs(u) - 1.2) / 1.7)
        bend = self._bend(meet, u, open_lips * (1 - max(0.0, pose.smile)))
        upper, lower, meet = upper + bend, lower + bend, meet + bend
        moved = np.stack(
            [
                nose,
                upper_outer
                + bend
                + 0.21 * gap
                - 0.6 * RAISE * head * open_lips * inside
                + 0.7 * thin
                - full,
                upper,
                lower,
                lower_outer + bend + closing + drop * (0.80 * follow + 0.06) - thin + full,
                chin + (0.78 * drop + 0.8 * closing.min()) * jaw,
                neck,
            ]
        )
        return moved, Opening(
            upper, lower, meet, lower_inner + bend, bend, u, open_lips, pose.tongue, gap
        )

    def _bend(self, meet: Line, u: Line, open_lips: float) -> Line:
        """What straightens the line between the lips: the mouth that smiles shut is no bow when it opens."""
        middle = float(np.interp(0.0, u, meet))
        level = middle + 0.010 * self._head * np.clip(u**2, 0, 1)
        share = 0.75 * ease(np.array(3.0 * open_lips)) * ease((2.0 - np.abs(u)) / 1.0)
        return np.asarray(share * np.clip(level - meet, 0, None))

    def _resampled(self, x: Plane, y: Plane, field: Reals) -> NDArray[np.uint8]:
        """The photograph at (x, y) less what the field has moved it by there; positions in the level's pixels."""
        moved = cv2.remap(
            field, x - self.box.x, y - self.box.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        pixels = self._level.pixels
        return np.asarray(
            cv2.remap(
                pixels,
                x - moved[..., 0],
                y - moved[..., 1],
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
        )
