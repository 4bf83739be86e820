"""Lettering: text set in a face, with kerning and fallback, as premultiplied RGBA pixels."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Literal

import numpy as np
import skia
from numpy.typing import NDArray

from duocast.runtime.delivery.fonts import Face, fallbacks, typeface

RGBA = NDArray[np.uint8]
"""height x width x 4, premultiplied alpha."""

Align = Literal["left", "centre", "right"]
_ALIGN = {
    "left": skia.textlayout.TextAlign.kLeft,
    "centre": skia.textlayout.TextAlign.kCenter,
    "right": skia.textlayout.TextAlign.kRight,
}
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. `size` in pixels, `tracking` in ems, `leading` in multiples of the size."""

    face: Face
    size: float
    tracking: float = 0.0
    leading: float = 1.25
    colour: tuple[int, int, int] = WHITE
    opacity: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Measure:
    """The room text takes, in pixels: the longest line's width, the whole height."""

    width: float
    height: float


def measure(text: str, style: Style) -> Measure:
    """The room that `text` takes with its own line breaks only."""
    laid = paragraph(text, style)
    laid.layout(100_000.0)
    return Measure(laid.LongestLine, laid.Height)


def margin(style: Style) -> int:
    """The pixels left free at each side of the box, for italics that lean out of it."""
    return ceil(style.size * 0.12)


def letter(text: str, style: Style) -> RGBA:
    """`text` with its own line breaks, in its box with the `margin` left and right."""
    size, free = measure(text, style), margin(style)
    width, height = max(1, ceil(size.width)) + 2 * free, max(1, ceil(size.height))
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface.MakeRasterDirect(
        skia.ImageInfo.Make(
            width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
        ),
        pixels,
    )
    laid = paragraph(text, style)
    laid.layout(float(width - 2 * free))
    laid.paint(surface.getCanvas(), float(free), 0.0)
    surface.flushAndSubmit()
    return pixels


def wrap(text: str, style: Style, width: float) -> str:
    """`text` broken into lines not wider than `width`, as evenly long as can be; own breaks are kept."""
    return "\n".join(_wrap_line(line, style, width) for line in text.split("\n"))


def _wrap_line(line: str, style: Style, width: float) -> str:
    words = line.split()
    if len(words) < 2 or measure(line, style).width <= width:
        return line
    fewest = _greedy(words, style, width)
    lines, narrow, wide = fewest, 0.0, width
    for _ in range(8):
        middle = (narrow + wide) / 2
        tried = _greedy(words, style, middle)
        fits = len(tried) == len(fewest) and _longest(tried, style) <= width
        if fits:
            lines, wide = tried, middle
        else:
            narrow = middle
    return "\n".join(lines)


def _greedy(words: list[str], style: Style, width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure(longer, style).width <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _longest(lines: list[str], style: Style) -> float:
    return max(measure(line, style).width for line in lines)


@lru_cache(maxsize=1)
def _unicode() -> skia.Unicode:
    return skia.Unicodes.ICU.Make()


@lru_cache(maxsize=64)
def _collection(face: Face) -> skia.textlayout.FontCollection:
    provider = skia.textlayout.TypefaceFontProvider()
    for each in fallbacks(face):
        provider.registerTypeface(typeface(each), each.alias)
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(provider)
    return collection


def paragraph(text: str, style: Style) -> skia.textlayout.Paragraph:
    """`text` ready to be laid out at a width and painted on any canvas."""
    look = skia.textlayout.TextStyle()
    look.setFontFamilies([each.alias for each in fallbacks(style.face)])
    look.setFontSize(style.size)
    look.setLetterSpacing(style.tracking * style.size)
    look.setHeightOverride(True)
    look.setHeight(style.leading)
    look.setHalfLeading(True)
    alpha = round(255 * style.opacity)
    look.setForegroundPaint(skia.Paint(Color=skia.Color(*style.colour, alpha), AntiAlias=True))
    block = skia.textlayout.ParagraphStyle()
    block.setTextStyle(look)
    block.setTextAlign(_ALIGN[style.align])
    builder = skia.textlayout.ParagraphBuilder.make(block, _collection(style.face), _unicode())
    builder.pushStyle(look)
    builder.addText(text)
    return builder.Build()
