"""Lower thirds: in a podcast or an interview everybody is introduced the first time they are seen speaking alone."""

from duocast.compiler.operations.encode import Overlay
from duocast.compiler.screenplay import Role, Said, Shot
from duocast.language.direction import Policy

START, END = 0.5, 4.0


def introduce(shots: tuple[Shot, ...], policy: Policy, roles: dict[str, Role]) -> tuple[Shot, ...]:
    """The shots with each speaker's name on their first single."""
    if policy not in ("podcast", "interview"):
        return shots
    named: set[str] = set()
    result = []
    for shot in shots:
        role = shot.camera.subjects[0] if shot.camera.framing == "single" else None
        speaks = any(isinstance(beat, Said) for beat in shot.beats)
        if role is not None and speaks and role not in named:
            named.add(role)
            overlay = _third(roles[role])
            result.append(shot.replace(overlays=(*shot.overlays, overlay)))
        else:
            result.append(shot)
    return tuple(result)


def _third(role: Role) -> Overlay:
    return Overlay(kind="lower third", text=role.name, second=role.caption, start=START, end=END)
