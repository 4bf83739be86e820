"""What goes wrong between a client and a farm: one error, with the farm's own words where it has said something."""

UNREACHABLE = "unreachable"
"""The code of an error that no farm has said: nobody answers, or what answers is no farm."""


class FarmError(Exception):
    """A farm refused something, or can't be reached. `status` is HTTP's number, 0 if there was no answer."""

    def __init__(self, code: str, message: str, hint: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status


def no_farm(url: str, why: str = "") -> FarmError:
    """Nobody answers at `url`."""
    said = f"no farm answers at {url}" + (f" ({why})" if why else "")
    return FarmError(UNREACHABLE, said, _START)


_START = "start one with `duocast farm up`, or name another with --farm or DUOCAST_FARM"
