"""Handles: where two shots overlap in a transition, both get the extra time that it eats."""

from operator import is_

from duocast.compiler.operations.encode import Overlay
from duocast.compiler.screenplay import Delivery, Scene, Shot, Transition

LAST_SCENE_FADE = Transition(kind="fade", seconds=0.8)


def join(scenes: list[Scene], delivery: Delivery) -> list[Scene]:
    """The scenes with the handles that their transitions need, and the disclosure in its corner."""
    shots = [shot for scene in scenes for shot in scene.shots]
    if scenes[-1].id == "end-card" and len(scenes) > 1:
        index = len(shots) - 2
        if shots[index].transition.kind == "cut":
            shots[index] = shots[index].replace(transition=LAST_SCENE_FADE)
    shots[-1] = shots[-1].replace(transition=Transition())
    handled = [_handled(shot, shots[i - 1] if i else None) for i, shot in enumerate(shots)]
    handled = _disclosed(handled, delivery)
    left = iter(handled)
    return [_with(scene, tuple([next(left) for _ in scene.shots])) for scene in scenes]


def _with(scene: Scene, shots: tuple[Shot, ...]) -> Scene:
    same = all(map(is_, scene.shots, shots))
    return scene if same else scene.replace(shots=shots)


def _handled(shot: Shot, before: Shot | None) -> Shot:
    coming = before.transition if before is not None else Transition()
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


def _disclosed(shots: list[Shot], delivery: Delivery) -> list[Shot]:
    """A disclosure in a corner stands on the first shot that is no card."""
    place = delivery.disclosure_place
    if place == "end card":
        return shots
    index = next((i for i, shot in enumerate(shots) if shot.camera.framing != "card"), 0)
    overlay = Overlay(kind="disclosure", text=delivery.disclosure, start=0.3, end=4.3, place=place)
    first = shots[index]
    shots[index] = first.replace(overlays=(*first.overlays, overlay))
    return shots
