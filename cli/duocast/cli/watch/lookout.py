"""The lookout: what moderation says of a save. With the same pictures and no word on a list, that is nothing at all."""

from collections.abc import Iterator, Mapping
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
_REACH = 20
"""Lines around a changed one that are looked at with it: no term of a list has words on more of them."""


class Lookout:
    """Looks at saves of one script, and keeps its models loaded."""

    def __init__(self, folder: Path, crew: Crew) -> None:
        self._folder = folder
        self._crew = crew
        self._passed: _Pictures = frozenset()
        self._quiet: dict[str, list[str]] = {}
        """The lines of each file in which nothing was found."""

    def look(self, compiled: Compiled, screenplay: Screenplay) -> Moderated:
        """What there is to say. Raises `EngineError` M0301."""
        pictures = self._pictures(screenplay)
        lines = {path: one.text.splitlines() for path, one in compiled.sources.items()}
        quiet = self._office.judge.quiet(self._fresh(lines), drawn=True)
        self._quiet = lines if quiet else {}
        if quiet and pictures <= self._passed:
            return Moderated()
        film = Film.of(compiled, lower(screenplay, self._crew), self._folder)
        found = findings(self._office, film)
        if not found.refused:
            self._passed = pictures
        return found

    def _fresh(self, lines: Mapping[str, list[str]]) -> Iterator[str]:
        """The text of every file; of one that was quiet before, the lines about those that are not as they were."""
        for path, now in lines.items():
            before = self._quiet.get(path)
            yield "\n".join(now if before is None else changed(before, now))

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


def changed(before: list[str], now: list[str]) -> list[str]:
    """The lines that are not as before, all between the first and the last of them, and some around."""
    if before == now:
        return []
    shorter = min(len(before), len(now))
    pairs = zip(before, now, strict=False)
    first = next((n for n, (old, new) in enumerate(pairs) if old != new), shorter)
    ends = zip(reversed(before), reversed(now), strict=False)
    same = next((n for n, (old, new) in enumerate(ends) if old != new), shorter)
    return now[max(0, first - _REACH) : max(first, len(now) - same) + _REACH]
