"""What goes wrong between a client and a farm: one error, with the farm's own words where it has said something."""

from collections.abc import Mapping
from typing import Any

UNREACHABLE = "unreachable"
"""The code of an error that no farm has said: nobody answers, or what answers is no farm."""


class FarmError(Exception):
    """A farm refused something, or can't be reached.

    `status` is HTTP's number, 0 if there was no answer; `more` is what the farm said besides.
    """

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        status: int = 0,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status
        self.more = more or {}


def no_farm(url: str, why: str = "") -> FarmError:
    """Nobody answers at `url`."""
    said = f"no farm answers at {url}" + (f" ({why})" if why else "")
    return FarmError(UNREACHABLE, said, _START)


_START = "start one with `duocast farm up`, or name another with --farm or DUOCAST_FARM"
