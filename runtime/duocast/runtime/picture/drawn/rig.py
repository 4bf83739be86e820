"""The drawn rig: a person in a pose, drawn at any size straight from their shapes."""

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import skia

from duocast.runtime.picture.drawn.beard import draw_bare_skin, draw_moustache
from duocast.runtime.picture.drawn.body import sway
from duocast.runtime.picture.drawn.collars import draw_inside
from duocast.runtime.picture.drawn.dressing import Dressing
from duocast.runtime.picture.drawn.eyes import Eye, draw_brow
from duocast.runtime.picture.drawn.face import draw_forehead
from duocast.runtime.picture.drawn.figure import Figure
from duocast.runtime.picture.drawn.garments import draw_clothes
from duocast.runtime.picture.drawn.mouth import HEIGHT, Mouth, lowered
from duocast.runtime.picture.drawn.pen import Canvas, CanvasPen, map_of
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import PIVOT
from duocast.runtime.picture.drawn.stance import Place, Stance, head_frame, stance
from duocast.runtime.picture.drawn.study import Study
from duocast.runtime.picture.pose import Pose
from duocast.runtime.picture.rig import Anchors, Extent, Matrix, Picture, Sheet

SkPicture: TypeAlias = Any
"""A `skia.Picture`. Skia has no type information."""
_KEPT = 4
"""Places for which the clothes stay recorded."""
_KNOTS = {"yaw": 4.0, "pitch": 4.0}
"""Degrees between the knots of a turning head: between them nothing strays from its arc by 1/3000 of a head."""
_FOLLOW = {"roll": 4.0, "breath": 1.0, "shrug": 1.0}
_DROP = 0.105
"""How far the chin is lowered at jaw 1, in head heights."""
_JAW = {"drop": _DROP}
_NECK = {"pitch": 4.0, "roll": 4.0, "lean_x": 0.1, "lean_y": 0.1, "breath": 1.0, "shrug": 1.0}


