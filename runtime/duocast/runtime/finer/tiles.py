"""Tiles: a picture is worked on in pieces that overlap, and the pieces are laid together without seams. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
TILE = 384
"""The longest side of a piece, overlaps and all, in the source's pixels: a network's memory goes with it."""
OVERLAP = 32
"""How much of two neighbours shows the same, in the source's pixels."""
EDGE = 8
"""How much of it is left out at a piece's own side: there the network sees too little."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line, in the source's pixels."""

    start: int
    stop: int


def spans(length: int, tile: int = TILE, overlap: int = OVERLAP) -> tuple[Span, ...]:
    """The stretches of a line that is worked on in pieces: all of the same length, as few as will do."""
    if length <= tile:
        return (Span(0, length),)
    count = -(-(length - overlap) // (tile - overlap))
    size = -(-(length + (count - 1) * overlap) // count)
    last = length - size
    starts = [round(last * number / (count - 1)) for number in range(count)]
    return tuple(Span(start, start + size) for start in starts)


def weights(number: int, line: tuple[Span, ...], scale: int) -> Floats:
    """How much of a piece's pixels counts, 0 to 1, after enlarging; all pieces together count 1 everywhere."""
    span = line[number]
    inside = np.arange((span.stop - span.start) * scale, dtype=np.float32)
    weight = np.ones(inside.shape, np.float32)
    if number > 0:
        weight = _rising(inside, line[number - 1].stop - span.start, scale)
    if number < len(line) - 1:
        shared = line[number + 1].start
        after = inside - np.float32((shared - span.start) * scale)
        weight = weight * (1 - _rising(after, span.stop - shared, scale))
    return np.asarray(weight, np.float32)


def _rising(inside: Floats, shared: int, scale: int) -> Floats:
    """From 0 to 1 over the middle of what two pieces share."""
    edge = min(EDGE, shared // 4) * scale
    length = max(1, shared * scale - 2 * edge)
    return np.clip((inside - edge + 0.5) / length, 0, 1).astype(np.float32)


def enlarged(
    picture: Floats,
    scale: int,
    network: Callable[[Floats], Floats],
    *,
    tile: int = TILE,
    overlap: int = OVERLAP,
) -> Floats:
    """The picture (3 x height x width, 0 to 1) `scale` times larger each way, by a network that enlarges pieces."""
    _, height, width = picture.shape
    rows, columns = spans(height, tile, overlap), spans(width, tile, overlap)
    if len(rows) == len(columns) == 1:
        return network(picture)
    whole = np.zeros((3, height * scale, width * scale), np.float32)
    for row, top in enumerate(rows):
        for column, left in enumerate(columns):
            piece = network(
                np.ascontiguousarray(picture[:, top.start : top.stop, left.start : left.stop])
            )
            share = np.outer(weights(row, rows, scale), weights(column, columns, scale))
            whole[
                :,
                top.start * scale : top.stop * scale,
                left.start * scale : left.stop * scale,
            ] += piece * share
    return whole
