"""What every node is called: the names that people read in logs and in `duocast graph`."""

from duocast.compiler.screenplay import Line, Place, Role, Scene, Shot


def portrait(role: Role) -> str:
    """The node that makes a role's rig."""
    return f"cast/{role.id}/portrait"


def take(scene: Scene, line: Line) -> str:
    """The node that speaks a line."""
    return f"{line_name(scene, line)}/take"


def line_name(scene: Scene, line: Line) -> str:
    """A line's film-wide id."""
    return f"{scene.id}/{line.id}"


def plate(place: Place, scene: Scene) -> str:
    """The node that makes a place at a scene's time of day."""
    side = "inside" if scene.interior else "outside"
    return f"place/{place.id}-{side}-{scene.time_of_day}/plate"


def shot(shot: Shot, part: str) -> str:
    """A part of a shot: still, time, picture or clip."""
    return f"{shot.id}/{part}"
