"""A pattern that is compiled when it is first used: a script that never needs it does not pay for it."""

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled pattern; becomes one as soon as it is asked for anything."""

    def __init__(self, text: str, flags: int) -> None:
        self._written = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a pattern has
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, later. Raises `re.error` at its first use for a pattern that is none."""
    return cast("re.Pattern[str]", _Later(text, flags))
