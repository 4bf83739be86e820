"""Queues: works that could start now, by user, job and demand."""

from heapq import heappop, heappush

from duocast.farm.core.demand import Demand
from duocast.farm.core.job import Job

AGE = 3600.0
"""Seconds of waiting that count as much as one step of priority."""

Urgency = tuple[int, float, int]
"""Story order, minus the seconds from here to the end (critical path), number. Smallest first."""
Rank = tuple[float, int]
"""A job's place among its user's: when it was submitted, moved by its priority; the number of its first task."""


def rank(job: Job) -> Rank:
    """A job's place among its user's jobs, smallest first. All age at the same pace, so it does not change."""
    return (job.submitted - AGE * job.priority, job.first)


class Queues:
    """Heaps with lazy deletion. Everything in it follows from the works that are ready, and is made anew.

    `queued` says for each task that stands in a queue in which one; an entry of a heap that disagrees is stale.
    `backlog` counts milliseconds of ready work by model. `bases` keeps what `base` found, until it may be another.
    """

    def __init__(self) -> None:
        self.queued: dict[int, Demand] = {}
        self.backlog: dict[str, int] = {}
        self.demands: dict[Demand, int] = {}
        self.heaps: dict[int, dict[Demand, list[Urgency]]] = {}
        self.live: dict[tuple[int, Demand], int] = {}
        self.lines: dict[str, dict[Demand, list[Rank]]] = {}
        self.jobs: dict[int, Job] = {}
        self.bases: dict[int, int] = {}
        self.parked: dict[str, dict[tuple[int, Demand], None]] = {}

    def put(self, job: Job, urgency: Urgency, demand: Demand, cost: int) -> None:
        """A task stands in its job's queue now."""
        self.queued[urgency[2]] = demand
        self.backlog[demand.model] = self.backlog.get(demand.model, 0) + cost
        self.demands[demand] = self.demands.get(demand, 0) + 1
        heappush(self.heaps.setdefault(job.first, {}).setdefault(demand, []), urgency)
        if urgency[0] < self.bases.get(job.first, urgency[0]):
            self.bases[job.first] = urgency[0]
        at = (job.first, demand)
        before = self.live.get(at, 0)
        self.live[at] = before + 1
        if not before:
            self.jobs[job.first] = job
            self._line_up(job, demand)

    def drop(self, job: Job, task: int, cost: int) -> None:
        """A task stands in no queue any more."""
        demand = self.queued.pop(task)
        self.bases.pop(job.first, None)
        self.backlog[demand.model] -= cost
        if self.demands[demand] == 1:
            del self.demands[demand]
        else:
            self.demands[demand] -= 1
        at = (job.first, demand)
        if self.live[at] == 1:
            del self.live[at], self.heaps[job.first][demand]
            if not self.heaps[job.first]:
                del self.heaps[job.first]
        else:
            self.live[at] -= 1

    def head(self, first: int, demand: Demand) -> Urgency:
        """The most urgent task of a queue that is not empty."""
        heap = self.heaps[first][demand]
        while self.queued.get(heap[0][2]) is not demand:
            heappop(heap)
        return heap[0]

    def base(self, first: int) -> int:
        """The first shot, in story order, of which a job has something ready."""
        known = self.bases.get(first)
        if known is None:
            known = min([self.head(first, demand)[0] for demand in self.heaps[first]])
            self.bases[first] = known
        return known

    def lead(self, user: str, demand: Demand) -> Rank | None:
        """The rank of the first of a user's jobs with something of this demand."""
        line = self.lines[user][demand]
        parked = self.parked.get(user)
        while line:
            first = line[0]
            job = self.jobs.get(first[1])
            at = (first[1], demand)
            lives = job is not None and at in self.live and rank(job) == first
            if lives and not (parked and at in parked):
                return first
            heappop(line)
        del self.lines[user][demand]
        return None

    def park(self, job: Job, demand: Demand) -> None:
        """A job can't afford this demand now; others of the user go before it."""
        self.parked.setdefault(job.user, {})[job.first, demand] = None

    def unpark(self, user: str) -> None:
        """Ask again what the user's jobs can afford."""
        for first, demand in self.parked.pop(user, ()):
            if (first, demand) in self.live:
                self._line_up(self.jobs[first], demand)

    def forget(self, job: Job) -> None:
        """A job of which nothing is ready is gone; what lines still say of it is stale."""
        self.jobs.pop(job.first, None)

    def reorder(self, job: Job) -> None:
        """A job's rank has changed."""
        for demand in self.heaps.get(job.first, ()):
            self._line_up(job, demand)

    def _line_up(self, job: Job, demand: Demand) -> None:
        line = self.lines.setdefault(job.user, {}).setdefault(demand, [])
        heappush(line, rank(job))
