"""Continuity: what is remembered of a film between two compiles, so that only the scenes that an edit touched are told
again.

On a set, continuity is the record of what every scene was told from: who wore what, what time of day it was, how the
scene before ended. A scene is told again when any of this has changed. Whatever else there is to say about the film is
said anew each time, so that a compile with a memory and one without always come to the same.
"""

from collections.abc import Iterable
from operator import is_

from msgspec import Struct, field
from msgspec.structs import replace

from duocast.compiler.cover import Covered
from duocast.compiler.engines import KNOWN, Engines
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.reader import Reader, State
from duocast.compiler.resolve.outline import NOTHING, Outlined
from duocast.compiler.resolve.soundtrack import Hearing
from duocast.compiler.resolve.story import Story, tell
from duocast.compiler.screenplay import Place, Role, Scene, Transition
from duocast.language import Diagnostic, Source, Span
from duocast.language import nodes as syntax
from duocast.language.manuscript import Manuscript


class _From(Struct, frozen=True, gc=False):
    """All that a scene is told from beside its own text."""

    outlined: Outlined
    before: tuple[Scene, Covered] | None
    time_of_day: str
    clothes: dict[str, str]
    place: Place | None
    namesakes: tuple[str, int]
    """The scene's name, and how many scenes before have it."""
    opening: Transition | None


class _Told(Struct, frozen=True, gc=False):
    """A scene that has been told: from what, and what came of it."""

    block: syntax.Scene
    told_from: _From
    scene: Scene
    hearing: Hearing
    before_left: Scene | None
    """The scene before, with the transition that this one begins with."""
    opening: Transition | None
    time_of_day: str
    clothes: dict[str, str]
    place: Place
    places: tuple[tuple[str, Place], ...]
    """Its place, and the same place in its weather, by their keys."""
    found: tuple[Diagnostic, ...]
    carried: tuple[tuple[str, Span], ...]
    movable: bool
    """Whether the places in its findings move with the text."""


class _Context(Struct, frozen=True, gc=False):
    """What every scene is told from: the title page, the cards, the cast."""

    fixed: tuple[object, ...]
    cards: tuple[syntax.Card, ...]
    roles: dict[str, Role]

    def is_like(self, other: "_Context") -> bool:
        """Whether a scene that was told in the one is the same in the other."""
        same = self.fixed == other.fixed and _identical(self.cards, other.cards)
        return same and list(self.roles.items()) == list(other.roles.items())


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
        self._told: dict[int, _Told] = {}
        self._telling: dict[int, _Told] = {}
        self._context: _Context | None = None
        self._cards: list[syntax.Card] = []
        self._asking = _Asking(_Nothing())

    def compile(
        self, source: Source, reader: Reader, *, lenient: bool = False, engines: Engines = KNOWN
    ) -> Compiled:
        """The film of a script, after whatever has been edited in it."""
        states = self._asking.states
        if any(reader.state(path) != state for path, state in states.items()):
            self._told, states = {}, {}
        self._asking = _Asking(reader, states)
        self._telling, self._cards = {}, []
        compiled = compile_film(
            source,
            self._asking,
            lenient=lenient,
            engines=engines,
            read=self._read,
            tell=self._tell,
        )
        self._told = self._telling
        return compiled

    def _read(self, source: Source, *, lenient: bool = False) -> Manuscript:
        key = (source.path, lenient)
        known = self._manuscripts.get(key)
        read = known.update(source.text) if known else Manuscript.read(source, lenient=lenient)
        self._manuscripts[key] = read
        self._cards += read.script.cards
        return read

    def _tell(self, story: Story, block: syntax.Scene) -> None:
        if not self._telling:
            self._begin(story)
        anchor = id(block.heading or block.blocks[0])
        told = self._told.get(anchor)
        if told is None or not _holds(told, story, block):
            cast = len(story.library.cast.roles)
            told = _tell_anew(story, block)
            if len(story.library.cast.roles) > cast:
                self._told = {}  # whoever comes later may see or name the newcomer
        else:
            _repeat(told, story)
        self._telling[anchor] = told

    def _begin(self, story: Story) -> None:
        """Forget everything when the cards, the looks or the cast are not what they were."""
        context = _context(story, self._cards)
        if self._context is None or not context.is_like(self._context):
            self._told = {}
        self._context = context


