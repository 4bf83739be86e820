"""Seating: who is seen in a scene, from left to right, whom everybody faces, and whom each line is spoken to."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from duocast.compiler.cover import Acted, Directed, Item, Spoken
from duocast.compiler.operations.compose import Person
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.screenplay import Role
from duocast.language.direction import Policy

_SIGNS = ".,;:!?\"'"
MOST_SEEN = 6
"""People that one picture can hold; others of the scene are heard."""


def people(items: list[Item], action: list[str], cast: Cast) -> tuple[Person, ...]:
    """Who is seen in the scene, from left to right, and whom each one faces."""
    roles = list(dict.fromkeys(_seen(items, action, cast)))[:MOST_SEEN]
    roles.sort(key=lambda role: cast.sides.get(role, 1))
    return tuple(
        Person(role=role, seat=i, faces=_faces(i, len(roles))) for i, role in enumerate(roles)
    )


def _seen(items: list[Item], action: list[str], cast: Cast) -> list[str]:
    seen: list[str] = []
    for item in items:
        if isinstance(item, Spoken):
            if item.line.on_screen:
                seen.append(item.line.role)
            if item.cuts:
                seen += [role for cut in item.cuts for role in cut.wish.subjects]
            if item.line.reactions:
                seen += [reaction.role for reaction in item.line.reactions]
        elif isinstance(item, Directed):
            seen += item.wish.subjects
        elif isinstance(item, Acted):
            seen += [reaction.role for reaction in item.reactions]
    words = set(re.findall(r"\w+", " ".join(action).upper()))
    named = [
        r.id
        for key, r in cast.roles.items()
        if words.intersection(key.split()[:1]) and r.id not in seen
    ]
    return seen + named


def _faces(seat: int, count: int) -> int | None:
    if count == 2:
        return 1 - seat
    middle = (count - 1) / 2
    return None if count < 2 or seat == middle else round(middle)


def addressed(items: list[Item], seen: tuple[str, ...], roles: Mapping[str, Role]) -> list[Item]:
    """The items with each line spoken to somebody: who is named in it, or who spoke before, or who speaks next."""
    speakers = [item.line.role if isinstance(item, Spoken) else None for item in items]
    before, after = _others_before(speakers), _others_before(speakers[::-1])[::-1]
    called = {role: (roles[role].name.split() or [role])[0].lower() for role in seen}
    result: list[Item] = []
    for index, item in enumerate(items):
        if isinstance(item, Spoken):
            target = _target(item, (before[index], after[index]), called)
            shown = item.line.on_screen and item.line.role in called
            line = item.line.replace(addresses=target, on_screen=shown)
            result.append(replace(item, line=line))
        else:
            result.append(item)
    return result


def _others_before(speakers: list[str | None]) -> list[str | None]:
    """For each place, the last speaker before it who is somebody else."""
    found: list[str | None] = []
    last = other = None
    for speaker in speakers:
        if speaker is None:
            found.append(None)
            continue
        if speaker != last:
            last, other = speaker, last
        found.append(other)
    return found


def _target(
    item: Spoken, near: tuple[str | None, str | None], called: Mapping[str, str]
) -> str | None:
    """Whom a line is spoken to. `near` are the speakers around it, `called` everybody seen by their first name."""
    spoken = item.estimate
    speaker = item.line.role
    ends = (spoken.first.strip(_SIGNS).lower(), spoken.last.strip(_SIGNS).lower())
    for role, name in called.items():
        if role != speaker and name in ends and spoken.count:
            return role
    for other in near:
        if other != speaker and other in called:
            return other
    return next((role for role in called if role != speaker), None)


def policy(place: str, seen: tuple[str, ...]) -> Policy:
    """The coverage of a scene whose writer names none."""
    if len(seen) == 1:
        return "monologue"
    if len(seen) > 2 and re.search(r"podcast|studio|radio", place, re.IGNORECASE):
        return "podcast"
    return "conversation"
