"""A layer of a title: a sprite and how it moves."""

from dataclasses import dataclass

from duocast.runtime.delivery.lettering import RGBA, Style, letter, margin, measure, wrap
from duocast.runtime.delivery.sprite import Sprite, sprite
from duocast.runtime.delivery.titles.motion import Motion
from duocast.runtime.delivery.titles.shade import shadowed

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the frame."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What is laid over the frames, from first to last of a title's layers."""

    drawn: Sprite
    motion: Motion
    box: Box | None = None
    """Where its words stand, without their shadow; None for what is no words."""


def words(
    text: str, style: Style, x: float, y: float, motion: Motion, shadow: float = 1.0
) -> Layer:
    """Text whose box starts at (x, y), over its shadow (`shadow` 0 for none)."""
    pixels, size = letter(text, style), measure(text, style)
    box = (x, y, x + size.width, y + size.height)
    left, top = round(x) - margin(style), round(y)
    if shadow <= 0:
        return Layer(sprite(pixels, left, top), motion, box)
    near, far = max(0.8, style.size * 0.035), max(2.0, style.size * 0.28)
    pixels, grown = shadowed(pixels, near, far, shadow)
    return Layer(sprite(pixels, left - grown, top - grown), motion, box)


def drawing(pixels: RGBA, x: float, y: float, motion: Motion) -> Layer:
    """Pixels at (x, y)."""
    return Layer(sprite(pixels, round(x), round(y)), motion)


def fitted(text: str, style: Style, width: float, height: float) -> tuple[str, Style]:
    """`text` wrapped into `width`, and its style made smaller until it is not higher than `height`."""
    tried, size = style, style.size
    while True:
        wrapped = wrap(text, tried, width)
        box = measure(wrapped, tried)
        if (box.width <= width and box.height <= height) or tried.size < 8:
            return wrapped, tried
        size *= 0.92
        tried = Style(
            style.face,
            size,
            style.tracking,
            style.leading,
            style.colour,
            style.opacity,
            style.align,
        )