class _Nothing:
    """A project without files."""

    def state(self, path: str) -> State:  # noqa: ARG002 - the reader's signature
        return "missing"

    def text(self, path: str) -> str:
        raise FileNotFoundError(path)


def _identical(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _context(story: Story, cards: list[syntax.Card]) -> _Context:
    library = story.library
    fixed = (
        library.lenient,
        library.hiring.engines,
        library.cast.language,
        library.cast.sides,
        library.looks.film,
        library.looks.looks,
    )
    return _Context(fixed, tuple(cards), dict(library.cast.roles))


def _holds(told: _Told, story: Story, block: syntax.Scene) -> bool:
    if told.block.heading is not block.heading or not told.movable:
        return False
    name = told.told_from.namesakes[0]
    return _identical(told.block.blocks, block.blocks) and told.told_from == _from(
        story, block, story.places.places, name, story.ids.get(name, 0)
    )


def _from(
    story: Story, block: syntax.Scene, places: dict[str, Place], name: str, namesakes: int
) -> _From:
    heading = block.heading
    return _From(
        story.outline.get(heading.span.start, NOTHING) if heading is not None else NOTHING,
        (story.scenes[-1], story.hearings[-1].covered) if story.scenes else None,
        story.time_of_day,
        dict(story.clothes),
        places.get(heading.place.key if heading is not None else ""),
        (name, namesakes),
        story.opening,
    )


def _tell_anew(story: Story, block: syntax.Scene) -> _Told:
    """Tell a scene, and write down from what and what came of it."""
    findings, places = story.findings, story.places.places
    ids, known = dict(story.ids), dict(places)
    before = _from(story, block, known, "", 0)
    items, carried = findings.items, findings.carried
    findings.items, findings.carried = [], {}
    tell(story, block)
    found, added = tuple(findings.items), dict(findings.carried)
    findings.items, findings.carried = [*items, *found], {**added, **carried}
    name = next(name for name, count in story.ids.items() if ids.get(name) != count)
    key = block.heading.place.key if block.heading is not None else ""
    place = story.used[story.scenes[-1].place or ""]
    return _Told(
        block=block,
        told_from=replace(before, namesakes=(name, ids.get(name, 0))),
        scene=story.scenes[-1],
        hearing=story.hearings[-1],
        before_left=story.scenes[-2] if len(story.scenes) > 1 else None,
        opening=story.opening,
        time_of_day=story.time_of_day,
        clothes=dict(story.clothes),
        place=place,
        places=tuple((k, p) for k, p in places.items() if k == key or p is place),
        found=found,
        carried=tuple(added.items()),
        movable=_movable(found, added.values()),
    )


def _repeat(told: _Told, story: Story) -> None:
    """What telling the scene again would come to."""
    story.findings.items.extend(told.found)
    for what, span in told.carried:
        story.findings.carry(what, span)
    for key, place in told.places:
        story.places.places.setdefault(key, place)
    if told.before_left is not None:
        story.scenes[-1] = told.before_left
    name, namesakes = told.told_from.namesakes
    story.ids[name] = namesakes + 1
    story.used[told.place.id] = told.place
    story.opening, story.time_of_day = told.opening, told.time_of_day
    story.clothes = dict(told.clothes)
    story.scenes.append(told.scene)
    story.hearings.append(told.hearing)


def _movable(found: Iterable[Diagnostic], carried: Iterable[Span]) -> bool:
    """Whether all places in the findings move with the text that they stand in."""
    spans = [label.span for one in found for label in one.labels]
    spans += [edit.span for one in found if one.fix is not None for edit in one.fix.edits]
    return not any(isinstance(span.place, str) for span in (*spans, *carried))
