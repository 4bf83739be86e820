"""The outcome of a run: what became of every node, and where the time went."""

from collections.abc import Mapping
from dataclasses import dataclass

from duocast.compiler.graph import Operation
from duocast.farm.core.bound import NO_BOUND, Bound, bound
from duocast.farm.core.reasons import reason
from duocast.farm.core.state import State
from duocast.farm.core.task import Done, Failed, Failure, Reused, Spec, Status
from duocast.runtime.store.contents import Blob


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one node. `outputs` is empty unless it succeeded; `seconds` is 0 unless it ran."""

    address: str
    operation: Operation
    engine: str
    version: str
    status: Status
    reason: str
    key: str
    outputs: Mapping[str, Blob]
    seconds: float
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Share:
    """An operation's part of the work: tasks run, tasks reused, seconds of its workers."""

    operation: Operation
    run: int
    reused: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run that has ended.

    `first_task`: how many seconds after its start the first worker began (None: none did). `bound`: what no schedule
    could have beaten with as many workers, and how near the run came.
    """

    results: Mapping[str, Result]
    seconds: float
    first_task: float | None
    bound: Bound = NO_BOUND

    @property
    def ok(self) -> bool:
        """Whether every node has its outputs."""
        return all(r.status in (Status.DONE, Status.REUSED) for r in self.results.values())

    @property
    def run(self) -> int:
        """How many nodes were made."""
        return sum(r.status is Status.DONE for r in self.results.values())

    @property
    def reused(self) -> int:
        """How many nodes had been made before."""
        return sum(r.status is Status.REUSED for r in self.results.values())

    @property
    def failures(self) -> tuple[Result, ...]:
        """The nodes that failed themselves, in the graph's order; nodes blocked by them are not among them."""
        return tuple(r for r in self.results.values() if r.status is Status.FAILED)

    @property
    def profile(self) -> tuple[Share, ...]:
        """Where the time went, most seconds first."""
        shares = []
        for operation in Operation:
            those = [r for r in self.results.values() if r.operation is operation]
            run = sum(r.status is Status.DONE for r in those)
            reused = sum(r.status is Status.REUSED for r in those)
            shares.append(Share(operation, run, reused, sum(r.seconds for r in those)))
        return tuple(sorted((s for s in shares if s.run or s.reused), key=lambda s: -s.seconds))


def outcome(state: State, seconds: float, first_task: float | None) -> Outcome:
    """The outcome of the one job, without a name, that a local render is."""
    results = {spec.id: _result(state, spec) for spec in state.specs.values()}
    return Outcome(results, seconds, first_task, bound(state, "", len(state.workers)))


def _result(state: State, spec: Spec) -> Result:
    row = state.row(spec.id)
    made = row if isinstance(row, Done | Reused) else None
    return Result(
        address=spec.id,
        operation=spec.operation,
        engine=spec.engine,
        version=spec.version,
        status=state.status(spec.id),
        reason=reason(state, spec.id),
        key=made.key if made else "",
        outputs=made.outputs if made else {},
        seconds=row.seconds if isinstance(row, Done) else 0.0,
        failure=row.failure if isinstance(row, Failed) else None,
    )
