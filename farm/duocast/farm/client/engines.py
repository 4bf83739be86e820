"""Engines at both ends: a film's keys name engine versions, so home and farm must have the same ones."""

from collections.abc import Iterable, Mapping

from duocast.farm.client.connection import Connection
from duocast.farm.client.faults import FarmError
from duocast.farm.core.task import Spec

Versions = Mapping[tuple[str, str], str]
"""Versions by operation and engine."""
_SHOWN = 3


def farm_versions(connection: Connection) -> Versions:
    """What the farm runs."""
    rows = connection.get("/engines")["engines"]
    return {(row["operation"], row["name"]): row["version"] for row in rows}


def check_engines(specs: Iterable[Spec], there: Versions) -> None:
    """Raise `FarmError` where the farm has no such engine, or another version of it."""
    wanted = sorted({(str(spec.operation), spec.engine, spec.version) for spec in specs})
    lacking = [(o, e) for o, e, _ in wanted if (o, e) not in there]
    if lacking:
        names = ", ".join(f"{engine} ({operation})" for operation, engine in lacking[:_SHOWN])
        hint = "update the farm's duocast, or choose an engine that `duocast nodes --engines` lists"
        raise FarmError("engines", f"the farm has no engine {names}", hint)
    other = [(o, e, v, there[o, e]) for o, e, v in wanted if there[o, e] != v]
    if other:
        said = "; ".join(
            f"{engine} ({operation}) is version {here} here and {version} there"
            for operation, engine, here, version in other[:_SHOWN]
        )
        more = f"; and {len(other) - _SHOWN} more" if len(other) > _SHOWN else ""
        hint = "install the same duocast here and on the farm: the film would come out different"
        raise FarmError("engines", f"the farm's engines are others: {said}{more}", hint)
