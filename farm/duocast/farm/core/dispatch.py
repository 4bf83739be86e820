"""Who does what next: ready works to idle workers.

The user who used least goes first; of a user's jobs the one of the highest rank; of a job what comes first in story
order, and within that the longest way to the end; near the end of a job the longest way alone. Within a window of a few
shots for each worker that is the user's by his share, what an idle worker has the model loaded for goes before all
else. Another model is loaded when fewer workers hold it than its part of the work that is left asks for. A worker that
would be idle otherwise does what it has the model loaded for further on in the story, and then loads one when the ready
work for each holder takes longer than the load, when something waited for as long as the load takes, or when the end is
near. So that models need not be swapped for each task, a user may fall behind by a few loads.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from duocast.farm.core import credits, crew, limits, shares, works
from duocast.farm.core.demand import Demand
from duocast.farm.core.job import Job
from duocast.farm.core.queues import Rank, Urgency, rank
from duocast.farm.core.state import State
from duocast.farm.core.work import Ready, Work


class Choice(NamedTuple):
    """A task that could be started now; the smallest goes first."""

    rank: Rank
    urgency: Urgency
    worker: int
    demand: Demand


class Offers:
    """What idle workers could do at this moment, by demand: the worker to take, with the model loaded or without."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._other: dict[Demand, int] | None = None
        self._scarce: dict[Demand, int] | None = None
        self.resident: dict[Demand, int] = {}
        for demand in state.queues.demands:
            number = state.pool.resident(demand)
            if number is not None and not limits.short(state, demand.licences):
                self.resident[demand] = number

    @property
    def other(self) -> dict[Demand, int]:
        """Where nobody idle has the model loaded: who could load it. Found out when somebody asks."""
        if self._other is None:
            self._other = {}
            for demand in self._state.queues.demands:
                if demand not in self.resident and not limits.short(self._state, demand.licences):
                    number = self._state.pool.anyone(demand)
                    if number is not None:
                        self._other[demand] = number
        return self._other

    @property
    def scarce(self) -> dict[Demand, int]:
        """Those of `other` whose model is loaded by fewer workers than its part of the work that is left asks for."""
        if self._scarce is None:
            at = self.other.items()
            self._scarce = {demand: worker for demand, worker in at if _scarce(self._state, demand)}
        return self._scarce


def assign(state: State) -> None:
    """Start as many ready works as there are workers for them."""
    state.patience = None
    if state.halted is not None:
        return
    if state.solo:
        _assign_alone(state)
    while state.pool.idlers and state.queues.queued:
        choice = _choose(state, Offers(state))
        if choice is None:
            return
        works.start(state, choice.urgency[2], state.pool.numbered[choice.worker])


def _choose(state: State, offers: Offers) -> Choice | None:
    """The next task to start: the fairest user's, unless one a little further on needs no load."""
    first: Choice | None = None
    limit = 0.0
    for used, user in state.fair:
        if first is not None and used > limit:
            break
        choice = _resident(state, user, offers)
        if choice is not None:
            return choice
        if (
            first is None
            and (first := _switching(state, user, offers.scarce, _is_near)) is not None
        ):
            limit = used + state.options.leeway * first.demand.load
    return first or _beyond_the_window(state, offers) or _rather_than_idle(state, offers)


def _rather_than_idle(state: State, offers: Offers) -> Choice | None:
    """A load that is worth it although the model has its share of the workers."""
    for _, user in state.fair:
        choice = _switching(state, user, offers.other, _worth_a_load)
        if choice is not None:
            return choice
    return None


def _resident(state: State, user: str, offers: Offers) -> Choice | None:
    """The first thing within the window for which an idle worker has the model loaded."""
    return _switching(state, user, offers.resident, _within) if offers.resident else None


def _switching(
    state: State, user: str, offered: Mapping[Demand, int], worth: Callable[[State, Choice], bool]
) -> Choice | None:
    """The first thing, of what is offered, that is worth it."""
    best: Choice | None = None
    asked = state.queues.lines.get(user, ())
    for demand, worker in offered.items():
        if demand in asked:
            choice = _candidate(state, user, demand, worker)
            if choice and (best is None or choice < best) and worth(state, choice):
                best = choice
    return best


def _candidate(state: State, user: str, demand: Demand, worker: int) -> Choice | None:
    lead = _lead(state, user, demand)
    if lead is None:
        return None
    return Choice(lead, state.queues.head(lead[1], demand), worker, demand)


def _lead(state: State, user: str, demand: Demand) -> Rank | None:
    """The rank of the first of a user's jobs that has something of this demand and can pay it."""
    queues = state.queues
    while (lead := queues.lead(user, demand)) is not None:
        if not demand.price or _is_paid(state, queues.jobs[lead[1]], demand):
            return lead
        queues.park(queues.jobs[lead[1]], demand)
    return None


