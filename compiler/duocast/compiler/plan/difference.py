"""The difference of two versions of a film, shot by shot: what is new, what is gone, what is other work and why."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from duocast.compiler.graph import Node, Operation, Output, ShotGraph
from duocast.compiler.keys import static_keys
from duocast.compiler.plan.changes import changes
from duocast.compiler.plan.step import Change
from duocast.compiler.screenplay import Said, Scene, Screenplay, Shot
from duocast.compiler.select import shot_name

Kind = Literal["new", "gone", "changed"]


class Version(Struct, frozen=True, gc=False):
    """A version of the film: its screenplay with lasting names, and its graph."""

    screenplay: Screenplay
    graph: ShotGraph


class ShotChange(Struct, frozen=True, gc=False):
    """A shot that is not the same in both. `before` and `after` are its words; `fields` what moved, by node."""

    shot: str
    name: str
    """`2B`, in the version that has it."""
    kind: Kind
    before: tuple[str, ...]
    after: tuple[str, ...]
    fields: tuple[tuple[str, Change], ...] = ()


class Difference(Struct, frozen=True, gc=False):
    """Everything that is different, in the new film's order; what is gone stands last."""

    shots: tuple[ShotChange, ...]
    same: int
    others: tuple[str, ...]
    """Other work that is different, such as the mix and the captions."""


def difference(old: Version, new: Version) -> Difference:
    """What a render of the new version would show differently."""
    then, now = static_keys(old.graph), static_keys(new.graph)
    old_shots, new_shots = _shots(old.screenplay), _shots(new.screenplay)
    found: list[ShotChange] = []
    same = 0
    for shot in new_shots:
        clip = f"{shot}/clip"
        if shot in old_shots and then.get(clip) == now.get(clip):
            same += 1
        else:
            found.append(_change(shot, old, new, old_shots, new_shots))
    found += [
        _change(shot, old, new, old_shots, new_shots) for shot in old_shots if shot not in new_shots
    ]
    others = tuple(
        node.address
        for node in new.graph.nodes
        if node.address.startswith("film/") and then.get(node.address) != now[node.address]
    )
    return Difference(tuple(found), same, others)


Shots = Mapping[str, tuple[Scene, Shot]]


def _shots(screenplay: Screenplay) -> Shots:
    return {shot.id: (scene, shot) for scene in screenplay.scenes for shot in scene.shots}


def _change(shot: str, old: Version, new: Version, before: Shots, after: Shots) -> ShotChange:
    kind: Kind = "new" if shot not in before else "gone" if shot not in after else "changed"
    version = old if kind == "gone" else new
    return ShotChange(
        shot=shot,
        name=shot_name(version.screenplay, shot),
        kind=kind,
        before=tuple(_words(old.screenplay, before[shot])) if shot in before else (),
        after=tuple(_words(new.screenplay, after[shot])) if shot in after else (),
        fields=tuple(_fields(shot, old, new)) if kind == "changed" else (),
    )


def _words(screenplay: Screenplay, where: tuple[Scene, Shot]) -> Iterator[str]:
    """What is heard under a shot: `Mara: You kept it.`"""
    scene, shot = where
    lines = {line.id: line for line in scene.lines}
    names = {role.id: role.name for role in screenplay.roles}
    for beat in shot.beats:
        if isinstance(beat, Said):
            line = lines[beat.line]
            end = None if beat.last is None else beat.last + 1
            yield f"{names[line.role]}: {' '.join(line.words[beat.first : end])}"


def _fields(shot: str, old: Version, new: Version) -> Iterator[tuple[str, Change]]:
    """What moved in the shot's own work and in that which only it and its neighbours need."""
    before = {node.address: node for node in old.graph.nodes}
    nodes = {node.address: node for node in new.graph.nodes}
    for address in _cone(f"{shot}/clip", nodes):
        one, other = before.get(address), nodes[address]
        if one is not None and one.operation is not Operation.TIME:
            for change in changes(dict(one.params), dict(other.params)):
                yield address, change


def _cone(address: str, nodes: Mapping[str, Node]) -> list[str]:
    """The work that a shot is made from, nearest last."""
    reached: dict[str, None] = {}
    front = [address]
    while front:
        one = front.pop()
        if one in nodes and one not in reached:
            reached[one] = None
            refs = nodes[one].inputs.values()
            front += [ref.address for ref in refs if isinstance(ref, Output)]
    return sorted(reached, reverse=True)
