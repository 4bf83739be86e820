"""The cache of weights: one folder, filled on first use, safe for many processes at once.

`path(name)` gives a file whose digest is the catalogue's, from (in order) a local folder, the cache, an installed
package, or a download. A file with another digest is never given out.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from duocast.runtime.weights.archives import Unavailable
from duocast.runtime.weights.catalogue import (
    Catalogue,
    InstalledSource,
    Source,
    Weight,
    load_catalogue,
)
from duocast.runtime.weights.digest import matches, place
from duocast.runtime.weights.failures import disk_errors, not_here, refused_all
from duocast.runtime.weights.lock import held
from duocast.runtime.weights.sources import (
    carried_by,
    describe,
    download_size,
    draw,
    installed_file,
)
from duocast.runtime.weights.state import Presence, PullStep, WeightState

Progress = Callable[[PullStep], None]


def silent(step: PullStep) -> None:
    """Progress that nobody looks at."""


class WeightCache:
    """The weights of `catalogue` in `folder`. `local` are folders to look in first; `network` allows downloads."""

    def __init__(
        self,
        folder: Path,
        *,
        local: Sequence[Path] = (),
        catalogue: Catalogue | None = None,
        network: bool = True,
    ) -> None:
        self.folder = folder
        self.local = tuple(local)
        self.catalogue = catalogue or load_catalogue()
        self.network = network
        self._known: dict[str, Path] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (self.folder, self.local, self.catalogue, self.network))

    def path(self, name: str) -> Path:
        """The local file of `name`, pulled first if need be. Raises `EngineError` V0101 to V0104."""
        if name not in self._known:
            self._known[name] = self._ready(self.catalogue.find(name), silent)
        return self._known[name]

    def pull(
        self, names: Iterable[str] | None = None, progress: Progress = silent
    ) -> tuple[WeightState, ...]:
        """Have the named weights here (all, when None), with progress; gives their states."""
        wanted = self.catalogue.names if names is None else tuple(names)
        weights = [self.catalogue.find(name) for name in wanted]
        for weight in weights:
            self._known[weight.name] = self._ready(weight, progress)
        return self.list(wanted)

    def list(self, names: Iterable[str] | None = None) -> tuple[WeightState, ...]:
        """Every weight and where it stands, by presence and size alone; quick."""
        return self._states(names, _same_size)

    def verify(self, names: Iterable[str] | None = None) -> tuple[WeightState, ...]:
        """Every weight and where it stands, every digest computed again."""
        return self._states(names, _same_digest)

    def _states(
        self, names: Iterable[str] | None, good: Callable[[Path, Weight], bool]
    ) -> tuple[WeightState, ...]:
        wanted = self.catalogue.names if names is None else names
        return tuple(self._state(self.catalogue.find(name), good) for name in wanted)

    def _state(self, weight: Weight, good: Callable[[Path, Weight], bool]) -> WeightState:
        for path in self._local_files(weight):
            if good(path, weight):
                return WeightState(weight, Presence.LOCAL, path)
        cached = self.folder / weight.name
        if cached.is_file():
            present = Presence.PRESENT if good(cached, weight) else Presence.DAMAGED
            return WeightState(weight, present, cached)
        for path in self._installed_files(weight):
            if good(path, weight):
                return WeightState(weight, Presence.INSTALLED, path)
        return WeightState(weight, Presence.MISSING, None)

    def _ready(self, weight: Weight, progress: Progress) -> Path:
        state = self._state(weight, _same_digest)
        if state.ready and state.path is not None:
            return state.path
        if not self.network:
            raise not_here(weight, ["downloads are switched off"], self.folder)
        with disk_errors(self.folder), held(self.folder / ".lock"):
            cached = self.folder / weight.name
            if not _same_digest(cached, weight):  # another process may have pulled it meanwhile
                self._pull_one(weight, progress)
            return cached

    def _pull_one(self, weight: Weight, progress: Progress) -> None:
        reasons: list[str] = []
        refused = False
        for source in weight.source:
            try:
                self._draw(source, weight, progress)
                return
            except Unavailable as error:
                reasons.append(f"{describe(source)}: {error}")
            except _WrongDigest as error:
                refused = True
                reasons.append(f"{describe(source)}: {error}")
        raise (
            refused_all(weight, reasons, self.folder)
            if refused
            else not_here(weight, reasons, self.folder)
        )

    def _draw(self, source: Source, weight: Weight, progress: Progress) -> None:
        name, label = weight.name, describe(source)
        total = download_size(source, weight)
        progress(PullStep(name, label, 0, total))

        def report(done: int) -> None:
            progress(PullStep(name, label, min(done, total), total))

        def found(which: Weight, file: Path) -> None:
            if matches(file, which.sha256, which.size):
                place(file, self.folder / which.name)
            elif which is weight:
                raise _WrongDigest("not the file that the catalogue means; refused")

        draw(source, weight, self._missing_siblings(source, weight), found, report)
        progress(PullStep(name, label, total, total))

    def _missing_siblings(self, source: Source, weight: Weight) -> tuple[Weight, ...]:
        """What else the archive carries and the cache does not have."""
        return tuple(
            other
            for other in self.catalogue.weight
            if other is not weight
            and carried_by(source, other)
            and not _same_size(self.folder / other.name, other)
        )

    def _local_files(self, weight: Weight) -> tuple[Path, ...]:
        names = (Path(weight.name), Path(Path(weight.name).name))
        return tuple(folder / name for folder in self.local for name in names)

    def _installed_files(self, weight: Weight) -> tuple[Path, ...]:
        sources = (source for source in weight.source if isinstance(source, InstalledSource))
        return tuple(path for path in map(installed_file, sources) if path is not None)


class _WrongDigest(Exception):
    """A source gave another file."""


def _rebuilt(
    folder: Path, local: Sequence[Path], catalogue: Catalogue, network: bool
) -> WeightCache:
    return WeightCache(folder, local=local, catalogue=catalogue, network=network)


def _same_size(path: Path, weight: Weight) -> bool:
    return path.is_file() and path.stat().st_size == weight.size


def _same_digest(path: Path, weight: Weight) -> bool:
    return matches(path, weight.sha256, weight.size)
