"""Selection: a part of the film, in the words of people who select: `scene:3+`, `+shot:2B`, `character:MARA`.

Scenes alone are a film of their own: keys hold no position, so whatever is made for it is kept. Everything else
selects pieces of work. A space joins selections, a comma keeps what is in both; `+` before one adds what it is made
from, `+` behind it adds what is made from it; `modified` is what an edit has changed itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from duocast.compiler.graph import Node, Operation, Output, ShotGraph
from duocast.compiler.screenplay import Said, Scene, Screenplay, SoundCue
from duocast.language import nearest

CARDS = ("title-card", "end-card")
KINDS = ("scene", "shot", "character", "place", "work")
_SCENES = re.compile(r"scene:[^\s,+]+", re.IGNORECASE)
_SHOT = re.compile(r"(\d+)([A-Za-z]+)")


class UnknownSelector(ValueError):
    """A selector that names nothing in the film; the message says what there is."""


class Selectable(Struct, frozen=True, gc=False):
    """What can be selected from: a film, its graph, and the addresses that an edit has changed."""

    screenplay: Screenplay
    graph: ShotGraph
    modified: frozenset[str] = frozenset()

    @property
    def story(self) -> list[Scene]:
        """The scenes without the cards at either end."""
        return [scene for scene in self.screenplay.scenes if scene.id not in CARDS]


def only_scenes(selectors: Iterable[str]) -> bool:
    """Whether the selection is of whole scenes, which make a film of their own."""
    return all(_SCENES.fullmatch(term) for selector in selectors for term in selector.split())


def select(screenplay: Screenplay, selectors: tuple[str, ...]) -> Screenplay:
    """The film of the selected scenes: `scene:2` counts from 1, `scene:kitchen-night` names one, `scene:2-4` some.

    Raises `UnknownSelector`.
    """
    story = [scene for scene in screenplay.scenes if scene.id not in CARDS]
    chosen = {
        scene.id
        for selector in selectors
        for term in selector.split()
        for scene in _scenes(_value(term, ("scene",))[1], story)
    }
    kept = tuple(s for s in screenplay.scenes if s.id in chosen or s.id in CARDS[1:])
    shots = {shot.id for scene in kept for shot in scene.shots}
    heard = (_trimmed(cue, shots) for cue in screenplay.sounds)
    sounds = tuple(cue for cue in heard if cue is not None)
    chapters = tuple(chapter for chapter in screenplay.chapters if chapter.at.shot in shots)
    return screenplay.replace(scenes=kept, sounds=sounds, chapters=chapters)


def addresses(selectors: Iterable[str], film: Selectable) -> frozenset[str]:
    """The addresses of the selected pieces of work. Raises `UnknownSelector`."""
    found: set[str] = set()
    for selector in selectors:
        for union in selector.split():
            parts = [_reached(term, film) for term in union.split(",") if term]
            if parts:
                found |= frozenset.intersection(*parts)
    return frozenset(found)


def _reached(term: str, film: Selectable) -> frozenset[str]:
    """A term with its pluses."""
    own = _named(term.strip("+"), film)
    found = set(own)
    if term.startswith("+"):
        for node in reversed(film.graph.nodes):
            if node.address in found:
                found |= {ref.address for ref in node.inputs.values() if isinstance(ref, Output)}
    if term.endswith("+"):
        later = set(own)
        for node in film.graph.nodes:
            if any(isinstance(r, Output) and r.address in later for r in node.inputs.values()):
                later.add(node.address)
        found |= later
    return frozenset(found)


def _named(term: str, film: Selectable) -> frozenset[str]:
    if term.lower() == "modified":
        return film.modified
    known = [node.address for node in film.graph.nodes]
    if term in known:
        return frozenset({term})
    kind, value = _value(term, KINDS, known)
    found = _FINDERS[kind](value, film)
    return frozenset(address for address in known if found(address))


def _value(term: str, kinds: tuple[str, ...], addresses: Iterable[str] = ()) -> tuple[str, str]:
    kind, colon, value = term.partition(":")
    if colon and value and kind.lower() in kinds:
        return kind.lower(), value
    if not colon or not value:
        near = nearest(term, [*addresses, "modified"])
        hint = f"; did you mean {near}?" if near else f"; write {_examples(kinds)}"
        raise UnknownSelector(f"{term} is no selector{hint}")
    near = nearest(kind, kinds)
    hint = f"; did you mean {near}:{value}?" if near else f"; write {_examples(kinds)}"
    raise UnknownSelector(f"{term} is no selector{hint}")


def _examples(kinds: tuple[str, ...]) -> str:
    if kinds == ("scene",):
        return "scene:2, scene:2-4 or scene:NAME"
    return "scene:2, shot:2B, character:NAME, place:NAME, work:speak or modified"


def _scenes(wanted: str, story: list[Scene]) -> list[Scene]:
    if span := re.fullmatch(r"(\d+)(?:-(\d+))?", wanted):
        first, last = int(span[1]), int(span[2] or span[1])
        found = [scene for number, scene in enumerate(story, 1) if first <= number <= last]
    else:
        found = [scene for scene in story if scene.id == wanted.lower()]
    if not found:
        names = ", ".join(f"{n} {scene.id}" for n, scene in enumerate(story, 1))
        near = nearest(wanted, [scene.id for scene in story])
        hint = f"; did you mean scene:{near}?" if near else f"; the scenes are {names}"
        raise UnknownSelector(f"there is no scene:{wanted}{hint}")
    return found


Finder = Callable[[str], bool]


def _of_scene(value: str, film: Selectable) -> Finder:
    prefixes = tuple(f"{scene.id}/" for scene in _scenes(value, film.story))
    return lambda address: address.startswith(prefixes)


def _of_shot(value: str, film: Selectable) -> Finder:
    found = _shot(value, film)
    return lambda address: address.startswith(f"{found}/")


def _shot(value: str, film: Selectable) -> str:
    """`2B` is the second shot of the second scene; `kitchen-night/shot-3` is its name."""
    shots = [shot.id for scene in film.screenplay.scenes for shot in scene.shots]
    if value in shots:
        return value
    if match := _SHOT.fullmatch(value):
        scene = _scenes(match[1], film.story)[0]
        number = 0
        for letter in match[2].upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        if number <= len(scene.shots):
            return scene.shots[number - 1].id
        last = f"{match[1]}{_letters(len(scene.shots))}"
        raise UnknownSelector(f"there is no shot:{value}; the last shot of that scene is {last}")
    near = nearest(value, shots)
    hint = f"; did you mean shot:{near}?" if near else "; write shot:2B or shot:SCENE/shot-3"
    raise UnknownSelector(f"there is no shot:{value}{hint}")


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def shot_name(screenplay: Screenplay, shot: str) -> str:
    """`2B`: how a shot is called on a slate; a card has its own name."""
    story = [scene for scene in screenplay.scenes if scene.id not in CARDS]
    for number, scene in enumerate(story, 1):
        for place, one in enumerate(scene.shots, 1):
            if one.id == shot:
                return slate(number, place)
    return shot


def slate(scene: int, shot: int) -> str:
    """`2B`: the second shot of the second scene; both count from 1."""
    return f"{scene}{_letters(shot)}"


def _of_character(value: str, film: Selectable) -> Finder:
    """Somebody's portraits, takes and every shot in which they are seen or heard."""
    roles = {role.name.lower(): role.id for role in film.screenplay.roles}
    roles |= {role.id.lower(): role.id for role in film.screenplay.roles}
    role = roles.get(value.lower().replace("_", " "))
    if role is None:
        near = nearest(value, [one.name.upper() for one in film.screenplay.roles])
        names = ", ".join(one.name.upper() for one in film.screenplay.roles)
        hint = f"; did you mean character:{near}?" if near else f"; the cast is {names}"
        raise UnknownSelector(f"there is no character:{value}{hint}")
    prefixes = [f"cast/{role}/"]
    for scene in film.screenplay.scenes:
        own = {line.id for line in scene.lines if line.role == role}
        prefixes += [f"{scene.id}/{line}/" for line in sorted(own)]
        prefixes += [
            f"{shot.id}/"
            for shot in scene.shots
            if role in shot.camera.subjects
            or any(isinstance(beat, Said) and beat.line in own for beat in shot.beats)
        ]
    every = tuple(prefixes)
    return lambda address: address.startswith(every)


