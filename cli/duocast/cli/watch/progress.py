"""Progress: what the maker tells, passed on to the terminal and to the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from duocast.cli.board import VERBS
from duocast.cli.watch.session import Aim, Order
from duocast.cli.watch.teller import Teller
from duocast.compiler.graph import Operation
from duocast.farm.core.task import Failure
from duocast.farm.outcome import Outcome
from duocast.runtime.engine import EngineError


@dataclass(frozen=True, slots=True)
class Doing:
    """A task at work: what is done, to what, and how far it is (0 to 1)."""

    verb: str
    what: str
    fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """All that is going on."""

    aim: str = ""
    """Empty: nothing is being made."""
    doing: Mapping[str, Doing] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    """How long the rest will probably take."""
    failed: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with a shot, by its id."""
    broken: str = ""
    """Why nothing can be made at all."""


class Viewers(Protocol):
    """Whoever sees what is made."""

    def working(self, work: Work, *, urgent: bool = False) -> None:
        """Something has changed; what is `urgent` is waited for."""
        ...

    def prepare(self, order: Order) -> None:
        """All of an order is there, and will be asked for."""
        ...


class Progress:
    """Hears the maker on its thread; the viewers are told what is going on whenever something has changed."""

    def __init__(self, teller: Teller, viewers: Viewers) -> None:
        self._teller = teller
        self._viewers = viewers
        self._aim: Aim | None = None
        self._shots = 0
        self.work = Work()

    def began(self, order: Order, shots: int) -> None:
        """Something is to be made."""
        self._shots, self._aim = shots, order.aim
        self._now(Work(order.aim if shots else "", {}, 0, 0, 0.0, self.work.failed))

    def made(self, key: str) -> None:
        """Something is in the gallery."""
        del key
        self._viewers.working(self.work, urgent=self._aim == "changed")

    def ended(self, order: Order, outcome: Outcome | None, seconds: float) -> None:
        """All that could be made for an order is there."""
        self._teller.made(order, self._shots, outcome, seconds)
        failed = dict(self.work.failed)
        for result in outcome.results.values() if outcome is not None else ():
            shot = result.address.rpartition("/")[0]
            if result.failure is not None:
                failed[shot] = result.failure.message
            elif result.outputs:
                failed.pop(shot, None)
        self._now(Work(failed=failed))
        if order.aim == "changed":
            self._viewers.prepare(order)

    def wrote(self, path: Path) -> None:
        """The cut was put where it is wanted."""
        self._teller.wrote(str(path))

    def problem(self, problem: EngineError) -> None:
        """Something went wrong that no shot is to blame for."""
        self._teller.problem(problem)

    def broken(self, problem: EngineError) -> None:
        """Nothing can be made any more."""
        self._teller.problem(problem)
        self._now(Work(broken=problem.message))

    def started(self, task: str, operation: Operation) -> None:
        """A worker begins."""
        doing = Doing(VERBS.get(operation, str(operation)), task.rpartition("/")[0])
        self._doing({**self.work.doing, task: doing})

    def progressed(self, task: str, fraction: float) -> None:
        """A task is that far."""
        if task in self.work.doing:
            one = self.work.doing[task]
            self._doing({**self.work.doing, task: Doing(one.verb, one.what, fraction)})

    def finished(self, task: str, seconds: float) -> None:
        """A task is done."""
        del seconds
        self._drop(task)

    def reused(self, task: str) -> None:
        """There was nothing to do."""

    def failed(self, task: str, failure: Failure) -> None:
        """A task failed for good; it is told when the order has ended."""
        del failure
        self._drop(task)

    def forecast(self, done: int, total: int, seconds: float) -> None:
        """How far the order is."""
        work = self.work
        self._now(Work(work.aim, work.doing, done, total, seconds, work.failed))

    def message(self, text: str) -> None:
        """Nothing that a writer needs while writing."""

    def _drop(self, task: str) -> None:
        self._doing({name: one for name, one in self.work.doing.items() if name != task})

    def _doing(self, doing: Mapping[str, Doing]) -> None:
        work = self.work
        self._now(Work(work.aim, doing, work.done, work.total, work.seconds, work.failed))

    def _now(self, work: Work) -> None:
        if work != self.work:
            self.work = work
            self._viewers.working(self.work)
