"""The compile: source in, Screenplay and findings out."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.engines import KNOWN, Engines
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.bookends import end_card, title_card
from duocast.compiler.resolve.cameras import resolve_cameras
from duocast.compiler.resolve.carried import tell_carried
from duocast.compiler.resolve.cast import resolve_cast
from duocast.compiler.resolve.delivery import read_seed, resolve_delivery
from duocast.compiler.resolve.engines import Hiring, read_engines
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.handles import join
from duocast.compiler.resolve.lexicon import resolve_lexicon
from duocast.compiler.resolve.looks import resolve_looks
from duocast.compiler.resolve.outline import outline
from duocast.compiler.resolve.places import resolve_places
from duocast.compiler.resolve.soundtrack import soundtrack
from duocast.compiler.resolve.sources import Read, Sources, gather
from duocast.compiler.resolve.story import Story, join_by_default, tell
from duocast.compiler.resolve.wishes import Library
from duocast.compiler.review import review
from duocast.compiler.review.settings import settled
from duocast.compiler.screenplay import Delivery, Screenplay
from duocast.language import Diagnostic, Source, has_errors, parse
from duocast.language import nodes as syntax

FRONT = (
    "credit", "source", "draft date", "contact", "copyright", "revision", "episode", "notes",
)  # fmt: skip
"""Keys of the title page that are for people only."""


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
    tell: Callable[[Story, syntax.Scene], None] = tell,
) -> Compiled:
    """The Screenplay of a script, and everything that there is to say about it.

    `lenient` (always for a `.fountain` file) gives every name a default instead of a finding. `engines` are those
    that the script can ask for by name. `read` and `tell` are for a `Continuity`, which remembers what they gave.
    """
    findings = Findings()
    lenient = lenient or source.path.endswith(".fountain")
    sources = gather(source, reader, findings, lenient=lenient, read=read)
    delivery = resolve_delivery(sources.script, findings)
    story = _story(sources, reader, Hiring(engines, findings), delivery)
    for scene in _with_headings(sources.script.scenes):
        tell(story, scene)
    screenplay = _screenplay(sources, story, delivery)
    review(sources, reader, findings)
    if has_errors(findings.items) or not story.scenes:
        return Compiled(None, settled(findings, sources), sources.files)
    if not lenient:
        tell_carried(findings)
    return Compiled(screenplay, settled(findings, sources), sources.files)


def _story(sources: Sources, reader: Reader, hiring: Hiring, delivery: Delivery) -> Story:
    """The cards of a film, and its scenes still to come."""
    findings = hiring.findings
    looks = resolve_looks(sources, reader, findings)
    cast = resolve_cast(sources, reader, hiring, language=delivery.language)
    cast.expect(block for block in sources.script.blocks if isinstance(block, syntax.Speech))
    cameras = resolve_cameras(sources, hiring)
    library = Library(cast, cameras, looks, hiring, lenient=sources.lenient)
    places = resolve_places(sources, reader, hiring)
    return Story(library, places, reader, outline(sources.script, findings))


def _screenplay(sources: Sources, story: Story, delivery: Delivery) -> Screenplay | None:
    """The film, whole; None where there is no scene."""
    findings, library = story.findings, story.library
    seed, engines = (
        read_seed(sources.script, findings),
        read_engines(sources.script, library.hiring),
    )
    sounds, chapters = soundtrack(story.hearings, story.used, story.reader, findings)
    if not story.scenes:
        return None
    title, author = _text(sources.script, "title"), _text(sources.script, "author")
    opening = title_card(title, author, story.scenes)
    told = join_by_default(story.scenes, delivery.transition)
    closing = end_card(title, author, library.cast, story.scenes, delivery)
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
        scenes=tuple(join([*opening, *told, *closing], delivery)),
        engines=engines,
        seed=seed,
        opening_fade=fade.seconds if fade is not None and fade.kind == "fade" else 0.0,
        sounds=sounds,
        chapters=chapters,
    )


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
