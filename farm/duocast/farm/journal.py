"""A journal's lines: events as plain JSON and back. Replaying them through the core gives the state again."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from duocast.farm.events import Event

_KINDS: Mapping[str, TypeAdapter[Event]] = {
    kind.__name__: TypeAdapter(kind) for kind in Event.__args__
}


def to_plain(event: Event) -> dict[str, Any]:
    """An event as plain JSON, with its `kind`."""
    kind = type(event).__name__
    return {"kind": kind, **_KINDS[kind].dump_python(event, mode="json")}


def from_plain(plain: Mapping[str, Any]) -> Event:
    """The event that `to_plain` wrote."""
    body = {name: value for name, value in plain.items() if name != "kind"}
    return _KINDS[plain["kind"]].validate_python(body)
