"""What moved in a node's request since last time, field by field."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from duocast.compiler.plan.step import Change

SHOWN = 6
"""Fields that are named; the first differences say enough."""


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """The fields that differ, by their paths (`segments[0].text`), in the order of the new request."""
    return tuple(islice(_differences("", dict(old), dict(new)), SHOWN))


def _differences(path: str, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401 - JSON
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*new, *[name for name in old if name not in new]]:
            inner = f"{path}.{name}" if path else name
            yield from _differences(inner, old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(f"{path}[{number}]", one, other)
    else:
        yield Change(field=path, old=old, new=new)
