"""A backend: whoever has workers. The local pool is one; a shared cluster is another."""

from typing import Protocol

from duocast.farm.assignment import Assignment
from duocast.farm.core.events import Event


class Backend(Protocol):
    """Workers by name, each with one task at a time. It tells what happens in events, and decides nothing."""

    def open(self) -> list[Event]:
        """Start if need be; gives a `WorkerJoined` for every worker that can take a task."""
        ...

    def run(self, worker: str, work: Assignment) -> None:
        """Give a worker its assignment. A worker that is gone is told of by `poll`, not raised."""
        ...

    def stop(self, worker: str) -> None:
        """Kill what a worker does; nothing it says after this is reported."""
        ...

    def poll(self, seconds: float | None) -> list[Event]:
        """What happened; waits up to `seconds` for the first of it. Raises `EngineError` if there are no workers."""
        ...
