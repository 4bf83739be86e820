"""What engines that make whole pictures are told besides: the prompts, and the pictures of the people."""

from collections.abc import Iterable, Mapping
from typing import Any

from duocast.compiler.graph import Output, Ref
from duocast.compiler.operations.animate import AnimateParams, FilmParams
from duocast.compiler.operations.compose import ComposeParams, PaintParams, Person
from duocast.compiler.prompts import motion_prompt, picture_prompt
from duocast.compiler.screenplay import Camera, Line, Look, Place, Role, Scene, Shot
from duocast.compiler.value import Value


def paint_params(
    params: ComposeParams, picture: str, faces: tuple[str, ...], *, rigged: bool
) -> PaintParams:
    """The params of a still with its prompt."""
    return PaintParams(**_fields(params), picture=picture, faces=faces, rigged=rigged)


def faced(camera: Camera, people: Iterable[Person]) -> tuple[str, ...]:
    """The roles whose faces a still shows, from left to right."""
    if camera.framing in ("insert", "card", "establishing"):
        return ()
    shown = camera.subjects[:1] if camera.framing == "over-the-shoulder" else camera.subjects
    roles = [person.role for person in sorted(people, key=lambda one: one.seat)]
    return tuple([role for role in roles if role in shown] or roles)


def film_params(
    params: AnimateParams, size: tuple[int, int], picture: str, motion: str
) -> FilmParams:
    """The params of a moving picture with its prompts and the film's size."""
    return FilmParams(
        **_fields(params), width=size[0], height=size[1], picture=picture, motion=motion
    )


def seen(
    shot: Shot, scene: Scene, place: Place | None, cast: Iterable[Role], film_look: Look
) -> str:
    """The prompt of a shot's still."""
    worn = dict(scene.wardrobe)
    dressed = [(role, worn.get(role.id, role.wardrobe)) for role in cast]
    look = shot.look or film_look
    return picture_prompt(shot.camera, scene, place, dressed, look, shot.light)


def happens(shot: Shot, scene: Scene, cast: Iterable[Role], heard: Iterable[Line]) -> str:
    """The prompt of what moves in a shot."""
    return motion_prompt(shot.camera, scene, list(cast), list(heard))


def portraits(rigs: Mapping[str, Ref]) -> dict[str, Ref]:
    """The still of every portrait whose rig is an input: `person.<role>` for `rig.<role>`."""
    return {
        f"person.{name.removeprefix('rig.')}": Output(rig.address, "still")
        for name, rig in rigs.items()
        if isinstance(rig, Output)
    }


def _fields(value: Value) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}
