"""The base of every frozen pydantic value that crosses a door: text, file or wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict

JSON = dict[str, Any] | list[Any] | str | int | float | bool | None


class Value(BaseModel):
    """A frozen value that refuses unknown fields, so that a misspelt one is an error and not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