def _is_paid(state: State, job: Job, demand: Demand) -> bool:
    task = state.queues.head(job.first, demand)[2]
    return credits.affordable(state, job, demand.price, _work(state, task).key)


def _within(state: State, choice: Choice) -> bool:
    job = state.queues.jobs[choice.rank[1]]
    workers = max(1.0, len(state.workers) * shares.part(state, job.user))
    return choice.urgency[0] <= state.queues.base(job.first) + state.options.window * workers


def _scarce(state: State, demand: Demand) -> bool:
    """Whether fewer workers have the model loaded than its part of all the work that is left asks for."""
    holders = state.pool.holding(demand) if demand.load else 0
    if not holders:
        return True
    ahead = state.ahead[demand.model] * len(state.workers)
    return (holders + 0.5) * sum(state.ahead.values()) < ahead


def _is_near(state: State, choice: Choice) -> bool:
    """Whether a model that is scarce is loaded for this task now: in the window, or where nobody could do it else."""
    demand = choice.demand
    return not demand.load or not state.pool.holding(demand) or _within(state, choice)


def _worth_a_load(state: State, choice: Choice) -> bool:
    """Whether a worker that has nothing else to do should load a model for this task."""
    load = choice.demand.load
    holders = state.pool.holding(choice.demand)
    backlog = state.queues.backlog[choice.demand.model] / 1000.0
    if backlog > load * holders and _within(state, choice):
        return True
    phase = _work(state, choice.urgency[2]).phase
    due = phase.since + load if isinstance(phase, Ready) else state.now
    if due <= state.now or _ending(state):
        return True
    state.patience = due if state.patience is None else min(state.patience, due)
    return False


def _ending(state: State) -> bool:
    """Whether less is left than would keep every worker busy twice."""
    return state.open <= 2 * len(state.workers)


def _beyond_the_window(state: State, offers: Offers) -> Choice | None:
    """Rather than nothing: what an idle worker has the model loaded for, wherever in the story."""
    if not offers.resident:
        return None
    for _, user in state.fair:
        asked = state.queues.lines.get(user, ())
        found = [
            choice
            for demand, worker in offers.resident.items()
            if demand in asked and (choice := _candidate(state, user, demand, worker)) is not None
        ]
        if found:
            return min(found, key=lambda each: (each.rank, each.urgency))
    return None


def _work(state: State, task: int) -> Work:
    return state.works[state.rows[task].key]  # type: ignore[union-attr]  # only tasks that have a work are queued


def _assign_alone(state: State) -> None:
    """Give works that want no other beside them hosts of their own, as soon as nothing runs there."""
    for key in _solo_in_order(state):
        host = state.reserved.get(key) or _reserve(state, state.works[key])
        if host is not None and not state.pool.busy[host]:
            task = _leader(state, state.works[key])
            worker = _fitting(state, host, task)
            spec = state.specs[task]
            if (
                worker is not None
                and not limits.short(state, spec.needs.licences)
                and credits.affordable(state, state.owners[task], spec.needs.price, key)
            ):
                works.start(state, task, state.workers[worker])


def _solo_in_order(state: State) -> list[str]:
    def place(key: str) -> tuple[Rank, int]:
        task = _leader(state, state.works[key])
        return rank(state.owners[task]), task

    return sorted(state.solo, key=place) if len(state.solo) > 1 else list(state.solo)


def _leader(state: State, work: Work) -> int:
    """The first of the tasks that want a work and are not paused."""
    return next(task for task in work.wanters if not state.owners[task].paused)


def _reserve(state: State, work: Work) -> str | None:
    """The host with the least to do gets nothing new, so that the work can run there alone. A quarter may be so."""
    hosts = state.pool.hosts
    if len(state.reserved) >= max(1, len(hosts) // 4):
        return None
    taken = set(state.reserved.values())
    task = _leader(state, work)
    for _, host in sorted((state.pool.busy[host], host) for host in hosts if host not in taken):
        if _fitting(state, host, task) is not None:
            state.reserved[work.key] = host
            crew.refresh_host(state, host)
            return host
    return None


def _fitting(state: State, host: str, task: int) -> str | None:
    """The first worker of a host that may be given a task."""
    work, spec = _work(state, task), state.specs[task]
    demand = state.demands.of(spec, work.tries)
    able = [
        worker.number
        for name in state.pool.hosts[host]
        if (worker := state.workers[name]) and state.pool.serves(worker, demand)
    ]
    return state.pool.numbered[min(able)].name if able else None
