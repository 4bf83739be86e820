"""Moving: what was read once, put where it stands again."""

from typing import Any

from msgspec.structs import replace

from duocast.language.source import Place, Span

_STILL = frozenset({str, int, float, bool, type(None)})
_PARTS: dict[type, tuple[str, ...]] = {}
"""By kind of value: its fields, but for the span."""


def moved(value: Any, by: int, place: Place | str) -> Any:  # noqa: ANN401  # what goes in comes out
    """A node, or whatever has nodes and spans in it, `by` characters further on in another place."""
    kind = type(value)
    if kind is tuple or kind is list:
        return kind([part if type(part) in _STILL else moved(part, by, place) for part in value])
    if kind is Span:
        return Span(value.begin + by, value.finish + by, place)
    parts = _PARTS.get(kind)
    if parts is None:
        parts = _PARTS[kind] = tuple(field for field in kind.__struct_fields__ if field != "span")
    span: Span = value.span
    changed: dict[str, Any] = {"span": Span(span.begin + by, span.finish + by, place)}
    for field in parts:
        part = getattr(value, field)
        if type(part) not in _STILL and part != ():
            changed[field] = moved(part, by, place)
    return replace(value, **changed)
