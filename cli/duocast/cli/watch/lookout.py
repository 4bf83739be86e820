"""The lookout: what moderation says of a save. With the same pictures and no word on a list, that is nothing at all."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from duocast.cli.moderating import Film, Moderated, findings
from duocast.cli.policy import office_here
from duocast.compiler.film import Compiled
from duocast.compiler.lower import Crew, lower
from duocast.compiler.screenplay import Screenplay

if TYPE_CHECKING:
    from duocast.runtime.moderation import Office

_Pictures = frozenset[tuple[str, int, int]]


class Lookout:
    """Looks at saves of one script, and keeps its models loaded."""

    def __init__(self, folder: Path, crew: Crew) -> None:
        self._folder = folder
        self._crew = crew
        self._passed: _Pictures = frozenset()

    def look(self, compiled: Compiled, screenplay: Screenplay) -> Moderated:
        """What there is to say. Raises `EngineError` M0301."""
        pictures = self._pictures(screenplay)
        texts = (one.text for one in compiled.sources.values())
        quiet = self._office.judge.quiet(texts, drawn=True)
        if quiet and pictures <= self._passed:
            return Moderated()
        film = Film.of(compiled, lower(screenplay, self._crew), self._folder)
        found = findings(self._office, film)
        if not found.refused:
            self._passed = pictures
        return found

    @cached_property
    def _office(self) -> "Office":
        return office_here()

    def _pictures(self, screenplay: Screenplay) -> _Pictures:
        """The pictures that the film uses, and what their files are like."""
        named = {path for role in screenplay.roles for path in (role.portrait, *role.portraits)}
        named |= {place.plate for place in screenplay.places}
        named |= {shot.broll for scene in screenplay.scenes for shot in scene.shots}
        found = set()
        for name in filter(None, named):
            file = self._folder / name
            if file.is_file():
                state = file.stat()
                found.add((name, state.st_mtime_ns, state.st_size))
        return frozenset(found)
