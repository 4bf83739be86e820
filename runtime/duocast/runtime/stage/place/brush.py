"""A brush: flat shapes, soft gradients and shadows on one sheet of pixels, drawn by skia on the CPU."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
import skia
from numpy.typing import NDArray

Colour = str
"""`#rrggbb`, sRGB."""
Point = tuple[float, float]


def channels(colour: Colour) -> tuple[float, float, float]:
    """A colour's sRGB channels, 0 to 1."""
    return (
        int(colour[1:3], 16) / 255,
        int(colour[3:5], 16) / 255,
        int(colour[5:7], 16) / 255,
    )


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` in it."""
    parts = (
        round(255 * (a + (b - a) * share))
        for a, b in zip(channels(one), channels(other), strict=True)
    )
    return "#" + "".join(f"{max(0, min(255, part)):02x}" for part in parts)


def darker(colour: Colour, share: float = 0.15) -> Colour:
    """`colour` with some of a cool near-black in it."""
    return mixed(colour, "#15131f", share)


def lighter(colour: Colour, share: float = 0.15) -> Colour:
    """`colour` with some of a warm white in it."""
    return mixed(colour, "#fff6e6", share)


class Brush:
    """Draws on `pixels` (height x width x 4, RGBA, premultiplied). Lengths are pixels, y goes down.

    Every shape takes `to` (a second colour, reached at its bottom, or at its right if `across`), `alpha` and
    `blur` (a
    Gaussian sigma: for shadows and haze).
    """

    def __init__(self, width: int, height: int, over: "Brush | None" = None) -> None:
        self.over = over
        """A sheet of light that these shapes stand before: they black it out."""
        self.pixels: NDArray[np.uint8] = np.zeros((height, width, 4), np.uint8)
        self.width = width
        self.height = height
        info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self.pixels, self.pixels.strides[0])
        self.canvas = self._surface.getCanvas()

    def shape(
        self,
        path: skia.Path,
        colour: Colour,
        *,
        to: Colour | None = None,
        across: bool = False,
        alpha: float = 1.0,
        fade: float | None = None,
        blur: float = 0.0,
        line: float = 0.0,
    ) -> None:
        """Fill `path`, or draw its outline `line` wide. `fade` is the alpha at the gradient's end."""
        paint = _paint(colour, alpha, line)
        if to is not None or fade is not None:
            paint.setShader(self._gradient(path, colour, to or colour, across, alpha, fade))
        if blur > 0:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self.canvas.drawPath(path, paint)
        if self.over is not None and blur == 0:
            self._cover(path, alpha if fade is None else (alpha + fade) / 2, line)

    def _cover(self, path: skia.Path, alpha: float, line: float) -> None:
        assert self.over is not None
        self.over.canvas.save()
        self.over.canvas.setMatrix(self.canvas.getTotalMatrix())
        self.over.canvas.drawPath(path, _paint("#000000", alpha, line))
        self.over.canvas.restore()

    @staticmethod
    def _gradient(
        path: skia.Path,
        colour: Colour,
        to: Colour,
        across: bool,
        alpha: float,
        fade: float | None,
    ) -> skia.Shader:
        box = path.getBounds()
        start = skia.Point(box.left(), box.top())
        end = skia.Point(box.right(), box.top()) if across else skia.Point(box.left(), box.bottom())
        last = alpha if fade is None else fade
        ends = [_packed(colour, alpha), _packed(to, last)]
        return skia.GradientShader.MakeLinear([start, end], ends)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: Colour,
        *,
        r: float = 0.0,
        **how: object,
    ) -> None:
        """A rectangle with corners rounded by `r`."""
        path = skia.Path()
        box = skia.Rect.MakeXYWH(x, y, w, h)
        if r > 0:
            path.addRoundRect(box, r, r)
        else:
            path.addRect(box)
        self.shape(path, colour, **how)  # type: ignore[arg-type]  # passed on as they came

    def oval(
        self, cx: float, cy: float, rx: float, ry: float, colour: Colour, **how: object
    ) -> None:
        """An ellipse about (cx, cy)."""
        path = skia.Path()
        path.addOval(skia.Rect.MakeLTRB(cx - rx, cy - ry, cx + rx, cy + ry))
        self.shape(path, colour, **how)  # type: ignore[arg-type]  # passed on as they came

    def poly(self, points: Sequence[Point], colour: Colour, **how: object) -> None:
        """A closed shape with straight sides."""
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], True)
        self.shape(path, colour, **how)  # type: ignore[arg-type]  # passed on as they came

    def blob(self, points: Sequence[Point], colour: Colour, **how: object) -> None:
        """A closed smooth shape through the middles of the sides of `points`."""
        path = skia.Path()
        count = len(points)
        middles = [_middle(points[i], points[(i + 1) % count]) for i in range(count)]
        path.moveTo(*middles[-1])
        for corner, middle in zip(points, middles, strict=True):
            path.quadTo(*corner, *middle)
        path.close()
        self.shape(path, colour, **how)  # type: ignore[arg-type]  # passed on as they came

    def line(self, points: Sequence[Point], width: float, colour: Colour, **how: object) -> None:
        """A line through `points` with round ends, smooth at the corners."""
        path = skia.Path()
        path.moveTo(*points[0])
        for before, after in pairwise(points[1:]):
            path.quadTo(*before, *_middle(before, after))
        path.lineTo(*points[-1])
        self.shape(path, colour, line=width, **how)  # type: ignore[arg-type]  # passed on as they came

    def glow(
        self, cx: float, cy: float, rx: float, ry: float, colour: Colour, alpha: float = 1.0
    ) -> None:
        """A pool that fades from `alpha` at its middle to nothing at its edge."""
        stops = [0.0, 0.25, 0.5, 0.75, 1.0]
        colours = [_packed(colour, alpha * (1 - s) ** 2 * (1 - 0.3 * s)) for s in stops]
        shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, colours, stops)
        with self.moved(cx, cy, rx, ry):
            self.canvas.drawCircle(0, 0, 1.0, skia.Paint(AntiAlias=True, Shader=shader))

    def shadow(
        self, x: float, y: float, w: float, h: float, *, blur: float = 18.0, alpha: float = 0.35
    ) -> None:
        """The soft shadow of a box."""
        self.rect(x, y, w, h, "#120d18", r=min(w, h) * 0.2, blur=blur, alpha=alpha)

    @contextmanager
    def moved(
        self, x: float, y: float, sx: float = 1.0, sy: float = 1.0, turn: float = 0.0
    ) -> Iterator[None]:
        """Draw with the origin at (x, y), turned clockwise by `turn` degrees, then scaled."""
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.rotate(turn)
        self.canvas.scale(sx, sy)
        try:
            yield
        finally:
            self.canvas.restore()

    @contextmanager
    def inside(self, x: float, y: float, w: float, h: float, r: float = 0.0) -> Iterator[None]:
        """Draw only within a rectangle."""
        self.canvas.save()
        path = skia.Path()
        path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), max(r, 0.01), max(r, 0.01))
        self.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        try:
            yield
        finally:
            self.canvas.restore()


def arc(
    cx: float, cy: float, rx: float, ry: float, first: float, last: float, steps: int = 16
) -> list[Point]:
    """Points of an ellipse from angle `first` to `last`, degrees, 0 at the right, clockwise."""
    angles = [math.radians(first + (last - first) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def _paint(colour: Colour, alpha: float, line: float) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*channels(colour), alpha))
    if line > 0:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(line)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def _packed(colour: Colour, alpha: float) -> int:
    parts = [round(255 * part) for part in channels(colour)]
    return int(skia.ColorSetARGB(round(255 * max(0.0, min(1.0, alpha))), *parts))


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
