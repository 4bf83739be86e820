"""A figure: the parts of a person put together in a stance, and the pieces of the drawing that don't act."""

import math

from duocast.runtime.picture.drawn import face, hair, limbs
from duocast.runtime.picture.drawn.beard import draw_beard
from duocast.runtime.picture.drawn.body import AXIS, Body, build, sway
from duocast.runtime.picture.drawn.glasses import draw_glasses
from duocast.runtime.picture.drawn.headwear import Headwear
from duocast.runtime.picture.drawn.mane import Mane
from duocast.runtime.picture.drawn.nose import Nose
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.skull import PIVOT, Head, skull
from duocast.runtime.picture.drawn.solid import turn
from duocast.runtime.picture.drawn.stance import Stance, head_frame, within
from duocast.runtime.picture.drawn.tones import tones


class Figure:
    """A person's parts. Pieces of the head are drawn upright: `head_frame` puts them into the picture."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.skull = skull(person)
        self.build = build(person)
        self.tones = tones(person)
        self.nose = Nose(person)
        bald = person.hair.style == "bald" or person.headwear == "hijab"
        self.mane = None if bald else Mane(person, self.skull)
        self.headwear = Headwear(person, self.skull)

    @property
    def ears_shown(self) -> bool:
        """Whether no hair and no scarf lies over the ears."""
        return self.person.headwear != "hijab" and not (self.mane and self.mane.covers)

    def head(self, stance: Stance, *, upright: bool = True) -> Head:
        """The head, in its own frame or (not upright) in the picture."""
        place = stance.place
        yaw, pitch = math.radians(place.yaw + stance.yaw), math.radians(stance.pitch)
        if place.back:
            yaw, pitch = math.pi - yaw, -pitch
        roll = 0.0 if upright else math.radians(stance.roll)
        shift = (0.0, 0.0) if upright else (stance.lean_x, stance.lean_y - 0.005 * stance.breath)
        placed = turn(yaw, pitch, roll, pivot=PIVOT, shift=shift)
        return Head(
            self.skull, placed, yaw, pitch, stance.drop, stance.cheek, place.side, stance.towards
        )

    def body(self, stance: Stance, *, beside_head: bool = False) -> Body:
        """The body in the picture, or as seen in the frame of the head."""
        place = stance.place
        yaw = math.radians(0.86 * place.yaw)
        if place.back:
            yaw = math.pi - yaw
        moved = sway(stance)
        if beside_head:
            moved = within(head_frame(stance, PIVOT), moved)
        standing = turn(yaw, 0.0, 0.0, pivot=AXIS)
        return Body(self.build, standing, yaw, moved, place.side, place.back)

    def draw_behind(self, pen: Pen, stance: Stance) -> None:
        """Hair and scarf behind head and neck. Upright."""
        head = self.head(stance)
        if self.mane and not stance.place.back:
            hair.draw_back(self.mane, pen, head, self.body(stance, beside_head=True), self.tones)
        self.headwear.draw_back(pen, head)

    def draw_neck(self, pen: Pen, stance: Stance) -> None:
        """The neck, and a clip to it that stays open for its shade. In the picture."""
        head, body = self.head(stance, upright=False), self.body(stance)
        neck = limbs.neck_path(head, body)
        limbs.draw_neck(pen, head, body, self.tones, neck)
        pen.clip(neck)

    def draw_neck_shadow(self, pen: Pen, stance: Stance) -> None:
        """The head's shade on the neck. Upright."""
        face.draw_neck_shadow(pen, self.head(stance), self.tones, stance.place.contrast)

    def draw_skin(self, pen: Pen, stance: Stance) -> None:
        """The head in light and shade, cheeks and beard. Upright."""
        head, contrast = self.head(stance), stance.place.contrast
        path = face.head_path(head)
        pen.fill(path, self.tones.skin)
        pen.clip(path)
        face.draw_light(pen, head, self.tones)
        face.draw_form(pen, head, self.tones, contrast)
        if not stance.place.back:
            face.draw_cheeks(pen, head, self.person, self.tones)
        pen.free()
        if not stance.place.back:
            draw_beard(pen, head, self.person, self.tones)

    def draw_nose(self, pen: Pen, stance: Stance) -> None:
        """The nose. Upright."""
        head, strength = self.head(stance), 0.5 + 0.5 * stance.place.contrast
        self.nose.draw(pen, head, self.nose.placed(head), self.tones, strength)

    def draw_crown(self, pen: Pen, stance: Stance) -> None:
        """What lies over the face: glasses, hair, ears and headwear. Upright."""
        head, body = self.head(stance), self.body(stance, beside_head=True)
        back = stance.place.back
        if back:
            self._draw_ears(pen, head, back)
            if self.mane:
                hair.draw_behind(self.mane, pen, head, body, self.tones)
        else:
            draw_glasses(pen, head, self.person)
            if self.mane:
                hair.draw_front(self.mane, pen, head, body, self.tones)
            self._draw_ears(pen, head, back)
        self.headwear.draw_front(pen, head, body, back)

    def _draw_ears(self, pen: Pen, head: Head, back: bool) -> None:
        """Both ears, over the hair; of the far one only what stands out beyond the head."""
        if not self.ears_shown:
            return
        far = head.towards
        for side in (far, -far):
            hidden = side == far and not back
            if hidden:
                pen.clip(face.head_path(head), keep=False)
            face.draw_ear(pen, head, self.person, self.tones, side)
            face.draw_earring(pen, head, self.person, side)
            if hidden:
                pen.free()
