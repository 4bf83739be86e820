"""Shares: between users, worker-seconds are divided in proportion to their weights.

Each user's `used` counts seconds divided by weight, charged when a task starts (as expected) and put right when it
ends. The user who used least goes first. Who comes back after having had nothing to do starts where the others are,
and gets nothing of the past back.
"""

from bisect import bisect_left, insort

from duocast.farm.core.job import User
from duocast.farm.core.state import State


def known(state: State, name: str) -> User:
    """A user, who is made known if need be."""
    if name not in state.users:
        state.users[name] = User(name)
    return state.users[name]


def engage(state: State, name: str) -> None:
    """One more thing of a user runs or could."""
    before = state.active.get(name, 0)
    state.active[name] = before + 1
    if not before:
        user = known(state, name)
        user.used = max(user.used, state.virtual)
        insort(state.fair, (user.used, name))
        state.weights = None


def disengage(state: State, name: str) -> None:
    """One thing less of a user runs or could."""
    left = state.active[name] - 1
    if left:
        state.active[name] = left
    else:
        del state.active[name]
        _take_out(state, state.users[name])
        state.weights = None


def part(state: State, name: str) -> float:
    """The part of all workers that is an active user's: 1 while nobody else has anything to do."""
    if state.weights is None:
        state.weights = sum(state.users[each].weight for each in sorted(state.active))
    weight = known(state, name).weight
    return weight / state.weights if name in state.active else weight / (state.weights + weight)


def serve(state: State, name: str, seconds: float) -> None:
    """A user's task starts: it is charged with what it is expected to take."""
    state.virtual = max(state.virtual, state.users[name].used)
    charge(state, name, seconds)


def charge(state: State, name: str, seconds: float) -> None:
    """Move a user by so many worker-seconds (negative: they were charged too many)."""
    user = state.users[name]
    active = name in state.active
    if active:
        _take_out(state, user)
    user.seconds += seconds
    user.used += seconds / user.weight
    if active:
        insort(state.fair, (user.used, name))


def put_at(state: State, name: str, used: float) -> None:
    """Put a user exactly where a snapshot had it."""
    user = state.users[name]
    active = name in state.active
    if active:
        _take_out(state, user)
    user.used = used
    if active:
        insort(state.fair, (used, name))


def _take_out(state: State, user: User) -> None:
    del state.fair[bisect_left(state.fair, (user.used, user.name))]
