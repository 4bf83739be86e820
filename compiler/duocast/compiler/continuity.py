"""Continuity: what is remembered of a film between two compiles, so that only the scenes that an edit touched are told
again.

On a set, continuity is the record of what every scene was told from: who wore what, what time of day it was, how the
scene before ended. A scene is told again when any of this has changed. Whatever else there is to say about the film is
said anew each time, so that a compile with a memory and one without always come to the same.
"""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from duocast.compiler.engines import KNOWN, Engines
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.memory import Remembering, identical, shared
from duocast.compiler.operations.compose import Person
from duocast.compiler.reader import Reader, State
from duocast.compiler.resolve.findings import Found
from duocast.compiler.resolve.outline import NOTHING, Outlined
from duocast.compiler.resolve.soundtrack import Hearing
from duocast.compiler.resolve.story import Story, arrive, tell
from duocast.compiler.resolve.walking import Known
from duocast.compiler.screenplay import Camera, Place, Role, Scene, Transition
from duocast.language import Source
from duocast.language import nodes as syntax
from duocast.language.manuscript import Manuscript

_FLEETING = attrgetter("found.fleeting")
_HEARING = attrgetter("hearing")
_COUNTED = attrgetter("counted")
_USED = attrgetter("used")
_PLACES = attrgetter("places")


class _Before(Struct, frozen=True, gc=False):
    """What a scene sees of the one before it: where and with whom it was, and its last picture."""

    place: str | None
    people: tuple[Person, ...]
    camera: Camera
    transition: Transition
    broll: str | None
    asked: bool
    """Whether the writer asked for that picture."""


class _From(Struct, frozen=True, gc=False):
    """All that a scene is told from beside its own text."""

    outlined: Outlined
    before: _Before | None
    time_of_day: str
    clothes: dict[str, str]
    place: Place | None
    namesakes: tuple[str, int]
    """The scene's name, and how many scenes before have it."""
    opening: Transition | None


class _Told(Struct, frozen=True, gc=False):
    """A scene that has been told: from what, and what came of it."""

    told_from: _From
    scene: Scene
    hearing: Hearing
    left: tuple[Scene, Scene] | None
    """The scene before, and the same with the transition that this one begins with."""
    opening: Transition | None
    time_of_day: str
    clothes: dict[str, str]
    place: Place
    places: tuple[tuple[str, Place], ...]
    """Its place, and the same place in its weather, by their keys."""
    found: Found
    used: tuple[str, Place]
    """Its place by its id."""
    counted: tuple[str, int]
    """Its name, and how many scenes have it so far."""

    @property
    def leaves(self) -> tuple[object, ...]:
        """What it leaves to all scenes after it, and not only to the next."""
        return self.told_from.namesakes, self.place, self.places


class _Context(Struct, frozen=True, gc=False):
    """What every scene is told from: the title page, the cards, the cast."""

    fixed: tuple[object, ...]
    cards: tuple[syntax.Card, ...]
    roles: dict[str, Role]

    def is_like(self, other: "_Context") -> bool:
        """Whether a scene that was told in the one is the same in the other."""
        same = self.cards is other.cards or identical(self.cards, other.cards)
        if not same or self.fixed != other.fixed:
            return False
        return list(self.roles.items()) == list(other.roles.items())


class _Asking(Struct):
    """A reader that remembers what it was asked."""

    reader: Reader
    states: dict[str, State] = field(default_factory=dict)

    def state(self, path: str) -> State:
        """What is at `path`."""
        found = self.states[path] = self.reader.state(path)
        return found

    def text(self, path: str) -> str:
        """The text of a file."""
        return self.reader.text(path)


