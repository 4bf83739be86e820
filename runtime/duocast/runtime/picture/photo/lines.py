"""Lines across the face as functions of the sheet's columns."""

import numpy as np

from duocast.runtime.picture.photo.reals import Reals

LEAST = 0.05
"""Pixels that two knots of a column are kept apart."""
Line = Reals
"""One y for every column."""
Polyline = Reals
"""n x 2 points, from left to right."""


def along(points: Polyline, columns: Reals) -> Line:
    """The smooth line through `points` at `columns`; level beyond its ends. Monotone cubic (Fritsch, Carlson 1980)."""
    x, y = _rising(points)
    if len(x) < 2:
        return np.full_like(columns, float(y.mean()))
    slope = _slopes(x, y)
    inside = np.clip(columns, x[0], x[-1])
    index = np.clip(np.searchsorted(x, inside, side="right") - 1, 0, len(x) - 2)
    width = x[index + 1] - x[index]
    t = (inside - x[index]) / width
    return np.asarray(
        y[index] * (1 + 2 * t) * (1 - t) ** 2
        + y[index + 1] * t**2 * (3 - 2 * t)
        + width * t * (1 - t) * (slope[index] * (1 - t) - slope[index + 1] * t)
    )


def _rising(points: Polyline) -> tuple[Line, Line]:
    """Points by rising x; those that fold back are left out."""
    order = np.argsort(points[:, 0], kind="stable")
    x, y = points[order, 0], points[order, 1]
    keep = np.concatenate([[True], np.diff(x) > 1e-3])
    return x[keep], y[keep]


def _slopes(x: Line, y: Line) -> Line:
    step, rise = np.diff(x), np.diff(y) / np.diff(x)
    inner = np.zeros(len(x))
    if len(x) > 2:
        before, after = rise[:-1], rise[1:]
        w1, w2 = 2 * step[1:] + step[:-1], step[1:] + 2 * step[:-1]
        same = before * after > 0
        safe_before, safe_after = np.where(same, before, 1.0), np.where(same, after, 1.0)
        inner[1:-1] = np.where(same, (w1 + w2) / (w1 / safe_before + w2 / safe_after), 0.0)
    inner[0], inner[-1] = rise[0], rise[-1]
    return inner


def ease(x: Reals) -> Reals:
    """0 below 0, 1 above 1, smooth between."""
    u = np.clip(x, 0, 1)
    return np.asarray(u * u * (3 - 2 * u))


def columns_map(rows: Reals, source: Reals, target: Reals) -> Reals:
    """Where every pixel comes from: rows x columns of source y.

    `source` and `target` (knots x columns) hold the y of lines before and after; a column is stretched between its
    knots and left alone beyond them. Knots of `target` that would overtake each other are pushed apart.
    """
    spacing = LEAST * np.arange(len(target))[:, None]
    target = np.maximum.accumulate(target - spacing, axis=0) + spacing
    y = rows.astype(np.float32)[:, None]
    knots = target.astype(np.float32)
    result = y + (source[0] - target[0]).astype(np.float32)
    for i in range(len(target) - 1):
        length = target[i + 1] - target[i]
        excess = ((source[i + 1] - source[i]) / length - 1).astype(np.float32)
        result += excess * np.clip(y - knots[i], 0, length.astype(np.float32))
    tail = (source[-1] - target[-1]).astype(np.float32)
    return np.asarray(np.where(y >= knots[-1], y + tail, result), np.float32)
