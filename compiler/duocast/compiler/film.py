"""The compile: source in, Screenplay and findings out."""

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.engines import KNOWN, Engines
from duocast.compiler.memory import Forgetful, Memory
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.bookends import end_card, title_card
from duocast.compiler.resolve.cards import resolve_cards
from duocast.compiler.resolve.carried import tell_carried
from duocast.compiler.resolve.delivery import read_seed, resolve_delivery
from duocast.compiler.resolve.engines import Hiring, makes_any_sound, read_engines, read_hero
from duocast.compiler.resolve.findings import Findings, Found
from duocast.compiler.resolve.finer import tell_finer
from duocast.compiler.resolve.handles import join
from duocast.compiler.resolve.lexicon import resolve_lexicon
from duocast.compiler.resolve.outline import outline
from duocast.compiler.resolve.soundtrack import soundtrack
from duocast.compiler.resolve.sources import Read, Sources, gather
from duocast.compiler.resolve.story import Story, join_by_default, tell_all
from duocast.compiler.resolve.voices import tell_recordings
from duocast.compiler.review import review
from duocast.compiler.review.settings import settled
from duocast.compiler.screenplay import Delivery, EngineChoice, Scene, Screenplay
from duocast.language import Diagnostic, Source, Speech, has_errors, parse
from duocast.language import nodes as syntax

FRONT = (
    "credit", "source", "draft date", "contact", "copyright", "revision", "episode", "notes",
)  # fmt: skip
"""Keys of the title page that are for people only."""


_SPEAKERS = attrgetter("speakers")
_FORCED = attrgetter("forced")


class Compiled(Struct, frozen=True, gc=False):
    """What a compile found. `screenplay` is None when an error stops the film; `sources` are all files read."""

    screenplay: Screenplay | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]


def compile_film(
    source: Source,
    reader: Reader,
    *,
    lenient: bool = False,
    engines: Engines = KNOWN,
    read: Read = parse,
    tell: Callable[[Story, Sequence[syntax.Scene]], None] = tell_all,
    memory: Memory | None = None,
) -> Compiled:
    """The Screenplay of a script, and everything that there is to say about it.

    `lenient` (always for a `.fountain` file) gives every name a default instead of a finding. `engines` are those
    that the script can ask for by name. `read`, `tell` and `memory` are for a `Continuity`, which remembers what they
    gave.
    """
    memory = memory or Forgetful()
    findings = Findings()
    lenient = lenient or source.path.endswith(".fountain")
    sources = gather(source, reader, findings, lenient=lenient, read=read, memory=memory)
    delivery = _delivery(sources, findings, memory)
    hiring = _hiring(sources, engines, findings, memory)
    story = _story(sources, reader, hiring, delivery, memory)
    tell(story, _scenes(sources, memory))
    screenplay = _screenplay(sources, story, delivery, memory)
    if screenplay is not None:
        tell_finer(screenplay, sources.script, engines, findings)
        tell_recordings(sources, screenplay.engines, engines, findings)
    review(sources, reader, findings, memory)
    if has_errors(findings.items) or not story.scenes:
        return Compiled(None, settled(findings, sources), sources.files)
    if not lenient:
        tell_carried(findings)
    return Compiled(screenplay, settled(findings, sources), sources.files)


def _delivery(sources: Sources, findings: Findings, memory: Memory) -> Delivery:
    """What the title page says of the finished film."""

    def ask() -> tuple[Delivery, Found]:
        apart = findings.apart()
        return resolve_delivery(sources.script, apart), apart.found()

    delivery, found = memory.once("delivery", (sources.script.title_page,), ask, _fleeting)
    findings.keep(found)
    return delivery


def _hiring(sources: Sources, engines: Engines, findings: Findings, memory: Memory) -> Hiring:
    """The engines that there are, with the one for hero shots."""

    def ask() -> tuple[EngineChoice | None, Found]:
        apart = findings.apart()
        return read_hero(sources.script, Hiring(engines, apart)), apart.found()

    hero, found = memory.once("hero", (sources.script.title_page, engines), ask, _fleeting)
    findings.keep(found)
    return Hiring(engines, findings, hero)


