"""The scheduler's whole state: what it was told, how far every task is, who is doing what.

`step` alone changes it, in place: a state of 100,000 tasks is not copied for each event. It is a fold, so the same
events in the same order give an equal state (compare `snapshot.encode`).
"""

from heapq import heappop, heappush

from msgspec import Struct

from duocast.compiler.graph import Operation
from duocast.farm.core.commands import Command, Tell
from duocast.farm.core.demand import Demands, model
from duocast.farm.core.job import Job, User
from duocast.farm.core.pool import Pool
from duocast.farm.core.queues import Queues
from duocast.farm.core.specs import Specs
from duocast.farm.core.task import SETTLED, STATUS, Doing, Done, Failure, Row, Spec, Status
from duocast.farm.core.work import PHASE_STATUS, Resting, Tries, Work
from duocast.farm.core.worker import Worker

Skill = tuple[Operation, str]
"""An engine by its operation and name."""


class Options(Struct, frozen=True, array_like=True):
    """How a state is meant to behave.

    `farm`: a full store pauses everything until there is room, and what is short is waited for; a local render ends
    instead. `window` is how many shots in story order, for each worker, those with a warm model may choose from.
    `leeway`: how many times the seconds of a load a user may fall behind so that a model need not be loaded.
    """

    farm: bool = False
    window: int = 4
    leeway: float = 4.0


class Reservation(Struct, frozen=True, array_like=True):
    """What a paid work may cost at most, and whose job pays it.

    `account` is what its calls are booked under where the work is done; `paid` what they have taken, or may still take,
    as far as it was told (None: nothing was).
    """

    user: str
    job: str
    price: int
    account: str = ""
    paid: int | None = None


class State:
    """Tasks are numbered in the order they were submitted; `number` gives the number of a task's id.

    `numbered` counts the numbers that were given: those of a job that was forgotten are never used again.

    `needs` and `dependents` are the numbers of the tasks that one is made from and that are made from it; `way` the
    seconds from its start to the end of its job's longest chain. `rows` and `works` say how far everything is,
    `resting` when works are tried again. `tries` keeps what a task went through while it has no work. `solo` are works
    that want to run with nothing beside them, `reserved` the hosts that are kept for them. `queues` and `pool` are
    indexes; `open`, `shown`, `ahead` (milliseconds of what has not ended, by model), each job's `left`, `remaining`
    (milliseconds) and `ways`, and the `weights` of the active users (None: to be added up) are sums: all of that
    follows from the rest.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.numbered = 0
        self.specs = Specs()
        self.owners: dict[int, Job] = {}
        self.number: dict[str, int] = {}
        self.needs: dict[int, tuple[int, ...]] = {}
        self.dependents: dict[int, tuple[int, ...]] = {}
        self.way: dict[int, float] = {}
        self.rows: dict[int, Row] = {}
        self.shown: dict[int, Status] = {}
        self.tries: dict[int, Tries] = {}
        self.jobs: dict[str, Job] = {}
        self.users: dict[str, User] = {}
        self.works: dict[str, Work] = {}
        self.workers: dict[str, Worker] = {}
        self.drained: dict[str, None] = {}
        self.limits: dict[str, int] = {}
        self.licences: dict[str, int] = {}
        self.reservations: dict[str, Reservation] = {}
        self.resting: list[tuple[float, str]] = []
        self.healing: list[tuple[float, str, str]] = []
        self.withheld: dict[str, None] = {}
        self.solo: dict[str, None] = {}
        self.reserved: dict[str, str] = {}
        self.halted: Failure | None = None
        self.attempts = 0
        self.joined = 0
        self.open = 0
        self.virtual = 0.0
        self.now = 0.0
        self.patience: float | None = None
        self.queues = Queues()
        self.pool = Pool()
        self.demands = Demands()
        self.fair: list[tuple[float, str]] = []
        self.active: dict[str, int] = {}
        self.weights: float | None = None
        self.closing: dict[str, None] = {}
        self.ahead: dict[str, int] = {}
        self.left: dict[str, dict[Skill, int]] = {}
        self.ways: dict[str, list[tuple[float, int]]] = {}
        self.remaining: dict[str, int] = {}
        self.pace: dict[Skill, list[float]] = {}
        self.commands: list[Command] = []

    @property
    def ended(self) -> bool:
        """Whether every task of every job has ended, one way or another."""
        return self.open == 0

    @property
    def wake_at(self) -> float | None:
        """When something next wants a `Tick`."""
        times = [each[0][0] for each in (self.resting, self.healing) if each]
        return min([*times, *([] if self.patience is None else [self.patience])], default=None)

    def name(self, task: int) -> str:
        """The id of a task, as events and commands have it."""
        job = self.owners[task].id
        return f"{job}/{self.specs[task].id}" if job else self.specs[task].id

    def spec(self, task: str) -> Spec:
        """The spec of a task by its id."""
        return self.specs[self.number[task]]

    def row(self, task: str) -> Row:
        """The state of a task by its id."""
        return self.rows[self.number[task]]

    def work(self, task: str) -> Work | None:
        """The work that a task waits for, if it has one."""
        row = self.row(task)
        return self.works.get(row.key) if isinstance(row, Doing) else None

    def status(self, task: str) -> Status:
        """The status of a task by its id."""
        return self.shown[self.number[task]]

    def show(self, task: int, status: Status) -> None:
        """Tell a task's status, if it is another one."""
        old = self.shown[task]
        if old is not status:
            counts = self.owners[task].counts
            counts[old] -= 1
            counts[status] = counts.get(status, 0) + 1
            self.shown[task] = status
            self.commands.append(Tell(self.name(task), status))

    def move(self, task: int, row: Row) -> None:
        """Put a task into another state; what the job has left to do follows."""
        old = self.rows[task]
        self.rows[task] = row
        was, now = isinstance(old, SETTLED), isinstance(row, SETTLED)
        if was is not now:
            self._settle(task, row, 1 if now else -1)
        if type(row) is Doing:
            self.show(task, PHASE_STATUS[type(self.works[row.key].phase)])
        else:
            self.show(task, STATUS[type(row)])

    def rest(self, until: float, key: str) -> Resting:
        """The phase of a work that is tried again then."""
        heappush(self.resting, (until, key))
        return Resting(until)

    def longest(self, job: str) -> float:
        """The expected seconds of the longest chain of tasks that a job has left."""
        ways = self.ways[job]
        while ways and isinstance(self.rows[ways[0][1]], SETTLED):
            heappop(ways)
        return -ways[0][0] if ways else 0.0

    def paced(self, spec: Spec, seconds: float) -> None:
        """A task of an engine took so many seconds."""
        pace = self.pace.setdefault((spec.operation, spec.engine), [0.0, 0.0])
        pace[0] += seconds
        pace[1] += spec.weight

    def _settle(self, task: int, row: Row, sign: int) -> None:
        job, spec = self.owners[task], self.specs[task]
        job.unsettled -= sign
        self.open -= sign
        at = (spec.operation, spec.engine)
        cost = sign * milliseconds(spec)
        self.left[job.id][at] -= cost
        self.remaining[job.id] -= cost
        if not spec.inline:
            self.ahead[model(spec)] -= cost
        self.closing[job.id] = None
        if type(row) is Done:
            self.paced(spec, row.seconds)
        if sign < 0:
            heappush(self.ways[job.id], (-self.way[task], task))


def milliseconds(spec: Spec) -> int:
    """A task's expected time, as a whole number so that sums of it are exact."""
    return int(spec.weight * 1000.0)
