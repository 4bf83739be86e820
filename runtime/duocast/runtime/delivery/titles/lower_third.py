"""The lower third: who somebody is, over a line that is drawn as it comes."""

from math import inf

import numpy as np

from duocast.compiler.operations.encode import Overlay
from duocast.runtime.delivery.fonts import LABEL, NAME
from duocast.runtime.delivery.lettering import RGBA, Align, Style, measure
from duocast.runtime.delivery.titles.frame import Frame
from duocast.runtime.delivery.titles.layer import Layer, drawing, fitted, words
from duocast.runtime.delivery.titles.motion import fade, rise, unroll
from duocast.runtime.delivery.titles.shade import away, black_of, melting

AMBER = (255, 190, 92)
COME, GO = 0.45, 0.4
_DARKNESS = 0.64


def lower_third(overlay: Overlay, frame: Frame) -> tuple[Layer, ...]:
    """Name, line, and what they are; bottom left unless another place is named."""
    place = "bottom left" if overlay.place == "centre" else overlay.place
    align: Align = "right" if "right" in place else "left"
    unit, widest = frame.unit, frame.room * (0.95 if frame.vertical else 0.6)
    name, big = fitted(
        overlay.text, Style(NAME, unit * 0.054, -0.012, 1.24, align=align), widest, unit * 0.2
    )
    second, small = fitted(
        overlay.second,
        Style(LABEL, unit * 0.033, 0.005, 1.3, opacity=0.94, align=align),
        widest,
        unit * 0.15,
    )
    gap, line = round(unit * 0.011), max(2, round(unit * 0.0048))
    upper, lower = measure(name, big), measure(second, small) if second else None
    width = max(upper.width, lower.width if lower else 0.0)
    height = upper.height + gap + line + (gap + lower.height if lower else 0.0)
    x, y = frame.corner(place, width, height)
    right = x + width
    middle = y + upper.height + gap
    layers = [_shade(frame, place, (x, y, width, height))]
    layers.append(drawing(_line(round(width), line), x, middle, unroll(COME + 0.1, GO)))
    left = right - upper.width if align == "right" else x
    layers.append(words(name, big, left, y, rise(unit * 0.028, COME, GO, 0.08)))
    if lower:
        left = right - lower.width if align == "right" else x
        below = middle + line + gap
        layers.append(words(second, small, left, below, rise(-unit * 0.018, COME, GO, 0.16)))
    return tuple(layers)


def _shade(frame: Frame, place: str, box: tuple[float, float, float, float]) -> Layer:
    """Darkness that comes from the frame's corner and melts away past the words' box (x, y, width, height)."""
    x, y, width, height = box
    across, down = frame.unit * 0.62, frame.unit * 0.3
    left, right = (x, inf) if "right" in place else (-inf, x + width)
    top, bottom = (-inf, y + height) if "top" in place else (y, inf)
    dark = melting(away(frame.width, left, right, across), away(frame.height, top, bottom, down))
    rows, columns = np.flatnonzero(dark.max(axis=1)), np.flatnonzero(dark.max(axis=0))
    seen = dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] * _DARKNESS
    return drawing(black_of(seen), columns[0], rows[0], fade(COME, GO))


def _line(width: int, height: int) -> RGBA:
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[...] = (*AMBER, 255)
    return pixels
