"""Eyes and brows of a photograph: lids that shut over the eyeball, eyes that turn a little, brows that move."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.picture.photo.level import Level, box_around
from duocast.runtime.picture.photo.lines import Line, along, columns_map, ease
from duocast.runtime.picture.photo.mesh import (
    LEFT_BROW,
    LEFT_LOWER_LID,
    LEFT_UPPER_LID,
    RIGHT_BROW,
    RIGHT_LOWER_LID,
    RIGHT_UPPER_LID,
)
from duocast.runtime.picture.photo.reals import Reals
from duocast.runtime.picture.pose import Pose

Plane = Reals

BROW = 0.034
"""How far a brow goes up at 1, in heads."""
FROWN = 0.020
GAZE = 0.026
"""How far the iris goes sideways at a gaze of 1, in heads."""
GAZE_DOWN = 0.010
LASHES = 0.007
"""How far below the lid's line its lashes reach, in heads."""
RIM = 0.014
"""How much of the lid above its line keeps its shape: lashes are not stretched."""


@dataclass(frozen=True, slots=True)
class _Eye:
    """One eye at the band's columns; `across` is -1 at its left corner and 1 at its right one."""

    upper: Line
    lower: Line
    across: Line
    brow: Line
    over: Line
    """The weight of its brow's motion."""
    inner: Line
    """The weight of a frown: the brow's end at the nose."""


