"""A face painted by hand, with the mesh points that a rig reads: for tests that need no model."""

import cv2
import numpy as np

from duocast.runtime.picture.photo import mesh
from duocast.runtime.picture.photo.data import RigData

HEAD = 400.0
WIDTH, HEIGHT = 900, 1200
ORIGIN = (450.0, 400.0)
SKIN, LIP, IRIS, HAIR, COAT = (
    (220, 172, 140),
    (176, 82, 84),
    (40, 30, 26),
    (70, 46, 30),
    (40, 90, 150),
)


def at(x, y):
    """A point of the sheet from rig units."""
    return (ORIGIN[0] + x * HEAD, ORIGIN[1] + y * HEAD)


def line(points, indices, left, right, arch, y):
    """Points on a shallow arch from `left` to `right` (rig units); `arch` above 0 bows down."""
    for i, index in enumerate(indices):
        t = i / (len(indices) - 1)
        points[index, :2] = at(left + t * (right - left), y + arch * 4 * t * (1 - t))


def points(gap=0.0):
    """468 points: those with a meaning where a face has them, the others on its nose."""
    found = np.zeros((468, 3))
    found[:, :2] = at(0, 0.15)
    line(found, mesh.UPPER_OUTER, -0.12, 0.12, -0.030, 0.30)
    line(found, mesh.LOWER_OUTER, -0.12, 0.12, 0.045 + gap, 0.30)
    line(found, mesh.UPPER_INNER, -0.10, 0.10, 0.0, 0.30)
    line(found, mesh.LOWER_INNER, -0.10, 0.10, gap, 0.30)
    for side, upper, lower, brow, low in (
        (-1, mesh.LEFT_UPPER_LID, mesh.LEFT_LOWER_LID, mesh.LEFT_BROW, mesh.LEFT_BROW_LOW),
        (1, mesh.RIGHT_UPPER_LID, mesh.RIGHT_LOWER_LID, mesh.RIGHT_BROW, mesh.RIGHT_BROW_LOW),
    ):
        middle = side * 0.15
        line(found, upper, middle - 0.065, middle + 0.065, -0.026, 0.0)
        line(found, lower, middle - 0.065, middle + 0.065, 0.020, 0.0)
        line(found, brow, middle - 0.09, middle + 0.09, -0.02, -0.10)
        line(found, low, middle - 0.09, middle + 0.09, -0.015, -0.08)
    angles = np.linspace(np.pi, 0, len(mesh.JAW))
    for index, angle in zip(mesh.JAW, angles, strict=True):
        found[index, :2] = at(0.33 * np.cos(angle), 0.05 + 0.45 * np.sin(angle))
    line(found, mesh.NOSE_BASE, -0.05, 0.05, 0.0, 0.19)
    found[0, :2], found[mesh.FOREHEAD, :2] = at(0, 0.275), at(0, -0.33)
    for index, x in ((205, -0.16), (425, 0.16), (50, -0.2), (280, 0.2), (101, -0.13), (330, 0.13)):
        found[index, :2] = at(x, 0.16)
    flat = (found[:, :2] - ORIGIN) / HEAD
    found[:, 2] = (
        -HEAD
        * 0.4
        * np.sqrt(np.clip(1 - (flat[:, 0] / 0.345) ** 2 - (flat[:, 1] / 0.70) ** 2, 0, 1))
    )
    return found


def data(gap=0.0):
    """The painted person: hair, skin, red lips (with white teeth in a `gap`), dark irises, a coat."""
    picture = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    found = points(gap)

    def fill(shape, colour):
        cv2.fillPoly(
            picture, [np.rint(shape).astype(np.int32)], (*colour, 255), lineType=cv2.LINE_AA
        )

    def oval(x, y, width, height, colour):
        angles = np.linspace(0, 2 * np.pi, 120)
        fill(np.column_stack(at(x + width * np.cos(angles), y + height * np.sin(angles))), colour)

    fill(np.array([at(-1.0, 2.0), at(-0.8, 0.95), at(0.8, 0.95), at(1.0, 2.0)]), COAT)
    fill(np.array([at(-0.17, 1.0), at(-0.17, 0.3), at(0.17, 0.3), at(0.17, 1.0)]), SKIN)
    oval(0, -0.12, 0.40, 0.48, HAIR)
    oval(0, 0.02, 0.33, 0.48, SKIN)
    fill(
        np.concatenate(
            [found[list(mesh.UPPER_OUTER), :2], found[list(mesh.LOWER_OUTER)[::-1], :2]]
        ),
        LIP,
    )
    if gap:
        fill(
            np.concatenate(
                [found[list(mesh.UPPER_INNER), :2], found[list(mesh.LOWER_INNER)[::-1], :2]]
            ),
            (240, 238, 230),
        )
    for x, upper, lower in (
        (-0.15, mesh.LEFT_UPPER_LID, mesh.LEFT_LOWER_LID),
        (0.15, mesh.RIGHT_UPPER_LID, mesh.RIGHT_LOWER_LID),
    ):
        fill(
            np.concatenate([found[list(upper), :2], found[list(lower)[::-1], :2]]), (246, 244, 242)
        )
        oval(x, -0.003, 0.021, 0.021, IRIS)
    return RigData(
        pixels=picture,
        points=found,
        origin=ORIGIN,
        head=HEAD,
        turn=0.0,
        facing=0.0,
        extent=(-1.0, -0.6, 1.0, 2.0),
    )
