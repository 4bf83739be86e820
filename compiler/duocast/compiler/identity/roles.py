"""Roles: a character that is called something else is the same one, with the same voice and the same face."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from duocast.compiler.identity.kept import Identity, KeptRole
from duocast.compiler.operations.speak import VoiceSpec
from duocast.compiler.screenplay import Role, Screenplay
from duocast.compiler.voices import default_voice, tempo_of

ENOUGH = 0.5
"""Share of the speeches of the one with fewer that makes two roles of different names the same."""
_CLOSE = 0.0002
"""Paces nearer than this are the same before rounding."""


def settle_roles(
    screenplay: Screenplay, before: Identity
) -> tuple[tuple[Role, ...], tuple[KeptRole, ...]]:
    """The roles as they are to be made, and what is kept of them; both in the screenplay's order."""
    pairs = _pairs(screenplay, before)
    taken = {kept.id for kept in pairs.values()}
    roles: list[Role] = []
    kept_roles: list[KeptRole] = []
    voices: list[str] = []
    for role in screenplay.roles:
        dealt = role.voice.id == default_voice(role.name.upper(), role.description, tuple(voices))
        voices.append(role.voice.id)
        old = pairs.get(role.id)
        kept = _kept(role, old, dealt=dealt) if old else _born(role, taken, dealt=dealt)
        taken.add(kept.id)
        kept_roles.append(kept)
        roles.append(_settled(role, kept))
    return tuple(roles), tuple(kept_roles)


def _born(role: Role, taken: set[str], *, dealt: bool) -> KeptRole:
    name, number = role.id, 1
    while name in taken:
        number += 1
        name = f"{role.id}-{number}"
    voice = role.voice if dealt else None
    return KeptRole(
        id=name, name=role.name, fresh=role.id, description=role.description, voice=voice
    )


def _kept(role: Role, old: KeptRole, *, dealt: bool) -> KeptRole:
    """What is kept goes on; a voice that was dealt stays until the writer chooses one or describes somebody else."""
    voice = role.voice if dealt else None
    if dealt and old.voice is not None and old.description == role.description:
        voice = _same_voice(role.voice, old.voice)
    return old.replace(fresh=role.id, description=role.description, voice=voice)


def _same_voice(now: VoiceSpec, old: VoiceSpec) -> VoiceSpec:
    """The old voice with the pace, pitch and warmth that the writer gives it now."""
    if now.id == old.id:
        return now
    pace = now.pace * max(1.0, tempo_of(now.id)) / max(1.0, tempo_of(old.id))
    close = abs(pace - old.pace) < _CLOSE
    return now.replace(id=old.id, pace=old.pace if close else round(pace, 4))


def _settled(role: Role, kept: KeptRole) -> Role:
    born = "" if kept.name == role.name else kept.name
    voice = kept.voice or role.voice
    if kept.id == role.id and born == role.born and voice == role.voice:
        return role
    return role.replace(id=kept.id, born=born, voice=voice)


def _pairs(screenplay: Screenplay, before: Identity) -> dict[str, KeptRole]:
    """Today's ids to what was kept: of the same name, else with the same speeches or the same card."""
    known = {kept.fresh: kept for kept in before.roles}
    pairs = {role.id: known[role.id] for role in screenplay.roles if role.id in known}
    new = [role for role in screenplay.roles if role.id not in pairs]
    old = [kept for kept in before.roles if kept.fresh not in pairs]
    if new and old:
        for role, kept in _renamed(screenplay, before, new, old):
            pairs[role.id] = kept
    return pairs


def _renamed(
    screenplay: Screenplay, before: Identity, new: Sequence[Role], old: Sequence[KeptRole]
) -> Iterator[tuple[Role, KeptRole]]:
    said, known = _said(screenplay), _known(before)
    scored = sorted(
        (-_likeness(role, kept, said, known), number, other)
        for number, role in enumerate(new)
        for other, kept in enumerate(old)
    )
    found: dict[int, int] = {}
    for score, number, other in scored:
        if -score >= ENOUGH and number not in found and other not in found.values():
            found[number] = other
            yield new[number], old[other]


def _likeness(
    role: Role,
    kept: KeptRole,
    said: Mapping[str, Counter[str]],
    known: Mapping[str, Counter[str]],
) -> float:
    mine, theirs = said.get(role.id, Counter()), known.get(kept.id, Counter())
    fewer = min(mine.total(), theirs.total())
    if fewer:
        return (mine & theirs).total() / fewer
    silent = not mine and not theirs
    return 1.0 if silent and role.description and role.description == kept.description else 0.0


def _said(screenplay: Screenplay) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for scene in screenplay.scenes:
        for line in scene.lines:
            found.setdefault(line.role, Counter())[" ".join(line.words)] += 1
    return found


def _known(before: Identity) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for scene in before.scenes:
        for line in scene.lines:
            found.setdefault(line.role, Counter())[line.words] += 1
    return found