class Continuity:
    """Compiles one film again and again. What it gives is what `compile_film` gives.

    The findings of a compile move with the text: those of an older one are not to be kept.
    """

    def __init__(self) -> None:
        self._manuscripts: dict[tuple[str, bool], Manuscript] = {}
        self._memory = Remembering()
        self._scenes: tuple[syntax.Scene, ...] = ()
        self._told: tuple[_Told, ...] = ()
        self._known: dict[int, Known] = {}
        self._outlines: tuple[Outlined, ...] = ()
        self._context: _Context | None = None
        self._asking = _Asking(_Nothing())

    def compile(
        self, source: Source, reader: Reader, *, lenient: bool = False, engines: Engines = KNOWN
    ) -> Compiled:
        """The film of a script, after whatever has been edited in it."""
        states = self._asking.states
        if any(reader.state(path) != state for path, state in states.items()):
            self._memory, self._context, states = Remembering(), None, {}
        self._asking = _Asking(reader, states)
        return compile_film(
            source,
            self._asking,
            lenient=lenient,
            engines=engines,
            read=self._read,
            tell=self._tell,
            memory=self._memory,
        )

    def _read(self, source: Source, *, lenient: bool = False) -> Manuscript:
        key = (source.path, lenient)
        known = self._manuscripts.get(key)
        read = known.update(source.text) if known else Manuscript.read(source, lenient=lenient)
        self._manuscripts[key] = read
        return read

    def _tell(self, story: Story, scenes: Sequence[syntax.Scene]) -> None:
        """Tell the scenes that an edit touched, and whichever it changes anything for; repeat the others."""
        context, cast = _context(story), len(story.library.cast.roles)
        known = self._context is not None and context.is_like(self._context)
        self._context = None
        before, told = (self._scenes, self._told) if known else ((), ())
        low, high = shared(before, scenes)
        story.known = self._known = self._known if known else {}
        outlines = _outlines(story, scenes)
        outlined = outlines == self._outlines
        new = _go_on(story, scenes[:low], told[:low], alike=outlined)
        came = [_tell_anew(story, block) for block in scenes[low : len(scenes) - high]]
        left = _alike(told[low : len(told) - high], came)
        behind = scenes[len(scenes) - high :], told[len(told) - high :]
        self._told = (*new, *came, *_go_on(story, *behind, alike=outlined and left))
        self._forget(before[low : len(before) - high], scenes[low : len(scenes) - high])
        self._scenes, self._outlines = tuple(scenes), outlines
        if len(story.library.cast.roles) == cast:
            self._context = context  # whoever is told of later may see or name a newcomer

    def _forget(self, gone: Sequence[syntax.Scene], came: Sequence[syntax.Scene]) -> None:
        """Speeches that are not in the film any more are nobody's to remember."""
        stay = {id(block) for scene in came for block in scene.blocks}
        for scene in gone:
            for block in scene.blocks:
                if id(block) not in stay:
                    self._known.pop(id(block), None)


class _Nothing:
    """A project without files."""

    def state(self, path: str) -> State:  # noqa: ARG002 - the reader's signature
        return "missing"

    def text(self, path: str) -> str:
        raise FileNotFoundError(path)


def _context(story: Story) -> _Context:
    library = story.library
    fixed = (
        library.lenient,
        library.hiring.engines,
        library.hiring.hero,
        library.cast.language,
        library.cast.sides,
        library.looks.film,
        library.looks.looks,
    )
    return _Context(fixed, story.cards, dict(library.cast.roles))


def _holds(told: _Told, story: Story, block: syntax.Scene) -> bool:
    name = told.told_from.namesakes[0]
    return told.told_from == _from(story, block, story.places.places, name, story.ids.get(name, 0))


def _from(
    story: Story, block: syntax.Scene, places: dict[str, Place], name: str, namesakes: int
) -> _From:
    heading = block.heading
    return _From(
        _outlined(story, block),
        _before(story),
        story.time_of_day,
        dict(story.clothes),
        places.get(heading.place.key if heading is not None else ""),
        (name, namesakes),
        story.opening,
    )


def _outlines(story: Story, scenes: Sequence[syntax.Scene]) -> tuple[Outlined, ...]:
    """What the outline says of each scene; nothing where it says nothing at all."""
    return tuple(_outlined(story, scene) for scene in scenes) if story.outline else ()


