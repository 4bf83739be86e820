"""The cards of a film: whoever and whatever its scenes can name, looked up once while the very same cards stand."""

from msgspec import Struct

from duocast.compiler.memory import Memory
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.cameras import Cameras, resolve_cameras
from duocast.compiler.resolve.cast import Cast, resolve_cast
from duocast.compiler.resolve.engines import Hiring
from duocast.compiler.resolve.findings import Found
from duocast.compiler.resolve.looks import Looks, resolve_looks
from duocast.compiler.resolve.places import Places, resolve_places
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.resolve.wishes import Library


class _Cards(Struct, frozen=True, gc=False):
    """What the cards come to, before any scene has been told."""

    looks: Looks
    cast: Cast
    cameras: Cameras
    places: Places
    found: Found


def resolve_cards(
    sources: Sources, reader: Reader, hiring: Hiring, language: str, memory: Memory
) -> tuple[Library, Places]:
    """The library of a film and its places, both to be added to while the scenes are told."""

    def ask() -> _Cards:
        return _resolve(sources, reader, hiring, language)

    title_page = sources.script.title_page
    given = (sources.cards, title_page, hiring.engines, sources.lenient, language)
    cards = memory.once("library", given, ask, _fleeting)
    findings, looks, cast, cameras = hiring.findings, cards.looks, cards.cast, cards.cameras
    findings.keep(cards.found)
    library = Library(
        Cast(cast.lenient, cast.language, dict(cast.roles), cast.declared, cast.sides),
        Cameras(findings, cameras.cameras, cameras.declared),
        Looks(findings, looks.looks, looks.declared, looks.film),
        hiring,
        lenient=sources.lenient,
    )
    return library, Places(cards.places.declared, dict(cards.places.places))


def _resolve(sources: Sources, reader: Reader, hiring: Hiring, language: str) -> _Cards:
    apart = hiring.findings.apart()
    hiring = Hiring(hiring.engines, apart, hiring.hero)
    looks = resolve_looks(sources, reader, apart)
    cast = resolve_cast(sources, reader, hiring, language=language)
    cameras = resolve_cameras(sources, hiring)
    places = resolve_places(sources, reader, hiring)
    return _Cards(looks, cast, cameras, places, apart.found())


def _fleeting(cards: _Cards) -> bool:
    return cards.found.fleeting
