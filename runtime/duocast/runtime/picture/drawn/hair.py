"""Hair: a mane drawn with its strands and tails, behind the head, over it, and in a view from the back."""

from duocast.runtime.picture.drawn.body import Body
from duocast.runtime.picture.drawn.colour import mix
from duocast.runtime.picture.drawn.mane import Mane
from duocast.runtime.picture.drawn.pen import Pen
from duocast.runtime.picture.drawn.skull import Head
from duocast.runtime.picture.drawn.strands import draw_back_strands, draw_strands
from duocast.runtime.picture.drawn.tails import draw_braid, draw_dreads, draw_tail
from duocast.runtime.picture.drawn.tones import Tones


def draw_back(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """What lies behind the head and the neck."""
    draw_tail(mane, pen, head, body, tones)
    colour = mix(tones.hair_shade, tones.hair_deep, 0.55) if mane.cut.covers else tones.hair_shade
    pen.fill(mane.silhouette(head, body), colour)


def draw_front(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """The mass over the head, with strands."""
    path = mane.front_path(head, body)
    if mane.style == "buzz":
        pen.fill(path, tones.hair, 0.80)
        return
    pen.paint(path, mane.paint(head, tones))
    pen.clip(path)
    draw_strands(mane, pen, head, body, tones)
    pen.free()
    if mane.style == "braid":
        draw_braid(mane, pen, head, body, tones)
    if mane.style == "dreadlocks":
        draw_dreads(mane, pen, head, body, tones, front=True)


def draw_behind(mane: Mane, pen: Pen, head: Head, body: Body, tones: Tones) -> None:
    """The mass in a view from the back."""
    path = mane.back_path(head, body)
    pen.paint(path, mane.paint(head, tones))
    pen.clip(path)
    draw_back_strands(mane, pen, head, body, tones)
    pen.free()
    draw_tail(mane, pen, head, body, tones)