def _wishes(
    sources: Sources, hiring: Hiring, memory: Memory
) -> tuple[int, tuple[EngineChoice, ...]]:
    """The seed and the engines that the title page asks for."""

    def ask() -> tuple[tuple[int, tuple[EngineChoice, ...]], Found]:
        apart = hiring.findings.apart()
        seed = read_seed(sources.script, apart)
        return (seed, read_engines(sources.script, Hiring(hiring.engines, apart))), apart.found()

    given = (sources.script.title_page, hiring.engines)
    wishes, found = memory.once("wishes", given, ask, _fleeting)
    hiring.findings.keep(found)
    return wishes


def _fleeting(answer: tuple[object, Found]) -> bool:
    return answer[1].fleeting


def _story(
    sources: Sources, reader: Reader, hiring: Hiring, delivery: Delivery, memory: Memory
) -> Story:
    """The cards of a film, and its scenes still to come."""
    library, places = resolve_cards(sources, reader, hiring, delivery.language, memory)
    library.cast.expect(_speeches(sources, whole=library.cast.lenient))
    outlined = outline(sources.stretches, hiring.findings)
    return Story(library, places, reader, outlined, cards=sources.cards)


def _speeches(sources: Sources, *, whole: bool) -> list[Speech]:
    """The first speech of everybody in each scene; only of those with an @ where all others have cards."""
    speakers = _SPEAKERS if whole else _FORCED
    return list(chain.from_iterable(map(speakers, sources.stretches)))


def _screenplay(
    sources: Sources, story: Story, delivery: Delivery, memory: Memory
) -> Screenplay | None:
    """The film, whole; None where there is no scene."""
    findings, library = story.findings, story.library
    seed, engines = _wishes(sources, library.hiring, memory)
    sounds, chapters = soundtrack(
        story.hearings,
        story.used,
        story.reader,
        findings,
        memory,
        any_sound=makes_any_sound(engines),
    )
    if not story.scenes:
        return None
    title, author = _text(sources.script, "title"), _text(sources.script, "author")
    opening = title_card(title, author, story.scenes)
    told = join_by_default(story.scenes, delivery.transition)
    spoken = frozenset[str]().union(*memory.each("spoken", story.scenes, _spoken))
    closing = end_card(title, author, library.cast, spoken, delivery)
    fade = story.opening if not opening else None
    return Screenplay(
        title=title,
        author=author,
        front=tuple((key, said) for key in FRONT if (said := _text(sources.script, key))),
        delivery=delivery,
        look=library.looks.film,
        roles=tuple(library.cast.roles.values()),
        places=tuple(story.used.values()),
        lexicon=resolve_lexicon(sources),
        scenes=join(opening, told, closing, delivery, memory),
        engines=engines,
        seed=seed,
        opening_fade=fade.seconds if fade is not None and fade.kind == "fade" else 0.0,
        sounds=sounds,
        chapters=chapters,
    )


def _spoken(scene: Scene) -> frozenset[str]:
    """The roles that speak in a scene."""
    return frozenset(line.role for line in scene.lines)


def _scenes(sources: Sources, memory: Memory) -> tuple[syntax.Scene, ...]:
    """What stands before the first heading opens the first scene, unless somebody speaks or acts in it."""
    scenes = tuple([cut.scene for cut in sources.stretches if cut.scene is not None])
    if len(scenes) < 2 or scenes[0].heading is not None:
        return scenes
    first, second, *rest = scenes
    if any(
        isinstance(block, syntax.Speech | syntax.Action | syntax.DirectionLine)
        for block in first.blocks
    ):
        return scenes

    def joined() -> syntax.Scene:
        return replace(second, blocks=(*first.blocks, *second.blocks))

    return (memory.once("opening", (first, second), joined), *rest)


def _text(script: syntax.Script, name: str) -> str:
    entry = script.get(name)
    return "" if entry is None else " ".join(entry.text.replace("*", "").replace("_", "").split())
