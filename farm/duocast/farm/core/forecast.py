"""A forecast: how long the rest of a job takes."""

from duocast.farm.core.state import Skill, State
from duocast.farm.core.work import Running


def eta(state: State, now: float, job: str | None = None) -> float:
    """Seconds until every task of a job (None: of all) has ended, with all workers at it.

    The longer of the longest chain and the work shared by the workers. Expected seconds are corrected by how the
    finished tasks of the same engine compare with theirs. Tasks that may turn out to be in the store already are
    counted as work. Takes time with the workers and the engines, not with the tasks.
    """
    names = [job] if job is not None else list(state.jobs)
    left: dict[Skill, int] = {}
    for name in names:
        for skill, milliseconds in state.left[name].items():
            left[skill] = left.get(skill, 0) + milliseconds
    work = sum(milliseconds * pace(state, skill) for skill, milliseconds in left.items()) / 1000.0
    whole = sum(left.values()) / 1000.0
    chain = max((state.longest(name) for name in names), default=0.0)
    chain *= work / whole if whole else 1.0
    work -= _under_way(state, now, frozenset(names))
    return max(chain, work / max(1, len(state.workers)), 0.0) if whole else 0.0


def pace(state: State, skill: Skill) -> float:
    """Seconds taken over seconds expected of an engine's finished tasks; 1 while there are none."""
    taken, expected = state.pace.get(skill, (0.0, 0.0))
    return taken / max(expected, 1e-6) if expected else 1.0


def settled(state: State) -> tuple[int, int]:
    """How many tasks have ended, of how many."""
    return len(state.rows) - state.open, len(state.rows)


def _under_way(state: State, now: float, jobs: frozenset[str]) -> float:
    """Seconds of the expected work that running tasks have done already."""
    done = 0.0
    for worker in state.workers.values():
        run = state.works[worker.running].phase if worker.running else None
        if isinstance(run, Running) and state.owners[run.task].id in jobs:
            spec = state.specs[run.task]
            whole = spec.weight * pace(state, (spec.operation, spec.engine))
            elapsed = max(0.0, now - run.since)
            done += whole * run.fraction if run.fraction > 0.05 else min(elapsed, 0.9 * whole)
    return done
