"""The compile: source in, Screenplay and findings out."""

from dataclasses import dataclass, field

from msgspec.structs import replace

from duocast.compiler.cover import Covered, Spoken, cover
from duocast.compiler.engines import KNOWN, Engines
from duocast.compiler.lower.identity import slug
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.bookends import end_card, title_card
from duocast.compiler.resolve.cameras import resolve_cameras
from duocast.compiler.resolve.cast import Cast, resolve_cast
from duocast.compiler.resolve.delivery import resolve_delivery
from duocast.compiler.resolve.engines import Hiring
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.handles import join
from duocast.compiler.resolve.lexicon import resolve_lexicon
from duocast.compiler.resolve.looks import resolve_looks
from duocast.compiler.resolve.places import Places, resolve_places, time_of_day
from duocast.compiler.resolve.scenes import walk
from duocast.compiler.resolve.seating import addressed, people, policy
from duocast.compiler.resolve.soundtrack import Hearing, soundtrack
from duocast.compiler.resolve.sources import gather
from duocast.compiler.resolve.thirds import introduce
from duocast.compiler.resolve.walking import SceneWalk
from duocast.compiler.resolve.wishes import Library
from duocast.compiler.review import review
from duocast.compiler.review.settings import settled
from duocast.compiler.screenplay import Camera, Place, Scene, Screenplay
from duocast.language import Diagnostic, Source, has_errors
from duocast.language import nodes as syntax


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a compile found. `screenplay` is None when an error stops the film; `sources` are all files read."""

    screenplay: Screenplay | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]


@dataclass(slots=True)
class _Film:
    """The film while it is put together."""

    library: Library
    places: Places
    reader: Reader
    scenes: list[Scene] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    used: dict[str, Place] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    time_of_day: str = "day"

    @property
    def cast(self) -> Cast:
        return self.library.cast

    @property
    def findings(self) -> Findings:
        return self.library.findings


def compile_film(
    source: Source, reader: Reader, *, lenient: bool = False, engines: Engines = KNOWN
) -> Compiled:
    """The Screenplay of a script, and everything that there is to say about it.

    `lenient` (always for a `.fountain` file) gives every name a default instead of a finding. `engines` are those
    that the script can ask for by name.
    """
    findings = Findings()
    lenient = lenient or source.path.endswith(".fountain")
    sources = gather(source, reader, findings, lenient=lenient)
    delivery = resolve_delivery(sources.script, findings)
    looks = resolve_looks(sources, reader, findings)
    cast = resolve_cast(sources, reader, findings, language=delivery.language)
    hiring = Hiring(engines, findings)
    library = Library(cast, resolve_cameras(sources, hiring), looks, hiring, lenient=lenient)
    film = _Film(library, resolve_places(sources, reader, findings), reader)
    for scene in _with_headings(sources.script.scenes):
        _scene(film, scene)
    sounds, chapters = soundtrack(film.hearings, film.used, reader, findings)
    title, author = _text(sources.script, "title"), _text(sources.script, "author")
    scenes = [*title_card(title, author, film.scenes), *film.scenes]
    review(sources, reader, findings)
    if has_errors(findings.items) or not film.scenes:
        return Compiled(None, settled(findings, sources), sources.files)
    scenes += end_card(title, author, cast, film.scenes, delivery)
    screenplay = Screenplay(
        title=title,
        author=author,
        delivery=delivery,
        look=looks.film,
        roles=tuple(cast.roles.values()),
        places=tuple(film.used.values()),
        lexicon=resolve_lexicon(sources),
        scenes=tuple(join(scenes, delivery)),
        sounds=sounds,
        chapters=chapters,
    )
    return Compiled(screenplay, settled(findings, sources), sources.files)


def _with_headings(scenes: tuple[syntax.Scene, ...]) -> tuple[syntax.Scene, ...]:
    """What stands before the first heading opens the first scene, unless somebody speaks or acts in it."""
    if len(scenes) < 2 or scenes[0].heading is not None:
        return scenes
    first, second, *rest = scenes
    if any(
        isinstance(block, syntax.Speech | syntax.Action | syntax.DirectionLine)
        for block in first.blocks
    ):
        return scenes
    return (replace(second, blocks=(*first.blocks, *second.blocks)), *rest)


def _text(script: syntax.Script, name: str) -> str:
    entry = script.get(name)
    return "" if entry is None else " ".join(entry.text.replace("*", "").replace("_", "").split())


def _scene(film: _Film, block: syntax.Scene) -> None:
    found = walk(block, film.library, film.reader)
    place = _place(film, block, found)
    seated = people(found.items, found.action, film.cast)
    seen = tuple(person.role for person in seated)
    roles = {role.id: role for role in film.cast.roles.values()}
    items = tuple(addressed(found.items, seen, roles))
    name = _name(film, block)
    policed = policy(place.name, seen)
    covered = cover(name, items, seen, policed, _to_match(film))
    lines = tuple(item.line for item in items if isinstance(item, Spoken))
    heading = block.heading
    scene = Scene(
        id=name,
        heading=_heading(block),
        place=place.id,
        interior=heading is None or heading.interior or not heading.exterior,
        time_of_day=film.time_of_day,
        action=" ".join(found.action),
        people=seated,
        lines=lines,
        shots=introduce(covered.shots, policed, roles),
    )
    film.scenes.append(_arrive(film, scene, covered))
    film.hearings.append(Hearing(scene, items, covered, tuple(found.heard)))


def _to_match(film: _Film) -> Camera | None:
    """The camera before, if a match or a jump cut led out of the last scene."""
    last = film.scenes[-1].shots[-1] if film.scenes else None
    if last is None or last.transition.written not in ("match cut", "jump cut"):
        return None
    return last.camera


def _arrive(film: _Film, scene: Scene, covered: Covered) -> Scene:
    """A transition that stands at the top of a scene belongs to the last shot before it."""
    if covered.arriving is not None and film.scenes:
        before = film.scenes[-1]
        last = before.shots[-1].replace(transition=covered.arriving)
        film.scenes[-1] = before.replace(shots=(*before.shots[:-1], last))
    return scene


def _place(film: _Film, block: syntax.Scene, found: SceneWalk) -> Place:
    if block.heading is None:
        place = film.places.nowhere()
    else:
        film.time_of_day = time_of_day(block.heading, film.time_of_day)
        place = film.places.find(block.heading, " ".join(found.action), film.findings)
    film.used[place.id] = place
    return place


def _name(film: _Film, block: syntax.Scene) -> str:
    """`kitchen-night`, and `kitchen-night-2` when it comes again."""
    heading = block.heading
    words = (
        "opening"
        if heading is None
        else f"{heading.place.text} {heading.time.text if heading.time else ''}"
    )
    base = slug(words)
    film.ids[base] = film.ids.get(base, 0) + 1
    return base if film.ids[base] == 1 else f"{base}-{film.ids[base]}"


def _heading(block: syntax.Scene) -> str:
    heading = block.heading
    if heading is None:
        return ""
    side = "INT./EXT. " if heading.interior and heading.exterior else ""
    side = side or ("INT. " if heading.interior else "EXT. " if heading.exterior else "")
    return f"{side}{heading.place.key}" + (
        f" - {heading.time.text.upper()}" if heading.time else ""
    )
