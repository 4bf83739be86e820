"""A bound: how fast a job could have been made at best, and how near it came."""

from msgspec import Struct

from duocast.farm.core.demand import model
from duocast.farm.core.state import State
from duocast.farm.core.task import Done


class Bound(Struct, frozen=True):
    """The seconds that no schedule could beat, and those that the job took over them (1 is perfect).

    What was reused costs nothing; a job of which nothing was made has the bound 0 and the ratio 1.
    """

    seconds: float
    ratio: float


NO_BOUND = Bound(0.0, 1.0)


def bound(state: State, job: str, workers: int) -> Bound:
    """The lower bound of a job on so many workers.

    max(longest chain + its first load, (work + one load of each model) / workers), over what was really made.
    """
    of = state.jobs[job]
    chain: dict[int, float] = {}
    loads: dict[str, float] = {}
    work = longest = 0.0
    for task in range(of.first, of.first + of.count):
        row, spec = state.rows[task], state.specs[task]
        before = max((chain.get(needed, 0.0) for needed in state.needs[task]), default=0.0)
        made = isinstance(row, Done) and not spec.inline
        seconds = row.seconds if isinstance(row, Done) else 0.0
        if made:
            loads[model(spec)] = spec.needs.load
            work += seconds
            before = before or spec.needs.load
        chain[task] = before + seconds
        longest = max(longest, chain[task])
    least = max(longest, (work + sum(loads.values())) / max(1, workers))
    taken = (state.now if of.ended is None else of.ended) - of.submitted
    return Bound(least, max(1.0, taken / least) if least else 1.0)