class DrawnRig:
    """A drawn person that can be posed. The same pose gives the same pixels, whatever was drawn before."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.figure = Figure(person)
        self.mouth = Mouth(person)
        self.eyes = tuple(Eye(person, side, self.figure.skull) for side in (-1, 1))
        figure = self.figure
        falls = figure.mane is not None and figure.mane.falls
        scarf = person.headwear == "hijab"
        chin = _JAW if scarf else {}
        self._behind = Study(figure.draw_behind, _KNOTS, {**(_FOLLOW if falls else {}), **chin})
        self._neck = Study(figure.draw_neck, {"yaw": 8.0}, _NECK)
        self._shadow = Study(figure.draw_neck_shadow, _KNOTS, _JAW)
        self._skin = Study(figure.draw_skin, _KNOTS, {**_JAW, "cheek": 1.0})
        self._nose = Study(figure.draw_nose, _KNOTS)
        follow = {**(_FOLLOW if falls or scarf else {}), **chin}
        self._crown = Study(figure.draw_crown, _KNOTS, follow)
        self._wardrobe: dict[Place, tuple[SkPicture, SkPicture]] = {}
        self.extent = self._extent()
        self.anchors = Anchors(
            eyes=(0.0, 0.0),
            mouth=(0.0, HEIGHT),
            chin=(0.0, 0.5),
            crown=(0.0, -0.5),
            shoulders=(0.0, 0.57 + 0.35 * figure.build.scale),
        )

    def _extent(self) -> Extent:
        half = (
            float(self.figure.build.arm[:, 0].max() + self.figure.build.arm[:, 3].max() * 0.5)
            + 0.10
        )
        top = float(self.figure.mane.solid.rows[0, 0]) - 0.06 if self.figure.mane else -0.62
        if self.person.hair.style == "bun":
            top = -0.80
        top = min(top, float(self.figure.headwear.solid.rows[0, 0]) - 0.04)
        return Extent(-half, top, half, 0.57 + (6.38 - 0.62) * self.figure.build.scale)

    def draw(
        self,
        pose: Pose,
        matrix: Matrix,
        size: tuple[int, int],
        *,
        yaw: float = 0.0,
        view: str = "front",
        light: float = 0.0,
        contrast: float = 0.35,
    ) -> Sheet:
        """The person in `pose`: see `Rig.draw`.

        `light` is where the key light comes from, -1 left to 1 right (0 is above, a little left); `contrast` is how
        strong its shade is, 0 to 1.
        """
        x, y, right, bottom = self._box(pose, matrix, size)
        if right <= x or bottom <= y:
            return Sheet(0, 0, np.zeros((1, 1, 4), np.uint8))
        pixels: Picture = np.zeros((bottom - y, right - x, 4), np.uint8)
        surface = skia.Surface(
            pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        )
        canvas = surface.getCanvas()
        canvas.translate(-x, -y)
        canvas.concat(map_of(matrix))
        self._paint(canvas, pose, Place(yaw, view == "back", light, contrast))
        del canvas, surface
        return Sheet(x, y, pixels)

    def _box(self, pose: Pose, matrix: Matrix, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """The covered part of the frame: left, top, right, bottom in pixels."""
        extent, (a, b, c, d, e, f) = self.extent, matrix
        reach = abs(pose.lean_x) + abs(math.sin(math.radians(pose.roll))) * 0.9
        rise = (
            abs(pose.lean_y)
            + 0.12 * abs(pose.shrug)
            + 0.1
            + 0.3 * abs(math.sin(math.radians(pose.pitch)))
        )
        corners = [
            (a * px + c * py + e, b * px + d * py + f)
            for px in (extent.left - reach, extent.right + reach)
            for py in (extent.top - rise, extent.bottom + 0.05)
        ]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        return (
            max(0, math.floor(min(xs))),
            max(0, math.floor(min(ys))),
            min(size[0], math.ceil(max(xs))),
            min(size[1], math.ceil(max(ys))),
        )

    def _dressed(self, place: Place) -> tuple[SkPicture, SkPicture]:
        """What is worn, recorded once for a place: behind the neck, and before it."""
        known = self._wardrobe.get(place)
        if known is None:
            if len(self._wardrobe) >= _KEPT:
                self._wardrobe.clear()
            known = (
                self._record(draw_inside, place),
                self._record(draw_clothes, place),
            )
            self._wardrobe[place] = known
        return known

    def _record(self, part: Callable[[Dressing], None], place: Place) -> SkPicture:
        figure, still = self.figure, Stance(place)
        head, body = figure.head(still), figure.body(still)
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 10))
        pen = CanvasPen(canvas)
        part(Dressing(pen, head, body, self.person, figure.tones, place.contrast))
        return recorder.finishRecordingAsPicture()

    def _paint(self, canvas: Canvas, pose: Pose, place: Place) -> None:
        stood = stance(pose, place, _DROP * lowered(pose))
        behind, before = self._dressed(place)
        upright, follow = map_of(head_frame(stood, PIVOT)), map_of(sway(stood))
        self._behind.draw(canvas, stood, upright)
        canvas.drawPicture(behind, follow)
        self._neck.draw(canvas, stood)
        self._shadow.draw(canvas, stood, upright)
        canvas.restore()
        canvas.drawPicture(before, follow)
        canvas.save()
        canvas.concat(upright)
        self._skin.draw(canvas, stood)
        if not place.back:
            self._act(CanvasPen(canvas), stood, pose)
        self._crown.draw(canvas, stood)
        canvas.restore()

    def _act(self, pen: CanvasPen, stood: Stance, pose: Pose) -> None:
        """What moves in the face: mouth, eyes and brows, with the nose between them."""
        person, figure = self.person, self.figure
        shades, head = figure.tones, figure.head(stood)
        draw_forehead(pen, head, pose, person, shades)
        draw_bare_skin(pen, head, pose, person, shades)
        self.mouth.draw(pen, head, pose, shades)
        draw_moustache(pen, head, pose, person, shades)
        mass = figure.nose.mass(figure.nose.placed(head))
        for eye in self.eyes:
            hide = eye.side == head.towards and abs(math.sin(head.yaw)) > 0.2
            if hide:
                pen.clip(mass, keep=False)
            eye.draw(pen, head, pose, shades)
            if hide:
                pen.free()
        self._nose.draw(pen.canvas, stood)
        for side in (-1, 1):
            draw_brow(pen, head, pose, person, shades, side)
