"""Shape: what part of a picture is enlarged, how many times, and to what size. Pure."""

from dataclasses import dataclass

from duocast.runtime.delivery.encode.covering import MOST_CUT

ENOUGH = 1.1
"""A picture that lacks less than this is large enough."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in its pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Enlargement:
    """A part of a picture and the size that it is to have."""

    part: Box
    width: int
    height: int

    @property
    def factor(self) -> float:
        """How many times larger it becomes."""
        return max(self.width / self.part.width, self.height / self.part.height)

    @property
    def needed(self) -> bool:
        """Whether new detail is worth making."""
        return self.factor >= ENOUGH


def filling(wide: int, tall: int, width: int, height: int) -> Enlargement:
    """How a moving picture of `wide` x `tall` comes to fill the frame, as `covering` lays it there.

    It is cut to the frame's shape with its middle kept; one of quite another shape stays whole, and as large as the
    frame holds it.
    """
    scale = max(width / wide, height / tall)
    cut = 1 - width * height / (wide * tall * scale * scale)
    if cut > MOST_CUT:
        scale = min(width / wide, height / tall)
        size = (max(2, round(wide * scale)), max(2, round(tall * scale)))
        return Enlargement(Box(0, 0, wide, tall), *size)
    kept_wide, kept_tall = min(wide, round(width / scale)), min(tall, round(height / scale))
    part = Box((wide - kept_wide) // 2, (tall - kept_tall) // 2, kept_wide, kept_tall)
    return Enlargement(part, width, height)


def covering_still(wide: int, tall: int, width: int, height: int) -> Enlargement:
    """How a still of `wide` x `tall` comes to cover a size, whole; one that does stays as it is."""
    scale = max(1.0, width / wide, height / tall)
    return Enlargement(Box(0, 0, wide, tall), round(wide * scale), round(tall * scale))


def best_scale(factor: float, scales: tuple[int, ...]) -> int:
    """The smallest of a network's scales that is enough, else its largest."""
    return next((scale for scale in sorted(scales) if scale >= factor), max(scales))
