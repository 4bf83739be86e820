"""Plugins: engines of other packages, by the entry point `duocast.engines`. docs/engines.md tells how to write one.

An entry point names a function without arguments that gives a list of engines. Nothing that a plugin does wrong stops
duocast: it is left out, with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from duocast.runtime.engine import Engine
from duocast.runtime.registry import Absent

GROUP = "duocast.engines"


@dataclass(frozen=True, slots=True)
class Plugged:
    """What plugins bring, and which of them could not be taken."""

    engines: tuple[Engine, ...] = ()
    absent: tuple[Absent, ...] = ()


def plugged(own: Iterable[Engine], points: Iterable[EntryPoint] | None = None) -> Plugged:
    """The engines of all installed plugins, by the names of their entry points.

    A plugin with an engine that does the same work under the same name as one of `own` or of a plugin before it, or
    that has no name, version, operation or `run`, is left out as a whole.
    """
    taken = {(engine.operation, engine.name) for engine in own}
    engines: list[Engine] = []
    absent: list[Absent] = []
    found = entry_points(group=GROUP) if points is None else points
    for point in sorted(found, key=lambda one: (one.name, one.value)):
        try:
            brought = _brought(point, taken)
        except Exception as problem:
            reason = str(problem) or type(problem).__name__
            absent.append(Absent(f"{point.name} ({point.value})", reason))
        else:
            engines += brought
            taken |= {(engine.operation, engine.name) for engine in brought}
    return Plugged(tuple(engines), tuple(absent))


def _brought(point: EntryPoint, taken: Iterable[tuple[str, str]]) -> list[Engine]:
    engines: list[Engine] = list(point.load()())
    for engine in engines:
        lacking = [n for n in ("name", "version", "operation", "run") if not hasattr(engine, n)]
        if lacking:
            raise TypeError(f"{type(engine).__name__} has no {' and no '.join(lacking)}")
        if (engine.operation, engine.name) in taken:
            raise ValueError(f"there is another engine {engine.name!r} that can {engine.operation}")
    return engines
