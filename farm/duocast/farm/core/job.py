"""A job: one submission of one user, and what became of it."""

from enum import StrEnum

from msgspec import Struct, field

from duocast.farm.core.task import Status


class JobStatus(StrEnum):
    """The states of a job as people see them. The last three are final, until a task of it is tried again."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL = frozenset({JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED})


class Debt(Struct, frozen=True, array_like=True):
    """What was paid for a work that did not end well, and the account that its calls are booked under."""

    account: str
    paid: int


class Job(Struct):
    """A job, changed by `step` alone. Its tasks have the numbers from `first` on, `count` of them.

    A higher `priority` goes first. `budget` is what it may spend at most, in millionths of a credit (None: no limit);
    `spent` is settled and `reserved` may still be. `unsettled` counts tasks that have not ended. Times are those of
    events; `ended` is None while tasks are left. `hurried`: its end is near, so that the longest way goes first.
    `counts` says how many tasks are in each state. `debts` are works by key that were paid for and not done.
    """

    id: str
    user: str
    name: str
    priority: int
    submitted: float
    first: int
    count: int
    unsettled: int
    budget: int | None = None
    spent: int = 0
    reserved: int = 0
    paused: bool = False
    ended: float | None = None
    hurried: bool = False
    status: JobStatus = JobStatus.RUNNING
    counts: dict[Status, int] = field(default_factory=dict)
    debts: dict[str, Debt] = field(default_factory=dict)

    @property
    def tasks(self) -> range:
        """The numbers of its tasks."""
        return range(self.first, self.first + self.count)


class User(Struct):
    """Who submits. Between users, worker-seconds are shared in proportion to `weight`.

    `credits` is what is left to spend, in millionths (None: no limit), `reserved` the part of it that running work may
    still cost. `used` counts worker-seconds divided by weight; it is moved forward when somebody comes back.
    """

    name: str
    weight: float = 1.0
    credits: int | None = None
    reserved: int = 0
    spent: int = 0
    used: float = 0.0
    seconds: float = 0.0
