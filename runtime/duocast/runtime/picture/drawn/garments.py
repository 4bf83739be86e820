"""Garments: the table of what can be worn, each a function that dresses a body."""

from collections.abc import Callable

from duocast.runtime.picture.drawn.dressing import Dressing
from duocast.runtime.picture.drawn.jackets import draw_cardigan, draw_coat, draw_jacket
from duocast.runtime.picture.drawn.limbs import draw_legs
from duocast.runtime.picture.drawn.tops import (
    draw_dress,
    draw_hoodie,
    draw_shirt,
    draw_sweater,
    draw_t_shirt,
    draw_turtleneck,
)

GARMENTS: dict[str, Callable[[Dressing], None]] = {
    "t-shirt": draw_t_shirt,
    "shirt": draw_shirt,
    "sweater": draw_sweater,
    "turtleneck": draw_turtleneck,
    "hoodie": draw_hoodie,
    "cardigan": draw_cardigan,
    "blazer": draw_jacket,
    "suit": draw_jacket,
    "coat": draw_coat,
    "lab-coat": draw_coat,
    "dress": draw_dress,
}


def draw_clothes(dress: Dressing) -> None:
    """Legs, then the garment."""
    draw_legs(dress.pen, dress.body, dress.person, dress.tones)
    GARMENTS[dress.clothes.garment](dress)


__all__ = ["GARMENTS", "draw_clothes"]
