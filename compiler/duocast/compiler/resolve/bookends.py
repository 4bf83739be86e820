"""Bookends: the title card before the film and the end card after it, with the disclosure."""

from collections.abc import Set as AbstractSet

from duocast.compiler.operations.encode import Overlay
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.screenplay import Camera, Delivery, Rest, Scene, Shot, Transition

TITLE_SECONDS = 2.6
END_SECONDS = 3.6
FADE = Transition(kind="fade", seconds=0.8)
CARD = Camera(framing="card", size="MS", subjects=(), lens_mm=50)


def title_card(title: str, author: str, scenes: list[Scene]) -> list[Scene]:
    """The film's title on black, unless the first scene brings a title of its own."""
    own = any(o.kind == "title" for s in scenes[:1] for shot in s.shots for o in shot.overlays)
    if not title or not scenes or own:
        return []
    second = f"by {author}" if author else ""
    overlay = Overlay(kind="title", text=title, second=second, start=0.1)
    return [_card("title-card", overlay, TITLE_SECONDS)]


def end_card(
    title: str, author: str, cast: Cast, spoken: AbstractSet[str], delivery: Delivery
) -> list[Scene]:
    """Who spoke (the ids of their roles), who wrote, and the disclosure."""
    voices = [
        f"{role.name}: voice {role.voice.id.capitalize()}"
        for role in cast.roles.values()
        if role.id in spoken
    ]
    rows = [title or "The End", f"Written by: {author}" if author else "", *voices]
    overlay = Overlay(
        kind="end card", text="\n".join(filter(None, rows)), second=delivery.disclosure, start=0.1
    )
    return [_card("end-card", overlay, END_SECONDS)]


def _card(name: str, overlay: Overlay, seconds: float) -> Scene:
    shot = Shot(
        id=f"{name}/shot-1",
        camera=CARD,
        beats=(Rest(seconds=seconds, text=overlay.text),),
        overlays=(overlay,),
        transition=FADE,
    )
    return Scene(id=name, heading="", place=None, shots=(shot,))
