"""The disclosure: a small label in a corner that says how the film was made, readable over any picture."""

from math import ceil

import numpy as np
import skia

from duocast.compiler.operations.encode import Overlay
from duocast.runtime.delivery.fonts import LABEL
from duocast.runtime.delivery.lettering import RGBA, Style, letter, margin, measure
from duocast.runtime.delivery.titles.frame import Frame
from duocast.runtime.delivery.titles.layer import Layer, drawing, fitted
from duocast.runtime.delivery.titles.motion import fade, still


def disclosure(overlay: Overlay, frame: Frame, whole: bool) -> tuple[Layer, ...]:
    """The label at its corner (top right if none is named); it stands still when it stands through the shot."""
    place = "top right" if overlay.place == "centre" else overlay.place
    style = Style(LABEL, frame.unit * 0.0265, 0.01, 1.3)
    text, style = fitted(overlay.text, style, frame.room * 0.8, frame.height * 0.12)
    pixels = _label(text, style)
    x, y = frame.corner(place, pixels.shape[1], pixels.shape[0])
    y += round(frame.unit * 0.02) * (1 if "bottom" in place else -1)
    return (drawing(pixels, x, y, still if whole else fade(0.4, 0.4)),)


def _label(text: str, style: Style) -> RGBA:
    """A dark capsule with a spark and the words."""
    box, size = measure(text, style), style.size
    pad, gap, spark = size * 0.78, size * 0.45, size * 0.95
    width = ceil(pad + spark + gap + box.width + pad)
    height = ceil(box.height + size * 0.62)
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface.MakeRasterDirect(
        skia.ImageInfo.Make(
            width, height, skia.ColorType.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
        ),
        pixels,
    )
    canvas = surface.getCanvas()
    _capsule(canvas, width, height)
    canvas.drawPath(
        _spark(pad + spark / 2, height / 2, spark / 2),
        skia.Paint(Color=skia.Color(255, 204, 122, 255), AntiAlias=True),
    )
    surface.flushAndSubmit()
    _put(pixels, letter(text, style), round(pad + spark + gap) - margin(style), size)
    return pixels


def _capsule(canvas: skia.Canvas, width: int, height: int) -> None:
    inner = skia.Rect.MakeXYWH(0.75, 0.75, width - 1.5, height - 1.5)
    radius = height / 2
    fill = skia.Paint(Color=skia.Color(8, 9, 12, 168), AntiAlias=True)
    rim = skia.Paint(
        Color=skia.Color(255, 255, 255, 70),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=1.0,
    )
    canvas.drawRoundRect(inner, radius, radius, fill)
    canvas.drawRoundRect(inner, radius, radius, rim)


def _spark(x: float, y: float, radius: float) -> skia.Path:
    """A star with four points and hollow sides."""
    near = radius * 0.2
    path = skia.Path()
    path.moveTo(x, y - radius)
    for cx, cy, ex, ey in (
        (x + near, y - near, x + radius, y),
        (x + near, y + near, x, y + radius),
        (x - near, y + near, x - radius, y),
        (x - near, y - near, x, y - radius),
    ):
        path.quadTo(cx, cy, ex, ey)
    path.close()
    return path


def _put(pixels: RGBA, text: RGBA, x: int, size: float) -> None:
    """Blend lettering into the label, centred in its height."""
    top = (pixels.shape[0] - text.shape[0]) // 2
    assert size > 0
    width = min(text.shape[1], pixels.shape[1] - x)
    view = pixels[top : top + text.shape[0], x : x + width]
    rest = 1 - text[:, :width, 3:].astype(np.float32) / 255
    view[...] = np.clip(np.rint(view * rest + text[:, :width]), 0, 255).astype(np.uint8)
