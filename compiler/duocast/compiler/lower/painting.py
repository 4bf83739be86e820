"""What engines that make whole pictures are told besides: the prompts, and the pictures of the people."""

from collections.abc import Iterable, Mapping
from typing import Any

from duocast.compiler.graph import Asset, Output, Ref
from duocast.compiler.operations.animate import AnimateParams, FilmParams
from duocast.compiler.operations.compose import Adapter, ComposeParams, PaintParams, Person
from duocast.compiler.prompts import motion_prompt, picture_prompt
from duocast.compiler.screenplay import Camera, Line, Look, Place, Role, Scene, Shot
from duocast.compiler.value import Value


def paint_params(
    params: ComposeParams, picture: str, faces: tuple[str, ...], *, rigged: bool
) -> PaintParams:
    """The params of a still with its prompt."""
    return PaintParams(**_fields(params), picture=picture, faces=faces, rigged=rigged)


def trained(params: PaintParams, cast: Iterable[Role], digests: Mapping[str, str]) -> PaintParams:
    """The params with the LoRAs of the people in the shot, if any card names one."""
    found = tuple(
        Adapter(role=role.id, name=lora.name, digest=digests.get(lora.name, ""), weight=lora.weight)
        for role in cast
        if (lora := role.lora) is not None
    )
    return params.replace(adapters=found) if found else params


def likenesses(cast: Iterable[Role], faces: Iterable[str]) -> dict[str, Ref]:
    """`likeness.<role>.<n>`: the pictures that cards give of the people whose faces are seen, in their order."""
    seen = frozenset(faces)
    return {
        f"likeness.{role.id}.{number}": Asset(path)
        for role in cast
        if role.id in seen
        for number, path in enumerate(role.portraits)
    }


def taught(cast: Iterable[Role]) -> dict[str, Ref]:
    """`lora.<role>`: the LoRAs that are files of the project."""
    return {
        f"lora.{role.id}": Asset(role.lora.file)
        for role in cast
        if role.lora is not None and role.lora.file is not None
    }


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
    shot: Shot,
    scene: Scene,
    place: Place | None,
    cast: Iterable[Role],
    film_look: Look,
    heard: Iterable[Line] | None = None,
) -> str:
    """The prompt of a shot's still; how people act in the lines `heard` is told, unless there is None."""
    worn = dict(scene.wardrobe)
    dressed = [(role, worn.get(role.id, role.wardrobe)) for role in cast]
    look = shot.look or film_look
    lines = None if heard is None else tuple(heard)
    return picture_prompt(shot.camera, scene, place, dressed, look, shot.light, lines)


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