def _of_place(value: str, film: Selectable) -> Finder:
    """A place's plates and the shots of its scenes."""
    places = {place.id: place for place in film.screenplay.places}
    found = [
        one.id for one in places.values() if value.lower() in (one.id.lower(), one.name.lower())
    ]
    if not found:
        near = nearest(value, [*places, *(place.name for place in places.values())])
        hint = f"; did you mean place:{near}?" if near else f"; the places are {', '.join(places)}"
        raise UnknownSelector(f"there is no place:{value}{hint}")
    prefixes = [f"place/{found[0]}-"]
    for scene in film.screenplay.scenes:
        if scene.place == found[0]:
            prefixes += [f"{shot.id}/" for shot in scene.shots]
    every = tuple(prefixes)
    return lambda address: address.startswith(every)


def _of_work(value: str, film: Selectable) -> Finder:
    """Everything that one operation makes."""
    if value.lower() not in [str(one) for one in Operation]:
        near = nearest(value, [str(one) for one in Operation])
        hint = f"; did you mean work:{near}?" if near else f"; it is one of {', '.join(Operation)}"
        raise UnknownSelector(f"there is no work:{value}{hint}")
    nodes: dict[str, Node] = {node.address: node for node in film.graph.nodes}
    return lambda address: str(nodes[address].operation) == value.lower()


_FINDERS: Mapping[str, Callable[[str, Selectable], Finder]] = {
    "scene": _of_scene,
    "shot": _of_shot,
    "character": _of_character,
    "place": _of_place,
    "work": _of_work,
}


def _trimmed(cue: SoundCue, shots: set[str]) -> SoundCue | None:
    """A cue whose end is cut off ends with the film; one that starts outside is not heard."""
    if cue.start.shot not in shots:
        return None
    if cue.stop is not None and cue.stop.shot not in shots:
        return cue.replace(stop=None)
    return cue
