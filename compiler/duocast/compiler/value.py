"""The base of every frozen value that crosses a door: text, file or wire."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self, dataclass_transform, get_origin

import msgspec

JSON = dict[str, Any] | list[Any] | str | int | float | bool | None

WrongValue = msgspec.DecodeError
"""What a door raises for content that is no such value, or no JSON; its words say what is wrong and where."""


class _Kind(msgspec.StructMeta):
    """Makes every class of values frozen, named by keyword and closed to unknown fields.

    A class constant `kind` tells the members of a union apart in JSON, where it stands among the fields.
    """

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, frozen: bool = True
    ) -> "_Kind":
        tagged = get_origin(namespace.get("__annotations__", {}).get("kind")) is ClassVar
        return super().__new__(
            mcs,
            name,
            bases,
            namespace,
            frozen=frozen,
            kw_only=True,
            forbid_unknown_fields=True,
            gc=False,
            tag_field="kind" if tagged else None,
            tag=namespace["kind"] if tagged else None,
        )


def _number(found: object) -> float:
    """Array libraries derive their numbers from Python's."""
    if isinstance(found, float | int):
        return float(found)
    raise NotImplementedError(f"a value holds {found!r}, which is no plain JSON")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, metaclass=_Kind, frozen=True):
    """A frozen value that refuses unknown fields, so that a misspelt one is an error and not a silence.

    Types are checked at the doors (`from_plain`, `from_json`), not when code makes a value: that is the type
    checker's work.
    """

    def replace(self, **changes: object) -> Self:
        """The same value with some fields changed. Raises `TypeError` for a field that there is not."""
        return msgspec.structs.replace(self, **changes)

    def plain(self) -> dict[str, Any]:
        """The value as plain JSON: dicts, lists, text, numbers, true, false and None."""
        content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self, enc_hook=_number))
        return content

    def to_json(self, *, indent: int = 0) -> bytes:
        """The value as JSON text, UTF-8, fields in their order; on one line unless `indent` is given."""
        written = msgspec.json.encode(self, enc_hook=_number)
        return msgspec.json.format(written, indent=indent) if indent else written

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """The value that `plain` wrote. Raises `WrongValue`."""
        return msgspec.convert(plain, cls)

    @classmethod
    def from_json(cls, text: bytes | str) -> Self:
        """The value that `to_json` wrote. Raises `WrongValue`."""
        return msgspec.json.decode(text, type=cls)
