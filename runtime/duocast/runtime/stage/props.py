"""Inserts: one thing, big, on a table, with the place out of focus behind it."""

import math
from collections.abc import Callable

import cv2
import numpy as np
import skia

from duocast.compiler.operations.compose import ComposeParams
from duocast.runtime.stage.frames import Bytes
from duocast.runtime.stage.placing import Stage

TABLE_EDGE = 0.46
"""Where the table's far edge stands on the stage, from its top."""
_WOOD = ((150, 101, 66), (96, 60, 40))


def insert(background: Bytes, params: ComposeParams, stage: Stage) -> Bytes:
    """The stage of an insert on `params.thing`."""
    soft = cv2.GaussianBlur(background, (0, 0), 0.022 * stage.frame)
    light = float(np.clip(soft.mean() / 120, 0.45, 1.0))
    pixels = np.dstack([soft, np.full(soft.shape[:2], 255, np.uint8)]).astype(np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType)
    canvas = surface.getCanvas()
    _table(canvas, stage, light)
    canvas.translate(stage.width / 2, stage.height * 0.60)
    unit = stage.frame * 0.30
    canvas.scale(unit, unit)
    _draw(params.thing)(canvas, light)
    del canvas, surface
    return np.ascontiguousarray(pixels[..., :3])


def _draw(thing: str) -> Callable[[skia.Canvas, float], None]:
    words = set(thing.lower().split())
    for names, draw in _THINGS:
        if words & set(names):
            return draw
    return _card(thing)


def _shade(colour: tuple[int, int, int], light: float, alpha: int = 255) -> int:
    red, green, blue = (min(255, round(c * light)) for c in colour)
    return int(skia.ColorSetARGB(alpha, red, green, blue))


def _paint(colour: int) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=colour)


def _gradient(top: float, bottom: float, first: int, last: int) -> skia.Paint:
    shader = skia.GradientShader.MakeLinear([(0, top), (0, bottom)], [first, last])
    return skia.Paint(AntiAlias=True, Shader=shader)


def _table(canvas: skia.Canvas, stage: Stage, light: float) -> None:
    edge = stage.height * TABLE_EDGE
    paint = _gradient(edge, stage.height, _shade(_WOOD[0], light), _shade(_WOOD[1], light))
    canvas.drawRect(skia.Rect.MakeLTRB(0, edge, stage.width, stage.height), paint)
    grain = _paint(_shade((60, 36, 24), light, 36))
    grain.setStyle(skia.Paint.kStroke_Style)
    grain.setStrokeWidth(stage.frame * 0.0025)
    for row in range(1, 8):
        y = edge + (stage.height - edge) * (row / 8) ** 1.4
        path = skia.Path()
        path.moveTo(0, y)
        for step in range(1, 9):
            x = stage.width * step / 8
            path.lineTo(x, y + stage.frame * 0.006 * math.sin(step * 1.7 + row * 2.3))
        canvas.drawPath(path, grain)
    rim = _paint(_shade((190, 140, 98), light))
    canvas.drawRect(skia.Rect.MakeLTRB(0, edge, stage.width, edge + stage.frame * 0.006), rim)


def _shadow(canvas: skia.Canvas, width: float, height: float, y: float) -> None:
    paint = _paint(skia.ColorSetARGB(120, 20, 10, 6))
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.07))
    canvas.drawOval(skia.Rect.MakeLTRB(-width, y - height, width, y + height), paint)


def _phone(canvas: skia.Canvas, light: float) -> None:
    _shadow(canvas, 1.15, 0.22, 0.52)
    canvas.save()
    canvas.skew(-0.28, 0)
    body = skia.Rect.MakeLTRB(-0.52, -0.62, 0.52, 0.52)
    canvas.drawRoundRect(body, 0.1, 0.1, _paint(_shade((24, 26, 30), max(light, 0.7))))
    glass = skia.Rect.MakeLTRB(-0.47, -0.56, 0.47, 0.46)
    canvas.drawRoundRect(glass, 0.07, 0.07, _gradient(-0.56, 0.46, 0xFF34527E, 0xFF131B33))
    canvas.drawCircle(0, -0.22, 0.15, _paint(0xFFE9EEF6))
    canvas.drawCircle(0, -0.26, 0.055, _paint(0xFF5F7190))
    canvas.drawRoundRect(
        skia.Rect.MakeLTRB(-0.09, -0.19, 0.09, -0.11), 0.05, 0.05, _paint(0xFF5F7190)
    )
    canvas.drawRoundRect(skia.Rect.MakeLTRB(-0.2, 0.0, 0.2, 0.04), 0.02, 0.02, _paint(0xFFCBD5E6))
    canvas.drawCircle(-0.22, 0.28, 0.11, _paint(0xFFD9483B))
    canvas.drawCircle(0.22, 0.28, 0.11, _paint(0xFF3FAE62))
    shine = _paint(skia.ColorSetARGB(26, 255, 255, 255))
    canvas.drawPath(
        skia.Path.Polygon([(-0.47, -0.56), (0.1, -0.56), (-0.3, 0.46), (-0.47, 0.46)], True), shine
    )
    canvas.restore()


