"""Handles: where two shots overlap in a transition, both get the extra time that it eats."""

from operator import is_

from msgspec import Struct

from duocast.compiler.memory import Memory
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.screenplay import Delivery, Scene, Shot, Transition

LAST_SCENE_FADE = Transition(kind="fade", seconds=0.8)


class _Handled(Struct, frozen=True, gc=False):
    """A scene with its handles, as if nothing came before it."""

    scene: Scene
    overlaps: bool
    """Whether its last shot goes on under what follows."""


def join(
    opening: list[Scene],
    told: list[Scene],
    closing: list[Scene],
    delivery: Delivery,
    memory: Memory,
) -> tuple[Scene, ...]:
    """The scenes with the handles that their transitions need, and the disclosure in its corner.

    `opening` and `closing` are cards; the last of them ends the film.
    """
    handled = memory.each("handles", told, _alone)
    scenes = [one.scene for one in handled]
    over = [number for number, one in enumerate(handled) if one.overlaps]
    for number in over:
        if number + 1 < len(told):
            coming = told[number].shots[-1].transition
            scenes[number + 1] = _begun(scenes[number + 1], told[number + 1].shots[0], coming)
    last, end = told[-1].shots[-1].transition, closing[-1]
    if last.kind == "cut":
        left = scenes[-1].shots[-1].replace(transition=LAST_SCENE_FADE)
        scenes[-1] = _with(scenes[-1], (*scenes[-1].shots[:-1], left))
        last = LAST_SCENE_FADE
    end = _begun(end, end.shots[0].replace(transition=Transition()), last)
    return tuple(_disclosed([*opening, *scenes, end], delivery))


def _alone(scene: Scene) -> _Handled:
    coming = (Transition(), *(shot.transition for shot in scene.shots))
    shots = tuple(map(_handled, scene.shots, coming))
    overlaps = _handle(scene.shots[-1].transition) > 0
    return _Handled(_with(scene, shots), overlaps)


def _begun(scene: Scene, first: Shot, coming: Transition) -> Scene:
    """A scene whose first shot something goes over to."""
    return scene.replace(shots=(_handled(first, coming), *scene.shots[1:]))


def _with(scene: Scene, shots: tuple[Shot, ...]) -> Scene:
    same = all(map(is_, scene.shots, shots))
    return scene if same else scene.replace(shots=shots)


def _handled(shot: Shot, coming: Transition) -> Shot:
    going = shot.transition
    if coming.seconds == going.seconds == 0.0:
        return shot
    return shot.replace(
        head=shot.head + _extra(coming),
        tail=shot.tail + _extra(going),
        head_handle=_handle(coming),
        tail_handle=_handle(going),
    )


def _extra(transition: Transition) -> float:
    """Half of an overlap comes from each side, so that no word is eaten."""
    return transition.seconds / 2 if transition.kind in ("dissolve", "wipe") else 0.0


def _handle(transition: Transition) -> float:
    """A fade has no handle: a scene that is moved to the film's end fades without being shot again."""
    return transition.seconds if transition.kind in ("dissolve", "wipe") else 0.0


def _disclosed(scenes: list[Scene], delivery: Delivery) -> list[Scene]:
    """A disclosure in a corner stands on the first shot that is no card."""
    place = delivery.disclosure_place
    if place == "end card":
        return scenes
    overlay = Overlay(kind="disclosure", text=delivery.disclosure, start=0.3, end=4.3, place=place)
    pictures = (
        (number, index)
        for number, scene in enumerate(scenes)
        for index, shot in enumerate(scene.shots)
        if shot.camera.framing != "card"
    )
    number, index = next(pictures, (0, 0))
    shots = list(scenes[number].shots)
    shots[index] = shots[index].replace(overlays=(*shots[index].overlays, overlay))
    return [*scenes[:number], scenes[number].replace(shots=tuple(shots)), *scenes[number + 1 :]]
