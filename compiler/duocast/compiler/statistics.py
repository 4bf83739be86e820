"""Statistics: who speaks how much, and how long everything will be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duocast.compiler.lower import addresses
from duocast.compiler.rehearsal import Rehearsal
from duocast.compiler.screenplay import Line, Scene, Screenplay, Shot


@dataclass(frozen=True, slots=True)
class Share:
    """One character, scene or place. Times are seconds, from the rehearsal.

    `seconds`: of a character how long it speaks, of a scene or a place how long it lasts. `seen`: how long a
    character is in the picture. `scenes` and `shots`: in which it has a part.
    """

    name: str
    lines: int
    words: int
    seconds: float
    scenes: int
    shots: int
    seen: float = 0.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of a whole film. Characters stand by their words, scenes and places in story order."""

    title: str
    seconds: float
    lines: int
    words: int
    shots: int
    characters: tuple[Share, ...]
    scenes: tuple[Share, ...]
    places: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class _Film:
    """The screenplay with the length of everything in it."""

    screenplay: Screenplay
    spoken: dict[str, float]
    """Seconds by the line's name in the film."""
    shots: dict[str, float]

    def length(self, scenes: Iterable[Scene]) -> float:
        return sum(self.shots[shot.id] for scene in scenes for shot in scene.shots)


def statistics(screenplay: Screenplay, rehearsal: Rehearsal) -> Statistics:
    """The statistics of a film as it was rehearsed; cards before and after it count as shots, not as scenes."""
    timeline = rehearsal.timeline
    fps, rate = float(timeline.rate.fps), 48_000
    film = _Film(
        screenplay,
        {line.line: (line.end - line.at) / rate for line in timeline.spoken},
        {clip.shot: clip.frames / fps for clip in timeline.picture},
    )
    told = [scene for scene in screenplay.scenes if scene.place is not None]
    lines = [line for scene in told for line in scene.lines]
    characters = [_character(film, role.id, role.name) for role in screenplay.roles]
    return Statistics(
        title=screenplay.title,
        seconds=timeline.frames / fps,
        lines=len(lines),
        words=_words(lines),
        shots=len(timeline.picture),
        characters=tuple(sorted(characters, key=lambda one: (-one.words, one.name))),
        scenes=tuple(_scene(film, scene) for scene in told),
        places=tuple(_places(film, told)),
    )


def _character(film: _Film, role: str, name: str) -> Share:
    scenes = film.screenplay.scenes
    own = [(scene, line) for scene in scenes for line in scene.lines if line.role == role]
    seen = [shot for scene in scenes for shot in scene.shots if _shows(scene, shot, role)]
    spoken = sum(film.spoken.get(addresses.line_name(scene, line), 0.0) for scene, line in own)
    return Share(
        name=name,
        lines=len(own),
        words=_words(line for _, line in own),
        seconds=spoken,
        scenes=sum(
            any(person.role == role for person in scene.people)
            or any(line.role == role for line in scene.lines)
            for scene in scenes
        ),
        shots=len(seen),
        seen=sum(film.shots[shot.id] for shot in seen),
    )


def _shows(scene: Scene, shot: Shot, role: str) -> bool:
    """Whether somebody is in the picture: as its subject, or among everybody in a wide one."""
    if shot.broll is not None or shot.camera.framing in ("card", "insert"):
        return False
    if shot.camera.framing in ("single", "pov", "over-the-shoulder"):
        return role in shot.camera.subjects
    return any(person.role == role for person in scene.people)


def _scene(film: _Film, scene: Scene) -> Share:
    return Share(
        name=scene.heading,
        lines=len(scene.lines),
        words=_words(scene.lines),
        seconds=film.length([scene]),
        scenes=1,
        shots=len(scene.shots),
    )


def _places(film: _Film, told: list[Scene]) -> Iterator[Share]:
    names = {place.id: place.name for place in film.screenplay.places}
    for place in dict.fromkeys(scene.place for scene in told):
        scenes = [scene for scene in told if scene.place == place]
        yield Share(
            name=names.get(place or "", place or ""),
            lines=sum(len(scene.lines) for scene in scenes),
            words=sum(_words(scene.lines) for scene in scenes),
            seconds=film.length(scenes),
            scenes=len(scenes),
            shots=sum(len(scene.shots) for scene in scenes),
        )


def _words(lines: Iterable[Line]) -> int:
    return sum(len(line.words) for line in lines)
