"""The big ones: the film's title, a subtitle, a card of text."""

from dataclasses import replace

from duocast.compiler.operations.encode import Overlay
from duocast.runtime.delivery.fonts import LABEL, TITLE, TITLE_ITALIC, TITLE_LIGHT
from duocast.runtime.delivery.lettering import Align, Style, measure
from duocast.runtime.delivery.titles.frame import Frame
from duocast.runtime.delivery.titles.layer import Layer, drawing, fitted, words
from duocast.runtime.delivery.titles.motion import Motion, fade, rise
from duocast.runtime.delivery.titles.shade import black_of, veil

_COME, _GO = 0.9, 0.6


def title(overlay: Overlay, frame: Frame, black: bool) -> tuple[Layer, ...]:
    """The title, its second line in spaced capitals; the picture behind goes darker."""
    unit = frame.unit
    style = Style(TITLE, unit * 0.148, -0.012, 1.32, align=_align(overlay))
    text, style = fitted(overlay.text, style, frame.room * 0.92, frame.height * 0.5)
    under = Style(LABEL, unit * 0.031, 0.2, 1.5, opacity=0.92, align=style.align)
    second, under = fitted(overlay.second.upper(), under, frame.room * 0.9, frame.height * 0.2)
    dark = () if black else (_veiled(frame, 0.46, 0.62),)
    coming = (rise(unit * 0.03, 1.1, _GO), fade(_COME, _GO, 0.45))
    return (*dark, *_stacked(frame, overlay, (text, style), (second, under), unit * 0.035, coming))


def subtitle(overlay: Overlay, frame: Frame, black: bool, lower: bool) -> tuple[Layer, ...]:
    """A place, a time: italics. With `lower` it stands below the middle, where a title is not."""
    unit = frame.unit
    style = Style(TITLE_ITALIC, unit * 0.068, 0.0, 1.25, align=_align(overlay))
    text, style = fitted(overlay.text, style, frame.room * 0.9, frame.height * 0.4)
    under = Style(LABEL, unit * 0.031, 0.06, 1.5, opacity=0.92, align=style.align)
    second, under = fitted(overlay.second, under, frame.room * 0.9, frame.height * 0.2)
    dark = () if black or lower else (_veiled(frame, 0.34, 0.44),)
    coming = (fade(_COME, _GO), fade(_COME, _GO, 0.3))
    down = frame.height * 0.2 if lower else 0.0
    stacked = _stacked(frame, overlay, (text, style), (second, under), unit * 0.018, coming, down)
    return (*dark, *stacked)


def card(overlay: Overlay, frame: Frame, black: bool) -> tuple[Layer, ...]:
    """Text to be read in peace, on black or over a picture that has almost gone."""
    unit = frame.unit
    style = Style(TITLE_LIGHT, unit * 0.062, -0.002, 1.42, opacity=0.96, align="centre")
    text, style = fitted(overlay.text, style, min(frame.room, unit * 1.2), frame.height * 0.62)
    under = Style(LABEL, unit * 0.028, 0.16, 1.5, opacity=0.66, align="centre")
    second, under = fitted(overlay.second.upper(), under, frame.room * 0.9, frame.height * 0.14)
    dark = () if black else (_veiled(frame, 0.76, 0.84),)
    centred = overlay.replace(place="centre")
    coming = (fade(_COME, _GO), fade(_COME, _GO, 0.5))
    return (*dark, *_stacked(frame, centred, (text, style), (second, under), unit * 0.05, coming))


def _align(overlay: Overlay) -> Align:
    if "left" in overlay.place:
        return "left"
    return "right" if "right" in overlay.place else "centre"


def _veiled(frame: Frame, middle: float, edge: float) -> Layer:
    return drawing(black_of(veil(frame.width, frame.height, middle, edge)), 0, 0, fade(0.8, _GO))


def _stacked(
    frame: Frame,
    overlay: Overlay,
    first: tuple[str, Style],
    second: tuple[str, Style],
    gap: float,
    coming: tuple[Motion, Motion],
    down: float = 0.0,
) -> tuple[Layer, ...]:
    """Two texts one above the other, at the overlay's place."""
    boxes = [measure(text, style) for text, style in (first, second)]
    has_second = bool(second[0].strip())
    width = max(box.width for box in boxes) if has_second else boxes[0].width
    height = boxes[0].height + (gap + boxes[1].height if has_second else 0.0)
    x, y = frame.corner(overlay.place, width, height)
    y = round(y + down)
    layers = [_line(*first, x, y, width, boxes[0].width, coming[0])]
    if has_second:
        below = y + boxes[0].height + gap
        layers.append(_line(*second, x, below, width, boxes[1].width, coming[1]))
    return tuple(layers)


def _line(
    text: str, style: Style, x: float, y: float, width: float, own: float, motion: Motion
) -> Layer:
    free = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align] * (width - own)
    # The space after a line's last letter is no part of the line as it is seen.
    optical = style.tracking * style.size / 2 if style.align == "centre" else 0.0
    return words(text, replace(style), x + free + optical, y, motion)