def _outlined(story: Story, block: syntax.Scene) -> Outlined:
    if block.heading is None or not story.outline:
        return NOTHING
    return story.outline.get(block.heading.span.start, NOTHING)


def _alike(some: Sequence[_Told], others: Sequence[_Told]) -> bool:
    """Whether the ones leave the same as the others to all that follows."""
    return [told.leaves for told in some] == [told.leaves for told in others]


def _before(story: Story) -> _Before | None:
    if not story.scenes:
        return None
    scene, covered = story.scenes[-1], story.hearings[-1].covered
    last, number = scene.shots[-1], len(scene.shots) - 1
    asked = any(shot == number for shot, _ in covered.asked)
    return _Before(scene.place, scene.people, last.camera, last.transition, last.broll, asked)


def _tell_anew(story: Story, block: syntax.Scene) -> _Told:
    """Tell a scene, and write down from what and what came of it."""
    findings, places = story.findings, story.places.places
    ids, known = dict(story.ids), dict(places)
    before, last = _from(story, block, known, "", 0), story.scenes[-1:]
    items, carried = findings.items, findings.carried
    findings.items, findings.carried = [], {}
    tell(story, block)
    found = findings.found()
    findings.items, findings.carried = items, carried
    findings.keep(found)
    name = next(name for name, count in story.ids.items() if ids.get(name) != count)
    key = block.heading.place.key if block.heading is not None else ""
    place = story.used[story.scenes[-1].place or ""]
    return _Told(
        told_from=replace(before, namesakes=(name, ids.get(name, 0))),
        scene=story.scenes[-1],
        hearing=story.hearings[-1],
        left=_left(story, last),
        opening=story.opening,
        time_of_day=story.time_of_day,
        clothes=dict(story.clothes),
        place=place,
        places=tuple((k, p) for k, p in places.items() if k == key or p is place),
        found=found,
        used=(place.id, place),
        counted=(name, ids.get(name, 0) + 1),
    )


def _left(story: Story, before: list[Scene]) -> tuple[Scene, Scene] | None:
    """The scene before the last, as it was and as it is, if that is not the same."""
    same = not before or before[0] is story.scenes[-2]
    return None if same else (before[0], story.scenes[-2])


def _go_on(
    story: Story, scenes: Sequence[syntax.Scene], told: Sequence[_Told], *, alike: bool
) -> list[_Told]:
    """Scenes that are the same, each told again if what it is told from is not.

    `alike`: the outline of all scenes is what it was, and so is what those before these leave to all that follow.
    """
    new: list[_Told] = []
    for at, (block, one) in enumerate(zip(scenes, told, strict=True)):
        if not _holds(one, story, block):
            new.append(_tell_anew(story, block))
            alike = alike and new[-1].leaves == one.leaves
        elif alike and not any(map(_FLEETING, told[at:])):
            _repeat_all(told[at:], story)
            return [*new, *told[at:]]
        else:
            new.append(_repeat(one, story, block))
    return new


def _repeat(told: _Told, story: Story, block: syntax.Scene) -> _Told:
    """What telling the scene again would come to."""
    if told.found.fleeting:
        return _tell_anew(story, block)
    _repeat_all((told,), story)
    return told


def _repeat_all(told: Sequence[_Told], story: Story) -> None:
    """What telling some scenes again would come to, one after the other."""
    findings, scenes = story.findings, story.scenes
    for one in told:
        found, left = one.found, one.left
        if found.items or found.carried:
            findings.keep(found)
        if left is not None and left[0] is scenes[-1]:
            scenes[-1] = left[1]
        elif left is not None:
            arrive(story, one.hearing.covered)
        scenes.append(one.scene)
    story.places.places.update(chain.from_iterable(map(_PLACES, told)))
    story.ids.update(map(_COUNTED, told))
    story.used.update(map(_USED, told))
    story.hearings.extend(map(_HEARING, told))
    story.opening, story.time_of_day = told[-1].opening, told[-1].time_of_day
    story.clothes = dict(told[-1].clothes)
