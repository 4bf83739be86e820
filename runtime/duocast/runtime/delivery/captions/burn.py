"""Captions in the picture: clean type on a soft dark plate at the foot, above other words that stand there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from duocast.compiler.operations.delivery import Caption
from duocast.compiler.operations.encode import CaptionStyle
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import Planes
from duocast.runtime.delivery.fonts import CAPTION
from duocast.runtime.delivery.lettering import RGBA, Align, Style, letter, margin, measure, wrap
from duocast.runtime.delivery.sprite import Sprite, lay, sprite
from duocast.runtime.delivery.titles.frame import Frame
from duocast.runtime.delivery.titles.layer import Box
from duocast.runtime.delivery.titles.reel import Reel
from duocast.runtime.delivery.titles.shade import shadowed

ORDINARY = CaptionStyle()
_PLATE = (6, 7, 9, 150)
_NONE = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class CaptionReel:
    """Drawn captions with their frames of the shot (half-open)."""

    drawn: tuple[tuple[int, int, Sprite], ...]

    def draw(self, frame: Planes, index: int) -> None:
        """Lay the caption that stands in frame number `index` over it, in place."""
        for start, end, picture in self.drawn:
            if start <= index < end:
                lay(frame, picture)


def caption_reel(
    captions: Sequence[Caption],
    titles: Reel,
    rate: Rate,
    width: int,
    height: int,
    look: CaptionStyle = ORDINARY,
) -> CaptionReel:
    """The captions of a shot, drawn; `titles` are what they must not cover."""
    frame = Frame(width, height)
    drawn = []
    for caption in captions:
        start, end = (float(rate.seconds(n)) for n in (caption.start, caption.end))
        words = [
            layer.box
            for shown, layer in titles.layers
            if layer.box is not None and shown.start < end and start < shown.end
        ]
        drawn.append((caption.start, caption.end, _caption(caption.text, frame, words, look)))
    return CaptionReel(tuple(drawn))


def _caption(text: str, frame: Frame, words: Sequence[Box], look: CaptionStyle) -> Sprite:
    align: Align = "left" if text.startswith("- ") else "centre"
    size = _size(frame) * look.size
    style = Style(CAPTION, size, 0.003, 1.32, colour=look.colour, align=align)
    pixels = _plated(wrap(text, style, frame.room * 0.98), style, _PLATE if look.plate else _NONE)
    height, width = pixels.shape[:2]
    x = (frame.width - width) / 2
    if look.top:
        return sprite(pixels, round(x), round(frame.foot * 0.95))
    y = frame.height - frame.foot * 0.95 - height
    x, y = _clear((x, y, x + width, y + height), frame, words)
    return sprite(pixels, round(x), round(y))


def _clear(box: Box, frame: Frame, words: Sequence[Box]) -> tuple[float, float]:
    """Where a caption goes so that it covers no words: a little aside if that is enough, else above them.

    It never goes up into the frame's upper third.
    """
    left, top, right, bottom = box
    free = frame.unit * 0.02
    for word in sorted(words, key=lambda word: -word[3]):
        if not _meet((left, top, right, bottom), word, free):
            continue
        aside = word[2] + free * 1.5 - left
        lifted = word[1] - free - (bottom - top)
        if aside < frame.width * 0.09 and right + aside < frame.width - frame.side:
            left, right = left + aside, right + aside
        elif lifted > frame.height * 0.36:
            top, bottom = lifted, word[1] - free
    return left, top


def _meet(box: Box, word: Box, free: float) -> bool:
    beside = word[2] + free < box[0] or word[0] - free > box[2]
    return not beside and word[1] - free < box[3] and word[3] + free > box[1]


def _size(frame: Frame) -> float:
    """Pixels of type: 42 characters fill about two thirds of a wide frame; more than fits is wrapped again."""
    return frame.width * 0.05 if frame.vertical else min(frame.unit * 0.05, frame.room / 22)


def _plated(text: str, style: Style, ground: tuple[int, int, int, int]) -> RGBA:
    """The words with a tight shadow, on a plate with round corners."""
    words, grown = shadowed(letter(text, style), max(0.7, style.size * 0.03), style.size * 0.1, 0.7)
    box = measure(text, style)
    pad_x, pad_y = style.size * 0.42, style.size * 0.16
    free = margin(style)
    # The plate spans text and padding; the words' picture is laid over it with its own free margins.
    width, height = round(box.width + 2 * pad_x), round(box.height + 2 * pad_y)
    left, top = max(0, round(pad_x) - free - grown), max(0, round(pad_y) - grown)
    plate = _plate(width, height, style.size * 0.26, ground)
    spread_x = max(0, free + grown - round(pad_x))
    spread_y = max(0, grown - round(pad_y))
    out = np.zeros(
        (max(height + 2 * spread_y, words.shape[0]), max(width + 2 * spread_x, words.shape[1]), 4),
        np.uint8,
    )
    out[spread_y : spread_y + height, spread_x : spread_x + width] = plate
    _over(out, words, left, top)
    return out


def _plate(width: int, height: int, radius: float, ground: tuple[int, int, int, int]) -> RGBA:
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface.MakeRasterDirect(
        skia.ImageInfo.Make(
            width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
        ),
        pixels,
    )
    paint = skia.Paint(Color=skia.Color(*ground), AntiAlias=True)
    surface.getCanvas().drawRoundRect(skia.Rect.MakeWH(width, height), radius, radius, paint)
    surface.flushAndSubmit()
    return pixels


def _over(under: RGBA, words: RGBA, x: int, y: int) -> None:
    height = min(words.shape[0], under.shape[0] - y)
    width = min(words.shape[1], under.shape[1] - x)
    words = words[:height, :width]
    view = under[y : y + height, x : x + width]
    rest = 1 - words[..., 3:].astype(np.float32) / 255
    view[...] = np.clip(np.rint(view * rest + words), 0, 255).astype(np.uint8)
