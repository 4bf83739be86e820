"""A view of a film: what each shot would be made of, and how long it will probably be.

A view is made from the one before it: only scenes that have become different are lowered. Static keys say whether two
shots are the same work, wherever in the film they stand and whatever they are called.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from duocast.compiler.graph import ShotGraph
from duocast.compiler.identity import Identity, Settled
from duocast.compiler.keys import static_keys
from duocast.compiler.lower import Crew, lower
from duocast.compiler.rehearsal import rehearse
from duocast.compiler.screenplay import Place, Role, Scene, Screenplay, Shot

OVERLAPPING = ("dissolve", "wipe")


@dataclass(frozen=True, slots=True)
class Around:
    """What the work of a scene depends on beside the scene: the film's settings, its people, its place, its files."""

    film: Screenplay
    roles: tuple[Role | None, ...]
    place: Place | None
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Staging:
    """A scene with the static key of every node that its shots need, and the seconds of each shot."""

    scene: Scene
    around: Around
    keys: Mapping[str, str]
    clips: Mapping[str, str]
    """The static key of every shot's clip by the shot's id, in order."""
    work: frozenset[str]
    """The static keys of all that the shots need."""
    seconds: Mapping[str, float]
    length: float
    """What the scene adds to the film, in seconds."""


@dataclass(frozen=True)
class View:
    """A film as a watch sees it."""

    screenplay: Screenplay
    identity: Identity
    """What is kept of it for the next time."""
    stagings: tuple[Staging, ...]
    files: Mapping[str, str]
    """What each file of the project is like, by its path there."""

    @cached_property
    def clips(self) -> dict[str, str]:
        """The static key of every shot's clip by the shot's id, in story order."""
        found: dict[str, str] = {}
        for staging in self.stagings:
            found.update(staging.clips)
        return found

    @cached_property
    def keys(self) -> dict[str, str]:
        """The static key of every node that the pictures need, by its address."""
        return {name: key for staging in self.stagings for name, key in staging.keys.items()}

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The static keys of all work that the pictures need."""
        return frozenset[str]().union(*(staging.work for staging in self.stagings))

    @cached_property
    def seconds(self) -> float:
        """How long the film will probably be."""
        return max(0.0, sum(staging.length for staging in self.stagings))


def look_over(
    settled: Settled,
    crew: Crew,
    files: Mapping[str, str],
    before: View | None = None,
) -> View:
    """The view of a film. `files` says what each file of the project is like now, by its path there."""
    screenplay = settled.screenplay
    known = {staging.scene.id: staging for staging in before.stagings} if before else {}
    stagings: dict[str, Staging] = {}
    fresh: list[tuple[Scene, Around]] = []
    surroundings = _Surroundings(screenplay, files, before)
    for scene in screenplay.scenes:
        staging = known.get(scene.id)
        if staging is not None and staging.scene is scene and surroundings.same:
            stagings[scene.id] = staging
            continue
        around = surroundings.of(scene)
        if staging is not None and staging.scene == scene and staging.around == around:
            stagings[scene.id] = staging
        else:
            fresh.append((scene, around))
    for staging in _staged(screenplay, fresh, crew, files):
        stagings[staging.scene.id] = staging
    staged = tuple(stagings[scene.id] for scene in screenplay.scenes)
    return View(screenplay, settled.identity, staged, files)


def part(screenplay: Screenplay, scenes: tuple[Scene, ...]) -> Screenplay:
    """A film of some scenes alone, without what sounds across them. Keys hold no position, so the work is the same."""
    return screenplay.replace(scenes=scenes, sounds=(), chapters=())


def _staged(
    screenplay: Screenplay,
    fresh: list[tuple[Scene, Around]],
    crew: Crew,
    files: Mapping[str, str],
) -> Iterator[Staging]:
    if not fresh:
        return
    graph = lower(part(screenplay, tuple(scene for scene, _ in fresh)), crew)
    keys = static_keys(graph, assets=files)
    seconds = _seconds(graph)
    needed = _needs(graph)
    for scene, around in fresh:
        addresses = set().union(*(needed[f"{shot.id}/clip"] for shot in scene.shots))
        own = {address: keys[address] for address in sorted(addresses)}
        clips = {shot.id: own[f"{shot.id}/clip"] for shot in scene.shots}
        lengths = {shot.id: seconds[shot.id] for shot in scene.shots}
        length = sum(seconds[shot.id] - _overlap(shot) for shot in scene.shots)
        yield Staging(scene, around, own, clips, frozenset(own.values()), lengths, length)


def _seconds(graph: ShotGraph) -> dict[str, float]:
    timeline = rehearse(graph).timeline
    return {clip.shot: float(timeline.rate.seconds(clip.frames)) for clip in timeline.picture}


def _needs(graph: ShotGraph) -> dict[str, set[str]]:
    """Every clip with the addresses of all that it is made from, itself included."""
    inputs = {
        node.address: [ref.address for ref in node.inputs.values() if hasattr(ref, "address")]
        for node in graph.nodes
    }
    found: dict[str, set[str]] = {}
    for address in inputs:
        if address.endswith("/clip"):
            found[address] = _cone(address, inputs)
    return found


def _cone(address: str, inputs: Mapping[str, list[str]]) -> set[str]:
    cone: set[str] = set()
    ahead = [address]
    while ahead:
        one = ahead.pop()
        if one not in cone:
            cone.add(one)
            ahead += inputs[one]
    return cone


class _Surroundings:
    """What stands around the scenes of one film. What is as it was before is the very same object."""

    def __init__(
        self, screenplay: Screenplay, files: Mapping[str, str], before: View | None
    ) -> None:
        film = screenplay.replace(
            title="", author="", scenes=(), sounds=(), chapters=(), roles=(), places=()
        )
        old = before.stagings[0].around.film if before is not None and before.stagings else film
        self._film = old if old == film else film
        self._roles = {role.id: role for role in screenplay.roles}
        self._places = {place.id: place for place in screenplay.places}
        self._files = files
        self.same = before is not None and _same(self._film is old, screenplay, files, before)
        """Whether nothing of it has changed for any scene."""

    def of(self, scene: Scene) -> Around:
        """Around a scene."""
        people = [person.role for person in scene.people] + [line.role for line in scene.lines]
        roles = tuple(self._roles.get(role) for role in dict.fromkeys(people))
        place = self._places.get(scene.place or "")
        return Around(self._film, roles, place, tuple(self._named(scene, roles, place)))

    def _named(
        self, scene: Scene, roles: tuple[Role | None, ...], place: Place | None
    ) -> Iterator[tuple[str, str]]:
        """The files that the pictures of a scene are made from, and what they are like."""
        if not self._files:
            return
        looks = (self._film.look, *(shot.look for shot in scene.shots))
        named = {
            *(shot.broll for shot in scene.shots),
            *(role.portrait for role in roles if role is not None),
            *((place.plate,) if place is not None else ()),
            *(look.lut for look in looks if look is not None),
        }
        for path in sorted(path for path in named if path is not None):
            if path in self._files:
                yield path, self._files[path]


def _same(same_film: bool, screenplay: Screenplay, files: Mapping[str, str], before: View) -> bool:
    """Whether the film, its people, its places and its files are those of the view before."""
    old = before.screenplay
    return (
        same_film
        and screenplay.roles == old.roles
        and screenplay.places == old.places
        and files == before.files
    )


def _overlap(shot: Shot) -> float:
    return shot.transition.seconds if shot.transition.kind in OVERLAPPING else 0.0
