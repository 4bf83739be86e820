"""Moving: what was read once, put where it stands again."""

from typing import Any

import msgspec
from msgspec.structs import replace

from duocast.language.source import Place, Span


def moved(value: Any, by: int, place: Place | str) -> Any:  # noqa: ANN401  # what goes in comes out
    """A node, or whatever has nodes and spans in it, `by` characters further on in another place."""
    if isinstance(value, Span):
        return Span(value.begin + by, value.finish + by, place)
    if isinstance(value, msgspec.Struct):
        parts = {field: getattr(value, field) for field in value.__struct_fields__}
        places = {
            field: moved(part, by, place)
            for field, part in parts.items()
            if isinstance(part, msgspec.Struct | tuple)
        }
        return replace(value, **places)
    if isinstance(value, tuple | list):
        return type(value)(moved(part, by, place) for part in value)
    return value
