"""Telemetry: what a run tells while it goes on. One interface, and one that keeps silent."""

from typing import Protocol

from duocast.compiler.graph import Operation
from duocast.farm.core.task import Failure


class Telemetry(Protocol):
    """Whoever wants to know. Methods must return at once and not raise; `task` is a node's address."""

    def started(self, task: str, operation: Operation) -> None:
        """A worker begins this task (again, after a failure that is tried again)."""
        ...

    def progressed(self, task: str, fraction: float) -> None:
        """This much of the task is done, 0 to 1."""
        ...

    def finished(self, task: str, seconds: float) -> None:
        """The task was made, in so many seconds."""
        ...

    def reused(self, task: str) -> None:
        """The task's outputs were there already."""
        ...

    def failed(self, task: str, failure: Failure) -> None:
        """The task failed for good. Tasks that can't run because of it are not told one by one."""
        ...

    def forecast(self, done: int, total: int, seconds: float) -> None:
        """So many of all tasks have ended, and the rest takes about so many seconds."""
        ...

    def message(self, text: str) -> None:
        """A sentence for the log."""
        ...


class Silent:
    """Telemetry for nobody."""

    def started(self, task: str, operation: Operation) -> None:
        """Say nothing."""

    def progressed(self, task: str, fraction: float) -> None:
        """Say nothing."""

    def finished(self, task: str, seconds: float) -> None:
        """Say nothing."""

    def reused(self, task: str) -> None:
        """Say nothing."""

    def failed(self, task: str, failure: Failure) -> None:
        """Say nothing."""

    def forecast(self, done: int, total: int, seconds: float) -> None:
        """Say nothing."""

    def message(self, text: str) -> None:
        """Say nothing."""
