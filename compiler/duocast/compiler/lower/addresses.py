"""What every node is called: the names that people read in logs and in `duocast graph`."""

from duocast.compiler.lower.identity import slug
from duocast.compiler.screenplay import Line, Place, Role, Scene, Shot


def portrait(role: Role, clothes: str | None = None) -> str:
    """The node that makes a role's rig, in the clothes of its card or in others."""
    return f"cast/{role.id}/portrait" if clothes is None else f"cast/{role.id}/{slug(clothes)}"


def take(scene: Scene, line: Line) -> str:
    """The node that speaks a line."""
    return f"{line_name(scene, line)}/take"


def line_name(scene: Scene, line: Line) -> str:
    """A line's film-wide id."""
    return f"{scene.id}/{line.id}"


def plate(place: Place, scene: Scene, light: str | None = None) -> str:
    """The node that makes a place at a scene's time of day, in its own light or in another."""
    side = "inside" if scene.interior else "outside"
    lit = f"-{slug(light)}" if light is not None else ""
    return f"place/{place.id}-{side}-{scene.time_of_day}{lit}/plate"


def large(kind: str, name: str) -> str:
    """The node that makes the picture of a role's or a place's card large enough."""
    return f"{kind}/{name}/large"


def shot(shot: Shot, part: str) -> str:
    """A part of a shot: still, time, picture or clip."""
    return f"{shot.id}/{part}"