def _cup(canvas: skia.Canvas, light: float) -> None:
    _shadow(canvas, 0.95, 0.17, 0.42)
    canvas.drawOval(
        skia.Rect.MakeLTRB(-0.85, 0.24, 0.85, 0.50), _paint(_shade((226, 218, 206), light))
    )
    handle = _paint(_shade((208, 199, 186), light))
    handle.setStyle(skia.Paint.kStroke_Style)
    handle.setStrokeWidth(0.1)
    canvas.drawOval(skia.Rect.MakeLTRB(0.38, -0.32, 0.8, 0.14), handle)
    cup = skia.Path()
    cup.moveTo(-0.55, -0.45)
    cup.cubicTo(-0.55, 0.2, -0.35, 0.38, 0, 0.38)
    cup.cubicTo(0.35, 0.38, 0.55, 0.2, 0.55, -0.45)
    cup.close()
    canvas.drawPath(
        cup, _gradient(-0.5, 0.4, _shade((246, 240, 230), light), _shade((205, 194, 178), light))
    )
    canvas.drawOval(
        skia.Rect.MakeLTRB(-0.55, -0.56, 0.55, -0.34), _paint(_shade((250, 246, 238), light))
    )
    canvas.drawOval(
        skia.Rect.MakeLTRB(-0.48, -0.53, 0.48, -0.37), _paint(_shade((112, 66, 36), light))
    )


def _letter(canvas: skia.Canvas, light: float) -> None:
    _shadow(canvas, 1.2, 0.2, 0.46)
    canvas.save()
    canvas.skew(-0.2, 0)
    sheet = skia.Rect.MakeLTRB(-0.8, -0.5, 0.8, 0.48)
    canvas.drawRect(
        sheet, _gradient(-0.5, 0.48, _shade((246, 238, 218), light), _shade((226, 214, 188), light))
    )
    ink = _paint(_shade((58, 62, 92), light, 210))
    ink.setStyle(skia.Paint.kStroke_Style)
    ink.setStrokeWidth(0.018)
    for row in range(7):
        y = -0.36 + row * 0.115
        path = skia.Path()
        path.moveTo(-0.66, y)
        end = 0.62 - 0.13 * ((row * 5) % 4)
        steps = 34
        for step in range(1, steps + 1):
            x = -0.66 + (end + 0.66) * step / steps
            path.lineTo(x, y + 0.022 * math.sin(step * 2.4 + row) * (1 if step % 5 else 0))
        canvas.drawPath(path, ink)
    fold = _paint(_shade((150, 136, 108), light, 90))
    fold.setStrokeWidth(0.01)
    canvas.drawLine(-0.8, 0.0, 0.8, 0.0, fold)
    canvas.restore()


def _book(canvas: skia.Canvas, light: float) -> None:
    _shadow(canvas, 1.1, 0.2, 0.44)
    canvas.drawRoundRect(
        skia.Rect.MakeLTRB(-0.8, 0.08, 0.8, 0.42), 0.04, 0.04, _paint(_shade((124, 42, 40), light))
    )
    canvas.drawRect(
        skia.Rect.MakeLTRB(-0.74, 0.13, 0.8, 0.36), _paint(_shade((238, 228, 206), light))
    )
    cover = skia.Path.Polygon([(-0.8, 0.1), (-0.55, -0.5), (0.85, -0.5), (0.8, 0.1)], True)
    canvas.drawPath(
        cover, _gradient(-0.5, 0.1, _shade((156, 58, 52), light), _shade((124, 42, 40), light))
    )
    gold = _paint(_shade((222, 180, 96), light))
    gold.setStyle(skia.Paint.kStroke_Style)
    gold.setStrokeWidth(0.02)
    canvas.drawPath(
        skia.Path.Polygon([(-0.6, 0.0), (-0.43, -0.42), (0.72, -0.42), (0.68, 0.0)], True), gold
    )


def _key(canvas: skia.Canvas, light: float) -> None:
    _shadow(canvas, 0.95, 0.12, 0.22)
    brass = _paint(_shade((206, 162, 82), light))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(-0.3, 0.02, 0.9, 0.14), 0.04, 0.04, brass)
    canvas.drawRect(skia.Rect.MakeLTRB(0.6, 0.08, 0.68, 0.3), brass)
    canvas.drawRect(skia.Rect.MakeLTRB(0.76, 0.08, 0.84, 0.26), brass)
    ring = _paint(_shade((206, 162, 82), light))
    ring.setStyle(skia.Paint.kStroke_Style)
    ring.setStrokeWidth(0.12)
    canvas.drawOval(skia.Rect.MakeLTRB(-0.85, -0.16, -0.3, 0.3), ring)


def _card(thing: str) -> Callable[[skia.Canvas, float], None]:
    """What cannot be drawn is written on a card: the audience knows what it is."""

    def draw(canvas: skia.Canvas, light: float) -> None:
        _shadow(canvas, 1.1, 0.18, 0.4)
        canvas.drawRoundRect(
            skia.Rect.MakeLTRB(-0.9, -0.42, 0.9, 0.4),
            0.05,
            0.05,
            _paint(_shade((246, 240, 226), light)),
        )
        font = skia.Font(None, 0.26)
        word = thing.strip()[:18]
        width = font.measureText(word)
        scale = min(1.0, 1.5 / max(width, 1e-6))
        font.setSize(0.26 * scale)
        canvas.drawString(
            word, -font.measureText(word) / 2, 0.07, font, _paint(_shade((52, 50, 48), light))
        )

    return draw


_THINGS: tuple[tuple[tuple[str, ...], Callable[[skia.Canvas, float], None]], ...] = (
    (("phone", "smartphone", "mobile", "telephone"), _phone),
    (("cup", "cups", "tea", "coffee", "mug"), _cup),
    (("letter", "letters", "note", "page", "paper", "envelope", "map"), _letter),
    (("book", "diary", "notebook", "album"), _book),
    (("key", "keys"), _key),
)
