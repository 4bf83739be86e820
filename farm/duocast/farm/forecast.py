"""A forecast: how long the rest of the work takes."""

from collections import defaultdict

from duocast.farm.state import Skill, State
from duocast.farm.task import Blocked, Cancelled, Done, Failed, Reused, Running


def eta(state: State, now: float) -> float:
    """Seconds until every task has ended: the longer of the longest chain and the work shared by the workers.

    Expected seconds are corrected by how this run's finished tasks of the same engine compare with theirs. Tasks that
    may turn out to be in the store already are counted as work.
    """
    pace = _pace(state)
    left = [_left(state, task, pace, now) for task in range(len(state.specs))]
    chain = [0.0] * len(left)
    for task in range(len(left) - 1, -1, -1):
        after = max((chain[dependent] for dependent in state.dependents[task]), default=0.0)
        chain[task] = left[task] + after
    return max(max(chain, default=0.0), sum(left) / max(1, len(state.workers)))


def settled(state: State) -> tuple[int, int]:
    """How many tasks have ended, of how many."""
    return len(state.specs) - state.unsettled, len(state.specs)


def _pace(state: State) -> dict[Skill, float]:
    """Seconds taken over seconds expected, by engine, in this run."""
    taken: dict[Skill, float] = defaultdict(float)
    expected: dict[Skill, float] = defaultdict(float)
    for spec, row in zip(state.specs, state.rows, strict=True):
        if isinstance(row, Done):
            taken[spec.operation, spec.engine] += row.seconds
            expected[spec.operation, spec.engine] += spec.weight
    return {skill: taken[skill] / max(expected[skill], 1e-6) for skill in taken}


def _left(state: State, task: int, pace: dict[Skill, float], now: float) -> float:
    row, spec = state.rows[task], state.specs[task]
    if isinstance(row, Done | Reused | Failed | Blocked | Cancelled):
        return 0.0
    whole = spec.weight * pace.get((spec.operation, spec.engine), 1.0)
    if not isinstance(row, Running):
        return whole
    elapsed = max(0.0, now - row.since)
    if row.fraction > 0.05:
        return elapsed / row.fraction * (1.0 - row.fraction)
    return max(whole - elapsed, 0.1 * whole)