class EyeBand:
    """What can be computed once for a level; `drawn` redraws the band from brows to under the eyes."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._head = level.head
        points, head = level.points, level.head
        brows = points[[*LEFT_BROW, *RIGHT_BROW], 1]
        lids = points[[*LEFT_LOWER_LID, *RIGHT_LOWER_LID], 1]
        middle = float(level.origin[0])
        low = (middle - 0.40 * head, float(brows.min()) - 0.16 * head)
        self.box = box_around(level, low, (middle + 0.40 * head, float(lids.max()) + 0.06 * head))
        self._eyes = (
            self._eye(LEFT_UPPER_LID, LEFT_LOWER_LID, LEFT_BROW, inner_right=True),
            self._eye(RIGHT_UPPER_LID, RIGHT_LOWER_LID, RIGHT_BROW, inner_right=False),
        )
        self._split = round(middle) - self.box.x

    def _eye(
        self,
        upper: tuple[int, ...],
        lower: tuple[int, ...],
        brow: tuple[int, ...],
        *,
        inner_right: bool,
    ) -> _Eye:
        points, head, columns = self._level.points, self._head, self.box.columns
        left, right = float(points[upper[0], 0]), float(points[upper[-1], 0])
        ends = points[list(brow), 0]
        start, stop = float(ends.min()), float(ends.max())
        over = ease((columns - start + 0.10 * head) / (0.11 * head)) * ease(
            (stop + 0.10 * head - columns) / (0.11 * head)
        )
        nose_end = stop if inner_right else start
        low = along(points[list(lower)], columns)
        return _Eye(
            upper=np.minimum(along(points[list(upper)], columns), low),
            lower=low,
            across=(columns - (left + right) / 2) / max(1.0, (right - left) / 2),
            brow=along(points[list(brow)], columns),
            over=over,
            inner=np.exp(-(((columns - nose_end) / (0.07 * head)) ** 2)),
        )

    def drawn(self, pixels: NDArray[np.uint8], pose: Pose) -> NDArray[np.uint8]:
        """The band's pixels in `pose`; `pixels` are the level's."""
        x = np.broadcast_to(self.box.columns.astype(np.float32), (self.box.height, self.box.width))
        lids = (pose.lid_left, pose.lid_right)
        brows = (pose.brow_left, pose.brow_right)
        lid_y, edge = self._lid_map(lids, brows, pose.frown)
        skin = cv2.remap(pixels, x, lid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        balls = self._balls(pixels, x, pose)
        seen = self._seen(edge)
        shade = self._shade(lids, edge)
        mixed = skin.astype(np.float32) * shade[..., None]
        mixed += seen[..., None] * (balls - mixed)
        mixed[..., 3] = skin[..., 3]
        return np.asarray(np.rint(mixed.clip(0, 255)), np.uint8)

    def _halves(self, left: Line, right: Line) -> Line:
        """One line made of the left eye's on the left and the right eye's on the right."""
        return np.concatenate([left[: self._split], right[self._split :]])

    def _lid_map(
        self, lids: tuple[float, float], brows: tuple[float, float], frown: float
    ) -> tuple[Plane, tuple[Line, Line]]:
        """Where the skin comes from, and the lower edge of the upper lids at every column."""
        head = self._head
        lift = FROWN * head * frown * (self._eyes[0].inner + self._eyes[1].inner)
        for lid, brow, eye in zip(lids, brows, self._eyes, strict=True):
            lift = lift - BROW * head * (brow + 0.4 * max(0.0, -lid)) * eye.over
        parts = [self._knots(eye, lid, lift) for lid, eye in zip(lids, self._eyes, strict=True)]
        source = np.stack(
            [self._halves(a, b) for a, b in zip(parts[0][0], parts[1][0], strict=True)]
        )
        target = np.stack(
            [self._halves(a, b) for a, b in zip(parts[0][1], parts[1][1], strict=True)]
        )
        mapped = columns_map(self.box.rows, source, target)
        rows = self.box.rows.astype(np.float32)[:, None]
        skin = np.where(rows > target[-1].astype(np.float32), rows, mapped).astype(np.float32)
        return skin, (parts[0][1][-1], parts[1][1][-1])

    def _knots(self, eye: _Eye, lid: float, lift: Line) -> tuple[Line, Line]:
        """The lines over one eye (forehead, brow, crease, lashes, edge of the lid): where they are, where they go."""
        head = self._head
        opening = np.clip(eye.lower - eye.upper, 0, None) * (np.abs(eye.across) < 1)
        shut = opening * max(0.0, lid)
        edge = eye.upper + LASHES * head * ease(opening / (0.02 * head))
        rim = eye.upper - RIM * head
        low = np.minimum(eye.brow + 0.024 * head, rim - 0.02 * head)
        crease = np.minimum(low + 0.55 * (rim - low), rim - 0.008 * head)
        source = np.stack([eye.brow - 0.13 * head, eye.brow - 0.03 * head, low, crease, rim, edge])
        moved = np.stack([0 * lift, lift, lift, 0.12 * shut + 0.5 * lift, shut + 0.15 * lift, shut])
        return source, source + moved

    def _balls(self, pixels: NDArray[np.uint8], x: Plane, pose: Pose) -> Reals:
        """The eyeballs turned: the picture moved inside the opening, less and less towards its rim."""
        rows = self.box.rows.astype(np.float32)[:, None]
        shift_x, shift_y = np.zeros_like(x), np.zeros_like(x)
        for eye in self._eyes:
            half = np.maximum((eye.lower - eye.upper) / 2, 1.0).astype(np.float32)
            v = (rows - (eye.upper + eye.lower).astype(np.float32) / 2) / half
            u = eye.across.astype(np.float32)
            sideways = np.clip(1 - u**2, 0, 1) * np.clip(1.25 - 0.25 * v**2, 0, 1)
            upright = np.clip(1 - v**2, 0, 1) * np.clip(1 - u**2, 0, 1)
            shift_x += GAZE * self._head * pose.gaze_x * sideways
            shift_y += GAZE_DOWN * self._head * pose.gaze_y * upright
        moved = cv2.remap(
            pixels, x - shift_x, rows - shift_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return moved.astype(np.float32)

    def _seen(self, edges: tuple[Line, Line]) -> Plane:
        """How much of each pixel shows the eyeball: below the upper lid's edge, above the lower lid."""
        rows = self.box.rows.astype(np.float32)[:, None]
        seen = np.zeros((self.box.height, self.box.width), np.float32)
        for eye, edge in zip(self._eyes, edges, strict=True):
            below = np.clip(rows - edge.astype(np.float32) + 0.5, 0, 1)
            above = np.clip(eye.lower.astype(np.float32) - rows + 0.5, 0, 1)
            seen += below * above * (np.abs(eye.across) < 1)
        return np.clip(seen, 0, 1)

    def _shade(self, lids: tuple[float, float], edges: tuple[Line, Line]) -> Plane:
        """A shut lid is a little darker, with the line of the lashes along its edge."""
        rows = self.box.rows.astype(np.float32)[:, None]
        shade = np.ones((self.box.height, self.box.width), np.float32)
        for lid, eye, edge in zip(lids, self._eyes, edges, strict=True):
            if lid <= 0.02:
                continue
            inside = ease((1.02 - np.abs(eye.across)) / 0.25).astype(np.float32)
            line = np.exp(
                -(
                    (
                        (rows - edge.astype(np.float32) + 0.003 * self._head)
                        / (0.006 * self._head + 0.4)
                    )
                    ** 2
                )
            )
            fold = ease((rows - eye.upper.astype(np.float32)) / (0.012 * self._head)) * (
                rows < edge.astype(np.float32) + 1
            )
            shade *= 1 - lid * inside * (0.38 * line + 0.07 * fold)
        return shade
