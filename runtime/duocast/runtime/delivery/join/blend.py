"""Blending: what a dissolve, a wipe and a fade make of frames."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from duocast.runtime.delivery.colour import Plane, Planes, as_bytes
from duocast.runtime.delivery.join.clip import Clip
from duocast.runtime.delivery.join.spans import Fade, Overlap, Plain, Span

LEVELS = {"black": 16, "white": 235}
"""Luma of what a fade goes through."""
_SOFT = 0.06
"""How wide a wipe's soft edge is, in frame widths."""


def rendered(spans: Sequence[Span], clips: Sequence[Clip]) -> Iterator[Planes]:
    """The frames of the spans, decoded and blended."""
    for span in spans:
        match span:
            case Plain():
                yield from clips[span.clip].pictures(span.first, span.last)
            case Fade():
                yield from _fade(span, clips)
            case Overlap():
                yield from _overlap(span, clips)


def _fade(span: Fade, clips: Sequence[Clip]) -> Iterator[Planes]:
    total = span.last - span.first
    for index, frame in enumerate(clips[span.clip].pictures(span.first, span.last)):
        part = (index + 0.5) / total
        yield faded(frame, part if span.way == "in" else 1 - part, LEVELS[span.colour])


def _overlap(span: Overlap, clips: Sequence[Clip]) -> Iterator[Planes]:
    going = clips[span.clip].pictures(span.first, span.first + span.frames)
    coming = clips[span.clip + 1].pictures(0, span.frames)
    for index, (a, b) in enumerate(zip(going, coming, strict=True)):
        part = (index + 1) / (span.frames + 1)
        yield dissolved(a, b, part) if span.kind == "dissolve" else wiped(a, b, part)


def faded(frame: Planes, light: float, level: int = 16) -> Planes:
    """The frame with this part of its light, and the rest of it at `level` (luma)."""
    y = cv2.addWeighted(frame.y, light, frame.y, 0.0, level * (1 - light))
    u, v = (
        cv2.addWeighted(plane, light, plane, 0.0, 128 * (1 - light)) for plane in (frame.u, frame.v)
    )
    return Planes(as_bytes(y), as_bytes(u), as_bytes(v))


def dissolved(a: Planes, b: Planes, part: float) -> Planes:
    """`part` of `b` over `a`."""
    y, u, v = (
        as_bytes(cv2.addWeighted(one, 1 - part, two, part, 0.0))
        for one, two in ((a.y, b.y), (a.u, b.u), (a.v, b.v))
    )
    return Planes(y, u, v)


def wiped(a: Planes, b: Planes, part: float) -> Planes:
    """`b` uncovered from the left over `a`, with a soft edge."""
    eased = part * part * (3 - 2 * part)
    return Planes(*(_wipe(x, y, eased) for x, y in ((a.y, b.y), (a.u, b.u), (a.v, b.v))))


def _wipe(a: Plane, b: Plane, part: float) -> Plane:
    width = a.shape[1]
    at = (np.arange(width, dtype=np.float32) + 0.5) / width
    edge = part * (1 + _SOFT)
    weight = np.clip((edge - at) / _SOFT, 0, 1)[None, :]
    return as_bytes(np.rint(a * (1 - weight) + b * weight).astype(np.uint8))
