"""The end card: credits in two columns and, under them, how the film was made."""

from dataclasses import dataclass

import numpy as np

from duocast.compiler.operations.encode import Overlay
from duocast.runtime.delivery.fonts import LABEL, TEXT, TITLE
from duocast.runtime.delivery.lettering import RGBA, Style, measure, wrap
from duocast.runtime.delivery.titles.frame import Frame
from duocast.runtime.delivery.titles.layer import Layer, drawing, fitted, words
from duocast.runtime.delivery.titles.motion import Motion, fade
from duocast.runtime.delivery.titles.shade import black_of, veil

_SEPARATORS = ("\t", " | ", ": ")
_COME, _GO = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Credits:
    """What the text says: headings (the first is the film's title) and pairs of (what, who)."""

    title: str
    pairs: tuple[tuple[str, str], ...]


def parsed(text: str) -> Credits:
    """A line `what: who` (or with a tab or ` | `) is a credit, a line without is the title or a name alone."""
    title, pairs = "", []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        separator = next((s for s in _SEPARATORS if s in line), None)
        if separator is not None:
            what, who = line.split(separator, 1)
            pairs.append((what.strip(), who.strip()))
        elif not title and not pairs:
            title = line
        else:
            pairs.append(("", line))
    return Credits(title, tuple(pairs))


def end_card(overlay: Overlay, frame: Frame, black: bool) -> tuple[Layer, ...]:
    """The title, the credits, the overlay's second text at the foot."""
    credits_, unit = parsed(overlay.text), frame.unit
    dark = () if black else (_dark(frame),)
    foot, foot_top = _foot(overlay.second, frame)
    head = Style(TITLE, unit * 0.075, -0.008, 1.36, align="centre")
    title, head = fitted(credits_.title, head, frame.room, frame.height * 0.25)
    title_height = measure(title, head).height if title else 0.0
    gap = unit * 0.06 if title and credits_.pairs else 0.0
    most = foot_top - frame.head - title_height - gap
    columns, height = _columns(credits_.pairs, frame, most)
    top = frame.head + max(0.0, (foot_top - frame.head - title_height - gap - height) / 2)
    layers = list(dark)
    if title:
        x = (frame.width - measure(title, head).width) / 2
        layers.append(words(title, head, x, top, fade(_COME, _GO)))
    below = top + title_height + gap
    layers += [
        words(text, style, x, below + y, fade(_COME, _GO, 0.25)) for text, style, x, y in columns
    ]
    return (*layers, *foot)


def _dark(frame: Frame) -> Layer:
    return drawing(black_of(veil(frame.width, frame.height, 0.86, 0.92)), 0, 0, fade(0.8, _GO))


def _columns(
    pairs: tuple[tuple[str, str], ...], frame: Frame, most: float
) -> tuple[list[tuple[str, Style, float, float]], float]:
    """The credits set around the frame's middle line; smaller if they are higher than `most`."""
    size = frame.unit * 0.034
    while True:
        placed, height = _set(pairs, frame, size)
        if height <= most or size < 9:
            return placed, height
        size *= 0.93


def _set(
    pairs: tuple[tuple[str, str], ...], frame: Frame, size: float
) -> tuple[list[tuple[str, Style, float, float]], float]:
    what = Style(LABEL, size * 0.82, 0.02, 1.5, opacity=0.62, align="right")
    who = Style(TEXT, size, 0.0, 1.5 * 0.82, opacity=0.97)
    alone = Style(TEXT, size, 0.0, 1.3, opacity=0.97, align="centre")
    gutter, middle, y = size * 0.75, frame.width / 2, 0.0
    half = frame.room / 2 - gutter
    placed: list[tuple[str, Style, float, float]] = []
    for left, right in pairs:
        if not left:
            text = wrap(right, alone, frame.room)
            box = measure(text, alone)
            placed.append((text, alone, middle - box.width / 2, y))
            y += box.height + size * 0.35
            continue
        texts = (wrap(left, what, half), wrap(right, who, half))
        boxes = (measure(texts[0], what), measure(texts[1], who))
        placed.append((texts[0], what, middle - gutter - boxes[0].width, y))
        placed.append((texts[1], who, middle + gutter, y))
        y += max(box.height for box in boxes) + size * 0.3
    return placed, max(0.0, y - size * 0.3)


def _foot(text: str, frame: Frame) -> tuple[tuple[Layer, ...], float]:
    """The disclosure under a short line; and where it starts."""
    bottom = frame.height - frame.foot
    if not text.strip():
        return (), bottom
    unit = frame.unit
    style = Style(LABEL, unit * 0.026, 0.012, 1.45, opacity=0.86, align="centre")
    wrapped, style = fitted(text, style, frame.room * 0.9, frame.height * 0.15)
    box = measure(wrapped, style)
    top = bottom - box.height
    rule = round(unit * 0.09)
    line = drawing(_rule(rule), (frame.width - rule) / 2, top - unit * 0.03, _late())
    placed = words(wrapped, style, (frame.width - box.width) / 2, top, _late())
    return (line, placed), top - unit * 0.06


def _late() -> Motion:
    return fade(_COME, _GO, 0.5)


def _rule(width: int) -> RGBA:
    return np.full((2, width, 4), 120, np.uint8)
