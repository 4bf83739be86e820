"""The drawn rig: a person in a pose, drawn at any size straight from their shapes."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import skia

from duocast.runtime.picture.drawn import face, garments, limbs
from duocast.runtime.picture.drawn.beard import draw_beard, draw_moustache
from duocast.runtime.picture.drawn.body import AXIS, Body, build, sway
from duocast.runtime.picture.drawn.eyes import Eye, draw_brow
from duocast.runtime.picture.drawn.glasses import draw_glasses
from duocast.runtime.picture.drawn.hair import Mane
from duocast.runtime.picture.drawn.headwear import Headwear
from duocast.runtime.picture.drawn.ink import Path, Pen
from duocast.runtime.picture.drawn.mouth import HEIGHT, Mouth, opening
from duocast.runtime.picture.drawn.nose import Nose
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import PIVOT, Head, skull
from duocast.runtime.picture.drawn.solid import turn
from duocast.runtime.picture.drawn.tones import tones
from duocast.runtime.picture.pose import NEUTRAL, Pose
from duocast.runtime.picture.rig import Anchors, Extent, Matrix, Picture, Sheet

_Recording: TypeAlias = Any
"""A `skia.Picture`."""
_FURTHEST = 52.0
"""Degrees beyond which a face is not turned."""
_KEPT = 4
"""Places for which the clothes stay recorded."""


@dataclass(frozen=True, slots=True)
class _Place:
    """How somebody stands in a shot: what stays while they act."""

    yaw: float
    back: bool
    light: float
    contrast: float


class DrawnRig:
    """A drawn person that can be posed. The same pose gives the same pixels, whatever was drawn before."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.skull = skull(person)
        self.build = build(person)
        self.tones = tones(person)
        self.mouth = Mouth(person)
        self.nose = Nose(person)
        self.eyes = (Eye(person, -1, self.skull), Eye(person, 1, self.skull))
        bald = person.hair.style == "bald" or person.headwear == "hijab"
        self.mane = None if bald else Mane(person, self.skull)
        self.headwear = Headwear(person, self.skull)
        self._wardrobe: dict[_Place, tuple[_Recording, _Recording]] = {}
        self.extent = self._extent()
        self.anchors = Anchors(
            eyes=(0.0, 0.0),
            mouth=(0.0, HEIGHT),
            chin=(0.0, 0.5),
            crown=(0.0, -0.5),
            shoulders=(0.0, 0.57 + 0.35 * self.build.scale),
        )

    def _extent(self) -> Extent:
        half = float(self.build.arm[:, 0].max() + self.build.arm[:, 3].max() * 0.5) + 0.10
        top = float(self.mane.solid.rows[0, 0]) - 0.06 if self.mane else -0.62
        if self.person.hair.style == "bun":
            top = -0.80
        top = min(top, float(self.headwear.solid.rows[0, 0]) - 0.04)
        return Extent(-half, top, half, 0.57 + (6.38 - 0.62) * self.build.scale)

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
        a, b, c, d, e, f = matrix
        canvas.concat(skia.Matrix.MakeAll(a, c, e - x, b, d, f - y, 0, 0, 1))
        self._paint(Pen(canvas), pose, _Place(yaw, view == "back", light, contrast))
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

    def _stand(self, pose: Pose, place: _Place) -> tuple[Head, Body]:
        """Head and body of this frame."""
        yaw, back, light = place.yaw, place.back, place.light
        side = float(np.clip(-light + 0.45 * (1 - abs(light)), -1, 1))
        total = float(np.clip(yaw + pose.yaw, -_FURTHEST, _FURTHEST))
        head_yaw, body_yaw = math.radians(total), math.radians(0.86 * yaw)
        pitch = math.radians(pose.pitch)
        if back:
            head_yaw, body_yaw, pitch = math.pi - head_yaw, math.pi - body_yaw, -pitch
        shift = (pose.lean_x, pose.lean_y - 0.005 * pose.breath)
        placed = turn(head_yaw, pitch, math.radians(pose.roll), pivot=PIVOT, shift=shift)
        jaw = min(1.0, opening(pose) / 0.15)
        head = Head(self.skull, placed, head_yaw, pitch, 0.105 * jaw, 0.0, side)
        standing = turn(body_yaw, 0.0, 0.0, pivot=AXIS)
        return head, Body(self.build, standing, body_yaw, sway(pose), side, back)

    def _dressed(self, place: _Place) -> tuple[_Recording, _Recording]:
        """What is worn, recorded once for a place: behind the neck, and before it."""
        known = self._wardrobe.get(place)
        if known is None:
            if len(self._wardrobe) >= _KEPT:
                self._wardrobe.clear()
            head, body = self._stand(NEUTRAL, place)
            known = (
                self._record(garments.draw_behind, head, body, place.contrast),
                self._record(garments.draw_clothes, head, body, place.contrast),
            )
            self._wardrobe[place] = known
        return known

    def _record(
        self, part: Callable[[garments.Dressing], None], head: Head, body: Body, contrast: float
    ) -> _Recording:
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 10))
        part(garments.Dressing(Pen(canvas), head, body, self.person, self.tones, contrast))
        return recorder.finishRecordingAsPicture()

    def _paint(self, pen: Pen, pose: Pose, place: _Place) -> None:
        head, body = self._stand(pose, place)
        behind, before = self._dressed(place)
        a, b, c, d, e, f = body.sway
        follow = skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1)
        if self.mane and not place.back:
            self.mane.draw_back(pen, head, body, self.tones)
        self.headwear.draw_back(pen, head)
        pen.canvas.drawPicture(behind, follow)
        neck = limbs.neck_path(head, body)
        limbs.draw_neck(pen, head, body, self.tones, neck)
        face.neck_shadow(pen, head, self.tones, neck, place.contrast)
        pen.canvas.drawPicture(before, follow)
        self._head(pen, head, body, pose, place.back, place.contrast)

    def _head(
        self, pen: Pen, head: Head, body: Body, pose: Pose, back: bool, contrast: float
    ) -> None:
        person, shades = self.person, self.tones
        path = face.head_path(head)
        pen.fill(path, shades.skin)
        pen.clip(path)
        face.draw_light(pen, head, shades)
        face.draw_form(pen, head, shades, contrast)
        if not back:
            face.draw_cheeks(pen, head, pose, person, shades)
        pen.free()
        if back:
            self._ears(pen, head, path, back)
            self._back_of_head(pen, head, body)
        else:
            self._face(pen, head, pose, contrast)
            if self.mane:
                self.mane.draw_front(pen, head, body, shades)
            self._ears(pen, head, path, back)
            self.headwear.draw_front(pen, head, body, False)

    def _ears(self, pen: Pen, head: Head, path: Path, back: bool) -> None:
        """Both ears, over the hair; of the far one only what stands out beyond the head."""
        if self.person.headwear == "hijab" or (self.mane and self.mane.covers):
            return
        far = face.far_side(head)
        for side in (far, -far):
            hidden = side == far and not back
            if hidden:
                pen.clip(path, keep=False)
            face.draw_ear(pen, head, self.person, self.tones, side)
            if not hidden or abs(math.sin(head.yaw)) < 0.45:
                face.draw_earring(pen, head, self.person, side)
            if hidden:
                pen.free()

    def _face(self, pen: Pen, head: Head, pose: Pose, contrast: float) -> None:
        person, shades = self.person, self.tones
        far = face.far_side(head)
        draw_beard(pen, head, person, shades)
        self.mouth.draw(pen, head, pose, shades)
        draw_moustache(pen, head, pose, person, shades)
        lines = self.nose.placed(head)
        turned = abs(math.sin(head.yaw)) > 0.2
        for eye in self.eyes:
            hide = turned and eye.side == far
            if hide:
                pen.clip(self.nose.mass(lines), keep=False)
            eye.draw(pen, head, pose, shades)
            if hide:
                pen.free()
        self.nose.draw(pen, head, lines, shades, 0.5 + 0.5 * contrast)
        for side in (-1, 1):
            draw_brow(pen, head, pose, person, shades, side)
        draw_glasses(pen, head, person)

    def _back_of_head(self, pen: Pen, head: Head, body: Body) -> None:
        if self.mane:
            self.mane.draw_behind(pen, head, body, self.tones)
        self.headwear.draw_front(pen, head, body, True)
