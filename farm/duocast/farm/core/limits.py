"""Limits: how many of each licence are held, and how many may be."""

from duocast.farm.core.state import State


def short(state: State, licences: tuple[str, ...]) -> str:
    """The first of these licences of which none is left, or nothing. A licence without a limit is never short."""
    for licence in licences:
        limit = state.limits.get(licence)
        if limit is not None and state.licences.get(licence, 0) >= limit:
            return licence
    return ""


def hold(state: State, licences: tuple[str, ...]) -> None:
    """Take one of each."""
    for licence in licences:
        state.licences[licence] = state.licences.get(licence, 0) + 1


def give_back(state: State, licences: tuple[str, ...]) -> None:
    """Give one of each back."""
    for licence in licences:
        state.licences[licence] -= 1
        if not state.licences[licence]:
            del state.licences[licence]
